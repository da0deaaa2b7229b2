"""What is counted in a graph, on graphs that fit on a page."""

from __future__ import annotations

import pyoxigraph
import pytest

from vomkg.describe.dataset import void
from vomkg.describe.figures import Figures, by_graph
from vomkg.namespaces import DATASET_IRI, DCTERMS, GRAPHS, VOID, GraphName

PREFIXES = {"ex": "urn:ex:", "id": "https://w3id.org/vomkg/id/"}
HEAD = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <urn:ex:> .
@prefix graph: <https://w3id.org/vomkg/graph/> .
@prefix id: <https://w3id.org/vomkg/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""


def quads(trig):
    return list(pyoxigraph.parse(HEAD + trig, format=pyoxigraph.RdfFormat.TRIG))


def figures(turtle):
    [triples] = by_graph(quads(f"graph:data {{ {turtle} }}")).values()
    return Figures(triples)


def said(trig, subject, predicate):
    """The objects that the description of these graphs gives, as text."""
    return {
        value(triple.object)
        for triple in void(quads(trig), PREFIXES)
        if (value(triple.subject), triple.predicate.value) == (subject, predicate)
    }


def value(term) -> str:
    return str(term.value)


def test_numbers_are_counted_as_the_engine_holds_them():
    """Two spellings of one decimal are one object, as in any answer."""
    found = figures("ex:a ex:p 34.0, 34.00, 34 . ex:b ex:p 34.0 .")
    assert (found.triples, found.subjects, found.objects) == (3, 2, 2)


def test_entities_have_an_iri():
    """A blank node is a subject, but nothing that can be asked for (VoID §4.6)."""
    found = figures("ex:a ex:p [ ex:p ex:b ] . [] ex:p ex:a .")
    assert found.subjects == 3
    assert found.entities == {"urn:ex:a"}


def test_things_of_two_classes_count_in_both():
    """Partitions by class overlap where classes do."""
    found = figures("ex:a a ex:One, ex:Two ; ex:p ex:b . ex:b a ex:Two .").classes
    assert {name: part.triples for name, part in found.items()} == {
        "urn:ex:One": 3,
        "urn:ex:Two": 4,
    }
    assert found["urn:ex:Two"].instances == {"urn:ex:a", "urn:ex:b"}
    assert found["urn:ex:One"].properties["urn:ex:p"].classes == {"urn:ex:Two": 1}


def test_objects_are_counted_by_class_and_by_datatype():
    """Text in a language has a datatype too; a thing without class has neither."""
    part = figures('ex:a ex:p "x"@en, "y", 1, ex:b, ex:c . ex:b a ex:B .').properties[
        "urn:ex:p"
    ]
    assert (part.triples, len(part.subjects), len(part.objects)) == (5, 1, 5)
    assert part.classes == {"urn:ex:B": 1}
    assert {name.rpartition("#")[2]: n for name, n in part.datatypes.items()} == {
        "langString": 1,
        "string": 1,
        "integer": 1,
    }


@pytest.mark.parametrize(
    ("turtle", "space"),
    [
        ("id:a ex:p 1 . id:ab ex:p 1 .", "https://w3id.org/vomkg/id/"),
        ("id:a ex:p 1 . graph:x ex:p 1 .", "https://w3id.org/vomkg/"),
        ("id:a ex:p 1 . ex:a ex:p 1 .", None),
        ("ex:a ex:p 1 . ex:b ex:p 1 .", None),
        ("[] ex:p 1 .", None),
    ],
)
def test_space_is_what_all_entities_share(turtle: str, space: str | None):
    """A namespace is claimed only where no entity lies outside it."""
    assert figures(turtle).space == space


def test_whole_leaves_out_what_the_default_graph_does():
    """Shapes are described, but are no part of the whole; the void graph is not."""
    trig = """
    graph:data { ex:a ex:p 1, 2 . } graph:ontology { ex:a ex:p 2 . }
    graph:shapes { ex:s ex:p 1 . } graph:void { ex:v ex:p 1 . }
    """
    assert said(trig, DATASET_IRI, VOID + "triples") == {"2"}
    names = ("data", "ontology", "shapes", "void")
    counts = [said(trig, f"{GraphName.void}#{n}", VOID + "triples") for n in names]
    assert counts == [{"2"}, {"1"}, {"1"}, set()]
    assert said(trig, DATASET_IRI, VOID + "subset") == {
        f"{GraphName.void}#data",
        f"{GraphName.void}#ontology",
    }


def test_licence_is_said_where_all_headers_say_it():
    """Two headers with one licence give it to all; with two, or one silent, none."""
    one = "graph:ontology { ex:o a owl:Ontology ; dcterms:license ex:by . }"
    for data, expected in (
        ("dcterms:license ex:by", {"urn:ex:by"}),
        ("dcterms:license ex:other", set()),
        ("dcterms:title 'x'", set()),
    ):
        trig = f"{one} graph:data {{ id:d a dcat:Dataset ; {data} . }}"
        assert said(trig, DATASET_IRI, DCTERMS + "license") == expected


def test_nothing_is_said_that_no_header_says():
    """Without a header there is neither licence nor maker, nor a date."""
    trig = "graph:data { ex:a ex:p 1 . }"
    for name in ("license", "creator", "created", "title", "publisher"):
        assert said(trig, f"{GraphName.void}#data", DCTERMS + name) == set()


def test_order_and_twins_do_not_matter():
    """The same quads in another order, some twice, give the same description."""
    found = quads("graph:data { ex:a a ex:C ; ex:p 1, 2 . } graph:x { ex:b a ex:C . }")
    one = sorted(map(str, void(found, PREFIXES)))
    assert one == sorted(map(str, void([*found[::-1], *found], PREFIXES)))
    assert len(set(one)) == len(one)


def test_names_are_canonical_and_no_node_is_blank():
    """A partition is named by what it is; where no prefix fits, by a hash."""
    trig = "graph:data { <http://other.example/x> a <http://other.example/Y> . }"
    found = void(quads(trig), PREFIXES)
    assert not any("_:" in str(triple.subject) for triple in found)
    start = f"{DATASET_IRI}/class/"
    [node] = said(trig, DATASET_IRI, VOID + "classPartition")
    assert node.startswith(start)
    assert len(node) == len(start) + 16
    assert all(value(triple.subject).startswith(GRAPHS) for triple in found)
