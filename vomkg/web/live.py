"""Changing what is served while it is served.

Each request is answered wholly by one front end: the one that was current when
it came. A front end that is replaced is closed when its last request has ended.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import TYPE_CHECKING

from vomkg.release.manifest import NAME_LENGTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from vomkg.knowledge import KnowledgeGraph


@dataclass(slots=True, eq=False)
class Held:
    """A front end that is in use, and how to close what stands behind it.

    Attributes:
        id: what it serves.
        app: what answers.
        pinned: what answers at addresses that name it, for good.
        close: ends its processes; called once, in a thread of its own.
        kg: the graph that it serves.
        figures: gives the figures of the cache in ``app``.
    """

    id: str
    app: WSGIApplication
    pinned: WSGIApplication
    close: Callable[[], object]
    kg: KnowledgeGraph | None = None
    figures: Callable[[], Mapping[str, int]] = dict
    _users: int = 0
    _is_retired: bool = False
    _lock: Lock = field(default_factory=Lock)
    _closing: Thread | None = None

    @property
    def name(self) -> str:
        """The directory of the release that it serves."""
        return self.id[:NAME_LENGTH]

    def take(self) -> bool:
        """Count one user more; False if it is too late for that."""
        with self._lock:
            if self._is_retired:
                return False
            self._users += 1
            return True

    def drop(self) -> None:
        """Count one user less; the last of a retired one closes it."""
        with self._lock:
            self._users -= 1
            self._close_if_free()

    def retire(self) -> None:
        """Take no more users, and close as soon as there is none."""
        with self._lock:
            if not self._is_retired:
                self._is_retired = True
                self._close_if_free()

    @property
    def is_closed(self) -> bool:
        """Whether its processes have ended."""
        return self._closing is not None and not self._closing.is_alive()

    def wait(self, seconds: float) -> None:
        """Wait so long for the closing that is under way, if one is."""
        if self._closing is not None:
            self._closing.join(seconds)

    def respond(
        self,
        app: WSGIApplication,
        environ: WSGIEnvironment,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        """The response of its ``app`` or ``pinned`` to a user who was counted."""
        try:
            chunks = app(environ, start_response)
        except BaseException:
            self.drop()
            raise
        if isinstance(chunks, list):
            # All there already, as every answer from the cache is.
            self.drop()
            return chunks
        return _Body(chunks, self.drop)

    def _close_if_free(self) -> None:
        if self._is_retired and not self._users and self._closing is None:
            # Ending processes takes a moment, which no request should wait for.
            self._closing = Thread(target=self.close, name=f"close-{self.name}")
            self._closing.start()


class Live:
    """A WSGI application whose inside can be exchanged under load.

    Args:
        first: what answers until the first switch.
    """

    def __init__(self, first: Held) -> None:
        self._current = first

    @property
    def current(self) -> Held:
        """What answers now."""
        return self._current

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """The response to one request; see PEP 3333."""
        held = self.take()
        return held.respond(held.app, environ, start_response)

    def take(self) -> Held:
        """What answers now, with one user more, who has to drop it."""
        # It may be retired between the look and the count; then there is another.
        while not (held := self._current).take():
            if self._current is held:
                raise RuntimeError("the server is closed")
        return held

    def switch(self, new: Held) -> Held:
        """Let the new one answer from now on; gives the old one, which is retired."""
        old, self._current = self._current, new
        old.retire()
        return old

    def close(self) -> None:
        """Answer no more; what is behind ends with the last request."""
        self._current.retire()


class _Body:
    """A response body that tells when it has been sent, or given up."""

    def __init__(self, chunks: Iterable[bytes], end: Callable[[], None]) -> None:
        self._chunks = chunks
        self._end: Callable[[], None] | None = end

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._chunks)

    def close(self) -> None:
        """Close the body behind (PEP 3333); to be called once or more."""
        end, self._end = self._end, None
        if end is None:
            return
        try:
            close = getattr(self._chunks, "close", None)
            if close is not None:
                close()
        finally:
            end()
