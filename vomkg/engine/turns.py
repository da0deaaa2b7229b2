"""Who may use a worker next: first come, first served, and not too many waiting."""

from __future__ import annotations

import math
from collections import deque
from queue import Empty, SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from vomkg.engine.endings import stopping_fault
from vomkg.errors import QueueLimitError

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")


class Turns(Generic[T]):
    """Hands things out to threads, one thing to one thread at a time."""

    def __init__(
        self,
        things: Iterable[T],
        *,
        queue: int,
        patience: float,
        words: tuple[str, str] = ("queries", "worker"),
    ) -> None:
        """Turns over those things.

        Args:
            things: what is handed out.
            queue: most threads that may wait.
            patience: seconds that one of them may wait.
            words: what waits, and for what, in errors.
        """
        self._who, self._what = words
        self._idle = list(things)
        self._queue = queue
        self._patience = patience
        self._waiting: deque[SimpleQueue[T | None]] = deque()
        self._closed = False
        self._lock = Lock()

    def take(self) -> T:
        """A thing that nobody else uses; give it back.

        Raises:
            QueueLimitError: too many are waiting, or the wait took too long.
            EngineError: there are no turns any more.
        """
        with self._lock:
            if self._closed:
                raise stopping_fault()
            if self._idle:
                return self._idle.pop()
            if len(self._waiting) >= self._queue:
                raise self._busy(f"{self._queue} {self._who} are waiting already")
            ticket: SimpleQueue[T | None] = SimpleQueue()
            self._waiting.append(ticket)
        found = self._awaited(ticket)
        if found is None:
            raise stopping_fault()
        return found

    def give(self, thing: T) -> bool:
        """Whether the thing is kept; the one that waits longest gets it."""
        with self._lock:
            if self._closed:
                return False
            if self._waiting:
                self._waiting.popleft().put(thing)
            else:
                self._idle.append(thing)
            return True

    def close(self) -> list[T]:
        """The things that nobody uses; whoever waits is sent away."""
        with self._lock:
            self._closed = True
            while self._waiting:
                self._waiting.popleft().put(None)
            idle, self._idle = self._idle, []
            return idle

    @property
    def waiting(self) -> int:
        """How many threads wait."""
        return len(self._waiting)

    def _awaited(self, ticket: SimpleQueue[T | None]) -> T | None:
        try:
            return ticket.get(timeout=self._patience)
        except Empty:
            with self._lock:
                if ticket in self._waiting:
                    self._waiting.remove(ticket)
                    raise self._busy(
                        f"no {self._what} was free within {self._patience:g} s"
                    ) from None
        return ticket.get()  # handed over at the last moment

    def _busy(self, message: str) -> QueueLimitError:
        return QueueLimitError(
            message, fix="ask again later", retry_after=math.ceil(self._patience)
        )
