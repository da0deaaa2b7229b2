"""A report beside an earlier one: what is new, what is gone, what remains."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Final

from vomkg.curate.report import clean
from vomkg.curate.report.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vomkg.curate.names import Names
    from vomkg.curate.result import Report, Result

FORMAT: Final = "vomkg-comparison/1"


@dataclass(frozen=True, slots=True)
class Told:
    """An earlier fault, as far as a file keeps it.

    Attributes:
        fingerprint: what it is known by.
        severity: how bad it was.
        shape: the shape or check that it broke.
        focus: the node that broke it.
        message: what was said.
        path: the property concerned, if any.
    """

    fingerprint: str
    severity: str
    shape: str
    focus: str
    message: str
    path: str | None = None

    def in_words(self, names: Names) -> str:
        """The fault in one line."""
        focus = clean.short(names.both(self.focus)) if self.focus else "the file"
        message = clean.both_ends(names.in_words(self.message))
        return f"{clean.line(self.severity)} on {focus}: {message}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the faults of an earlier report or baseline.

    Attributes:
        new: faults that the earlier one does not have.
        remaining: those that both have.
        gone: those that only the earlier one has.
        known: the results that remain, where this run made them.
    """

    new: tuple[Told, ...]
    remaining: tuple[Told, ...]
    gone: tuple[Told, ...]
    known: frozenset[Result] = frozenset()


def told_of(result: Result) -> Told:
    """What is kept of a fault for later runs."""
    return Told(
        fingerprint(result),
        result.severity,
        result.shape,
        result.focus,
        result.message,
        result.path,
    )


def compared(report: Report, earlier: Sequence[Told]) -> Comparison:
    """The report beside earlier faults."""
    told = [told_of(result) for result in report.results]
    found = matched(told, earlier)
    left = Counter(item.fingerprint for item in found.remaining)
    known = set()
    for result, item in zip(report.results, told, strict=True):
        if left[item.fingerprint]:
            left[item.fingerprint] -= 1
            known.add(result)
    return replace(found, known=frozenset(known))


def matched(now: Sequence[Told], earlier: Sequence[Told]) -> Comparison:
    """Faults of now beside earlier ones; those of one fingerprint are counted."""
    before = Counter(told.fingerprint for told in earlier)
    after = Counter(told.fingerprint for told in now)
    both = before & after
    remaining, new = _first(now, both)
    return Comparison(new=new, remaining=remaining, gone=_first(earlier, both)[1])


def in_words(comparison: Comparison, names: Names) -> str:
    """What is new and what is gone, one line a fault, and the numbers."""
    lines = [f"+ {told.in_words(names)}" for told in comparison.new]
    lines += [f"- {told.in_words(names)}" for told in comparison.gone]
    return "\n".join([*lines, sums(comparison)]) + "\n"


def sums(comparison: Comparison) -> str:
    """How many faults are new, gone and remaining."""
    new, gone = len(comparison.new), len(comparison.gone)
    return f"{new} new, {gone} gone, {len(comparison.remaining)} remaining"


def as_json(comparison: Comparison) -> str:
    """The same as a JSON object of ``new``, ``gone`` and ``remaining`` faults."""
    parts: dict[str, object] = {"format": FORMAT}
    for name in ("new", "gone", "remaining"):
        parts[name] = [asdict(told) for told in getattr(comparison, name)]
    return clean.in_json(json.dumps(parts, indent=2, ensure_ascii=False)) + "\n"


def _first(
    faults: Sequence[Told], wanted: Counter[str]
) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """As many of each fingerprint as are wanted, and the others."""
    left = Counter(wanted)
    taken: list[Told] = []
    others: list[Told] = []
    for told in faults:
        (taken if left[told.fingerprint] else others).append(told)
        left[told.fingerprint] -= bool(left[told.fingerprint])
    return tuple(taken), tuple(others)
