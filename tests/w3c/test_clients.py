"""Each client gets a format that it can read, by the headers that it sends."""

from __future__ import annotations

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import ResultRow

from tests.w3c.conftest import OWN
from tests.w3c.holding import (
    ASK,
    BROWSER,
    CONSTRUCT,
    CSV,
    ENDPOINT,
    JSON,
    PREFIX,
    SELECT,
    STORE,
    TSV,
    TURTLE,
    XML,
    get,
    mounted,
)

HTML = "text/html; charset=utf-8"
RDF_XML = "application/rdf+xml"
QUADS = "application/n-quads"
CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
    "image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"
)
JENA_ROWS = (
    f"{JSON}, {XML};q=0.9, text/tab-separated-values;q=0.7, text/csv;q=0.5, "
    "application/json;q=0.2, application/xml;q=0.2, */*;q=0.1"
)
JENA_GRAPH = (
    "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,"
    "application/rdf+xml;q=0.7,application/trig,application/n-quads;q=0.9,*/*;q=0.5"
)
RDF4J_ROWS = (
    f"application/x-binary-rdf-results-table;q=0.8, {JSON};q=0.8, "
    f"application/json;q=0.8, {XML};q=0.8, application/xml;q=0.8, "
    "text/csv;q=0.8, text/tab-separated-values;q=0.8"
)
RDF4J_GRAPH = (
    "application/x-binary-rdf, text/turtle;q=0.8, application/rdf+xml;q=0.8, "
    "application/n-triples;q=0.8, application/trig;q=0.8, */*;q=0.5"
)
COMUNICA_ROWS = f"{JSON};q=1.0,{XML};q=0.7"
COMUNICA_SOURCE = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,"
    "application/n-triples;q=0.8,text/turtle;q=0.6,application/rdf+xml;q=0.5,"
    "application/json;q=0.45,text/n3;q=0.35,application/xml;q=0.3,"
    "text/xml;q=0.2,text/html;q=0.2,application/xhtml+xml;q=0.18"
)
WRAPPER_JSON = f"{JSON},application/json,text/javascript,application/javascript"
WRAPPER_TURTLE = "application/turtle,text/turtle"
WRAPPER_N3 = "text/rdf+n3,application/n-triples,application/turtle,text/n3"
WRAPPER_ALL = (
    f"{JSON},application/json,text/javascript,application/javascript,{XML},"
    "application/rdf+xml,text/turtle,*/*"
)


@pytest.fixture(scope="module")
def boats(served):
    return mounted(served, OWN)


@pytest.mark.parametrize(
    ("client", "query", "accept", "expected"),
    [
        ("none", SELECT, None, JSON),
        ("none", CONSTRUCT, None, TURTLE),
        ("curl, requests, fetch", SELECT, "*/*", JSON),
        ("curl, requests, fetch", CONSTRUCT, "*/*", TURTLE),
        (
            "Java's own",
            SELECT,
            "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
            HTML,
        ),
        ("rdflib", SELECT, f"{XML}, application/rdf+xml", XML),
        ("rdflib", CONSTRUCT, f"{XML}, application/rdf+xml", RDF_XML),
        ("rdflib", CONSTRUCT, f"application/rdf+xml, {XML}", RDF_XML),
        ("SPARQLWrapper, JSON", SELECT, WRAPPER_JSON, JSON),
        ("SPARQLWrapper, JSON", ASK, WRAPPER_JSON, JSON),
        ("SPARQLWrapper, XML", SELECT, XML, XML),
        ("SPARQLWrapper, CSV", SELECT, "text/csv", CSV),
        ("SPARQLWrapper, TSV", SELECT, "text/tab-separated-values", TSV),
        ("SPARQLWrapper, Turtle", CONSTRUCT, WRAPPER_TURTLE, TURTLE),
        ("SPARQLWrapper, N3", CONSTRUCT, WRAPPER_N3, TURTLE),
        ("SPARQLWrapper, XML", CONSTRUCT, "application/rdf+xml", RDF_XML),
        ("SPARQLWrapper, all", CONSTRUCT, WRAPPER_ALL, TURTLE),
        ("Jena", SELECT, JENA_ROWS, JSON),
        ("Jena", ASK, f"{JSON},{XML};q=0.9,*/*;q=0.1", JSON),
        ("Jena", CONSTRUCT, JENA_GRAPH, TURTLE),
        ("RDF4J", SELECT, RDF4J_ROWS, JSON),
        ("RDF4J", CONSTRUCT, RDF4J_GRAPH, TURTLE),
        ("RDF4J", ASK, f"text/boolean, {JSON};q=0.8, {XML};q=0.8", JSON),
        ("Comunica", SELECT, COMUNICA_ROWS, JSON),
        ("Comunica", CONSTRUCT, "text/turtle", TURTLE),
        ("YASGUI", SELECT, f"{JSON},*/*;q=0.9", JSON),
        ("YASGUI", CONSTRUCT, "text/turtle,*/*;q=0.9", TURTLE),
        ("pandas", SELECT, "text/csv,*/*;q=0.1", CSV),
        ("Firefox", SELECT, BROWSER, HTML),
        ("Chrome", CONSTRUCT, CHROME, HTML),
        ("XMLHttpRequest", ASK, "application/json, text/javascript, */*; q=0.01", JSON),
    ],
)
def test_a_client_can_read_the_answer(client, query, accept, expected, boats):
    """By the form of the query first, then by quality."""
    reply = get(boats, query, accept)
    assert reply.status == 200, reply
    assert reply.headers["content-type"] == expected, client


