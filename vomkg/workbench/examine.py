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
from vomkg.workbench.workspace import shown

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
    judged = [*(only or (*work.data_files, *work.ontology_files))]
    judged = list(dict.fromkeys(judged))
    names = tuple(shown(path) for path in judged)
    # Graphs that were read before were read strictly, so they have no such literals.
    read = work.reading = work.reading or Reading()
    unreadable = _syntax(read, [*judged, *work.ontology_files, *work.shapes_files])
    if unreadable:
        return Report(unreadable, names)
    literals = [
        item
        for path in dict.fromkeys([*judged, *work.shapes_files])
        for item in read.file(path).faults
    ]
    # Plug point, lint: vomkg.workbench.rules.lint_results(work, whole=not only) goes
    # here; today what makes shapes useless is raised, one fault at a time.
    report = _of_shapes(work, inferred=inferred and not literals, whole=not only)
    if inferred or isinstance(work, Draft):
        literals = [replace(item, details=_NOT_INFERRED) for item in literals]
    # Plug point, hygiene: rules.prefix_results(work) and rules.hygiene_results(work)
    # in place of _of_rules, whose results name their rule alone.
    rules = _of_rules(work) if isinstance(work, Draft) and not literals else []
    placed = work.located(report, judged)
    # Plug point, positions: work.located calls vomkg.curate.places.located(report,
    # work.texts(judged), work.texts(work.shapes_files)); results of the hygiene rules
    # go through it as well.
    found = [*literals, *placed.results, *rules]
    # Plug point, mends: vomkg.curate.mends.mended(report of these, work.data +
    # work.ontology, work.shapes, work.names, work.prefixes, work.texts(judged)) here,
    # before they are merged.
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
