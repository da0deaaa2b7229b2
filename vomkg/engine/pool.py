"""The workers of one engine, and the mother they come from.

Hands a query to a worker that is free, ends the worker at the limit, and puts
another in its place; starts another mother should she die.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from vomkg.engine.endings import death_fault, stopping_fault, time_fault
from vomkg.engine.process import Mother, Worker
from vomkg.engine.turns import Turns
from vomkg.engine.wire import ERROR, unpack_error
from vomkg.errors import EngineError, MissingToolError, VomkgError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vomkg.config import Settings
    from vomkg.engine.endings import Death
    from vomkg.engine.source import Source
    from vomkg.engine.wire import Message


@dataclass(slots=True)
class _Place:
    """A place for one worker; empty until the next query if none can be made."""

    worker: Worker | None = None


class Pool:
    """As many workers as the settings say; any thread may ask."""

    def __init__(
        self,
        source: Source,
        settings: Settings,
        on_loss: Callable[[], None] | None = None,
    ) -> None:
        """A pool with its processes started and the source loaded.

        Args:
            source: what to load.
            settings: limits.
            on_loss: called once if no query can be answered any more.

        Raises:
            MissingToolError: no worker process can be forked.
            InputError: the source cannot be read.
            EngineError: the mother process ended at once.
        """
        self._settings = settings
        self._source = source
        self._on_loss = on_loss
        self._lost: VomkgError | None = None
        self._closed = False
        self._ends: Counter[str] = Counter()
        self._control = Lock()
        self._stamp = source.stamp()
        self._mother = Mother(source, settings)
        self._places = [_Place() for _ in range(settings.workers)]
        self._turns = Turns(
            self._places, queue=settings.queue, patience=settings.time_limit
        )
        for place in self._places:
            self._refill(place)
        if all(place.worker is None for place in self._places):
            self.close()
            raise MissingToolError("this system does not let worker processes fork")

    def ask(self, query: Message) -> Message:
        """What a worker answers, in its turn.

        Raises:
            LimitError: it takes too long or too much memory, or too many wait.
            EngineError: the worker died.
            VomkgError: what the worker says is wrong with the query.
        """
        place = self._turns.take()
        try:
            reply = self._asked(self._worker(place), place, query)
        finally:
            if not self._turns.give(place):
                _empty(place)
        if reply.kind == ERROR:
            raise unpack_error(reply)
        return reply

    @property
    def lost(self) -> VomkgError | None:
        """Why no query can be answered any more, if that is so."""
        return self._lost

    def pids(self) -> list[int]:
        """The mother's process number, then those of the workers."""
        found = [place.worker for place in self._places]
        return [self._mother.pid, *(worker.pid for worker in found if worker)]

    def figures(self) -> Mapping[str, int]:
        """What there is to watch: workers alive, queries waiting, ends by cause."""
        alive = sum(place.worker is not None for place in self._places)
        ends = {name: self._ends[name] for name in ("time", "memory", "crash", "worn")}
        return {"alive": alive, "waiting": self._turns.waiting, **ends}

    def close(self) -> None:
        """End all processes; queries that run or wait get an error."""
        idle = self._turns.close()
        with self._control:
            if self._closed:
                return
            self._closed = True
            self._mother.close()
        for place in idle:
            _empty(place)

    def _worker(self, place: _Place) -> Worker:
        """The worker of the place, a new one if it has none or that has died.

        Raises:
            EngineError: none can be made.
        """
        if place.worker is None or not place.worker.alive:
            self._refill(place)
        if place.worker is None:
            raise EngineError("no worker process can be started", retry_after=1)
        return place.worker

    def _asked(self, worker: Worker, place: _Place, query: Message) -> Message:
        try:
            reply = worker.ask(query, self._settings.time_limit)
        except TimeoutError:
            self._ends["time"] += 1
            self._refill(place)
            raise time_fault(self._settings) from None
        except (EOFError, OSError) as error:
            death = self._refill(place, ask=True)
            self._ends["memory" if death and death.memory else "crash"] += 1
            raise death_fault(death, self._settings) from error
        if reply.worn:
            short = reply.kind == ERROR and b"MemoryLimitError" in reply.text
            self._ends["memory" if short else "worn"] += 1
            self._refill(place)
        return reply

    def _refill(self, place: _Place, *, ask: bool = False) -> Death | None:
        """How the place's worker ended, now that it has another; None with the mother.

        Raises:
            EngineError: the mother ended and must not be started again.
        """
        with self._control:
            self._check_open()
            old, place.worker = place.worker, None
            mine = old if old is not None and old.mother is self._mother else None
            if old is not None and mine is None:
                old.channel.close()
            try:
                place.worker, death = self._mother.replace(mine, ask=ask)
            except (EOFError, OSError):
                self._restart()
                # Should the new one end at once, the next query starts another.
                with suppress(EOFError, OSError):
                    place.worker, _ = self._mother.replace(None)
                return None
            return death if mine is old else None

    def _restart(self) -> None:
        """Start another mother, if she would load the same.

        Raises:
            EngineError: she would not.
        """
        self._mother.close()
        try:
            if self._source.stamp() != self._stamp:
                raise EngineError("the data have changed since the server started")
            self._mother = Mother(self._source, self._settings)
        except VomkgError as error:
            self._lost = error
            if self._on_loss is not None:
                self._on_loss()
            self._check_open()

    def _check_open(self) -> None:
        if self._closed:
            raise stopping_fault()
        if self._lost is not None:
            raise EngineError(
                f"the query engine ended and cannot be started again: {self._lost}",
                fix="start the server again",
            )


def _empty(place: _Place) -> None:
    if place.worker is not None:
        place.worker.channel.close()
        place.worker = None
