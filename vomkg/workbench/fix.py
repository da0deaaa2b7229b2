"""The safe changes made in a workspace's files, as new texts that nobody wrote yet."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vomkg.curate.mends.fix import Fixed, apply
from vomkg.curate.result import Report
from vomkg.errors import InputError
from vomkg.workbench.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vomkg.workbench.workspace import Workspace

    Examine = Callable[[Workspace], Report]

__all__ = ["Fixed", "fixed"]


def fixed(work: Workspace, report: Report, examine: Examine | None = None) -> Fixed:
    """Make the safe changes of a report with which the files conform better.

    Nothing is written: the new texts are given by the file names of the report. A
    file that was in normal form stays in it; the layout and the comments of any
    other stay as they are.

    Args:
        work: the files that were judged.
        report: what was found in them, with places and mends.
        examine: the check that found it, to judge the changed files; it is given
            a workspace of the same kind over copies, with as many data files in the
            same order. By default the shapes alone.

    Raises:
        InputError: a file cannot be read.
    """
    from vomkg.graph.parse import read_text

    paths = {shown(path): path for path in (*work.data_files, *work.ontology_files)}
    texts = {name: read_text(path) for name, path in paths.items()}
    check = examine or (lambda changed: changed.asserted_report)
    with tempfile.TemporaryDirectory(prefix="vomkg-") as folder:
        copies = {
            name: Path(folder) / f"{number}{path.suffix}"
            for number, (name, path) in enumerate(paths.items())
        }

        def judge(changed: Mapping[str, str]) -> Report:
            for name, text in changed.items():
                copies[name].write_text(text, encoding="utf-8", newline="")
            return _renamed(check(_moved(work, copies)), copies)

        done = apply(report, texts, judge)
        tidied = {
            name: _tidied(paths[name], copies[name], text, work)
            for name, text in done.texts.items()
        }
    return replace(done, texts=tidied)


def _moved(work: Workspace, copies: Mapping[str, Path]) -> Workspace:
    """The workspace, of the same kind, over copies of its data and ontology."""
    return type(work)(
        work.settings,
        data=[copies[shown(path)] for path in work.data_files],
        ontology=[copies[shown(path)] for path in work.ontology_files],
        shapes=work.shapes_files,
        engine=work.engine,
    )


def _renamed(report: Report, copies: Mapping[str, Path]) -> Report:
    """The report with the names of the files in the place of those of the copies."""
    names = {shown(path): name for name, path in copies.items()}
    results = tuple(
        replace(item, focus=names.get(item.focus, item.focus))
        for item in report.results
    )
    return Report(results, tuple(names.values()), report.graph)


def _tidied(path: Path, copy: Path, text: str, work: Workspace) -> str:
    """The new text, in normal form if the old one was."""
    from vomkg.graph.parse import read_text
    from vomkg.graph.write import format_file

    try:
        if format_file(path, work.prefixes) != read_text(path):
            return text
        copy.write_text(text, encoding="utf-8", newline="")
        return format_file(copy, work.prefixes)
    except InputError:
        return text
