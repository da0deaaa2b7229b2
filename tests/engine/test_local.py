"""The engine: its graphs, its limits and its errors."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from vomkg.engine.local import Engine
from vomkg.errors import (
    FormatError,
    InputError,
    LimitError,
    QueryRefusedError,
    TurtleError,
)
from vomkg.namespaces import GRAPHS, GraphName

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.config import Settings

COUNT = "SELECT (COUNT(*) AS ?n) { ?s vom:reportedForm ?o }"


def _count(engine: Engine, query: str = COUNT) -> object:
    (row,) = engine.query(query)
    return row["n"]


def test_default_graph_is_a_union_without_the_shapes(small: Engine):
    """A triple of two graphs counts once, one of the shapes not at all."""
    assert _count(small) == 2


@pytest.mark.parametrize(
    ("name", "count"), [("data", 2), ("inferred", 1), ("shapes", 1)]
)
def test_each_graph_is_reached_by_name(name: str, count: int, small: Engine):
    """GRAPH asks one graph alone, the shapes too."""
    query = COUNT.replace("{", f"{{ GRAPH <{GRAPHS}{name}> {{").replace(
        "?o }", "?o } }"
    )
    assert count == _count(small, query)


@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_any_rdf_is_served(start: str, tmp_path: Path, settings: Settings):
    """Literals outside their type, triples as terms and a byte order mark pass."""
    path = tmp_path / "any.ttl"
    path.write_text(
        f"{start}@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        '<urn:a> <urn:b> "x"^^xsd:int, <<( <urn:a> <urn:b> _:c )>>, _:c .',
        encoding="utf-8",
    )
    engine = Engine.from_files([path, path], settings)
    assert len(engine.query("SELECT * { ?s ?p ?o }")) == 5  # blank nodes stay apart
    assert engine.query('ASK { <urn:a> <urn:b> "x"^^xsd:int }')


def test_relative_names_are_completed(small: Engine):
    """A query without BASE goes by the address of the graph (RFC 3986 §5.1.4)."""
    assert small.query("ASK { <id/claim> <ontology#reportedBy> <id/speaker> }")


def test_from_asks_that_graph_alone(small: Engine):
    """FROM replaces the default graph."""
    query = COUNT.replace("{", f"FROM <{GraphName.inferred}> {{")
    assert _count(small, query) == 1


def test_from_of_an_unknown_graph_is_empty(small: Engine):
    """A graph that is not there is empty; nothing is fetched."""
    assert _count(small, COUNT.replace("{", "FROM <http://127.0.0.1:1/g> {")) == 0


def test_graph_variable_ranges_over_the_named_graphs(small: Engine):
    """The merged default graph is not itself a named one."""
    answer = small.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    assert [row["g"] for row in answer] == [
        GraphName.data,
        GraphName.inferred,
        GraphName.shapes,
    ]


def test_plain_dataset_is_served_as_it_is(small_file: Path, settings: Settings):
    """With a plain default graph, named graphs are seen only by name."""
    engine = Engine.from_files([small_file], settings, default_graph="plain")
    assert _count(engine) == 0
    assert (
        _count(
            engine, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s vom:reportedForm ?o } }"
        )
        == 4
    )


def test_files_without_graphs_fill_the_default_graph(
    tmp_path: Path, settings: Settings
):
    """Turtle goes to the default graph, whatever that graph is made of."""
    path = tmp_path / "a.ttl"
    path.write_text(
        "@prefix v: <https://w3id.org/vomkg/ontology#> . v:a v:reportedForm 1 ."
    )
    for mode in ("union", "plain"):
        assert _count(Engine.from_files([path], settings, default_graph=mode)) == 1


def test_no_files_is_an_empty_graph(settings: Settings):
    """An engine over nothing answers that there is nothing."""
    assert _count(Engine.from_files([], settings)) == 0


def test_settings_default_to_the_shipped_graph(tmp_path: Path):
    """Without settings the shipped prefixes and the default limits hold."""
    assert Engine.from_files([]).query("ASK { ?s vom:x ?o }").boolean is False


@pytest.mark.parametrize(
    ("name", "text", "kind", "part"),
    [
        ("a.ttl", "<http://e/s> <http://e/p", TurtleError, "a.ttl:1:"),
        ("a.doc", "", FormatError, "not an extension of RDF"),
    ],
)
def test_bad_file_is_refused(
    name: str,
    text: str,
    kind: type[Exception],
    part: str,
    tmp_path: Path,
    settings: Settings,
):
    """The error says where the fault is."""
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(kind) as caught:
        Engine.from_files([path], settings)
    assert part in str(caught.value)


def test_missing_file_is_named(tmp_path: Path, settings: Settings):
    """A file that is not there is named."""
    with pytest.raises(InputError, match=r"gone\.ttl: no such file"):
        Engine.from_files([tmp_path / "gone.ttl"], settings)


@pytest.mark.parametrize("text", [None, "not n-quads"])
def test_release_that_cannot_be_loaded_is_named(
    text: str | None, tmp_path: Path, settings: Settings
):
    """A dataset that is missing or broken is an error with its path."""
    path = tmp_path / "dataset.nq"
    if text:
        path.write_text(text)
    with pytest.raises(InputError, match=r"dataset\.nq: cannot be read as N-Quads"):
        Engine.from_nquads(path, settings)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x { VALUES ?x { 1 2 3 } }",
        "CONSTRUCT { ?x ?x ?x } { VALUES ?x { <a:1> <a:2> <a:3> } }",
    ],
)
def test_answer_is_complete_or_an_error(
    query: str, small_file: Path, settings: Settings
):
    """At the limit the answer is whole; above it there is none, and a way on."""
    exact = Engine.from_files([small_file], dataclasses.replace(settings, row_limit=3))
    assert len(exact.query(query)) == 3
    tight = Engine.from_files([small_file], dataclasses.replace(settings, row_limit=2))
    with pytest.raises(LimitError, match="LIMIT 2 and OFFSET") as caught:
        tight.query(query)
    assert caught.value.exit_code == 4


def test_repeated_triples_do_not_count_against_the_limit(
    small_file: Path, settings: Settings
):
    """A graph is a set: what is there already is not one more."""
    tight = Engine.from_files([small_file], dataclasses.replace(settings, row_limit=1))
    assert len(tight.query("CONSTRUCT { id:a vom:b 1 } { ?s ?p ?o }")) == 1


def test_guard_stands_before_the_engine(small: Engine):
    """Every query goes through the guard."""
    with pytest.raises(QueryRefusedError, match="another host"):
        small.query("SELECT * { SERVICE <http://127.0.0.1:1/> {} }")


def test_answer_knows_query_and_release(
    small_file: Path, settings: Settings, tmp_path: Path
):
    """An answer can be cited: it holds what was asked of which release."""
    path = tmp_path / "dataset.nq"
    path.write_text("<a:s> <a:p> <a:o> <a:g> .\n")
    answer = Engine.from_nquads(path, settings, release="abc").query(
        "SELECT * { ?s ?p ?o }"
    )
    assert (answer.query, answer.release, len(answer)) == (
        "SELECT * { ?s ?p ?o }",
        "abc",
        1,
    )


def test_columns_are_in_the_order_of_the_query(small: Engine):
    """SELECT decides the order of the columns."""
    answer = small.query("SELECT ?o ?s { ?s vom:ratioValue ?o }")
    assert answer.columns == tuple(answer.rows[0]) == ("o", "s")


def test_engine_may_be_asked_by_many_threads(small: Engine):
    """Queries at the same time do not disturb each other."""
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: _count(small), range(40))) == {2}


def test_query_path_loads_no_heavy_library():
    """A query needs pyoxigraph and nothing of the curator's half."""
    code = (
        "import sys, vomkg.engine.local, vomkg.release, vomkg.knowledge;"
        "print([m for m in ('rdflib', 'pyshacl', 'owlready2', 'flask', 'pandas') if m in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert found.stdout == "[]\n"
