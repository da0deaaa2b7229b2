"""A validation report for people and for programs."""

from __future__ import annotations

from itertools import groupby
from json import dumps
from typing import TYPE_CHECKING

from vomkg.curate.result import SEVERITIES
from vomkg.namespaces import XSD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vomkg.curate.names import Names
    from vomkg.curate.result import Report, Result

_NOWHERE = "in no file"


def text(report: Report, labels: Names) -> str:
    """The report in plain words: one block a fault, by file and shape, then a sum."""
    return "\n".join([*_lines(report, labels), summary(report)]) + "\n"


def json(report: Report) -> str:
    """The report as one JSON object with IRIs in full; missing places are null."""
    return (
        dumps(
            {
                "conforms": report.conforms,
                "counts": report.counts,
                "files": report.files,
                "results": [
                    {
                        "severity": result.severity,
                        "file": result.file,
                        "line": result.at.line if result.at else None,
                        "column": result.at.column if result.at else None,
                        "focus": result.focus,
                        "path": result.path,
                        "name": result.name,
                        "message": result.message,
                        "value": result.value,
                        "value_type": result.value_type,
                        "component": result.component,
                        "shape": result.shape,
                        "details": result.details,
                    }
                    for result in report.results
                ],
            },
            indent=2,
            ensure_ascii=False,
        )
        + "\n"
    )


def turtle(report: Report) -> str:
    """The report as SHACL defines it (SHACL §3.6), in Turtle."""
    return report.graph.serialize(format="turtle")


def summary(report: Report) -> str:
    """How many faults there are, in one line."""
    counts = ", ".join(_count(number, name) for name, number in report.counts.items())
    return f"{counts} in {_count(len(report.files), 'file')}"


def _lines(report: Report, labels: Names) -> Iterator[str]:
    by_file = sorted(report.results, key=lambda result: result.file or "~")
    for source, in_file in groupby(by_file, key=lambda result: result.file):
        results = sorted(in_file, key=lambda result: result.order)
        yield f"{source or _NOWHERE}: {_tally(results)}"
        for shape, of_shape in groupby(results, key=lambda result: result.shape):
            faults = list(of_shape)
            yield f"  {labels.short(shape)}: {_tally(faults)}"
            for fault in faults:
                yield from _block(fault, labels)
        yield ""


def _block(result: Result, labels: Names) -> Iterator[str]:
    name = labels.both(result.focus)
    place = f" at {result.place}" if result.place else ""
    yield f"    {result.severity} on {name}{place}"
    if result.path:
        yield f"      property  {_property(result, labels)}"
    yield f"      message   {result.message}"
    for detail in result.details:
        yield f"                {detail}"
    if result.value is not None and result.value != result.focus:
        yield f"      found     {_value(result, labels)}"
    yield f"      shape     {result.shape}"


def _property(result: Result, labels: Names) -> str:
    path = result.path or ""
    if "<" in path:  # a path over several properties
        shown = labels.in_words(path)
        return f"{result.name}: {shown}" if result.name else shown
    return f"{result.name} ({labels.short(path)})" if result.name else labels.both(path)


def _value(result: Result, labels: Names) -> str:
    value, kind = result.value or "", result.value_type or ""
    if kind in ("iri", "blank"):
        return labels.both(value)
    if kind.startswith("@"):
        return f'"{value}"{kind}'
    if kind == XSD + "string":
        return f'"{value}"'
    return f'"{value}"^^{labels.short(kind)}'


def _tally(results: Sequence[Result]) -> str:
    numbers = {
        severity: sum(result.severity == severity for result in results)
        for severity in SEVERITIES
    }
    return ", ".join(_count(number, name) for name, number in numbers.items() if number)


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
