"""What the writers of reports have to know, taken from a workspace."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from vomkg.curate.names import Names
from vomkg.curate.report.context import Context
from vomkg.curate.report.rules import rules_of
from vomkg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vomkg.curate.report.rules import Rule
    from vomkg.curate.result import Report
    from vomkg.workbench.workspace import Workspace


def context_of(work: Workspace, report: Report, judged: Sequence[Path] = ()) -> Context:
    """The labels, texts, shapes and classes that this report is told with.

    Where files cannot be read, it has what the others give: a report of broken
    files is told as well.

    Args:
        work: the files.
        report: what was found in them.
        judged: the files that were judged, if not data and ontology.
    """
    names = Names()
    rules: tuple[Rule, ...] = ()
    classes: dict[str, tuple[str, ...]] = {}
    # Each as far as it goes: the list of prefixes may be among the broken files.
    with contextlib.suppress(InputError):
        names = Names({}, work.prefixes)
        rules = rules_of(work.shapes)
        names = work.names
        classes = _classes(work, report)
    files = [*(judged or (*work.data_files, *work.ontology_files)), *work.shapes_files]
    return Context(
        names=names,
        texts=work.texts(list(dict.fromkeys(files))),
        rules=rules,
        classes=classes,
    )


def _classes(work: Workspace, report: Report) -> dict[str, tuple[str, ...]]:
    from rdflib import RDF, URIRef

    return {
        focus: tuple(sorted(str(kind) for kind in kinds))
        for focus in {result.focus for result in report.results}
        if (kinds := list(work.data.objects(URIRef(focus), RDF.type)))
    }
