"""Every shipped question gives the same answer from a server of others.

Compared are columns, rows and, where the question promises one, their order. Cells
are compared as loads are: numbers by value, language tags without case. Of the
numbers' types nothing is promised: the engine here keeps xsd:integer for every
integer type, Virtuoso returns the decimal constant 30 as an integer.
"""

from __future__ import annotations

import pytest
import requests
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from vomkg.config import graph_root
from vomkg.engine.preparation import prepared
from vomkg.namespaces import UNION_GRAPH
from vomkg.questions.catalogue import bind
from vomkg.transfer.normal import normal_term

STEMS = sorted(path.stem for path in (graph_root() / "queries").glob("*.rq"))


def asked(server, kg, text, values):
    """Columns and normal rows of the server's answer, by POST form."""
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in kg.prefixes.items())
    ready = head + prepared(text, values, kg.settings, kg.prefixes)
    answer = requests.post(
        server.query,
        data={"query": ready, "default-graph-uri": UNION_GRAPH},
        headers={"Accept": "application/sparql-results+json"},
        timeout=60,
    )
    assert answer.ok, answer.text
    found = parse_query_results(answer.content, format=QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)
    columns = tuple(variable.value for variable in found.variables)
    return columns, [tuple(map(normal_term, row)) for row in found]


def expected(kg, text, values):
    """The same from the engine here."""
    answer = kg.query(text, bindings=values)
    rows = [tuple(normal_term(cell) for cell in row.values()) for row in answer.rows]
    return answer.columns, rows


def variants(kg, question):
    """The question's text with its defaults, and with every choice it offers."""
    choices = kg.choices(question)
    chosen = [
        {name: choice.value} for name, found in choices.items() for choice in found
    ]
    return [bind(question, parameters, choices) for parameters in [{}, *chosen]]


@pytest.mark.slow
@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_question_gives_the_same_answer(kind, stem, request, kg, filled):
    server, _ = filled(request.getfixturevalue(kind))
    question = kg.questions[stem]
    for values in variants(kg, question):
        columns, rows = asked(server, kg, question.sparql, values)
        wanted_columns, wanted = expected(kg, question.sparql, values)
        if question.order == "any":
            rows, wanted = sorted(rows), sorted(wanted)
        assert (columns, rows) == (wanted_columns, wanted)
        assert rows


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_choices_come_in_the_same_order(kind, request, kg, filled):
    server, _ = filled(request.getfixturevalue(kind))
    texts = [
        parameter.choices_query
        for question in kg.questions
        for parameter in question.parameters
        if parameter.choices_query
    ]
    assert len(texts) >= 4
    for text in texts:
        assert asked(server, kg, text, None) == expected(kg, text, None)
