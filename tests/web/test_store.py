"""Graphs whole, by the Graph Store Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph
import pytest

from vomkg.formats import by_name
from vomkg.web import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from vomkg.config import Settings
    from vomkg.knowledge import KnowledgeGraph

DATA = "https://w3id.org/vomkg/graph/data"


@pytest.fixture(scope="module")
def shipped(kg: KnowledgeGraph) -> FlaskClient:
    return create_app(kg).test_client()


def test_named_graph_is_the_file_that_it_was_read_from(
    shipped: FlaskClient, settings: Settings
):
    """The data graph is data/vom.ttl, to the last triple."""
    found = shipped.get(f"/store?graph={quote(DATA, safe='')}")
    assert (found.status_code, found.mimetype) == (200, "text/turtle")
    # Through a store, because it rewrites numbers: 34.0 becomes 34.
    read, served = pyoxigraph.Store(), pyoxigraph.Store()
    for path in settings.data_files():
        read.load(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    served.load(found.data, format=pyoxigraph.RdfFormat.TURTLE)
    assert set(read) == set(served)


def test_default_graph_is_the_union_without_the_shapes(
    shipped: FlaskClient, kg: KnowledgeGraph
):
    """What a query sees without GRAPH is what ?default gives."""
    found = shipped.get("/store?default", headers={"Accept": "application/n-triples"})
    [row] = kg.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert len(found.text.splitlines()) == row["n"]


@pytest.mark.parametrize("name", ["trig", "nquads"])
def test_dataset_format_holds_the_graph_as_its_default_graph(
    name: str, shipped: FlaskClient
):
    """What an address of one graph gives is a graph, which has no name in itself."""
    form = by_name(name)
    address = f"/store?graph={quote(DATA, safe='')}"
    found = shipped.get(address, headers={"Accept": form.media_type})
    assert found.mimetype == form.media_type
    plain = shipped.get(address, headers={"Accept": "application/n-triples"})
    rdf = pyoxigraph.RdfFormat.from_media_type(form.media_type)
    quads = set(pyoxigraph.parse(found.data, format=rdf))
    assert {str(quad.graph_name) for quad in quads} == {"DEFAULT"}
    n_triples = pyoxigraph.RdfFormat.N_TRIPLES
    assert quads == set(pyoxigraph.parse(plain.data, format=n_triples))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/store", 400),
        (f"/store?default&graph={DATA}", 400),
        (f"/store?graph={DATA}&graph={DATA}", 400),
        ("/store?graph=https://example.org/none", 404),
        ("/store?graph=%3Cbad%3E%20name", 404),
        ("/store?default&format=csv", 406),
    ],
)
def test_what_names_no_graph_of_ours_is_refused(
    address: str, status: int, shipped: FlaskClient
):
    """Each wrong address has its status, and the same body as any other error."""
    found = shipped.get(address)
    assert (status, "application/problem+json") == (found.status_code, found.mimetype)


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_writing_is_not_allowed(method: str, shipped: FlaskClient):
    """The store is read-only and says which methods it takes."""
    found = shipped.open("/store?default", method=method)
    assert found.status_code == 405
    assert {"GET", "HEAD", "OPTIONS"} == set(found.allow)


def test_head_is_get_without_a_body(shipped: FlaskClient):
    """A client can ask for type and length first."""
    address = f"/store?graph={quote(DATA, safe='')}"
    head, whole = shipped.head(address), shipped.get(address)
    assert (b"", whole.content_length) == (head.data, head.content_length)
    assert whole.mimetype == head.mimetype
