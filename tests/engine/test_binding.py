"""Values take the place of variables, and nothing but that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from vomkg.engine.binding import bound
from vomkg.errors import ParameterError, UsageError
from vomkg.namespaces import XSD

if TYPE_CHECKING:
    from vomkg.engine.local import Engine

SIX = Literal("6", datatype=NamedNode(XSD + "integer"))
SIX_TEXT = '"6"^^<http://www.w3.org/2001/XMLSchema#integer>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ASK { ?s ?p ?x }", "ASK { ?s ?p 6 }"),
        ("ASK { ?s ?p $x }", "ASK { ?s ?p 6 }"),
        ("ASK { FILTER(?x>?xx) }", "ASK { FILTER(6>?xx) }"),
        ("SELECT ?x ?y { ?x ?p ?y }", "SELECT (6 AS ?x) ?y { 6 ?p ?y }"),
        ("SELECT (?x + 1 AS ?y) {}", "SELECT (6 + 1 AS ?y) {}"),
        ("SELECT DISTINCT ?x FROM <g> {}", "SELECT DISTINCT (6 AS ?x) FROM <g> {}"),
        ("SELECT ?y { { SELECT ?x {} } }", "SELECT ?y { { SELECT (6 AS ?x) {} } }"),
        ("SELECT ?y {} GROUP BY ?x ?y", "SELECT ?y {} GROUP BY (6) ?y"),
        (
            "SELECT ?y {} ORDER BY DESC(?x) ?x LIMIT 1",
            "SELECT ?y {} ORDER BY DESC(6) (6) LIMIT 1",
        ),
        ("ASK { ?s ?p '?x' } # ?x\n", "ASK { ?s ?p '?x' } # ?x\n"),
        ("ASK { ?s <http://e/?x> ?x }", "ASK { ?s <http://e/?x> 6 }"),
    ],
)
def test_variable_becomes_its_value(text: str, expected: str):
    """Every variable token is replaced; texts, comments and IRIs stay."""
    used = {"x": SIX} if "6" in expected else {}
    assert expected.replace("6", SIX_TEXT) == bound(text, used)


def test_filter_sees_the_value(small: Engine):
    """A filter deep inside can use the value, which the engine's own way forbids."""
    answer = small.query(
        "SELECT ?claim { { ?claim vom:ratioValue ?v FILTER(?v < ?most) } }",
        bindings={"most": Literal("0.6", datatype=NamedNode(XSD + "decimal"))},
    )
    assert [row["claim"] for row in answer] == ["https://w3id.org/vomkg/id/claim"]


def test_bound_column_is_returned(small: Engine):
    """A bound variable that the query selects is a column with that value."""
    answer = small.query(
        "SELECT ?who ?claim { ?claim vom:reportedBy ?who } ORDER BY ?claim",
        bindings={"who": NamedNode("https://w3id.org/vomkg/id/speaker")},
    )
    assert answer.columns == ("who", "claim")
    assert {row["who"] for row in answer} == {"https://w3id.org/vomkg/id/speaker"}
    assert len(answer) == 3


@given(st.text(max_size=30))
def test_no_value_breaks_out_of_its_place(small: Engine, text: str):
    """Whatever text is bound comes back as one literal, and the query is the same."""
    answer = small.query(
        "SELECT ?given { VALUES ?y { 1 } FILTER(STR(?given) = ?given) }",
        bindings={"given": Literal(text)},
    )
    assert [row["given"] for row in answer] == [text]


@pytest.mark.parametrize(
    "value", ['" } SERVICE <http://e/> {} #', "'''", "\\", "\n} LOAD <x>", "?s ?p ?o"]
)
def test_injected_sparql_is_only_text(small: Engine, value: str):
    """A value that looks like SPARQL is not read as SPARQL."""
    answer = small.query(
        "ASK { FILTER(?given = ?given) }", bindings={"given": Literal(value)}
    )
    assert answer.boolean is True


def test_value_without_variable_is_refused(small: Engine):
    """A value that nothing uses is a mistake of the caller."""
    with pytest.raises(ParameterError, match=r"no variable \?y"):
        small.query("ASK { ?s ?p ?x }", bindings={"x": SIX, "y": SIX})


def test_blank_node_cannot_be_bound(small: Engine):
    """A blank node in a query is a variable, so binding one means nothing."""
    with pytest.raises(UsageError, match="must be an IRI or a literal"):
        small.query("ASK { ?s ?p ?x }", bindings={"x": BlankNode("b")})
