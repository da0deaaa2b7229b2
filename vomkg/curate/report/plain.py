"""The report as text for a terminal or a log: one block a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vomkg.curate.report import clean
from vomkg.curate.report.excerpt import excerpt
from vomkg.curate.report.grouping import count, groups
from vomkg.curate.report.words import facts, headline, shown_place, summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.curate.report.context import Context
    from vomkg.curate.result import Report, Result

_INDENT = "    "
_FIELD = 10


def write(report: Report, context: Context) -> str:
    """The faults that count, group by group, what is gone, and a sum at the end."""
    return "\n".join([*_lines(report, context), summary(report, context)]) + "\n"


def block(result: Result, context: Context) -> Iterator[str]:
    """The lines of one fault."""
    paint = context.paint
    head = paint(headline(result, context), result.severity)
    place = f" at {paint(shown_place(result.at), 'place')}" if result.at else ""
    yield f"  {head}{place}"
    yield from _source(result, context)
    for name, words in facts(result, context):
        yield f"{_INDENT}{name:<{_FIELD}}{words}"
    for mend in result.mends:
        safe = " (--fix makes this change)" if mend.patch else ""
        yield f"{_INDENT}{'mend':<{_FIELD}}{clean.short(mend.words)}{safe}"
        for line in clean.lines(mend.snippet).splitlines():
            yield f"{_INDENT}{'':<{_FIELD}}  {line}"


def _lines(report: Report, context: Context) -> Iterator[str]:
    found = groups(context.counted(report), context)
    for group in found:
        yield f"{context.paint(group.title, 'head')}: {group.tally}"
        for result in group.results[: group.shown]:
            yield from block(result, context)
        if group.rest:
            yield f"  not shown: {group.rest}"
        yield ""
    hidden = sum(len(group.results) - group.shown for group in found)
    if hidden:
        yield f"{count(hidden, 'fault')} not shown: --show 0 shows all"
    if context.comparison and context.comparison.gone:
        yield "gone since the baseline:"
        yield from (
            f"  {told.in_words(context.names)}" for told in context.comparison.gone
        )
        yield ""


def _source(result: Result, context: Context) -> Iterator[str]:
    found = excerpt(result.at, context.texts) if result.at else None
    if found is None:
        return
    number = str(found.line)
    note = " add here" if result.add_here else ""
    if found.more:
        note += f" and {count(found.more, 'line')} more"
    yield f"{_INDENT}{number} | {found.text}"
    caret = context.paint(found.caret, "mark")
    yield f"{_INDENT}{' ' * len(number)} | {caret}{note}"
