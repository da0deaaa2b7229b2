"""Values reach a query as typed terms, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph
import pytest

from vomkg.errors import ParameterError
from vomkg.namespaces import THINGS, XSD
from vomkg.questions.binding import bind, choices_of
from vomkg.questions.catalogue import Choice, Parameter


def with_parameter(good, **kind):
    parameter = Parameter(**{"name": "months", "type": "string", "label": "x", **kind})
    return replace(good, parameters=(parameter,))


def literal(value, datatype):
    return pyoxigraph.Literal(value, datatype=pyoxigraph.NamedNode(XSD + datatype))


@pytest.mark.parametrize(
    ("kind", "given", "term"),
    [
        ("string", "six } LIMIT 1", pyoxigraph.Literal("six } LIMIT 1")),
        ("integer", "-6", literal("-6", "integer")),
        ("integer", 30, literal("30", "integer")),
        ("decimal", "0.50", literal("0.50", "decimal")),
        ("decimal", "6", literal("6", "decimal")),
        ("date", "2024-02-29", literal("2024-02-29", "date")),
        ("iri", "review-one", pyoxigraph.NamedNode(THINGS + "review-one")),
        ("iri", "id:review-one", pyoxigraph.NamedNode(THINGS + "review-one")),
        ("iri", f"<{THINGS}x>", pyoxigraph.NamedNode(THINGS + "x")),
        ("iri", "http://example.org/x", pyoxigraph.NamedNode("http://example.org/x")),
    ],
)
def test_gives_the_term_of_the_declared_type(good, kind, given, term):
    """The declared type decides which term a value becomes."""
    question = with_parameter(good, type=kind)
    assert {"months": term} == bind(question, {"months": given})


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("integer", "6.5"),
        ("integer", "six"),
        ("integer", "٣"),
        ("decimal", "1e3"),
        ("decimal", "."),
        ("date", "2025-02-30"),
        ("date", "20250227"),
        ("date", "27/07/2025"),
        ("iri", "no such:name"),
        ("iri", "nope:name"),
        ("iri", "http://example.org/a b"),
        ("iri", "Two Words"),
    ],
)
def test_refuses_a_value_of_another_type(good, kind, given):
    """An ill-typed value names the parameter, the value and what would do."""
    question = with_parameter(good, type=kind)
    with pytest.raises(ParameterError, match=r"'months' cannot be") as caught:
        bind(question, {"months": given})
    assert repr(given) in caught.value.message
    assert str(caught.value.fix).startswith("give a ")


def test_takes_the_default_for_nothing_and_for_an_empty_text(good):
    """A form field left blank is a value not given."""
    expected = {"months": literal("6", "decimal")}
    assert expected == bind(good, {})
    assert expected == bind(good, {"months": " "})


def test_refuses_a_missing_value(good):
    """Without a default the value must be given."""
    with pytest.raises(ParameterError, match="'months' is missing; give a text"):
        bind(with_parameter(good), {})


def test_refuses_an_unknown_name(good):
    """A misspelt parameter is not ignored; the known ones are named."""
    with pytest.raises(ParameterError, match=r"no parameter 'month'.*: months"):
        bind(good, {"month": "6"})


def test_refuses_a_value_that_is_no_choice(good):
    """A value of the right type outside the choices is refused with the choices."""
    question = with_parameter(good, choices=(Choice("6", "6"), Choice("30", "30")))
    with pytest.raises(ParameterError, match="cannot be '7'; give one of 6, 30"):
        bind(question, {"months": "7"})


def test_choices_are_compared_as_terms(good):
    """A prefixed name and a full IRI of one thing are the same choice."""
    choices = (Choice(THINGS + "review-one", "Review one"),)
    question = with_parameter(good, type="iri", choices=choices)
    term = pyoxigraph.NamedNode(THINGS + "review-one")
    assert {"months": term} == bind(question, {"months": "id:review-one"})


def test_choices_of_numbers_are_compared_as_numbers(good):
    """The engine may write a number differently from the one who asks."""
    question = with_parameter(good, type="decimal", choices=(Choice("6.0", "6"),))
    assert bind(question, {"months": "6"}) == {"months": literal("6", "decimal")}


def test_choices_from_the_graph_are_enforced(good):
    """Choices that a query gave bind like those that a list gave."""
    question = with_parameter(good, choices_query="SELECT ?value { }")
    choices = {"months": (Choice("6", "six"),)}
    assert bind(question, {"months": "6"}, choices)
    with pytest.raises(ParameterError, match="give one of 6"):
        bind(question, {"months": "7"}, choices)


def test_reads_choices_with_and_without_a_label():
    """A value without a label is shown as itself."""
    value = pyoxigraph.NamedNode(THINGS + "x")
    labelled = choices_of([{"value": value, "label": pyoxigraph.Literal("X")}])
    assert labelled == (Choice(value.value, "X"),)
    assert choices_of([{"value": value}]) == (Choice(value.value, value.value),)
