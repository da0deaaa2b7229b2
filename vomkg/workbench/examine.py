"""Everything that is checked of a curator's files, as one report.

The order is that of design: what cannot be read is not judged further; then come
literals, the lint of the shapes, the shapes, the hygiene rules, places and mends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vomkg.curate.merge import merged
from vomkg.curate.result import Report, Result
from vomkg.workbench.draft import Draft
from vomkg.workbench.reading import Reading
from vomkg.workbench.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from vomkg.workbench.workspace import Workspace


def examine(
    work: Workspace, *, inferred: bool = False, only: Sequence[Path] = ()
) -> Report:
    """All faults of the files, each with its place and mends.

    Args:
        work: the files; a :class:`Draft` is also asked the hygiene rules.
        inferred: whether the data is also judged together with what follows from it.
        only: the files that are judged; without any, data and ontology are.

    Raises:
        InputError: a file is missing, or cannot be read at all.
        ShapesError: the shapes are broken, so nothing can be judged by them.
        ConformanceError: the data contradicts itself, so nothing follows from it.
    """
    judged = [*(only or (*work.data_files, *work.ontology_files))]
    judged = list(dict.fromkeys(judged))
    names = tuple(shown(path) for path in judged)
    read = work.reading or Reading()
    unreadable = _syntax(read, [*judged, *work.ontology_files, *work.shapes_files])
    if unreadable:
        return Report(unreadable, names)
    literals = [item for path in judged for item in read.file(path).faults]
    # Plug point, lint: vomkg.curate.lint.shape_faults(work.shapes, work.ontology,
    # work.data) gives results of check "lint"; today a fault of the shapes that
    # makes them useless is raised by the shapes' own check, one at a time.
    report = _of_shapes(work, inferred=inferred, whole=not only)
    # Plug point, hygiene: vomkg.workbench.rules gives results with focus nodes in
    # place of _of_rules, whose results name their rule alone.
    rules = _of_rules(work) if isinstance(work, Draft) else []
    placed = work.located(report, judged)
    # Plug point, positions: vomkg.curate.places.located(report, texts of the data,
    # texts of the shapes) in place of work.located.
    found = [*literals, *placed.results, *rules]
    # Plug point, mends: vomkg.curate.mends.mended(report, work.data, work.shapes,
    # work.names, work.prefixes, texts) on a report of these, before they are merged.
    ordered = sorted(merged(found), key=lambda result: result.order)
    return Report(tuple(ordered), names, report.graph)


def is_unreadable(report: Report) -> bool:
    """Whether a file could not be read, so that nothing else was judged."""
    return any(result.check == "syntax" for result in report.results)


def _syntax(read: Reading, paths: Iterable[Path]) -> tuple[Result, ...]:
    found = [
        result
        for path in dict.fromkeys(paths)
        if read.file(path).error is not None
        for result in read.file(path).faults
    ]
    return tuple(sorted(found, key=lambda result: (result.file or "", result.order)))


def _of_shapes(work: Workspace, *, inferred: bool, whole: bool) -> Report:
    # Plug point, engines: asserted_report and full_report pass the engine on.
    report = work.full_report if inferred else work.asserted_report
    return report if whole else report.about({str(n) for n in work.data.all_nodes()})


def _of_rules(work: Draft) -> list[Result]:
    from vomkg.questions.hygiene import run_rules

    work.tell("asking the hygiene rules")
    found = run_rules(work.knowledge, work.settings.hygiene_files(), work.prefixes)
    return [
        Result(
            "warning" if item.rule.severity == "warning" else "violation",
            *(item.rule.id, "", None, None, None, "", message),
            check="rule",
        )
        for item in found
        for message in item.messages
    ]
