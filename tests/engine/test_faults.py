"""A query that the engine refuses: the very token, in our words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from vomkg.engine.faults import run_fault, syntax_fault
from vomkg.errors import QueryError, QueryRefusedError, QuerySyntaxError

if TYPE_CHECKING:
    from vomkg.engine.local import Engine


@pytest.mark.parametrize(
    ("text", "token", "place"),
    [
        ("SELECT * { ?s ?p }", "'}'", (1, 18)),
        ("SELECT ?s WHERE { ?s ?p ?o . ?s }", "'}'", (1, 33)),
        ("SELECT * WHERE { ?s ?p ?o } ORDER ?s", "'?s'", (1, 35)),
        ("SELECT * { ?s a b }", "'b'", (1, 17)),
        ("SELECT ?s { ?s ?p ?o FILTER ?o > 3 }", "'?o'", (1, 29)),
        ("SELECT * {\n  ?s ?p ?o .\n  OPTIONL { ?s ?p ?x }\n}", "'OPTIONL'", (3, 3)),
        ("SELECT * { ?s ?p ?o } LIMIT -1", "'-'", (1, 29)),
        ("SELECT * { ?s ?p ?o } LIMIT 3 ORDER BY ?s", "'ORDER'", (1, 31)),
        ("SELECT COUNT(?s) { ?s ?p ?o }", "'COUNT'", (1, 8)),
        ("SELECT ?s, ?p { ?s ?p ?o }", "','", (1, 10)),
        ("SELECT * { ?s ?p ?o FILTER(STRLEN(?o, ?p) > 3) }", "','", (1, 37)),
        ("SELECT * { ?s ?p ?o FILTER(foo(?o)) }", "'foo'", (1, 28)),
        ("# a remark: }\nSELECT * { ?s ?p ?o ; } FOO", "'FOO'", (2, 25)),
    ],
)
def test_refused_token_is_named(
    text: str, token: str, place: tuple[int, int], small: Engine
):
    """Message, line and column are about the first token that cannot stand there."""
    with pytest.raises(QuerySyntaxError) as caught:
        small.query(text)
    assert caught.value.message == f"{token} cannot stand here"
    assert place == (caught.value.line, caught.value.column)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?p", "neither grouped nor aggregated"),
        ("SELECT (?s AS ?t) (SUM(?o) AS ?n) { ?s ?p ?o }", "neither grouped"),
        ("SELECT * { { SELECT ?s { ?s ?p ?o } GROUP BY ?p } }", "neither grouped"),
        ("SELECT ?s (1 AS ?s) { ?s ?p ?o }", "AS names a variable"),
        ("SELECT ?s ?s { ?s ?p ?o }", "names a column twice"),
        ("SELECT * { ?s ?p ?o BIND(1 AS ?s) }", "BIND names a variable"),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", "SELECT * cannot stand with GROUP BY"),
        ("SELECT * { VALUES (?a ?b) { (1) } }", "VALUES"),
        ("SELECT * { ?s ?p 'x'@toolonglanguage }", "language tag"),
        ("SELECT * { ?s <http://[x> ?o }", "the IRI is malformed"),
        ("SELECT * { ?s ?p ?o } LIMIT", "ends too early"),
    ],
)
def test_broken_rule_is_explained(text: str, part: str, small: Engine):
    """What is not about one token is said as a rule, with a place all the same."""
    with pytest.raises(QuerySyntaxError) as caught:
        small.query(text)
    assert part in caught.value.message
    assert caught.value.line is not None


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("SELECT * { ?s ?p }", "complete what stands before it"),
        ("SELECT * { ?s a speaker }", r"write \?speaker for a variable"),
        ("SELECT * { OPTIONL { ?s ?p ?x } }", "write OPTIONAL"),
        ("SELECT * { ?s ?p ?o } LIMIT 3 ORDER BY ?s", "belongs elsewhere"),
        ("SELECT ?s, ?p { ?s ?p ?o }", "missing or too much"),
        ("SELECT * { ?s ?p ?o } LIMIT", "close every bracket"),
    ],
)
def test_a_refused_query_gets_a_next_step(text: str, step: str, small: Engine):
    with pytest.raises(QuerySyntaxError) as caught:
        small.query(text)
    assert caught.value.fix is not None
    assert re.search(step, caught.value.fix)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELECT * { ?s ?p ?o FILTER(vom:near(?o)) }", (1, 28)),
        ("SELECT * { ?s ?p ?o\n BIND(<http://e/f> (?o) AS ?x) }", (2, 7)),
        ("PREFIX f: <http://e/> SELECT (f:g(1) AS ?x) {} # (", (1, 31)),
        ("# f:g(\nSELECT (<http://e/g>#(\n(1) AS ?x) {}", (2, 9)),
    ],
)
def test_unknown_function_is_refused(text: str, place: tuple[int, int], small: Engine):
    """A function that does not exist is an error, never an empty cell."""
    with pytest.raises(QueryRefusedError, match="does not exist here") as caught:
        small.query(text)
    assert place == (caught.value.line, caught.value.column)


def test_casts_are_known_functions(small: Engine):
    """The xsd: casts of SPARQL are functions by IRI that do exist."""
    answer = small.query("SELECT (xsd:integer('6') AS ?n) {}")
    assert [row["n"] for row in answer] == [6]


def test_other_complaint_of_the_engine_is_passed_on():
    """What we have no words for is still an error of the query, with its text."""
    error = run_fault(RuntimeError("Store is tired"), "ASK {}")
    assert type(error) is QueryError
    assert error.message == "the engine gave up: store is tired"


def test_function_that_cannot_be_found_has_no_place():
    """An IRI that is written with escapes is refused without a place."""
    told = RuntimeError("The custom function <http://e/é> is not supported")
    error = run_fault(told, r"ASK { FILTER(<http://e/\u00E9>(1)) }")
    assert isinstance(error, QueryRefusedError)
    assert error.line is None


def test_every_query_that_parses_is_left_alone():
    """A text without a refused token still gives an error with a place."""
    error = syntax_fault(SyntaxError("error at 1:1: expected x"), "ASK {}", {})
    assert (error.line, error.column) == (1, 6)
