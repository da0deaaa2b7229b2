"""Values are shown in words, and nothing of a value is lost on the way."""

from __future__ import annotations

import pyoxigraph
import pytest

from vomkg.namespaces import XSD
from vomkg.questions.cell import Cell, cell

IRI = "https://w3id.org/vomkg/id/x"


def literal(value, datatype):
    return pyoxigraph.Literal(value, datatype=pyoxigraph.NamedNode(XSD + datatype))


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (None, Cell("", is_unbound=True)),
        (pyoxigraph.NamedNode(IRI), Cell(f"label of {IRI}", iri=IRI)),
        (pyoxigraph.BlankNode("b0"), Cell("_:b0")),
        (pyoxigraph.Literal("Tom & Jerry"), Cell("Tom & Jerry")),
        (pyoxigraph.Literal("mot", language="fr"), Cell("mot", language="fr")),
        (literal("0.50", "decimal"), Cell("0.50", is_number=True)),
        (literal("6", "integer"), Cell("6", is_number=True)),
        (literal("true", "boolean"), Cell("yes")),
        (literal("0", "boolean"), Cell("no")),
        (literal("2025-07-27", "date"), Cell("2025-07-27")),
    ],
)
def test_shows_each_kind_of_term(term, expected):
    """Things by label, numbers as printed, yes and no as words."""
    assert cell(term, lambda iri: f"label of {iri}") == expected
