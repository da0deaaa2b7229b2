"""The documentation of the ontology says what the files say, and all of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
import rdflib
from pyoxigraph import BlankNode, parse
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from tests.web import test_frame as frame
from tests.web.conftest import BROWSER
from tests.web.markup import Element, Page
from vomkg.cli.files import GraphOfFiles
from vomkg.engine.local import Engine
from vomkg.graph.read import read
from vomkg.namespaces import ONTOLOGY, THINGS
from vomkg.web import create_app
from vomkg.web.expressions import Triples, phrase

HEADER = rdflib.URIRef(ONTOLOGY.removesuffix("#"))


@pytest.fixture(scope="module")
def page(kg):
    client = create_app(kg).test_client()
    client.environ_base["HTTP_ACCEPT"] = BROWSER["Accept"]
    response = client.get("/ontology")
    assert response.status_code == 200
    assert response.content_type == "text/html; charset=utf-8"
    return Page(response.text)


# The frame of every page, tested on this one too.
test_has_one_heading = frame.test_has_one_heading_and_no_gap_in_the_levels
test_nothing_nested = frame.test_nothing_that_acts_stands_within_another
test_landmarks_have_names = frame.test_landmarks_have_names_of_their_own
test_what_scrolls = frame.test_what_scrolls_can_be_reached_by_keyboard


@pytest.fixture(scope="module")
def files(settings):
    """Every file of ontology/, read by rdflib."""
    return read(settings.ontology_files())


@pytest.fixture(scope="module")
def defined(files):
    """The terms by anchor, as the files have them."""
    found = {
        s
        for s in files.subjects()
        if str(s).startswith(ONTOLOGY) or (s, RDFS.isDefinedBy, HEADER) in files
    }
    return {str(s).removeprefix(ONTOLOGY).removeprefix(THINGS): s for s in found}


def entries(page):
    """The articles by anchor, each with the elements within it."""
    found: dict[str, list[Element]] = {}
    current = None
    for element in page.elements:
        if element.tag == "article":
            current = found.setdefault(element.attributes["id"], [])
        if current is not None and (
            element.tag == "article" or "article" in element.parents
        ):
            current.append(element)
    return found


def text_of(element):
    return " ".join(element.text.split())


def test_no_term_is_missing_and_none_is_too_many(page, defined):
    """The anchors of the page are the terms of the files."""
    assert set(entries(page)) == set(defined)
    assert len(defined) > 200


def test_each_definition_is_that_of_the_file(page, defined, files):
    """Word for word, so that the page cannot drift."""
    for name, elements in entries(page).items():
        (shown,) = [
            text_of(e) for e in elements if e.attributes.get("class") == "definition"
        ]
        assert shown == str(files.value(defined[name], SKOS.definition)), name


def test_each_label_and_iri_is_that_of_the_file(page, defined, files):
    """The heading has name and label, and the IRI is written out."""
    for name, elements in entries(page).items():
        (heading,) = [text_of(e) for e in elements if e.tag == "h3"]
        assert heading.startswith(
            f"{name} {files.value(defined[name], SKOS.prefLabel)}"
        )
        assert str(defined[name]) in [text_of(e) for e in elements if e.tag == "code"]


def test_all_that_is_stated_of_a_term_is_on_the_page(page, defined, files):
    """Each named value of each statement stands in the entry of its term."""
    found = entries(page)
    hidden = {RDFS.isDefinedBy, SKOS.prefLabel, SKOS.definition, RDF.type}
    checked = 0
    for name, term in defined.items():
        text = " ".join(text_of(e) for e in found[name] if e.tag == "dd")
        hrefs = {e.attributes["href"] for e in found[name] if e.tag == "a"}
        for predicate, value in files.predicate_objects(term):
            if predicate in hidden or isinstance(value, rdflib.BNode):
                continue
            checked += 1
            if isinstance(value, rdflib.Literal):
                assert str(value) in text, (name, predicate)
                continue
            local = str(value).removeprefix(ONTOLOGY).removeprefix(THINGS)
            assert {f"#{local}", str(value)} & hrefs, (name, predicate, value)
    assert checked > 250


def test_every_class_stands_in_the_tree(page, defined, files):
    """Under what it is a kind of, or at the root."""
    (tree,) = [e for e in page.all("section") if e.attributes.get("class") == "tree"]
    words = set(tree.text.split())
    for name, term in defined.items():
        assert ((term, RDF.type, OWL.Class) in files) == (name in words)


def test_the_contents_lead_to_every_term(page, defined):
    """By kind, and within it by alphabet."""
    lists = [e for e in page.all("ul") if e.attributes.get("class") == "columns"]
    listed = [e.text.split() for e in lists]
    for names in listed:
        keys = [(name.lower(), name) for name in names]
        assert all(a < b for a, b in pairwise(keys))
    assert {name for names in listed for name in names} == set(defined)


def test_terms_of_others_that_are_called_by_a_number_have_words(page):
    """What an effect estimate is a kind of is named, with its code behind."""
    facts = [text_of(e) for e in entries(page)["EffectEstimate"] if e.tag == "dd"]
    assert "effect size estimate (stato:0000085); Finding" in facts


def test_the_page_offers_its_data_to_the_eye_too(page):
    """Each format that the head names is a link that can be followed."""
    heads = {
        e.attributes["href"]
        for e in page.all("link")
        if e.attributes["rel"] == "alternate"
    }
    shown = {e.attributes["href"] for e in page.all("a") if "type" in e.attributes}
    assert len(heads) == 6
    assert heads == shown


def test_links_within_the_page_have_their_target(page):
    """No anchor is dead, and none is there twice."""
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    for element in page.all("a"):
        href = element.attributes["href"]
        if href.startswith("#"):
            assert href[1:] in ids, href


def test_a_term_shows_restrictions_uses_shapes_example_and_alignment(page):
    """One term of each sort, looked at."""
    found = entries(page)

    def said(name):
        return " ".join(text_of(e) for e in found[name] if e.tag == "dd")

    assert "(supports value" not in said("ContestedProposition")
    assert (
        "Proposition and (inverse of supports some Claim)"
        " and (inverse of challenges some Claim)" in said("ContestedProposition")
    )
    assert "decimal < 1" in said("FavourableEstimate")
    assert "locatedIn, then inSection" in said("inSection")
    assert "exactly one kind; add vom:absenceKind" in said("absenceKind")
    assert "vom:absenceKind vom:" in said("absenceKind")
    assert "pico:Intervention" in said("Intervention")
    assert "not yet in the data" in said("ciLower")


def test_counts_of_uses_are_those_of_the_data(page, settings):
    """How often a property is used is counted again, by rdflib."""
    data = read(settings.data_files())
    found = entries(page)
    for name in ("reportedBy", "absenceKind", "statement", "editorialNote"):
        count = sum(
            1
            for s, _ in data.subject_objects(rdflib.URIRef(ONTOLOGY + name))
            if str(s).startswith(THINGS)
        )
        text = " ".join(text_of(e) for e in found[name] if e.tag == "dd")
        assert f"as property {count} times, for instance " in text


def test_every_message_of_a_property_shape_on_our_terms_is_shown(page, settings):
    """The shapes with a plain path, read by rdflib."""
    shapes = read(settings.shapes_files())
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    text = " ".join(page.texts("dd"))
    checked = 0
    for shape, path in shapes.subject_objects(sh.path):
        message = shapes.value(shape, sh.message)
        if str(path).startswith(ONTOLOGY) and message is not None:
            assert str(message) in text, shape
            checked += 1
    assert checked > 50


def test_borrowed_terms_are_listed_with_their_origin(page, files):
    """Each stub is a row."""
    source = rdflib.URIRef("http://purl.obolibrary.org/obo/IAO_0000412")
    rows = page.rows()
    assert len(rows) == len(set(files.subjects(source)))
    assert all(row[0] and row[1] and row[2] for row in rows)


def test_a_deprecated_term_is_marked(kg):
    """Nothing shipped is deprecated, so the model is asked."""
    from vomkg.web.terms import terms

    text = f"""
    <{ONTOLOGY}Old> a <{OWL.Class}> ; <{OWL.deprecated}> true .
    <{ONTOLOGY}New> a <{OWL.Class}> .
    """
    triples = Triples(quad.triple for quad in parse(text, format=_turtle()))
    found = {term.name: term.is_deprecated for term in terms(triples, str)}
    assert found == {"Old": True, "New": False}


@pytest.mark.parametrize(
    ("turtle", "words"),
    [
        ("[ owl:unionOf ( e:a e:b ) ]", "e:a or e:b"),
        ("[ owl:complementOf [ owl:unionOf ( e:a e:b ) ] ]", "not (e:a or e:b)"),
        ("[ owl:onProperty e:p ; owl:allValuesFrom e:a ]", "e:p only e:a"),
        (
            "[ owl:onProperty e:p ; owl:minQualifiedCardinality 2 ; owl:onClass e:a ]",
            "e:p at least 2 e:a",
        ),
        ("[ owl:onProperty e:p ; owl:hasValue 'x' ]", "e:p value “x”"),
        ("[ owl:oneOf ( e:a 'x'@en ) ]", "one of e:a, x"),
        ("[]", "something without a name"),
    ],
)
def test_class_expressions_are_put_in_words(turtle, words):
    """Every construct of OWL that may come has its phrase."""
    text = f"@prefix owl: <{OWL}> . @prefix e: <e:> . e:s e:p {turtle} ."
    found = list(parse(text, format=_turtle()))
    triples = Triples(quad.triple for quad in found)
    (node,) = [
        q.object
        for q in found
        if str(q.subject) == "<e:s>" and str(q.predicate) == "<e:p>"
    ]
    assert isinstance(node, BlankNode)
    assert "".join(part.text for part in phrase(triples, node, str)) == words


def test_a_server_without_the_ontology_says_so(settings, tmp_path):
    """Other data has no such page, and no link to it."""
    path = tmp_path / "other.nt"
    path.write_text("<urn:a> <urn:p> <urn:b> .\n")
    other = GraphOfFiles(Engine.from_files([path], settings))
    client = create_app(other).test_client()
    response = client.get("/ontology")
    assert response.status_code == 404
    assert "ontology" in response.get_json(force=True)["detail"]
    assert "/ontology" not in client.get("/about").text
    assert "/ontology" not in client.get("/sitemap.xml").text


def _turtle():
    from pyoxigraph import RdfFormat

    return RdfFormat.TURTLE
