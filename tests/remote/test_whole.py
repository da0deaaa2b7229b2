"""A store that cuts long answers without a word still gives whole ones, or errors."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack

import pyoxigraph
import pytest

from tests.remote.upstream import holding, said, upstream
from vomkg.config import load_settings
from vomkg.engine.local import Engine
from vomkg.engine.remote.engine import RemoteEngine
from vomkg.errors import LimitError, UpstreamError

DATA = "".join(f"<urn:s{n}> <urn:p> {n % 13} , 'x{n}'@en .\n" for n in range(40))
QUERIES = [
    "SELECT ?s ?o { ?s <urn:p> ?o }",
    "SELECT * { ?s <urn:p> ?o } # with a remark",
    "SELECT ?s ?o { ?s <urn:p> ?o } ORDER BY DESC(?s) ?o",
    "SELECT ?s ?o { ?s <urn:p> ?o } ORDER BY DESC(?s) ?o LIMIT 33 OFFSET 7",
    "SELECT ?s ?o { ?s <urn:p> ?o } ORDER BY ?s ?o OFFSET 70",
    "SELECT ?o { ?s <urn:p> ?o }",
    "SELECT DISTINCT ?s { ?s <urn:p> ?o }",
    "SELECT ?s (COUNT(*) AS ?n) { ?s <urn:p> ?o } GROUP BY ?s HAVING (COUNT(*) > 1)",
    "SELECT ?s ?o { ?s <urn:p> ?o } LIMIT 5",
    "SELECT ?s ?o ?v { ?s <urn:p> ?o } ORDER BY ?s ?o ?v VALUES ?v { 1 UNDEF }",
    "CONSTRUCT { ?s <urn:q> ?o . } WHERE { ?s <urn:p> ?o }",
    "CONSTRUCT WHERE { ?s <urn:p> ?o }",
    "CONSTRUCT { <urn:all> <urn:q> ?o } WHERE { ?s <urn:p> ?o }",
    "CONSTRUCT { ?s <urn:q> ?o ; <urn:r> ?s } WHERE { ?s <urn:p> ?o }"
    " ORDER BY ?s ?o LIMIT 30 OFFSET 20",
    "CONSTRUCT { <urn:a> <urn:q> 1 } WHERE {}",
    "DESCRIBE <urn:s1>",
    "ASK { ?s ?p ?o }",
]


@pytest.fixture
def engines(settings):
    """Makes an engine over a store with a cap, and one here over the same data."""
    with ExitStack() as stack:

        def make(cap=10, data=DATA, lie=0, **more):
            server = stack.enter_context(upstream(holding(data, cap, lie)))
            more = {"store_rows": 10, "store": server.address, **more}
            ours = load_settings({}, cache=settings.cache, **more)
            store = pyoxigraph.Store()
            store.load(data, format=pyoxigraph.RdfFormat.TURTLE)
            engine = RemoteEngine(ours, None)
            stack.callback(engine.close)
            return engine, Engine(store, ours)

        yield make


def rows(answer):
    return [
        tuple((name, str(row[name])) for name in sorted(row)) for row in answer.rows
    ]


@pytest.mark.parametrize("cap", [10, 1_000])
@pytest.mark.parametrize("query", QUERIES)
def test_the_answer_is_that_of_the_engine_here(engines, query, cap):
    remote, local = engines(cap)
    found, wanted = remote.query(query), local.query(query)
    assert found.boolean == wanted.boolean
    if "ORDER" in query and wanted.kind == "bindings":
        assert rows(found) == rows(wanted)
    elif "LIMIT 5" in query:
        assert len(rows(found)) == 5
    else:
        assert Counter(rows(found)) == Counter(rows(wanted))


def test_a_store_that_proved_to_give_many_rows_is_not_counted_again(settings):
    with upstream(holding(DATA, 1_000)) as server:
        more = {"store": server.address, "store_rows": 10}
        engine = RemoteEngine(load_settings({}, cache=settings.cache, **more), None)
        engine.query("SELECT ?s ?o { ?s <urn:p> ?o }")
        assert len(server.asked) == 2
        engine.query("SELECT ?s ?o { ?s <urn:p> ?o } OFFSET 1")
        assert len(server.asked) == 3
        engine.close()


@pytest.mark.parametrize("lie", [1, 100])
def test_rows_that_the_store_counts_and_does_not_give_are_an_error(engines, lie):
    remote, _ = engines(lie=lie)
    with pytest.raises(UpstreamError, match="gives"):
        remote.query(QUERIES[0])


def test_rows_that_stand_on_two_pages_are_an_error(engines):
    remote, _ = engines(lie=-10)
    with pytest.raises(UpstreamError, match="overlap"):
        remote.query(QUERIES[0])


def test_blank_nodes_are_not_matched_from_page_to_page(engines):
    remote, _ = engines(data="".join(f"[] <urn:p> {n} ." for n in range(40)))
    with pytest.raises(UpstreamError, match="blank nodes"):
        remote.query(QUERIES[0])


@pytest.mark.parametrize("query", [QUERIES[0], QUERIES[10]])
def test_more_rows_than_may_be_are_refused(engines, query):
    remote, _ = engines(row_limit=30)
    with pytest.raises(LimitError, match="more than 30 rows"):
        remote.query(query)


def test_what_cannot_be_checked_is_refused(engines):
    remote, _ = engines()
    with pytest.raises(LimitError, match="page by page"):
        remote.query("DESCRIBE ?s { ?s <urn:p> ?o }")


def test_a_cap_that_is_told_is_heeded(settings):
    """The header alone starts the count, below the rows that are trusted."""
    body = b'{"head": {"vars": ["a"]}, "results": {"bindings": [{}]}}'
    with upstream(said(body=body, X_SPARQL_MaxRows="1")) as server:
        ours = load_settings({}, cache=settings.cache, store=server.address)
        engine = RemoteEngine(ours, None)
        with pytest.raises(UpstreamError, match="does not count"):
            engine.query("SELECT ?a { ?a ?b ?c }")
        engine.close()
