"""``/metrics``: the counts in the words of Prometheus, read when it asks."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from vomkg.serving.counts import BOUNDS, OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from prometheus_client import Metric

    from vomkg.serving.counts import Counts
    from vomkg.serving.front import Front

_CAUSES: Final = ("time", "memory", "crash", "worn")


def metrics_of(
    front: Front,
    counts: Counts,
    lost: Callable[[], int],
    server: str,
) -> Callable[[], tuple[str, bytes]]:
    """A function that gives the media type and the text of ``/metrics``.

    Args:
        front: what is served.
        counts: what was counted.
        lost: how many lines the access log has lost.
        server: name of the HTTP server.
    """
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(front, counts, lost, server))
    ProcessCollector(registry=registry)
    return lambda: (CONTENT_TYPE_LATEST, generate_latest(registry))


class _Figures(Collector):
    def __init__(
        self,
        front: Front,
        counts: Counts,
        lost: Callable[[], int],
        server: str,
    ) -> None:
        self._front = front
        self._counts = counts
        self._lost = lost
        self._server = server

    def collect(self) -> Iterator[Metric]:
        yield from self._of_requests()
        yield from self._of_queries()
        yield from self._of_cache()
        yield from self._of_builds()

    def _of_requests(self) -> Iterator[Metric]:
        total = CounterMetricFamily(
            "vomkg_requests", "Requests answered.", labels=["method", "route", "status"]
        )
        lasted = HistogramMetricFamily(
            "vomkg_request_seconds", "Seconds until the answer.", labels=["route"]
        )
        routes: dict[str, tuple[list[int], float]] = {}
        for kind, (classes, seconds) in sorted(self._counts.requests().items()):
            total.add_metric(list(kind), sum(classes))
            others, other = routes.get(kind[1], ([0] * len(classes), 0.0))
            added = [one + two for one, two in zip(classes, others, strict=True)]
            routes[kind[1]] = added, seconds + other
        for route, (classes, seconds) in sorted(routes.items()):
            lasted.add_metric([route], _buckets(classes), seconds)
        yield total
        yield lasted
        yield _gauge(
            "vomkg_requests_in_flight",
            "Requests under way, this one among them.",
            self._counts.in_flight,
        )
        yield _counter(
            "vomkg_access_log_lost", "Access log lines not written.", self._lost()
        )

    def _of_queries(self) -> Iterator[Metric]:
        queries = CounterMetricFamily(
            "vomkg_queries", "Queries by what became of them.", labels=["outcome"]
        )
        for outcome in OUTCOMES:
            queries.add_metric([outcome], self._counts.queries[outcome])
        yield queries
        figures = getattr(self._front.kg.engine, "figures", None)
        if figures is None:  # answered in this process: no workers, no queue
            return
        found: Mapping[str, int] = figures()
        settings = self._front.kg.settings
        for name, text, value in (
            ("queries_waiting", "Queries that wait for a worker.", found["waiting"]),
            ("queue_places", "Queries that may wait.", settings.queue),
            ("workers", "Workers there should be.", settings.workers),
            ("workers_alive", "Workers there are.", found["alive"]),
        ):
            yield _gauge(f"vomkg_{name}", text, value)
        ends = CounterMetricFamily(
            "vomkg_worker_ends", "Workers ended, by cause.", labels=["cause"]
        )
        for cause in _CAUSES:
            ends.add_metric([cause], found[cause])
        yield ends

    def _of_cache(self) -> Iterator[Metric]:
        found = self._front.figures()
        yield _counter("vomkg_cache_hits", "Answers from memory.", found["hits"])
        yield _counter("vomkg_cache_misses", "Answers made anew.", found["misses"])
        yield _gauge("vomkg_cache_replies", "Answers kept.", found["replies"])
        yield _gauge("vomkg_cache_bytes", "Bytes that they take.", found["bytes"])

    def _of_builds(self) -> Iterator[Metric]:
        release = self._front.kg.release
        facts = {"id": release.id, "version": release.versions.get("vomkg", "")}
        yield _info("vomkg_release", "The release that is served.", facts)
        build = {
            "version": version("vomkg"),
            "python": platform.python_version(),
            "pyoxigraph": version("pyoxigraph"),
            "server": self._server,
        }
        yield _info("vomkg_build", "The program that serves it.", build)


def _buckets(classes: list[int]) -> list[tuple[str, float]]:
    """Upper ends with the number of all requests up to each."""
    found, total = [], 0
    for bound, number in zip((*map(str, BOUNDS), "+Inf"), classes, strict=True):
        total += number
        found.append((bound, float(total)))
    return found


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _counter(name: str, text: str, value: float) -> Metric:
    return CounterMetricFamily(name, text, value=value)


def _info(name: str, text: str, facts: dict[str, Any]) -> Metric:
    return InfoMetricFamily(name, text, value=facts)
