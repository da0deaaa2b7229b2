"""The report as one JSON object, whose fields docs/reports.md describes."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from vomkg.curate.report import clean
from vomkg.curate.report.fingerprint import fingerprint

if TYPE_CHECKING:
    from vomkg.curate.mend import Mend
    from vomkg.curate.place import Place
    from vomkg.curate.report.context import Context
    from vomkg.curate.result import Report, Result

FORMAT: Final = "vomkg-report/1"


def write(report: Report, context: Context) -> str:
    """Every fault, also those that the baseline knows; null for what is not there."""
    document = {
        "format": FORMAT,
        "conforms": report.conforms,
        "counts": report.counts,
        "files": list(report.files),
        "results": [
            _result(result) | {"known": context.is_known(result)}
            for result in report.results
        ],
    }
    if context.comparison is not None:
        document["baseline"] = {
            "new": len(context.comparison.new),
            "known": len(context.comparison.remaining),
            "gone": [asdict(told) for told in context.comparison.gone],
        }
    return clean.in_json(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _result(result: Result) -> dict[str, Any]:
    at = result.at
    return {
        "fingerprint": fingerprint(result),
        "severity": result.severity,
        "check": result.check,
        "file": at.file if at else None,
        "line": at.line if at else None,
        "column": at.column if at else None,
        "end_line": at.end_line if at else None,
        "end_column": at.end_column if at else None,
        "add_here": result.add_here,
        "also": [_place(place) for place in result.also],
        "focus": result.focus,
        "path": result.path,
        "name": result.name,
        "message": result.message,
        "details": list(result.details),
        "value": result.value,
        "value_type": result.value_type,
        "component": result.component,
        "shape": result.shape,
        "shape_at": _place(result.shape_at),
        "mends": [_mend(mend) for mend in result.mends],
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def _mend(mend: Mend) -> dict[str, Any]:
    patch = mend.patch
    return {
        "words": mend.words,
        "snippet": mend.snippet,
        "patch": {"at": _place(patch.at), "text": patch.text} if patch else None,
    }
