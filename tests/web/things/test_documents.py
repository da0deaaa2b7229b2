"""Documents, redirections and errors, over a graph that is small enough to see."""

from __future__ import annotations

import shutil

import pytest

from tests.web.conftest import BROWSER
from tests.web.markup import Page
from vomkg.cli.files import GraphOfFiles
from vomkg.config import Settings
from vomkg.engine.local import Engine
from vomkg.web import create_app

OLD = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix id: <https://w3id.org/vomkg/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vom: <https://w3id.org/vomkg/ontology#> .
id:withdrawn owl:deprecated true .
id:old owl:deprecated true ; dcterms:isReplacedBy id:new .
id:new skos:prefLabel "new"@en .
id:café skos:prefLabel "café"@fr ; vom:odd id:notes.ttl .
id:notes.ttl skos:prefLabel "named like a file"@en .
id:many skos:prefLabel "</script><script>alert(1)</script>"@en ;
  vom:statement "<b>bold</b>"@en ; vom:ratioValue 0.50 ; vom:odd "a\\rb\\u0001c" .
"""
THING = "https://w3id.org/vomkg/id/est-red"


@pytest.fixture(scope="module")
def old(settings, tmp_path_factory):
    """A client over a graph with withdrawn things, none of them in a named graph."""
    root = tmp_path_factory.mktemp("old")
    (root / "ontology").mkdir()
    (root / "queries").mkdir()
    shutil.copy(settings.root / "ontology" / "prefixes.ttl", root / "ontology")
    (root / "old.ttl").write_text(OLD, encoding="utf-8")
    made = Settings(root=root, cache=root)
    return create_app(
        GraphOfFiles(Engine.from_files([root / "old.ttl"], made))
    ).test_client()


def test_a_thing_leads_to_its_document(client):
    """The document is another address, told by 303."""
    response = client.get("/id/est-red")
    assert (response.status_code, response.location) == (303, "/doc/est-red")
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (None, "text/turtle; charset=utf-8"),
        ("*/*", "text/turtle; charset=utf-8"),
        (BROWSER["Accept"], "text/html; charset=utf-8"),
        ("application/json", "application/ld+json"),
        ("application/rdf+xml, text/turtle;q=0.3", "application/rdf+xml"),
        ("application/n-quads", "application/n-quads"),
        ("text/turtle;q=0.5, text/html", "text/html; charset=utf-8"),
    ],
)
def test_the_form_is_negotiated(client, accept, content_type):
    """A browser gets a page, whoever does not care gets Turtle."""
    headers = {} if accept is None else {"Accept": accept}
    response = client.get("/doc/est-red", headers=headers)
    assert (response.status_code, response.content_type) == (200, content_type)
    assert "Accept" in response.headers["Vary"]
    place = response.headers["Content-Location"]
    direct = client.get(place, headers={"Accept": "image/png"})
    assert (direct.status_code, direct.data) == (200, response.data)
    assert "Content-Location" not in direct.headers


def test_a_document_links_to_its_other_forms_and_its_thing(client):
    """Link names each other form with its type, and what is described."""
    links = client.get("/doc/est-red.ttl").headers.getlist("Link")
    assert '</doc/est-red.html>; rel="alternate"; type="text/html"' in links
    assert '</doc/est-red.nq>; rel="alternate"; type="application/n-quads"' in links
    assert not any("est-red.ttl" in link for link in links)
    topic = f'<{THING}>; rel="describes http://xmlns.com/foaf/0.1/primaryTopic"'
    assert topic in links
    assert len([link for link in links if "alternate" in link]) == 6


def test_links_stay_below_a_prefix_and_iris_do_not_change(client):
    """A reader stays on the host and release; the data has the canonical IRIs."""
    outside = {"SCRIPT_NAME": "/release/abc", "HTTP_HOST": "other.example"}
    page = client.get("/doc/est-red", headers=BROWSER, environ_overrides=outside)
    hrefs = [e.attributes["href"] for e in Page(page.text).all("a")]
    assert "/release/abc/doc/review-red" in hrefs
    assert page.headers["Content-Location"] == "/release/abc/doc/est-red.html"
    turtle = client.get("/doc/est-red", environ_overrides=outside).text
    assert "other.example" not in turtle
    assert "<https://w3id.org/vomkg/doc/est-red>" in turtle
    there = client.get("/id/est-red", environ_overrides=outside)
    assert there.location == "/release/abc/doc/est-red"
    compact = client.get("/doc/est-red.jsonld", environ_overrides=outside).get_json(
        force=True
    )
    assert compact["@context"] == "http://other.example/release/abc/context.jsonld"


def test_a_document_says_what_it_is(client):
    """Topic, dataset and the graphs it was made of stand in it."""
    text = client.get("/doc/est-red.nt").text
    start = "<https://w3id.org/vomkg/doc/est-red> "
    for end in (
        f"<http://xmlns.com/foaf/0.1/primaryTopic> <{THING}> .",
        "<http://rdfs.org/ns/void#inDataset> <https://w3id.org/vomkg/graph/void#dataset> .",
        "<http://purl.org/dc/terms/source> <https://w3id.org/vomkg/graph/data> .",
    ):
        assert start + end in text
    # What points at it, and the names of neighbours.
    assert (
        f"<https://w3id.org/vomkg/id/lim-chance> <https://w3id.org/vomkg/ontology#limits> <{THING}>"
        in text
    )
    assert (
        '<https://w3id.org/vomkg/id/review-red> <http://www.w3.org/2004/02/skos/core#prefLabel> "Red review"@en'
        in text
    )


def test_one_graph_can_be_asked_for(client):
    """?graph= leaves the triples of that graph; one that says nothing is not found."""
    assert client.get("/doc/est-red.nt?graph=data").status_code == 200
    response = client.get("/doc/est-red.nt?graph=inferred")
    assert response.status_code == 404
    assert "data" in response.get_json(force=True)["fix"]


def test_a_release_says_its_version_licence_and_what_is_inferred(kg):
    """Over the shipped release a document names release, licence and graphs."""
    text = create_app(kg).test_client().get("/doc/est-r1-overall.nt").text
    assert f'versionInfo> "{kg.release.id}"' in text
    assert "license> <https://creativecommons.org/licenses/by/4.0/>" in text
    assert "source> <https://w3id.org/vomkg/graph/inferred>" in text


@pytest.mark.parametrize(
    "path",
    [
        "/id/none",
        "/doc/none",
        "/doc/none.ttl",
        "/doc/est-red.xyz",
        "/doc/est-red.srj",
        "/doc/",
        "/id/",
        "/doc/.ttl",
        "/doc/..%2F..%2Fetc%2Fpasswd",
        "/doc/../../etc/passwd",
        "/id/%2e%2e/about",
        "/doc/est%2Fred",
        "/doc/est-red%00",
        "/id/est-red%00.ttl",
        "/doc/%ff%fe",
        "/id/%C3%28",
        "/doc/est-red%20",
        "/doc/<script>",
        "/doc/" + "a" * 5000,
        "/id/" + "%41" * 300,
        "/ontology.xyz",
        "/ontology/9.9.9",
        "/ontology/a%20b",
        "/graph/none",
        "/question/none",
        "/question/none.ttl",
        "/question/%00",
        "/shapes/x",
    ],
)
@pytest.mark.parametrize("kind", ["client", "browser"])
def test_what_is_not_held_is_not_found(request, kind, path):
    """404 in the form the client reads, after at most one redirection."""
    asker = request.getfixturevalue(kind)
    response = asker.get(path)
    if response.status_code == 303:
        response = asker.get(response.location)
    assert response.status_code == 404
    wanted = "text/html" if kind == "browser" else "application/problem+json"
    assert response.mimetype == wanted
    assert "Traceback" not in response.text


def test_no_form_that_fits_is_406(client):
    """Accept is honoured to the end."""
    response = client.get("/doc/est-red", headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "text/turtle" in response.get_json(force=True)["fix"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_documents_are_only_read(client, method):
    """Other methods are refused, and told which are not."""
    response = client.open("/doc/est-red", method=method)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize("path", ["/id/withdrawn", "/doc/withdrawn.ttl"])
def test_what_is_withdrawn_is_gone(old, path):
    """410 says that it was there and is no more."""
    response = old.get(path)
    assert response.status_code == 410
    assert response.mimetype == "application/problem+json"
    assert "withdrawn" in response.get_json(force=True)["detail"]
    assert old.get(path, headers=BROWSER).mimetype == "text/html"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/id/old", "/id/new"),
        ("/doc/old", "/doc/new"),
        ("/doc/old.jsonld", "/doc/new.jsonld"),
    ],
)
def test_what_is_replaced_leads_to_its_successor(old, path, place):
    """301, with the successor named."""
    response = old.get(path)
    assert (response.status_code, response.location) == (301, place)
    expected = '<https://w3id.org/vomkg/id/new>; rel="successor-version"'
    assert response.headers["Link"] == expected


def test_a_graph_without_names_has_documents_too(old):
    """Triples of no named graph stand in the default graph of TriG."""
    assert old.get("/doc/new").status_code == 200
    text = old.get("/doc/new.nq").text
    assert (
        '<https://w3id.org/vomkg/id/new> <http://www.w3.org/2004/02/skos/core#prefLabel> "new"@en .'
        in text
    )


def test_names_of_other_scripts_are_percent_encoded_in_headers(old):
    """A header has a URI where the data has an IRI."""
    response = old.get("/id/caf%C3%A9")
    assert (response.status_code, response.location) == (303, "/doc/caf%C3%A9")
    found = old.get(response.location)
    assert found.status_code == 200
    links = " ".join(found.headers.getlist("Link"))
    assert "<https://w3id.org/vomkg/id/caf%C3%A9>" in links
    assert "</doc/caf%C3%A9.html>" in links
    assert "id/café>" in old.get("/doc/caf%C3%A9.nt").text


def test_a_thing_that_is_named_like_a_file_has_a_page(old):
    """A link to it leads to its page, because a suffix names a format."""
    page = Page(old.get("/doc/caf%C3%A9.html").text)
    hrefs = {a.text: a.attributes["href"] for a in page.all("a")}
    assert hrefs["named like a file"] == "/doc/notes.ttl.html"
    assert old.get("/doc/notes.ttl.html").status_code == 200


def test_what_a_format_cannot_hold_is_406(old):
    """RDF/XML refuses a character that it cannot write; the others have it."""
    assert old.get("/doc/many.rdf").status_code == 406
    assert old.get("/doc/many.jsonld").status_code == 200


def test_nothing_in_the_data_becomes_markup(old):
    """Neither the page nor its data block lets a value out."""
    page = Page(old.get("/doc/many", headers=BROWSER).text)
    assert [e.attributes for e in page.all("script")] == [
        {"type": "application/ld+json"}
    ]
    assert not page.all("b")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/graph/ontology", "/store?graph=https://w3id.org/vomkg/graph/ontology"),
        ("/question/overall-effect", "/questions/overall-effect"),
    ],
)
def test_graphs_and_questions_lead_a_reader_on(browser, path, place):
    """303 to the address that has them."""
    response = browser.get(path)
    assert (response.status_code, response.location) == (303, place)
    assert browser.get(place).status_code == 200


def test_the_version_of_the_ontology_leads_to_it(kg):
    """The IRI of the version that is held is answered by the ontology."""
    client = create_app(kg).test_client()
    response = client.get("/ontology/0.1.0")
    assert (response.status_code, response.location) == (303, "/ontology")
    for path in ("/ontology", "/shapes", "/ontology/prefixes"):
        assert client.get(path).content_type == "text/turtle; charset=utf-8"
        page = client.get(path, headers=BROWSER)
        assert page.content_type == "text/html; charset=utf-8"
        assert client.get(f"{path}.nt").content_type == "application/n-triples"


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("rdfxml", "application/rdf+xml"),
        ("json", "application/ld+json"),
        ("html", "text/html; charset=utf-8"),
    ],
)
def test_a_form_is_named_by_a_parameter_too(client, name, content_type):
    """As everywhere else; it goes before Accept, and the suffix before it."""
    found = client.get(f"/doc/est-red?format={name}", headers={"Accept": "text/csv"})
    assert (found.status_code, found.content_type) == (200, content_type)
    assert "?" not in found.headers["Content-Location"]
    suffixed = client.get(f"/doc/est-red.nt?format={name}")
    assert suffixed.content_type == "application/n-triples"


def test_an_unknown_form_is_406_and_not_another_form(client):
    """What was asked for by name is that or nothing."""
    assert client.get("/doc/est-red?format=pdf").status_code == 406
    assert client.get("/doc/est-red?format=csv").status_code == 406


def test_the_sitemap_names_nothing_that_is_withdrawn(old):
    """Each address in it has a document."""
    text = old.get("/sitemap.xml").text
    assert "/doc/new<" in text
    assert "/doc/old<" not in text
    assert "/doc/withdrawn<" not in text


def test_a_term_of_a_document_shown_as_turtle_can_be_pointed_at(kg):
    client = create_app(kg).test_client()
    page = Page(client.get("/ontology/prefixes", headers=BROWSER).text)
    for name in ("vom", "skos"):
        [block] = [e for e in page.elements if e.attributes.get("id") == name]
        assert f"prefixes#{name}>" in block.text
        assert f'"{name}"' in block.text
