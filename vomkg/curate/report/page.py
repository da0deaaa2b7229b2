"""The report as one HTML file: no script, nothing from elsewhere, fit to print."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from vomkg.curate.report import clean
from vomkg.curate.report.excerpt import excerpt
from vomkg.curate.report.grouping import Group, groups
from vomkg.curate.report.words import facts, headline, shown_place, summary
from vomkg.curate.result import SEVERITIES

if TYPE_CHECKING:
    from jinja2 import Template

    from vomkg.curate.report.context import Context
    from vomkg.curate.result import Report, Result


def write(report: Report, context: Context) -> str:
    """The faults that count, by group, with excerpts and mends."""
    counted = context.counted(report)
    found = groups(counted, context)
    gone = context.comparison.gone if context.comparison else ()
    return _template().render(
        failed=bool(context.failing(report)),
        counts=[
            (name, sum(r.severity == name for r in counted)) for name in SEVERITIES
        ],
        files=[clean.line(name) for name in report.files],
        groups=[(group, _told(group, context)) for group in found],
        gone=[told.in_words(context.names) for told in gone],
        summary=summary(report, context),
    )


def _told(group: Group, context: Context) -> list[dict[str, object]]:
    return [_fault(result, context) for result in group.results[: group.shown]]


def _fault(result: Result, context: Context) -> dict[str, object]:
    return {
        "severity": result.severity,
        "headline": headline(result, context),
        "place": shown_place(result.at) if result.at else "",
        "add_here": result.add_here,
        "source": excerpt(result.at, context.texts) if result.at else None,
        "facts": list(facts(result, context)),
        "mends": [
            (clean.short(mend.words), clean.lines(mend.snippet), mend.patch is not None)
            for mend in result.mends
        ],
    }


@lru_cache(1)
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("vomkg.curate.report", "."),
        autoescape=True,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("page.html")
