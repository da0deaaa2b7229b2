"""The three services of a store, guessed from one address."""

from __future__ import annotations

import pytest

from vomkg.transfer.addresses import addresses

HOST = "https://h.example:8080"


@pytest.mark.parametrize(
    ("given", "header", "server", "places"),
    [
        ("", "Oxigraph/0.5.13", "Oxigraph", ("/query", "/update", "/store")),
        ("/x/query", "Oxigraph/0.5", "Oxigraph", ("/x/query", "/x/update", "/x/store")),
        (
            "/sparql",
            "Virtuoso/07.20.3229 (Linux)",
            "Virtuoso",
            ("/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
        ),
        (
            "/sparql-graph-crud/",
            "Virtuoso/07",
            "Virtuoso",
            ("/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
        ),
        ("/ds/query", "", "Fuseki", ("/ds/sparql", "/ds/update", "/ds/data")),
        (
            "/ds",
            "Apache Jena Fuseki",
            "Fuseki",
            ("/ds/sparql", "/ds/update", "/ds/data"),
        ),
        (
            "/repositories/vom",
            "",
            "GraphDB or RDF4J",
            (
                "/repositories/vom",
                "/repositories/vom/statements",
                "/repositories/vom/rdf-graphs/service",
            ),
        ),
        (
            "/rdf4j-server/repositories/vom/statements",
            "",
            "GraphDB or RDF4J",
            (
                "/rdf4j-server/repositories/vom",
                "/rdf4j-server/repositories/vom/statements",
                "/rdf4j-server/repositories/vom/rdf-graphs/service",
            ),
        ),
        ("/sparql", "", "", ("/sparql", "/sparql", "/sparql")),
        ("/sparql", "nginx", "", ("/sparql", "/sparql", "/sparql")),
    ],
)
def test_services_are_guessed(given, header, server, places):
    found = addresses(HOST + given, header)
    assert found.server == server
    listed = (found.query, found.update, found.graph_store)
    assert listed == tuple(HOST + place for place in places)


@pytest.mark.parametrize(
    ("url", "server", "places"),
    [
        (
            "https://db.neptune.amazonaws.com:8182/sparql",
            "Amazon Neptune",
            ("/sparql", "/sparql", "/sparql/gsp/"),
        ),
        ("http://h:5820/vom/query", "Stardog", ("/vom/query", "/vom/update", "/vom")),
    ],
)
def test_some_are_known_by_host_or_port(url, server, places):
    found = addresses(url)
    assert found.server == server
    listed = (found.query, found.update, found.graph_store)
    assert [address.split("/", 3)[3] for address in listed] == [p[1:] for p in places]


def test_what_is_named_is_not_guessed():
    found = addresses(
        HOST, "Oxigraph/0.5", update="https://u/", graph_store="https://g/"
    )
    assert (found.update, found.graph_store) == ("https://u/", "https://g/")
    assert found.query == f"{HOST}/query"
