"""The W3C's tests of the protocols, for what a read-only service takes part in.

There is nothing in process to compare with: each must simply pass. In the tests
of the graph store each write is sent, must be refused, and is then done behind
the server's back, so that the reads that follow have something to find.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as og
import pytest

from tests.w3c.answers import of_triples, quads_of
from tests.w3c.compare import same
from tests.w3c.known import LOSSES
from tests.w3c.requests import Step, Talk, talks

SUITES = Path(os.environ["VOMKG_W3C_SUITES"])
TALKS = [talk for talk in talks(SUITES) if not talk.reason]
SD = "http://www.w3.org/ns/sparql-service-description#"
TYPES = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        *("application/sparql-results+json", "application/sparql-results+xml"),
        *("text/csv", "text/tab-separated-values"),
    },
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml"},
}
BARE = {"Accept": "*/*"}


def check_protocol(talk: Talk, served) -> None:
    quads = [
        og.Quad(quad.subject, quad.predicate, quad.object, og.NamedNode(name))
        for name, path in talk.graphs
        for quad in quads_of(path, name)
    ]
    served.mount("p", quads)
    for step in talk.steps:
        target = step.target.replace("/sparql/", "/p/sparql", 1)
        reply = served.send(step.method, target, step.body, BARE | step.headers)
        assert step.allows(reply.status), reply
        if step.form:
            assert reply.media_type in TYPES[step.form]
        if step.boolean is not None:
            assert json.loads(reply.body)["boolean"] is step.boolean


def check_store(talk: Talk, served) -> None:
    held = og.Store()
    for step in talk.steps:
        served.mount("g", held)
        target = step.target.replace("/gsp", "/g/store", 1)
        reply = served.send(step.method, target, step.body, step.headers)
        if step.method not in {"GET", "HEAD"}:
            assert reply.status == 405, reply
            if "multipart" in step.headers.get("content-type", ""):
                return  # what it would have written is not worth a parser here
            write(held, step)
            continue
        assert step.allows(reply.status), reply
        if step.content is not None and step.method == "GET":
            assert same(triples(reply.body), triples(step.content.encode()))


def triples(data: bytes):
    return of_triples(og.parse(data, format=og.RdfFormat.TURTLE)).rows


def write(held: og.Store, step: Step) -> None:
    names = parse_qs(urlsplit(step.target).query).get("graph")
    graph = og.NamedNode(names[0]) if names else og.DefaultGraph()
    if step.method in {"PUT", "DELETE"}:
        held.clear_graph(graph)
        held.remove_graph(graph)
    if step.body:
        held.load(step.body, format=og.RdfFormat.TURTLE, to_graph=graph)


def check_description(talk: Talk, served) -> None:
    """The three tests of the suite: RDF, a matching sd:endpoint, the schema."""
    thing, other = og.NamedNode("urn:s"), og.NamedNode("urn:g")
    served.mount("d", [og.Quad(thing, thing, thing, other)])
    reply = served.send("GET", "/d/sparql", headers={"Accept": "text/turtle"})
    assert (reply.status, reply.media_type) == (200, "text/turtle")
    found = list(og.parse(reply.body, format=og.RdfFormat.TURTLE))
    endpoint = og.NamedNode(f"http://127.0.0.1:{served.port}/d/sparql")
    [service] = {
        quad.subject
        for quad in found
        if quad.predicate.value == SD + "endpoint" and quad.object == endpoint
    }
    kinds = {
        quad.object.value
        for quad in found
        if quad.subject == service and quad.predicate.value.endswith("#type")
    }
    assert SD + "Service" in kinds
    for quad in found:
        if quad.predicate.value == SD + "name":
            assert isinstance(quad.object, og.NamedNode)


CHECKS = {
    "ProtocolTest": check_protocol,
    "GraphStoreProtocolTest": check_store,
    "ServiceDescriptionTest": check_description,
}


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.id)
def test_the_protocol_is_kept(talk: Talk, served, record_property):
    record_property("suite", talk.suite)
    try:
        CHECKS[talk.kind](talk, served)
    except AssertionError:
        is_known = talk.id in LOSSES
        record_property("outcome", "known loss" if is_known else "LOST")
        if not is_known:
            raise
    else:
        record_property("outcome", "both")
        assert talk.id not in LOSSES, "passes again"
