"""Data that somebody sends: judged with the graph, and what it would change there.

A child process does the work, so that it can be ended at its limits; the data lie
in a private folder for as long as it runs.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vomkg.errors import SizeLimitError
from vomkg.workbench import apart

if TYPE_CHECKING:
    from vomkg.config import Settings
    from vomkg.workbench.difference_report import Told
    from vomkg.workbench.draft import Draft


@dataclass(frozen=True, slots=True)
class Submission:
    """What was sent, and what is asked about it.

    Attributes:
        data: the bytes that were sent.
        name: what reports call them; its extension says how they are read.
        format_name: how the report is to be written.
        replaces: whether they stand in the place of the data, not beside them.
        changes: whether it is also asked what they would change.
    """

    data: bytes
    name: str
    format_name: str = "json"
    replaces: bool = False
    changes: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found.

    Attributes:
        report: the report in the format asked for.
        document: the same as JSON holds it.
        is_unreadable: whether the data could not be read, so that no shape was asked.
        changes: what the data would change, as JSON holds it; None if that was not
            asked or the data break the shapes.
    """

    report: str
    document: dict[str, Any]
    is_unreadable: bool
    changes: dict[str, Any] | None


def judged(submission: Submission, settings: Settings, root: Path) -> Judged:
    """The report on what was sent, and its changes, from a child process.

    Args:
        submission: what was sent.
        settings: the limits, and the cache.
        root: the sources that it is judged with.

    Raises:
        InputError: the data are not text, or of a format that is not read.
        SizeLimitError: there are more triples than ``check_triples``.
        TimeLimitError: it takes longer than ``check_time``.
        MemoryLimitError: it needs more memory than ``check_memory``.
        EngineError: the child ended otherwise.
    """
    with tempfile.TemporaryDirectory(prefix="vomkg-check-") as folder:
        file = Path(folder) / submission.name
        file.write_bytes(submission.data)
        order = asdict(submission)
        del order["data"]
        order |= {"root": str(root), "cache": str(settings.cache)}
        order |= {"triples": settings.check_triples}
        found = apart.run(
            "vomkg.workbench.submission:work",
            order,
            folder=Path(folder),
            seconds=settings.check_time,
            megabytes=settings.check_memory,
        )
    return Judged(**found)


def work(order: dict[str, Any]) -> dict[str, object]:
    """The child's work, in the folder that holds the data; gives a Judged.

    Raises:
        VomkgError: the data cannot be judged.
    """
    from vomkg.config import load_settings
    from vomkg.curate.report import written
    from vomkg.workbench.draft import Draft
    from vomkg.workbench.examine import examine, is_unreadable
    from vomkg.workbench.reading import Reading
    from vomkg.workbench.telling import context_of

    settings = load_settings({}, root=order["root"], cache=order["cache"])
    file = Path(order["name"])
    _check_depth(file, settings.nesting_limit)
    reading = Reading()
    found, most = len(reading.file(file).quads), order["triples"]
    if found > most:
        raise SizeLimitError(
            f"{found} triples are more than the {most} that are checked here",
            fix="send fewer, or run 'vomkg validate' on your machine",
        )
    data = [file] if order["replaces"] else [*settings.data_files(), file]
    draft = Draft(settings, data=data, reading=reading)
    report = examine(draft, only=[file])
    context = context_of(draft, report, [file])
    document = json.loads(written(report, "json", context))
    changes = None
    if order["changes"] and not report.at_least("violation"):
        changes = _changes(draft, settings)
    return {
        "report": written(report, order["format_name"], context),
        "document": document,
        "is_unreadable": is_unreadable(report),
        "changes": changes,
    }


def _check_depth(file: Path, most: int) -> None:
    """Refuse brackets that nest deeper than what follows can take in good time.

    Raises:
        InputError: they do, or the file is no text.
    """
    from vomkg.errors import InputError
    from vomkg.graph.files import read_text
    from vomkg.graph.tokens import tokens

    depth = 0
    for token in tokens(read_text(file)):
        if token.kind == "punct":
            depth += (token.text in "[(") - (token.text in "])")
        if depth > most:
            raise InputError(
                f"brackets nest deeper than {most} levels",
                path=file,
                line=token.line,
                column=token.column,
                fix="give what stands in them names of their own",
            )


def _changes(draft: Draft, settings: Settings) -> dict[str, Any]:
    from vomkg.workbench import difference_report
    from vomkg.workbench.answers import answer_changes
    from vomkg.workbench.differences import differences
    from vomkg.workbench.draft import Draft
    from vomkg.workbench.versions import Sources

    before = Sources("the data as they are", Draft(settings))
    after = Sources("with what was sent", draft)
    told: Told = difference_report.Told(
        before.name,
        after.name,
        differences(before, after),
        (),
        answer_changes(before.knowledge, after.knowledge),
    )
    changes: dict[str, Any] = json.loads(difference_report.json(told, draft.names))
    return changes
