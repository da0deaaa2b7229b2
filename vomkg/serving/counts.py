"""Plain numbers of what was asked, counted where a request ends.

A request answered from memory takes some tens of microseconds in all, so counting
is one lock and a few additions; the words of Prometheus are found when it asks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from threading import Condition
from typing import Final, NamedTuple

# Upper ends of the classes of duration, in seconds; the last class has none.
BOUNDS: Final = (
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
    0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
)  # fmt: skip
OUTCOMES: Final = (
    "answered", "refused", "time", "memory", "size", "crashed", "queue",
)  # fmt: skip


class Kind(NamedTuple):
    """What requests are counted by; each part has few values."""

    method: str
    route: str
    status: str


class Times:
    """Durations of the requests of one route: how many in each class, and the sum."""

    def __init__(self) -> None:
        self.classes = [0] * (len(BOUNDS) + 1)
        self.sum = 0.0


class Counts:
    """All numbers of one server process. Any thread may count."""

    def __init__(self) -> None:
        self.requests: dict[Kind, int] = {}
        self.times: dict[str, Times] = {}
        self.queries: Counter[str] = Counter()
        self.in_flight = 0
        self._quiet = Condition()
        self._watched = False

    def begin(self) -> None:
        """A request has come."""
        with self._quiet:
            self.in_flight += 1

    def end(self, kind: Kind, seconds: float) -> None:
        """It was answered, after so many seconds."""
        place = bisect_left(BOUNDS, seconds)
        with self._quiet:
            self.in_flight -= 1
            self.requests[kind] = self.requests.get(kind, 0) + 1
            times = self.times.get(kind.route)
            if times is None:
                times = self.times[kind.route] = Times()
            times.classes[place] += 1
            times.sum += seconds
            if self._watched and not self.in_flight:
                self._quiet.notify_all()

    def query(self, outcome: str) -> None:
        """A query ended in one of the outcomes."""
        with self._quiet:
            self.queries[outcome] += 1

    def all_ended(self, seconds: float) -> bool:
        """Whether no request is under way, at the latest after so many seconds."""
        with self._quiet:
            self._watched = True
            return self._quiet.wait_for(lambda: not self.in_flight, seconds)

    def copied(self) -> tuple[dict[Kind, int], dict[str, tuple[list[int], float]]]:
        """The requests, and classes and sum of durations by route, of one moment."""
        with self._quiet:
            times = {
                route: (list(found.classes), found.sum)
                for route, found in self.times.items()
            }
            return dict(self.requests), times
