"""What the shapes said of a release when it was built."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.curate.result import Report
    from vomkg.release import Release

FILE: Final = "validation.json"
_FORMAT: Final = "vomkg-report/1"


def write_verdict(draft: Path, report: Report) -> None:
    """Write the report of the engine of record beside the dataset in a directory.

    Raises:
        OSError: it cannot be written.
    """
    from vomkg.curate.report import written
    from vomkg.curate.report.context import Context

    facts = {
        "engine": f"pyshacl {version('pyshacl')}",
        **json.loads(written(report, "json", Context())),
    }
    text = json.dumps(facts, indent=1, ensure_ascii=False) + "\n"
    (draft / FILE).write_text(text, encoding="utf-8")


def verdict_of(release: Release) -> dict[str, Any] | None:
    """The report on a release as JSON holds it; None if it was never checked.

    Releases of files that were named, and those of earlier versions, have none.
    """
    if not release.id:
        return None
    try:
        found = json.loads((release.path / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    fits = isinstance(found, dict) and found.get("format") == _FORMAT
    return found if fits else None
