"""Faults in files: baselines, and reports that were written as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Final

from vomkg.curate.report import clean
from vomkg.curate.report.comparison import Told, told_of
from vomkg.curate.report.machine import FORMAT as REPORT
from vomkg.errors import InputError
from vomkg.graph.parse import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.curate.result import Report

_FIX: Final = "write it with --write-baseline FILE or --format json --output FILE"
BASELINE: Final = "vomkg-baseline/1"
_FAULTS: Final = {BASELINE: "faults", REPORT: "results"}
_FIELDS: Final = tuple(field.name for field in fields(Told))


def baseline(report: Report) -> str:
    """The faults of the report as the text of a baseline, sorted for small diffs."""
    faults = [asdict(told_of(result)) for result in report.results]
    faults.sort(key=lambda fault: [str(fault[name]) for name in _FIELDS[1:]])
    document = {"format": BASELINE, "faults": faults}
    return clean.in_json(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def read_faults(path: Path) -> list[Told]:
    """The faults of a baseline or of a report in JSON.

    Raises:
        InputError: the file cannot be read, or is neither of them.
    """
    try:
        document = json.loads(read_text(path))
    except (json.JSONDecodeError, RecursionError) as fault:
        line = getattr(fault, "lineno", None)
        raise InputError("is not JSON", path=path, line=line, fix=_FIX) from fault
    name = document.get("format") if isinstance(document, dict) else None
    faults = document.get(_FAULTS.get(name, "")) if isinstance(name, str) else None
    if not isinstance(faults, list):
        raise InputError(
            f"is neither a baseline nor a report: its format is {name!r}",
            path=path,
            fix=_FIX,
        )
    return [_told(fault, path, number) for number, fault in enumerate(faults, 1)]


def _told(fault: object, path: Path, number: int) -> Told:
    found = fault if isinstance(fault, dict) else {}
    texts: dict[str, str] = {}
    for name in _FIELDS:
        value = found.get(name)
        if isinstance(value, str):
            texts[name] = value
        elif name != "path" or value is not None:
            raise InputError(
                f"fault {number} has no text as its {name}", path=path, fix=_FIX
            )
    return Told(**texts)