@pytest.mark.parametrize(
    ("target", "accept", "expected"),
    [
        (ENDPOINT, COMUNICA_SOURCE, QUADS),
        (ENDPOINT, JENA_GRAPH, TURTLE),
        (ENDPOINT, RDF4J_GRAPH, TURTLE),
        (ENDPOINT, "*/*", TURTLE),
        (ENDPOINT, None, TURTLE),
        (ENDPOINT, CHROME, HTML),
        (f"{STORE}?default", JENA_GRAPH, TURTLE),
        (f"{STORE}?default", RDF4J_GRAPH, TURTLE),
        (f"{STORE}?default", COMUNICA_SOURCE, QUADS),
    ],
)
def test_a_client_finds_out_what_the_endpoint_is(target, accept, expected, boats):
    """Who harvests gets RDF, even where it would take a page in need."""
    headers = {"Accept": accept} if accept else {}
    reply = boats.send("GET", target, headers=headers)
    assert (reply.status, reply.headers["content-type"]) == (200, expected)


@pytest.mark.parametrize("accept", ["image/png", "application/x-binary-rdf", "a/b;q=1"])
def test_who_can_read_nothing_is_told_what_there_is(accept, boats):
    """406 with a list, not a format that was not asked for."""
    reply = get(boats, SELECT, accept)
    assert (reply.status, reply.media_type) == (406, "application/problem+json")
    assert JSON in reply.body.decode()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("returned", ["xml", "json", "csv", "tsv"])
def test_rdflib_asks_over_http(method, returned, boats):
    """A real client, its own way, gets the rows."""
    address = f"http://127.0.0.1:{boats.port}{ENDPOINT}"
    store = SPARQLStore(address, method=method, returnFormat=returned)
    graph = rdflib.Graph(store)
    try:
        rows = {
            (str(row.b), int(str(row.n)))
            for row in graph.query(SELECT)
            if isinstance(row, ResultRow)
        }
    finally:
        graph.close()
    names = ("ada", "bela", "cora")
    expected = {(f"http://boats.example/{name}", 2) for name in names[1:]}
    assert rows == expected | {("http://boats.example/ada", 7)}


def test_rdflib_reads_a_graph_over_http(boats):
    """CONSTRUCT reaches rdflib as a graph of its own."""
    address = f"http://127.0.0.1:{boats.port}{ENDPOINT}"
    graph = rdflib.Graph(SPARQLStore(address))
    try:
        assert len(graph.query(CONSTRUCT).graph or ()) == 3
        assert graph.query(PREFIX + "ASK { :ada :crew 7 }").askAnswer is True
    finally:
        graph.close()
