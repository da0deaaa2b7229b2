"""What is sent to a store: the dataset that is served, and the query's own text."""

from __future__ import annotations

import pytest

from vomkg.engine.remote.graphs import NO_GRAPH, Graphs, request_of
from vomkg.engine.remote.outline import outline
from vomkg.errors import QueryRefusedError

PREFIXES = {"ex": "http://example.org/", "no": "http://example.org/no/"}
GRAPHS = Graphs(("urn:all",), ("http://example.org/a", "http://example.org/b"))


def sent(text, graphs=GRAPHS):
    request = request_of(text, PREFIXES, graphs)
    fields: dict[str, list[str]] = {"default-graph-uri": [], "named-graph-uri": []}
    for name, value in request.fields:
        fields[name].append(value)
    return request, fields["default-graph-uri"], fields["named-graph-uri"]


def test_only_prefixes_that_are_used_and_undeclared_are_added():
    request, _, _ = sent("PREFIX no: <urn:n#>\nASK { ex:a no:b 'ex:c' }", None)
    assert request.query.startswith("PREFIX ex: <http://example.org/> PREFIX no: <urn")
    assert request.query.count("\n") == 1
    assert request.shift == len("PREFIX ex: <http://example.org/> ")
    assert request.fields == ()


def test_the_default_graph_and_the_named_graphs_are_named():
    _, default, named = sent("ASK {}")
    assert default == ["urn:all"]
    assert named == [*GRAPHS.named, NO_GRAPH]


@pytest.mark.parametrize(
    ("clauses", "default", "named"),
    [
        ("FROM ex:a", ["http://example.org/a"], []),
        ("FROM <http://example.org/\\u0061>", ["http://example.org/a"], []),
        ("FROM NAMED <b>", [NO_GRAPH], ["http://example.org/b"]),
        ("FROM ex:a\nFROM NAMED ex:b", ["http://example.org/a"], GRAPHS.named[1:]),
        ("FROM <http://secret.example/>", [NO_GRAPH], []),
        ("FROM <urn:all> FROM NAMED <urn:all>", [NO_GRAPH], []),
    ],
)
def test_what_a_query_names_becomes_the_dataset(clauses, default, named):
    """The union graph and the store's own graphs are out of reach."""
    text = f"BASE <http://example.org/>\nSELECT * {clauses}\nWHERE {{ ?s ?p ?o }}"
    request, found, others = sent(text)
    assert found == default
    assert others == [*named, NO_GRAPH]
    assert "FROM" not in request.query
    lines = request.query[request.shift :].split("\n")
    assert list(map(len, lines)) == list(map(len, text.split("\n")))


def test_several_default_graphs_are_refused():
    with pytest.raises(QueryRefusedError, match="twice"):
        sent("ASK FROM ex:a FROM ex:b {}")


def test_a_graph_out_of_sight_is_an_empty_one():
    text = "ASK { GRAPH ex:a {} GRAPH <urn:secret> {} GRAPH ?g {} GRAPH ex:no {} }"
    request, _, _ = sent(text)
    assert request.query.count(NO_GRAPH) == 2
    assert "urn:secret" not in request.query
    assert "GRAPH ex:a {} " in request.query


@pytest.mark.parametrize(
    ("text", "form", "limit", "offset", "inner"),
    [
        ("SELECT * {?a ?b ?c} LIMIT 5", "SELECT", 5, 0, "SELECT * {?a ?b ?c} "),
        ("SELECT ?a {{SELECT ?a {} LIMIT 3}} OFFSET 2", "SELECT", None, 2, "LIMIT 3"),
        (
            "SELECT (COUNT(?a) AS ?n) {?a ?b ?c FILTER EXISTS {?a ?d ?e}} "
            "GROUP BY ?b HAVING (COUNT(?a) > 2) ORDER BY ?n OFFSET 1 LIMIT 2 "
            "VALUES ?b {<urn:b>}",
            "SELECT",
            2,
            1,
            "VALUES ?b {<urn:b>}",
        ),
        (
            "CONSTRUCT {?a <urn:b> 1} WHERE {?a ?b ?c}",
            "CONSTRUCT",
            None,
            0,
            "{?a ?b ?c}",
        ),
        ("CONSTRUCT WHERE {?a ?b ?c} LIMIT 9", "CONSTRUCT", 9, 0, "{?a ?b ?c}"),
        ("DESCRIBE ?a {?a ?b ?c}", "DESCRIBE", None, 0, "{?a ?b ?c}"),
        (
            "PREFIX select: <urn:x> ASK {select:limit ?limit 1}",
            "ASK",
            None,
            0,
            "?limit",
        ),
    ],
)
def test_the_parts_of_a_query_are_found(text, form, limit, offset, inner):
    parts = outline(text)
    assert (parts.form, parts.limit, parts.offset) == (form, limit, offset)
    assert inner in parts.rows()
    assert parts.prologue + parts.head + parts.pattern.rstrip() in text or limit
