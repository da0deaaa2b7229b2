"""Several FROM clauses ask the merge of their graphs (SPARQL 1.1 §13.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vomkg.engine.dataset import several_graphs
from vomkg.errors import QuerySyntaxError
from vomkg.namespaces import GRAPHS

if TYPE_CHECKING:
    from vomkg.engine.local import Engine

SHARED = "SELECT (COUNT(*) AS ?n) %s { ?s vom:reportedForm ?o }"
DATA, INFERRED, SHAPES = (
    f"<{GRAPHS}{name}>" for name in ("data", "inferred", "shapes")
)


def count(engine: Engine, clauses: str, prologue: str = "") -> object:
    (row,) = engine.query(f"{prologue} {SHARED % clauses}")
    return row["n"]


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        (f"FROM {DATA} FROM {INFERRED}", 2),
        (f"FROM {DATA} FROM {INFERRED} FROM {SHAPES}", 3),
        (f"from {DATA}\n# FROM <urn:not>\nfrom {DATA}", 2),
        (f"FROM {INFERRED} FROM <urn:absent>", 1),
        ("FROM <urn:absent> FROM <urn:none>", 0),
    ],
)
def test_a_triple_of_two_graphs_counts_once(clauses, expected, small: Engine):
    """The default graph is the merge, and nothing but the merge."""
    assert expected == count(small, clauses)


@pytest.mark.parametrize(
    "prologue",
    [
        f"PREFIX g: <{GRAPHS}>",
        f"BASE <{GRAPHS}> PREFIX g: <>",
        f"PREFIX from: <{GRAPHS}> PREFIX g: <{GRAPHS}>",
    ],
)
def test_names_are_read_as_the_query_says(prologue, small: Engine):
    """Prefixed and relative names name graphs too."""
    assert count(small, "FROM g:data FROM g:inferred", prologue) == 2


def test_without_base_names_go_by_ours(small: Engine):
    """What is relative is completed by the address of the graph."""
    assert count(small, "FROM <graph/data> FROM <graph/shapes>") == 3


def test_relative_names_go_by_the_base(small: Engine):
    """BASE completes what is relative."""
    assert count(small, "FROM <data> FROM <shapes>", f"BASE <{GRAPHS}>") == 3


def test_named_graphs_are_only_those_named(small: Engine):
    """With FROM, GRAPH reaches what FROM NAMED names."""
    query = "SELECT DISTINCT ?g %s { GRAPH ?g { ?s ?p ?o } }"
    both = f"FROM {DATA} FROM {INFERRED}"
    assert len(small.query(query % both)) == 0
    found = small.query(query % f"{both} FROM NAMED {SHAPES}")
    assert [row["g"] for row in found] == [SHAPES.strip("<>")]


def test_every_form_asks_the_merge(small: Engine):
    """ASK and CONSTRUCT do too, and a second question finds the same."""
    clauses = f"FROM {DATA} FROM {SHAPES}"
    assert small.query(f'ASK {clauses} {{ ?s ?p "only a shape" }}')
    again = small.query(
        "CONSTRUCT WHERE { ?s ?p ?o }".replace("WHERE", f"{clauses} WHERE")
    )
    assert (
        len(again)
        == len(small.query(f"CONSTRUCT FROM {DATA} WHERE {{ ?s ?p ?o }}")) + 1
    )


def test_fault_in_a_name_has_its_place(small: Engine):
    """A name that is no IRI is a fault of the query."""
    with pytest.raises(QuerySyntaxError) as caught:
        small.query("SELECT * FROM <a:b>\nFROM <http://[x> {}")
    assert caught.value.line == 2


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <urn:a> FROM NAMED <urn:b> {}",
        'SELECT * { ?from ?p "FROM FROM" } # FROM',
        "SELECT * { ?s from:a from:b }",
    ],
)
def test_other_queries_are_left_alone(query):
    """One FROM is the engine's own affair, and words are not clauses."""
    assert several_graphs(query, {"from": "urn:"}) is None
