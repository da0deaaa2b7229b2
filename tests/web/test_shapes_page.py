"""The documentation of the shapes says what the files say, and all of it."""

from __future__ import annotations

import pytest
from rdflib import RDF, SH, URIRef

from tests.web.conftest import BROWSER
from tests.web.markup import Page
from vomkg.curate.kinds import kinds
from vomkg.graph.read import read
from vomkg.namespaces import SHAPES
from vomkg.web import create_app


@pytest.fixture(scope="module")
def page(kg):
    client = create_app(kg).test_client()
    client.environ_base["HTTP_ACCEPT"] = BROWSER["Accept"]
    response = client.get("/shapes")
    assert response.status_code == 200
    return Page(response.text)


@pytest.fixture(scope="module")
def shapes(settings):
    return read(settings.shapes_files())


@pytest.fixture(scope="module")
def articles(page):
    """The text of each article, blanks joined, by its anchor."""
    return {
        e.attributes.get("id"): " ".join(e.text.split()) for e in page.all("article")
    }


def test_the_iri_of_every_shape_leads_to_what_it_says(articles, shapes):
    named = {
        str(shape).removeprefix(SHAPES)
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in shapes.subjects(RDF.type, kind)
        if isinstance(shape, URIRef)
    }
    assert set(articles) == named
    for name in named:
        for p in (SH.message, SH.name):
            for text in shapes.objects(URIRef(SHAPES + name), p):
                assert " ".join(str(text).split()) in articles[name], name


def test_constraints_are_shown_with_short_names(articles):
    told = articles["Claim-attribution"]
    assert "along vom:attribution" in told
    assert "sh:maxCount 1" in told
    assert "sh:class vom:Attribution" in told
    assert "things of the class skos:Concept" in articles["Concept-used"]
    assert "^vom:aboutTopic" in articles["UsedConcept"]


def test_queries_stand_there_whole(page, shapes):
    shown = {" ".join(e.text.split()) for e in page.all("pre")}
    written = {" ".join(str(q).split()) for q in shapes.objects(None, SH.select)}
    assert written
    assert shown == written


def test_every_kind_has_a_table_of_what_it_needs(page, shapes, settings):
    ontology = read(settings.ontology_files())
    ids = {e.attributes.get("id") for e in page.all("h2")}
    assert ids >= {f"kind-{name}" for name in kinds(shapes, ontology)}
    rows = [" ".join(e.text.split()) for e in page.all("tr")]
    assert any("vom:effectDirection exactly 1" in row for row in rows)


def test_no_anchor_stands_twice(page):
    ids = [e.attributes.get("id") for e in page.elements if e.attributes.get("id")]
    assert len(ids) == len(set(ids))


def test_the_files_of_the_shapes_are_linked(kg):
    client = create_app(kg).test_client()
    found = client.get("/shapes", headers=BROWSER).headers["Link"]
    assert "/shapes.ttl>" in found
    assert (
        client.get("/shapes", headers={"Accept": "text/turtle"}).mimetype
        == "text/turtle"
    )
