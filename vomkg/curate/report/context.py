"""What the writers of reports know beside the report itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vomkg.curate.names import Names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vomkg.curate.report import GroupBy
    from vomkg.curate.report.comparison import Comparison
    from vomkg.curate.report.rules import Rule
    from vomkg.curate.result import Report, Result, Severity

    # Takes a text and what it is (a severity, "place", "mark" or "head").
    Paint = Callable[[str, str], str]


def _unpainted(text: str, kind: str) -> str:  # colour is for others
    return text


@dataclass(frozen=True, slots=True)
class Context:
    """How a report is to be told.

    Attributes:
        names: labels and short forms of IRIs.
        texts: the text of each file, for excerpts.
        rules: every shape that was asked, whether it found something or not.
        classes: the classes of each node of the data.
        group_by: what faults stand together by.
        fail_on: the mildest severity that makes the check fail.
        shown: most faults that people are told at length; 0 is all.
        comparison: with what this report was compared, if with anything.
        paint: colours a piece of the text for a terminal.
    """

    names: Names = field(default_factory=Names)
    texts: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    group_by: GroupBy = "file"
    fail_on: Severity = "violation"
    shown: int = 0
    comparison: Comparison | None = None
    paint: Paint = _unpainted

    def is_known(self, result: Result) -> bool:
        """Whether the fault stood in the baseline, so that it does not count."""
        return self.comparison is not None and result in self.comparison.known

    def counted(self, report: Report) -> tuple[Result, ...]:
        """The faults that count: those that the baseline does not know."""
        return tuple(item for item in report.results if not self.is_known(item))

    def failing(self, report: Report) -> tuple[Result, ...]:
        """The faults that count and are bad enough to fail."""
        bad = set(report.at_least(self.fail_on))
        return tuple(result for result in self.counted(report) if result in bad)
