"""One fault in plain words: the same on a terminal, a page and in an annotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vomkg.curate.report import clean
from vomkg.curate.report.grouping import count, sums
from vomkg.namespaces import XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.curate.place import Place
    from vomkg.curate.report.context import Context
    from vomkg.curate.result import Report, Result


def headline(result: Result, context: Context) -> str:
    """What the fault is on, as ``violation on the estimate (id:estimate)``."""
    focus = result.focus
    if not focus:
        return f"{result.severity}: {result.check}"
    return f"{result.severity} on {clean.short(context.names.both(focus))}"


def message(result: Result, context: Context) -> str:
    """What is wrong, in one line, each full IRI with its label."""
    return clean.both_ends(context.names.in_words(result.message))


def facts(result: Result, context: Context) -> Iterator[tuple[str, str]]:
    """Name and words of everything else that is known of the fault."""
    names = context.names
    if classes := context.classes.get(result.focus):
        yield "class", clean.short(", ".join(names.both(iri) for iri in classes))
    if result.path:
        yield "property", clean.short(_property(result, context))
    yield "message", message(result, context)
    for detail in result.details:
        yield "", clean.both_ends(names.in_words(detail))
    if result.value is not None and result.value != result.focus:
        yield "found", _value(result, context)
    if result.also:
        yield "also at", clean.short(", ".join(str(place) for place in result.also))
    if result.shape:
        yield _rule_word(result), _shape(result, context)


def summary(report: Report, context: Context) -> str:
    """How many faults count, in one line, and how many do not."""
    told = [f"{sums(context.counted(report))} in {count(len(report.files), 'file')}"]
    comparison = context.comparison
    if comparison is not None:
        known = len(comparison.remaining)
        told.append(f"{known} known and {len(comparison.gone)} gone since the baseline")
    return "; ".join(told)


def shown_place(place: Place) -> str:
    """``file:line:column`` in one safe line."""
    return clean.line(str(place))


def _rule_word(result: Result) -> str:
    return {"shape": "shape", "rule": "rule"}.get(result.check, "check")


def _shape(result: Result, context: Context) -> str:
    place = f" at {shown_place(result.shape_at)}" if result.shape_at else ""
    return clean.short(context.names.short(result.shape)) + place


def _property(result: Result, context: Context) -> str:
    names, path = context.names, result.path or ""
    if "<" in path:  # a path over several properties
        shown = names.in_words(path)
        return f"{result.name}: {shown}" if result.name else shown
    return f"{result.name} ({names.short(path)})" if result.name else names.both(path)


def _value(result: Result, context: Context) -> str:
    value, kind = clean.short(result.value or ""), result.value_type or ""
    if kind in ("iri", "blank"):
        return clean.short(context.names.both(result.value or ""))
    if kind.startswith("@"):
        return f'"{value}"{clean.line(kind)}'
    if kind in ("", XSD + "string"):
        return f'"{value}"'
    return f'"{value}"^^{clean.short(context.names.short(kind))}'
