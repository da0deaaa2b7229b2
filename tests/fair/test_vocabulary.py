"""The checks of FOOPS! on a vocabulary, as far as they need no public web.

The identifiers are those of FOOPS!; what it asks is put in our own words. Those
that are left out, and why, stand in docs/decisions/fair.md.
"""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN

from tests.web import typed_links
from tests.web.markup import Page
from vomkg.namespaces import BASE, ONTOLOGY

HEADER = rdflib.URIRef(ONTOLOGY.removesuffix("#"))
TERM_TYPES = (
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    OWL.NamedIndividual,
)


@pytest.fixture
def terms(ontology):
    return {
        s
        for kind in TERM_TYPES
        for s in ontology.subjects(RDF.type, kind)
        if str(s).startswith(ONTOLOGY)
    }


def test_uri1_the_iri_of_the_ontology_answers(agent):
    """FOOPS! URI1: its path answers with 200."""
    path = str(HEADER).removeprefix(BASE.removesuffix("/"))
    assert agent.get(path, headers={"Accept": "text/html"}).status_code == 200


def test_doc1_there_is_documentation_in_html(agent):
    """FOOPS! DOC1: who asks for HTML gets a page with every term."""
    response = agent.get("/ontology", headers={"Accept": "text/html"})
    assert response.mimetype == "text/html"
    assert len(Page(response.text).all("article")) > 200


@pytest.mark.parametrize(
    ("media_type", "syntax"),
    [("text/turtle", "turtle"), ("application/rdf+xml", "xml")],
)
def test_cn1_the_same_iri_gives_rdf(agent, media_type, syntax):
    """FOOPS! CN1 and RDF1: by negotiation, with the header of the ontology in it."""
    response = agent.get("/ontology", headers={"Accept": media_type})
    assert response.mimetype == media_type
    found = rdflib.Graph().parse(data=response.text, format=syntax)
    assert (HEADER, RDF.type, OWL.Ontology) in found


def test_uri2_the_ontology_is_identified_by_the_iri_that_it_is_served_at(ontology):
    """FOOPS! URI2: one ontology in the files, and its IRI is that of the namespace."""
    assert list(ontology.subjects(RDF.type, OWL.Ontology)) == [HEADER]


def test_every_term_has_its_fragment_in_the_namespace(terms):
    """So that the IRI of a term leads to its own entry."""
    assert len(terms) > 150
    for term in terms:
        assert str(term).removeprefix(ONTOLOGY).isalnum()


def test_purl1_the_iri_is_a_persistent_one():
    """FOOPS! PURL1: below w3id.org; that it redirects is for the public web."""
    assert str(HEADER).startswith("https://w3id.org/")


def test_ver1_there_is_a_version_iri(ontology):
    """FOOPS! VER1: the version IRI is another than that of the ontology."""
    version = str(ontology.value(HEADER, OWL.versionInfo))
    assert str(ontology.value(HEADER, OWL.versionIRI)) == f"{HEADER}/{version}"


def test_om4_1_the_licence_is_stated_as_an_iri(ontology):
    """FOOPS! OM4.1: one licence, by the address of its text."""
    (licence,) = ontology.objects(HEADER, DCTERMS.license)
    assert str(licence).startswith("https://creativecommons.org/licenses/")


def test_om1_om2_and_find1_the_header_says_what_it_is(ontology):
    """FOOPS! OM1, OM2, FIND1: title, description, prefix and namespace."""
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.abstract):
        assert len(set(ontology.objects(HEADER, predicate))) == 1
    assert str(ontology.value(HEADER, VANN.preferredNamespacePrefix)) == "vom"
    assert str(ontology.value(HEADER, VANN.preferredNamespaceUri)) == ONTOLOGY


def test_om5_1_who_made_it_and_when_is_stated(ontology):
    """FOOPS! OM5.1: the curators as creator, with the date of the first version."""
    (creator,) = ontology.objects(HEADER, DCTERMS.creator)
    assert isinstance(creator, rdflib.URIRef)
    assert ontology.value(HEADER, DCTERMS.created).datatype == rdflib.XSD.date


def test_voc3_and_voc4_every_term_has_a_label_and_a_definition(ontology, terms):
    """FOOPS! VOC3, VOC4: all of them, not most."""
    for term in terms:
        assert ontology.value(term, SKOS.prefLabel) is not None, term
        assert ontology.value(term, SKOS.definition) is not None, term
        assert ontology.value(term, RDFS.isDefinedBy) == HEADER, term


def test_voc2_terms_of_others_are_used_and_told(ontology):
    """FOOPS! VOC2: reuse of vocabularies, with where each term was taken from."""
    source = rdflib.URIRef("http://purl.obolibrary.org/obo/IAO_0000412")
    borrowed = set(ontology.subjects(source))
    assert len(borrowed) > 10
    above = set(ontology.objects(None, RDFS.subClassOf)) & borrowed
    assert above


def test_the_page_says_licence_and_version_in_its_text(agent, ontology):
    """What a person reads is what the header states."""
    page = Page(agent.get("/ontology", headers={"Accept": "text/html"}).text)
    text = " ".join(page.texts("dd"))
    for predicate in (OWL.versionIRI, OWL.versionInfo, DCTERMS.license):
        assert str(ontology.value(HEADER, predicate)) in text
    licences = [e for e in page.all("a") if e.attributes.get("rel") == "license"]
    assert len(licences) == 1


def test_the_ontology_is_in_the_sitemap_and_typed(agent):
    """A crawler finds it, and a Link header says what it is."""
    sitemap = ElementTree.fromstring(agent.get("/sitemap.xml").text)  # noqa: S314
    assert "http://localhost/ontology" in [e.text for e in sitemap.iter()]
    response = agent.get("/ontology", headers={"Accept": "text/html"})
    assert str(OWL.Ontology) in typed_links.targets(response, "type")
