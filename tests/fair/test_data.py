"""The metrics of F-UJI on the dataset, as far as they need no public web.

The identifiers are those of FAIRsFAIR, as F-UJI numbers them; what is asked is put
in our own words. Those left out, and why, stand in docs/decisions/fair.md.
"""

from __future__ import annotations

import hashlib
import json

import pytest
import rdflib

from tests.web import typed_links
from tests.web.markup import Page
from vomkg.formats import by_name, offered
from vomkg.namespaces import BASE

HTML = {"Accept": "text/html"}
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
SYNTAX = {
    "turtle": "turtle",
    "ntriples": "nt",
    "jsonld": "json-ld",
    "rdfxml": "xml",
    "trig": "trig",
    "nquads": "nquads",
}


def embedded(agent):
    """The JSON-LD in the landing page."""
    (script,) = Page(agent.get("/", headers=HTML).text).all("script")
    assert script.attributes["type"] == "application/ld+json"
    return json.loads(script.text)


def catalogue(agent):
    response = agent.get("/dcat", headers={"Accept": "text/turtle"})
    assert response.status_code == 200
    return rdflib.Graph().parse(data=response.text, format="turtle")


def test_f1_and_f2_the_landing_page_describes_the_dataset(agent):
    """FsF-F2-01M: name, text, creator, date, licence, identifier, without a script run."""
    found = embedded(agent)
    assert found["@type"] == "Dataset"
    for key in ("name", "description", "creator", "license", "identifier", "version"):
        assert found[key], key


def test_f3_the_description_names_the_data(agent):
    """FsF-F3-01M: each distribution has its address and media type."""
    for part in embedded(agent)["distribution"]:
        assert part["contentUrl"]
        assert part["encodingFormat"]


def test_f1_identifiers_are_unique_and_of_a_persistent_kind(graph):
    """FsF-F1-01D and F1-02D: every thing has an IRI below w3id.org, none a blank node."""
    (dataset,) = graph.subjects(rdflib.RDF.type, DCAT.Dataset)
    assert str(dataset).startswith(BASE)
    assert BASE.startswith("https://w3id.org/")


def test_f1_the_identifier_of_a_thing_leads_to_its_description(agent):
    """FsF-F1: the IRI answers by its path, with one redirection, in RDF."""
    response = agent.get("/id/review-one", headers={"Accept": "text/turtle"})
    assert response.status_code == 303
    found = agent.get(response.location, headers={"Accept": "text/turtle"})
    described = rdflib.Graph().parse(data=found.text, format="turtle")
    assert list(described.predicate_objects(rdflib.URIRef(f"{BASE}id/review-one")))


def test_f4_metadata_is_offered_so_that_machines_find_it(agent):
    """FsF-F4-01M: sitemap, robots and typed links, all from the landing page's host."""
    robots = agent.get("/robots.txt").text
    assert "Sitemap: http://localhost/sitemap.xml" in robots
    links = typed_links.of(agent.get("/", headers=HTML))
    assert {"license", "item", "type", "linkset"} <= {p["rel"] for _, p in links}


def test_f4_the_descriptions_are_linked_and_parse(agent):
    """VoID and DCAT by rel=describedby, in the type that the link promises."""
    places = typed_links.targets(agent.get("/", headers=HTML), "describedby")
    assert len(places) == 2
    for place in places:
        response = agent.get(place.removeprefix("http://localhost"))
        assert response.mimetype == "text/turtle"
        assert len(rdflib.Graph().parse(data=response.text, format="turtle")) > 10


# rdflib warns at what its own parsers of datasets use.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("form", offered("graph"), ids=lambda form: form.name)
def test_a1_the_data_is_there_by_http_in_the_promised_type(agent, form):
    """FsF-A1-02M, A1-03D, R1.3-02D: each item is served, in a standard format."""
    places = {
        p["type"]: target
        for target, p in typed_links.of(agent.get("/", headers=HTML))
        if p["rel"] == "item"
    }
    place = places[form.media_type].removeprefix("http://localhost")
    with agent.get(place) as response:
        assert response.mimetype == form.media_type
        body = response.data
    found = rdflib.Dataset()
    found.parse(data=body, format=SYNTAX[form.name])
    assert len(list(found.quads())) > 1000


def test_a1_nothing_asks_for_a_login(agent):
    """FsF-A1-01M: access is open, and any origin may read."""
    response = agent.get("/store?default", headers={"Accept": "text/turtle"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "WWW-Authenticate" not in response.headers


def test_i1_metadata_is_rdf_by_negotiation(agent):
    """FsF-I1-01M and I1-02M: a graph, at the address that also has a page."""
    response = agent.get("/sparql", headers={"Accept": "text/turtle"})
    assert response.mimetype == by_name("turtle").media_type
    assert rdflib.Graph().parse(data=response.text, format="turtle")


def test_i3_terms_are_linked_to_those_of_others(ontology):
    """FsF-I2-01M, I3-01M: matches to registered vocabularies, by their IRIs."""
    skos = rdflib.namespace.SKOS
    matches = [
        o
        for p in (skos.exactMatch, skos.closeMatch, skos.relatedMatch)
        for o in ontology.objects(None, p)
    ]
    assert len(matches) > 15
    assert not any(str(o).startswith(BASE) for o in matches)


def test_r1_1_the_licence_is_stated_for_machines(agent, graph):
    """FsF-R1.1-01M: in the graph, in the header and in the page, and the same."""
    (dataset,) = graph.subjects(rdflib.RDF.type, DCAT.Dataset)
    (stated,) = graph.objects(dataset, rdflib.DCTERMS.license)
    assert str(stated) == LICENCE
    assert typed_links.targets(agent.get("/", headers=HTML), "license") == [LICENCE]


def test_r1_2_provenance_is_stated(graph):
    """FsF-R1.2-01M: what the dataset is made from, by whom, and when."""
    (dataset,) = graph.subjects(rdflib.RDF.type, DCAT.Dataset)
    for predicate in ("source", "creator", "created"):
        assert graph.value(dataset, rdflib.DCTERMS[predicate]) is not None
    source = graph.value(dataset, rdflib.DCTERMS.source)
    prov = rdflib.namespace.PROV
    assert graph.value(source, prov.wasAttributedTo) is not None


def test_r1_3_it_says_which_shapes_it_keeps_to(graph):
    """FsF-R1.3-01M: conformance is stated, and the shapes have an IRI of ours."""
    (dataset,) = graph.subjects(rdflib.RDF.type, DCAT.Dataset)
    (shapes,) = graph.objects(dataset, rdflib.DCTERMS.conformsTo)
    assert str(shapes).startswith(BASE)


def test_r1_01md_each_file_has_the_size_and_checksum_that_are_told(agent):
    """FsF-R1-01MD: bytes and SHA-256 in DCAT are those of what is sent."""
    found = catalogue(agent)
    checked = 0
    for part in found.subjects(rdflib.RDF.type, DCAT.Distribution):
        place = str(found.value(part, DCAT.downloadURL))
        with agent.get(place.removeprefix("http://localhost")) as response:
            body = response.data
        size = found.value(part, DCAT.byteSize)
        checksum = found.value(part, SPDX.checksum)
        assert int(str(size)) == len(body)
        told = str(found.value(checksum, SPDX.checksumValue))
        assert told == hashlib.sha256(body).hexdigest()
        checked += 1
    assert checked
