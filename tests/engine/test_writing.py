"""Answers written as bytes where the query runs, against those built row by row."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from vomkg.engine.local import Engine
from vomkg.errors import LimitError, QueryRefusedError
from vomkg.formats import FORMATS, by_name, offered

if TYPE_CHECKING:
    from vomkg.engine.writing import Forms

ROWS = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
GRAPH = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
# What stands between rows, inside a value.
HARD = 'SELECT * { VALUES ?x { "},{" "a\\r\\nb" "\\n" "<result>" } }'
NATIVE = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "tsv": QueryResultsFormat.TSV,
}


def tight(engine: Engine, **limits: Any) -> Engine:
    """The same data under those limits."""
    return Engine(engine._store, dataclasses.replace(engine.settings, **limits))


def solutions(body: bytes, name: str) -> list[tuple[object, ...]]:
    found = parse_query_results(body, format=NATIVE[name])
    assert isinstance(found, QuerySolutions)
    return [tuple(solution) for solution in found]


@pytest.mark.parametrize("name", NATIVE)
def test_rows_are_those_of_the_answer(name: str, small: Engine):
    """Both ways of writing say the same."""
    built = small.query(ROWS).to_bytes(by_name(name))
    written = small.written(ROWS, {"bindings": name, "graph": None})
    assert ("bindings", name) == (written.kind, written.form)
    assert solutions(built, name) == solutions(written.body, name) != []


@pytest.mark.parametrize("query", [ROWS, HARD, "SELECT * {}", "SELECT ?x { }"])
def test_csv_is_the_same_bytes(query: str, small: Engine):
    """There is one way to write CSV."""
    built = small.query(query).to_bytes(by_name("csv"))
    assert built == small.written(query, {"bindings": "csv", "graph": None}).body


@pytest.mark.parametrize("form", offered("graph"), ids=lambda form: form.name)
def test_graph_is_that_of_the_answer(form, small: Engine):
    """A graph is written as the answer writes it."""
    written = small.written(GRAPH, {"bindings": None, "graph": form.name})
    assert written.kind == "graph"
    assert written.body == small.query(GRAPH).to_bytes(form)


@pytest.mark.parametrize("form", offered("bindings"), ids=lambda form: form.name)
def test_yes_is_that_of_the_answer(form, small: Engine):
    """So is a yes."""
    written = small.written("ASK {}", {"bindings": form.name, "graph": None})
    assert ("boolean", written.body) == (
        written.kind,
        small.query("ASK {}").to_bytes(form),
    )


@pytest.mark.parametrize(
    ("query", "kind"), [("ASK {}", "boolean"), (ROWS, "bindings"), (GRAPH, "graph")]
)
def test_nothing_is_written_where_no_format_fits(query, kind, small: Engine):
    """The kind is told all the same."""
    written = small.written(query, {"bindings": None, "graph": None})
    assert (written.kind, written.form, written.body) == (kind, None, b"")


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("columns", ["?x", "?x ?y", "*"])
def test_as_many_rows_as_allowed_and_no_more(name: str, columns: str, small: Engine):
    """The row limit is exact, whatever the values hold."""
    query = HARD.replace("*", columns)
    exact = tight(small, row_limit=4).written(query, {"bindings": name, "graph": None})
    assert exact.form == name
    if name in NATIVE:
        assert len(solutions(exact.body, name)) == 4
    with pytest.raises(LimitError, match="more than 3 rows"):
        tight(small, row_limit=3).written(query, {"bindings": name, "graph": None})


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_rows_are_counted_across_what_the_engine_hands_over(name: str, small: Engine):
    """A mark between rows may lie across two writes of the engine."""
    text = "x" * 997
    query = f'SELECT ("{text}" AS ?x) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }}'
    rows = len(small.query(query))
    forms: Forms = {"bindings": name, "graph": None}
    size = 100_000_000
    assert rows > 1_000
    tight(small, row_limit=rows, byte_limit=size).written(query, forms)
    with pytest.raises(LimitError, match=f"more than {rows - 1} rows"):
        tight(small, row_limit=rows - 1, byte_limit=size).written(query, forms)


@pytest.mark.parametrize(
    ("query", "name"),
    [(ROWS, "json"), (ROWS, "csv"), (GRAPH, "turtle"), (GRAPH, "jsonld")],
)
def test_size_is_bounded_by_the_byte(query: str, name: str, small: Engine):
    """One byte more than allowed is an error, never a shorter answer."""
    forms: Forms = {"bindings": name, "graph": name}
    size = len(small.written(query, forms).body)
    assert len(tight(small, byte_limit=size).written(query, forms).body) == size
    with pytest.raises(LimitError, match=f"more than {size - 1} bytes"):
        tight(small, byte_limit=size - 1).written(query, forms)


@pytest.mark.parametrize("text", ["\\u0001", "\\uFFFE", "a\\rb"])
def test_xml_stays_well_formed(text: str, small: Engine):
    """What XML cannot hold, or would change, is written as the answer does."""
    query = f'SELECT ("{text}" AS ?x) {{}}'
    built = small.query(query).to_bytes(by_name("xml"))
    assert built == small.written(query, {"bindings": "xml", "graph": None}).body


@pytest.mark.parametrize("name", ["json", "xml", "tsv"])
def test_triples_stand_in_cells(name: str, small: Engine):
    """SPARQL 1.2 puts triples and text with a direction into cells."""
    query = (
        'SELECT (<<( <a:a> <a:b> <<( <a:c> <a:d> "e,\\"f" )>> )>> AS ?t) '
        '("x"@en--ltr AS ?d) {}'
    )
    written = small.written(query, {"bindings": name, "graph": None})
    built = small.query(query).to_bytes(by_name(name))
    assert solutions(built, name) == solutions(written.body, name)
    (row,) = small.query(query)
    assert row["t"] == '<<( <a:a> <a:b> <<( <a:c> <a:d> "e,\\"f" )>> )>>'


def test_faults_are_ours(small: Engine):
    """What the engine refuses while it writes is told as for any answer."""
    with pytest.raises(QueryRefusedError, match="does not exist here"):
        small.written("SELECT (<urn:f>(1) AS ?x) {}", {"bindings": "json"})


def test_every_format_of_rows_is_written_by_the_engine():
    """The tables here and there name the same formats."""
    from vomkg.engine import writing

    names = {form.name for form in FORMATS if form.kind == "bindings"}
    assert names == set(writing._NATIVE) == set(writing._BETWEEN)
