"""Everything that is checked of a curator's files, as one report.

The order is that of design: what cannot be read is not judged further; then come
literals, the lint of the shapes, the shapes, the hygiene rules, places and mends.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vomkg.curate.merge import merged
from vomkg.curate.result import Report, Result
from vomkg.workbench.draft import Draft
from vomkg.workbench.reading import Reading
from vomkg.workbench.rules import (
    empty_results,
    hygiene_results,
    lint_results,
    prefix_results,
)
from vomkg.workbench.workspace import distinct, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from vomkg.workbench.workspace import Workspace

_NOT_INFERRED = (
    "it has no value to reason with, so nothing was inferred and no rule asked",
)


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
    judged = distinct(only or (*work.data_files, *work.ontology_files))
    names = tuple(shown(path) for path in judged)
    # Graphs that were read before were read strictly, so they have no such literals.
    read = work.reading = work.reading or Reading(work.settings.file_limit)
    unreadable = _syntax(read, [*judged, *work.ontology_files, *work.shapes_files])
    if unreadable:
        return _unread(Report(unreadable, names), work, judged)
    literals = [
        item
        for path in dict.fromkeys([*judged, *work.shapes_files])
        for item in read.file(path).faults
    ]
    report = _of_shapes(work, inferred=inferred and not literals, whole=not only)
    if inferred or isinstance(work, Draft):
        literals = [replace(item, details=_NOT_INFERRED) for item in literals]
    found = [*literals, *report.results, *empty_results(read, judged)]
    # Where there is a fault, a shape may match nothing because of it.
    found += lint_results(work, whole=not (only or found))
    if not only:
        found += prefix_results(work)
    if isinstance(work, Draft) and not literals:
        found += hygiene_results(work)
    return _told(Report(tuple(found), names, report.graph), work, judged)


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


def _told(report: Report, work: Workspace, judged: Sequence[Path]) -> Report:
    """The report with places and mends, each fault once, the worst first."""
    if report.results:
        from vomkg.curate.mends import mended

        placed = work.located(report, judged)
        report = mended(
            placed,
            work.data + work.ontology,
            work.shapes,
            work.names,
            work.prefixes,
            work.texts(judged),
            limit=work.settings.explain_limit,
        )
    ordered = sorted(merged(report.results), key=lambda result: result.order)
    names = tuple(shown(path) for path in judged)
    return Report(tuple(ordered), names, report.graph)


def _unread(report: Report, work: Workspace, judged: Sequence[Path]) -> Report:
    """The report on broken files with mends; there is no graph to look into."""
    from rdflib import Graph

    from vomkg.curate.mends import mended
    from vomkg.curate.names import Names

    names = Names(prefixes=work.prefixes)
    texts = work.texts([*judged, *work.shapes_files])
    return mended(report, Graph(), Graph(), names, work.prefixes, texts)


def _of_shapes(work: Workspace, *, inferred: bool, whole: bool) -> Report:
    report = work.full_report if inferred else work.asserted_report
    return report if whole else report.about(work.triples.nodes)
