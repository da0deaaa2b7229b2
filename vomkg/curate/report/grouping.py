"""Faults that stand together, with their counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vomkg.curate.report import clean
from vomkg.curate.result import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from vomkg.curate.report.context import Context
    from vomkg.curate.result import Result

NOWHERE: Final = "in no file"


@dataclass(frozen=True, slots=True)
class Group:
    """Faults of one file, shape or focus node.

    Attributes:
        title: the file, or the label of the shape or node; safe to print.
        results: its faults, in the order in which they are told.
        shown: how many of them are told at length.
    """

    title: str
    results: tuple[Result, ...]
    shown: int

    @property
    def tally(self) -> str:
        """How many faults of each severity, such as ``2 violations, 1 info``."""
        return tally(self.results)

    @property
    def rest(self) -> str:
        """What is not told at length, in words; empty if all is."""
        return tally(self.results[self.shown :])


def groups(results: Sequence[Result], context: Context) -> list[Group]:
    """The results by file, shape or focus node; those of no file come last.

    Within a file they stand in the order of its lines, else the worst first.
    """
    parts: defaultdict[str, list[Result]] = defaultdict(list)
    for result in results:
        parts[_key(result, context.group_by)].append(result)
    found: list[Group] = []
    left = context.shown or len(results)
    for key in sorted(parts, key=lambda key: (not key, key)):
        inside = sorted(
            parts[key],
            key=_in_file if context.group_by == "file" else lambda item: item.order,
        )
        shown = min(left, len(inside))
        left -= shown
        found.append(Group(_title(key, inside[0], context), tuple(inside), shown))
    return found


def tally(results: Collection[Result]) -> str:
    """How many results there are of each severity that occurs."""
    found = Counter(result.severity for result in results)
    return ", ".join(count(found[name], name) for name in SEVERITIES if found[name])


def count(number: int, name: str) -> str:
    """The number with its noun, as ``1 file`` and ``2 files``."""
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def sums(results: Iterable[Result]) -> str:
    """How many results there are of every severity, also where there is none."""
    found = Counter(result.severity for result in results)
    return ", ".join(count(found[name], name) for name in SEVERITIES)


def _key(result: Result, group_by: str) -> str:
    if group_by == "file":
        return result.file or ""
    return result.shape if group_by == "shape" else result.focus


def _in_file(result: Result) -> tuple[object, ...]:
    at = result.at
    return ((at.line, at.column) if at else (0, 0), result.order)


def _title(key: str, first: Result, context: Context) -> str:
    if context.group_by == "file":
        return clean.line(key) or NOWHERE
    if not key:
        return "of no node" if context.group_by == "focus" else "of no shape"
    # Blank nodes are told apart by where they stand.
    place = f" at {first.place}" if key.startswith("_:") and first.at else ""
    return clean.short(context.names.both(key) + place)
