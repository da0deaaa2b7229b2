"""Queries whose answers are the same bytes: which are, and how they become so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from vomkg.engine.local import Engine
from vomkg.engine.stable import StableEngine, stable
from vomkg.errors import QuerySyntaxError
from vomkg.formats import by_name

if TYPE_CHECKING:
    from vomkg.config import Settings

FACTS = [
    f"<urn:s{n}> <urn:p> {value} ."
    for n, value in enumerate(
        ("1", "01", '"1"', '"1"@en', "<urn:1>", '"2"', "2", '"2"@de', "true", "1.0") * 3
    )
]


def engines(settings: Settings) -> list[StableEngine]:
    """The same triples, loaded in three orders."""
    found = []
    for facts in (FACTS, FACTS[::-1], sorted(FACTS, key=lambda f: f[::-1])):
        store = pyoxigraph.Store()
        for fact in facts:
            store.load(fact.encode(), format=pyoxigraph.RdfFormat.TURTLE)
        found.append(StableEngine(Engine(store, settings)))
    return found


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT ?o { ?s ?p ?o }",
        "SELECT DISTINCT ?o { ?s ?p ?o } ORDER BY DESC(?p)",
        "SELECT * { ?s ?p ?o } ORDER BY ?p # none of it settles anything",
        "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?p LIMIT 7 OFFSET 3",
        "SELECT ?o (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?o ORDER BY DESC(?n) LIMIT 3",
        "SELECT (STR(?o) AS ?t) $s { $s ?p ?o } ORDER BY ?t OFFSET 4",
        "SELECT ?o { ?s ?p ?o } ORDER BY ?p VALUES ?p { <urn:p> }",
        "CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o FILTER(isIRI(?o)) }",
        "SELECT ?o { ?s ?p ?o MINUS { ?s ?p 1 } } ORDER BY ?p",
        "DESCRIBE <urn:s1>",
        "ASK { ?s ?p ?o }",
    ],
)
def test_answer_is_the_same_whatever_the_order_of_loading(
    query: str, settings: Settings
):
    """Byte for byte, and promised."""
    answers = [engine.query(query) for engine in engines(settings)]
    form = by_name("turtle" if answers[0].kind == "graph" else "json")
    assert len({answer.to_bytes(form) for answer in answers}) == 1
    assert {answer.query for answer in answers} == {query}
    assert stable(query, settings).is_same


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o } LIMIT 5",
        "SELECT * { ?s ?p ?o } OFFSET 5",
        "SELECT * { ?s ?p ?o }limit 5",
        "SELECT * { ?s ?p ?o } LIMIT5",
        "SELECT * { { SELECT ?s { ?s ?p ?o } LIMIT 5 } } ORDER BY ?s",
        "SELECT (SAMPLE(?o) AS ?x) { ?s ?p ?o }",
        'SELECT (group_concat(?o; separator=",") AS ?x) { ?s ?p ?o } ORDER BY ?x',
        "SELECT (MAX(?o) AS ?x) { ?s ?p ?o }",
        "SELECT (STR(sum(?o)) AS ?x) { ?s ?p ?o }",
        "ASK { { SELECT (AVG(?o) AS ?x) { ?s ?p ?o } } FILTER(?x > 1) }",
        "SELECT REDUCED ?o { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5",
        "DESCRIBE ?s { ?s ?p ?o } ORDER BY ?s LIMIT 5",
    ],
)
def test_what_leaves_a_choice_is_not_promised(query: str, settings: Settings):
    """It is answered all the same."""
    assert not stable(query, settings).is_same
    assert engines(settings)[0].query(query).kind


def test_words_in_strings_do_not_count(settings: Settings):
    """A column called ?limit, and a text with SAMPLE in it, change nothing."""
    query = 'SELECT ?limit { ?limit ?p "SAMPLE LIMIT 5" } # REDUCED'
    assert stable(query, settings).is_same
    assert stable(query, settings).text == query


def test_asked_order_comes_first(settings: Settings):
    """Ties are broken, nothing else is moved."""
    answer = engines(settings)[0].query("SELECT ?s { ?s ?p ?o } ORDER BY DESC(STR(?s))")
    found = [str(row["s"]) for row in answer]
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize("directions", [("ltr", "rtl"), ("rtl", "ltr")])
def test_direction_breaks_a_tie_too(directions, settings: Settings):
    """Texts in one language that differ in base direction alone (RDF 1.2)."""
    store = pyoxigraph.Store()
    for way in directions:
        fact = f'<urn:s> <urn:p> "a"@en--{way} .'
        store.load(fact.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    engine = StableEngine(Engine(store, settings))
    answer = engine.query("SELECT ?o { ?s ?p ?o } ORDER BY ?p LIMIT 1")
    assert b'"its:dir": "ltr"' in answer.to_bytes(by_name("json"))


def test_query_at_the_limit_is_run_as_it_is(settings: Settings):
    """Where the conditions do not fit in any more, nothing is promised."""
    size = settings.query_length
    query = "SELECT * { ?s ?p ?o } ORDER BY ?s".ljust(size)
    assert not stable(query, settings).is_same
    assert len(engines(settings)[0].query(query)) == len(FACTS)


def test_fault_is_told_of_the_query_as_it_was_asked(settings: Settings):
    """Not of the one that was made of it."""
    query = "SELECT ?s\n{ ?s ?p ?o ORDER } ORDER BY ?s"
    with pytest.raises(QuerySyntaxError) as caught:
        engines(settings)[0].query(query)
    assert caught.value.line == 2
