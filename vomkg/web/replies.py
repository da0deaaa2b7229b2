"""Whole responses, and the store that keeps as many as its capacity holds."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

Key = tuple[str | bytes | None, ...]
Headers = tuple[tuple[str, str], ...]

# Roughly what Python's objects take beside the text they hold.
_OVERHEAD: Final = 2_000
# One response may take this part of the store, so that it cannot empty it.
_LARGEST_PART: Final = 8


@dataclass(frozen=True, slots=True)
class Reply:
    """One response with its whole body.

    Attributes:
        status: status line, such as ``200 OK``.
        headers: all headers.
        body: all bytes.
        tag: its strong entity tag, quotes included; None if it may not be kept.
        brief: the headers of a 304 in its place.
        is_shareable: whether others who asked the same may get it.
        is_compressible: whether a content coding makes it smaller.
    """

    status: str
    headers: Headers
    body: bytes
    tag: str | None = None
    brief: Headers = ()
    is_shareable: bool = True
    is_compressible: bool = False

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        pairs = (*self.headers, *self.brief)
        return len(self.body) + sum(len(name) + len(value) for name, value in pairs)


class Store:
    """The replies asked for last, never more bytes of them than its capacity."""

    def __init__(
        self,
        capacity: int,
        lifetime: float = math.inf,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """An empty store.

        Args:
            capacity: most bytes to keep.
            lifetime: seconds after which a reply is not given any more.
            clock: tells the time in seconds.
        """
        self._capacity = capacity
        self._lifetime = lifetime
        self._clock = clock
        self._lock = Lock()
        self._replies: OrderedDict[Key, tuple[Reply, float]] = OrderedDict()
        self._size = 0

    def get(self, key: Key) -> Reply | None:
        """The reply kept under that key, which counts as used."""
        with self._lock:
            found = self._replies.get(key)
            if found is None:
                return None
            reply, end = found
            if self._clock() >= end:
                self._drop(key)
                return None
            self._replies.move_to_end(key)
            return reply

    def put(self, key: Key, reply: Reply, origin: Key | None = None) -> None:
        """Keep a reply, unless it is too large; the longest unused make place.

        Args:
            key: what it answers.
            reply: the reply.
            origin: the key of the reply that it was made of, if it was: it lives
                no longer than that one, and not at all if that one is gone.
        """
        size = _size(key, reply)
        if size > self._capacity // _LARGEST_PART or self._lifetime <= 0:
            return
        with self._lock:
            end = self._clock() + self._lifetime
            if origin is not None and self._lifetime < math.inf:
                if origin not in self._replies:
                    return
                end = self._replies[origin][1]
            self._drop(key)
            self._replies[key] = reply, end
            self._size += size
            while self._size > self._capacity:
                self._drop(next(iter(self._replies)))

    def __len__(self) -> int:
        return len(self._replies)

    @property
    def size(self) -> int:
        """Bytes that all replies and their keys take, by estimate."""
        return self._size

    def _drop(self, key: Key) -> None:
        gone = self._replies.pop(key, None)
        if gone is not None:
            self._size -= _size(key, gone[0])


def _size(key: Key, reply: Reply) -> int:
    return _OVERHEAD + reply.size + sum(len(part) for part in key if part)
