"""Single flight: who asks for what is being made already waits for it."""

from __future__ import annotations

from threading import Event, Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from vomkg.web.replies import Key, Reply


class _Flight:
    """One evaluation under way: its end, and what it gave."""

    def __init__(self) -> None:
        self.landed = Event()
        self.reply: Reply | None = None


class Flights:
    """The evaluations under way, one a key.

    Args:
        patience: seconds to wait for another's evaluation before it counts as
            lost and is begun anew.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._lock = Lock()
        self._open: dict[Key, _Flight] = {}

    def run(self, key: Key, make: Callable[[], Reply]) -> Reply:
        """What ``make`` gives, here or in the thread that asked first.

        Where the first gave nothing, or what is for nobody else, each of the
        others makes its own.
        """
        while True:
            mine = _Flight()
            with self._lock:
                flight = self._open.setdefault(key, mine)
            if flight is mine:
                return self._lead(key, mine, make)
            if not flight.landed.wait(self._patience):
                self._forget(key, flight)
            elif flight.reply is not None and flight.reply.is_shareable:
                return flight.reply
            else:
                return make()

    def _lead(self, key: Key, flight: _Flight, make: Callable[[], Reply]) -> Reply:
        try:
            flight.reply = make()
            return flight.reply
        finally:
            # Whatever ended it: nobody may wait for what will not come.
            self._forget(key, flight)
            flight.landed.set()

    def _forget(self, key: Key, flight: _Flight) -> None:
        with self._lock:
            if self._open.get(key) is flight:
                del self._open[key]
