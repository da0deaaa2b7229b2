"""What was promised, and whether this run kept it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from harness.others import Virtuoso
from harness.peers import Oxigraph, OxigraphOnDisk, RdflibEndpoint
from harness.servers import Vomkg
from harness.suite import ratios

if TYPE_CHECKING:
    from collections.abc import Iterator

_CACHED_OVER_PEER: Final = 2.0
_CPU_OF_PEER: Final = 1 / 3
_CEILING: Final = 0.35
_OXIGRAPH: Final = 1.3
# Least ratio of a peer's time to ours.
_UNCACHED: Final = {
    RdflibEndpoint.name: 8.0,
    Virtuoso.name: 1.0,
    Oxigraph.name: 1 / _OXIGRAPH,
    OxigraphOnDisk.name: 1 / _OXIGRAPH,
}
_OVER_LIMIT_MS: Final = 100.0
_NEIGHBOURS: Final = 2.0
_MEMORY_BACK: Final = 1.1
_GROWTH: Final = 2.0
_START_SECONDS: Final = 1.5
_MEMORY_MIB: Final = 150.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """One promise and what was measured.

    Attributes:
        what: what is compared.
        value: what was measured.
        bound: what was promised.
        at_least: whether more is better.
        unit: behind the numbers, such as ``×``.
    """

    what: str
    value: float
    bound: float
    at_least: bool
    unit: str = "×"

    @property
    def kept(self) -> bool:
        """Whether the promise was kept."""
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    @property
    def margin(self) -> float:
        """How many times better than promised; below 1 it was not kept."""
        low = 1e-3
        mine, wanted = max(self.value, low), max(self.bound, low)
        return mine / wanted if self.at_least else wanted / mine

    @property
    def wanted(self) -> str:
        """The promise in signs."""
        return f"{'≥' if self.at_least else '≤'} {shown(self.bound)}{self._unit}"

    @property
    def measured(self) -> str:
        """The value in signs."""
        return f"{shown(self.value)}{self._unit}"

    @property
    def _unit(self) -> str:
        return self.unit if self.unit in {"×", ""} else f" {self.unit}"


def shown(number: float) -> str:
    """A number to two or three digits."""
    if number != number:
        return "–"
    if abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if abs(number) >= 10 else f"{number:.2f}"


def verdicts(report: dict[str, Any]) -> list[Verdict]:
    """The promises of which this run has figures, in the order of the tables."""
    return [
        *_cached(report.get("cached") or {}),
        *_suite(report.get("suite") or {}),
        *_runaway(report.get("runaway") or {}),
        *_growth(report),
    ]


def _cached(found: dict[str, Any]) -> Iterator[Verdict]:
    if not found:
        return
    cases = found["cases"]
    rate, cpu = "requests_per_second", "cpu_us"
    worst = "worst of 1, 8, 32 connections"

    def each(mine: str, other: str, figure: str) -> list[float]:
        """Our figure over the other's, by number of connections."""
        pairs = zip(cases[mine].values(), cases[other].values(), strict=True)
        return [own[figure] / theirs[figure] for own, theirs in pairs]

    for case, name in (("peer", Oxigraph.name), ("peer on disk", OxigraphOnDisk.name)):
        what = f"cached, over {name}"
        yield Verdict(
            f"{what}: requests a second, {worst}",
            min(each("cached", case, rate)),
            _CACHED_OVER_PEER,
            at_least=True,
        )
        yield Verdict(
            f"{what}: CPU a request, {worst}",
            max(each("cached", case, cpu)),
            _CPU_OF_PEER,
            at_least=False,
        )
    for mine, other in (("cached", "nginx"), ("304", "nginx 304")):
        yield Verdict(
            f"{mine}, over nginx: requests a second, {worst}",
            min(each(mine, other, rate)),
            _CEILING,
            at_least=True,
        )


def _suite(found: dict[str, Any]) -> Iterator[Verdict]:
    for size, servers in found.items():
        graph = f"{int(size):,} triples"
        for peer, bound in _UNCACHED.items():
            if peer not in servers:
                continue
            mean = ratios(servers, Vomkg.name, peer)["geometric_mean"]
            what = f"uncached, {graph}"
            if bound > 1:
                what = f"{what}: {peer}'s time over ours, geometric mean"
                yield Verdict(what, mean, bound, at_least=True)
            else:
                what = f"{what}: our time over {peer}'s, geometric mean"
                yield Verdict(what, 1 / mean, 1 / bound, at_least=False)


def _runaway(found: dict[str, Any]) -> Iterator[Verdict]:
    if not found:
        return
    yield Verdict(
        "runaway query, longest beyond the limit",
        max(found["longest_over_limit_ms"], 0.0),
        _OVER_LIMIT_MS,
        at_least=False,
        unit="ms",
    )
    yield Verdict(
        "neighbours of runaway queries, p99 over idle",
        found["beside"]["p99_ms"] / found["idle"]["p99_ms"],
        _NEIGHBOURS,
        at_least=False,
    )
    memory = found["memory_mib"]
    yield Verdict(
        "memory after runaway queries over before",
        memory["after"] / memory["before"],
        _MEMORY_BACK,
        at_least=False,
    )


def _growth(report: dict[str, Any]) -> Iterator[Verdict]:
    for key, where in (("growth", "over HTTP"), ("growth_in_process", "in process")):
        sizes = report.get(key) or {}
        if len(sizes) > 1:
            least, most = min(sizes, key=int), max(sizes, key=int)
            yield Verdict(
                f"point query {where}, {int(most):,} over {int(least):,} triples",
                sizes[most]["point_ms"] / sizes[least]["point_ms"],
                _GROWTH,
                at_least=False,
            )
    if start := report.get("start"):
        yield Verdict(
            "start to first answer",
            start["first_answer_seconds"],
            _START_SECONDS,
            at_least=False,
            unit="s",
        )
        yield Verdict(
            "memory of the server and two workers",
            start["memory_mib"],
            _MEMORY_MIB,
            at_least=False,
            unit="MiB",
        )
