"""Rows for a spreadsheet: names beside IRIs, and the caveats of each row with it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from vomkg.claims import caveats_by_row
from vomkg.questions.cell import cell

if TYPE_CHECKING:
    from vomkg.engine.answer import Answer
    from vomkg.engine.results import Term
    from vomkg.knowledge import KnowledgeGraph

CAVEATS: Final = "caveats"
# What makes a spreadsheet take a text for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def labelled_csv(kg: KnowledgeGraph, answer: Answer) -> str:
    """The rows as CSV (RFC 4180) for people.

    A column that holds things has their names, and a column ``NAME_iri`` beside it;
    the last column has the caveats that the graph ties to the claims of the row. A
    text that a spreadsheet would run as a formula begins with an apostrophe.

    Args:
        kg: whose names and caveats they are.
        answer: rows; a graph has no caveats, and its triples are in other formats.
    """
    things = {
        name
        for name in answer.columns
        if any(isinstance(row[name], NamedNode) for row in answer.rows)
    }
    head: list[str] = []
    for name in answer.columns:
        head += [name, f"{name}_iri"] if name in things else [name]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*head, CAVEATS])
    caveats = caveats_by_row(kg, answer.rows)
    for row, limits in zip(answer.rows, caveats, strict=True):
        cells: list[str] = []
        for name in answer.columns:
            cells.append(_shown(kg, row[name]))
            if name in things:
                term = row[name]
                cells.append(term.value if isinstance(term, NamedNode) else "")
        said = [f"{caveat.label}: {caveat.text}" for caveat in limits]
        writer.writerow([*cells, _safe(" ".join(said))])
    return out.getvalue()


def _shown(kg: KnowledgeGraph, term: Term | None) -> str:
    shown = cell(term, kg.label)
    return shown.text if shown.is_number else _safe(shown.text)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
