"""Every IRI that the shipped graph mints is answered, in every format alike."""

from __future__ import annotations

import json

import pyoxigraph
import pytest
from werkzeug.test import Client

from vomkg.formats import by_name, offered
from vomkg.namespaces import BASE, UNION_GRAPH
from vomkg.web import create_app
from vomkg.web.cache import ResponseCache
from vomkg.web.pinned import pinned_front

FORMS = [form.name for form in offered("graph")]
KINDS = {"id", "ontology", "shapes", "question", "graph"}
MINTED = """
SELECT DISTINCT ?iri
WHERE {
  { GRAPH ?g { ?iri ?p ?o } } UNION { GRAPH ?g { ?s ?iri ?o } }
  UNION { GRAPH ?g { ?s ?p ?iri } } UNION { GRAPH ?iri { ?s ?p ?o } }
  FILTER(isIRI(?iri) && STRSTARTS(STR(?iri), "https://w3id.org/vomkg/"))
}
ORDER BY ?iri
"""


@pytest.fixture(scope="module")
def web(kg):
    """The front end over the shipped graph, with its response cache."""
    return Client(ResponseCache(create_app(kg), kg.release.id))


@pytest.fixture(scope="module")
def iris(kg):
    """Every IRI of ours in the shipped release."""
    return [row["iri"].value for row in kg.query(MINTED).rows]


@pytest.fixture(scope="module")
def context(web):
    """The context of JSON-LD, as a client reads it."""
    return json.loads(web.get("/context.jsonld").text)["@context"]


def asked(web, iri, name, **headers):
    """The answer of an IRI in a format, after at most one redirection."""
    path = "/" + iri.removeprefix(BASE).partition("#")[0]
    headers["Accept"] = by_name(name).media_type
    response = web.get(path, headers=headers)
    if response.status_code in {301, 303}:
        path = response.headers["Location"]
        response = web.get(path, headers=headers)
    assert response.status_code == 200, (iri, name, response.text)
    return path, response


def read(response, name, context=None):
    """The triples of an answer, its blank nodes named alike in all formats."""
    body = response.data
    if name == "jsonld":
        facts = json.loads(body)
        assert facts["@context"] == "http://localhost/context.jsonld"
        body = json.dumps(facts | {"@context": context}).encode()
    rdf = pyoxigraph.RdfFormat.from_media_type(by_name(name).media_type)
    found = pyoxigraph.Dataset(
        pyoxigraph.Quad(*quad.triple) for quad in pyoxigraph.parse(body, format=rdf)
    )
    found.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return set(map(str, found))


def kind_of(iri):
    """What follows the base in an IRI, up to the next mark."""
    return iri.removeprefix(BASE).partition("/")[0].partition("#")[0]


def document_of(iri):
    """The part of an IRI before the fragment: what is asked for."""
    return iri.partition("#")[0]


def test_the_release_mints_things_terms_questions_and_graphs(web, iris):
    """Each kind is walked through below; what another module answers, answers."""
    kinds = {kind_of(iri) for iri in iris}
    assert kinds >= KINDS
    assert len(iris) > 1000
    for iri in sorted({document_of(iri) for iri in iris if kind_of(iri) not in KINDS}):
        path = "/" + iri.removeprefix(BASE)
        assert web.get(path, follow_redirects=True).status_code == 200, iri


@pytest.mark.slow
def test_every_iri_has_turtle_and_the_same_in_another_format(web, iris, context):
    """Each of them, with the formats in turn; graphs are the same for all formats."""
    found = {document_of(iri) for iri in iris if kind_of(iri) in KINDS}
    documents = sorted(found - {UNION_GRAPH})
    rest = [name for name in FORMS if name != "turtle"]
    for number, iri in enumerate(documents):
        _, response = asked(web, iri, "turtle")
        expected = read(response, "turtle")
        # A graph is asked for by its name, which stands in none of its triples.
        assert "/graph/" in iri or any(f"<{iri}>" in line for line in expected), iri
        name = rest[number % len(rest)]
        _, other = asked(web, iri, name)
        assert other.mimetype == by_name(name).media_type
        if "/graph/" not in iri:
            assert read(other, name, context) == expected, (iri, name)


def test_every_term_stands_in_its_document(web, iris):
    """What a fragment names is the subject of a triple of the document before it."""
    for start in ("ontology", "ontology/prefixes", "shapes"):
        _, response = asked(web, BASE + start, "ntriples")
        subjects = {line.partition(" ")[0] for line in response.text.splitlines()}
        terms = {iri for iri in iris if document_of(iri) == BASE + start and "#" in iri}
        assert {f"<{iri}>" for iri in terms if not iri.endswith("#")} <= subjects


def test_a_sample_is_the_same_in_all_formats_with_tags_and_head(web, iris, context):
    """Twenty things and each kind of document: formats, HEAD, 304."""
    things = [iri for iri in iris if "/id/" in iri]
    sample = things[:: len(things) // 20][:20]
    sample += [BASE + "ontology/prefixes", BASE + "question/overall-effect"]
    for iri in sample:
        graphs = []
        for name in FORMS:
            path, response = asked(web, iri, name)
            graphs.append(read(response, name, context))
            accept = {"Accept": by_name(name).media_type}
            head = web.head(path, headers=accept)
            assert (head.status_code, head.data) == (200, b"")
            assert sorted(head.headers) == sorted(response.headers)
            tag = {"If-None-Match": response.headers["ETag"]}
            assert web.get(path, headers=accept | tag).status_code == 304
            direct = web.get(response.headers["Content-Location"])
            assert direct.data == response.data
            assert direct.content_type == response.content_type
        assert all(found == graphs[0] for found in graphs), iri


def test_trig_and_nquads_tell_what_was_inferred(web, kg):
    """Each triple of a thing stands in the graphs of the release that have it."""
    iri = BASE + "id/est-r1-overall"
    for name in ("trig", "nquads"):
        _, response = asked(web, iri, name)
        rdf = pyoxigraph.RdfFormat.from_media_type(by_name(name).media_type)
        found = {
            quad
            for quad in pyoxigraph.parse(response.data, format=rdf)
            if quad.subject.value == iri
        }
        rows = kg.query(
            f"SELECT ?g ?p ?o {{ GRAPH ?g {{ <{iri}> ?p ?o }} }} ORDER BY ?g ?p ?o"
        ).rows
        node = pyoxigraph.NamedNode(iri)
        assert found == {
            pyoxigraph.Quad(node, row["p"], row["o"], row["g"]) for row in rows
        }
        assert len({quad.graph_name for quad in found}) == 2


def test_documents_have_a_permanent_address(kg):
    """Below the release a document is for good, and a page is not; both can be cited."""
    client = Client(pinned_front(kg, patience=5))
    outside = {"SCRIPT_NAME": f"/release/{kg.release.id}", "vomkg.root": ""}
    for end, is_for_good in (("ttl", True), ("nq", True), ("html", False)):
        path = f"/doc/est-r1-overall.{end}"
        response = client.get(path, environ_overrides=outside)
        assert response.status_code == 200
        cited = f'<http://localhost/release/{kg.release.id[:16]}{path}>; rel="cite-as"'
        assert cited in response.headers.getlist("Link")
        assert ("immutable" in response.headers["Cache-Control"]) is is_for_good
    page = client.get("/doc/est-r1-overall.html", environ_overrides=outside)
    assert f"/release/{kg.release.id}/doc/review-one" in page.text
