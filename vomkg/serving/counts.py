"""Plain numbers of what was asked, counted where a request ends.

A request answered from memory takes some tens of microseconds in all, so counting
is one lock and a few additions; the words of Prometheus are found when it asks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from threading import Condition, Lock
from typing import Final

# Upper ends of the classes of duration, in seconds; the last class has none.
BOUNDS: Final = (
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
    0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
)  # fmt: skip
OUTCOMES: Final = (
    "answered", "refused", "time", "memory", "size", "crashed", "queue",
)  # fmt: skip


# Method, route and class of status; each has few values.
Kind = tuple[str, str, str]


class Times:
    """The requests of one kind: how many in each class of duration, and the sum."""

    __slots__ = ("classes", "sum")

    def __init__(self) -> None:
        self.classes = [0] * (len(BOUNDS) + 1)
        self.sum = 0.0


class Counts:
    """All numbers of one server process. Any thread may count."""

    def __init__(self) -> None:
        self.queries: Counter[str] = Counter()
        self._lock = Lock()
        self._quiet = Condition(self._lock)
        self._begun = 0
        self._ended = 0
        self._times: dict[Kind, Times] = {}

    @property
    def in_flight(self) -> int:
        """How many requests are under way."""
        return self._begun - self._ended

    def begin(self) -> int:
        """A request has come; its number."""
        with self._lock:
            self._begun += 1
            return self._begun

    def end(self, kind: Kind, seconds: float) -> None:
        """It was answered, after so many seconds."""
        place = bisect_left(BOUNDS, seconds)
        with self._lock:
            times = self._times.get(kind)
            if times is None:
                times = self._times[kind] = Times()
            times.classes[place] += 1
            times.sum += seconds
            self._ended += 1
            if self._ended == self._begun:
                self._quiet.notify_all()

    def query(self, outcome: str) -> None:
        """A query ended in one of the outcomes."""
        with self._lock:
            self.queries[outcome] += 1

    def all_ended(self, seconds: float) -> bool:
        """Whether no request is under way, at the latest after so many seconds."""
        with self._quiet:
            return self._quiet.wait_for(lambda: not self.in_flight, seconds)

    def requests(self) -> dict[Kind, tuple[list[int], float]]:
        """By kind: how many in each class of duration, and the sum in seconds."""
        with self._lock:
            return {
                kind: (list(times.classes), times.sum)
                for kind, times in self._times.items()
            }
