"""The IRIs in Python and those in the Turtle files are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rdflib

from vomkg import namespaces
from vomkg.graph.read import read
from vomkg.namespaces import BASE, GraphName, Vom

if TYPE_CHECKING:
    from rdflib.namespace import DefinedNamespace

    from vomkg.config import Settings


def _terms(closed: type) -> dict[str, str]:
    return {name: iri for name, iri in vars(closed).items() if name[0] != "_"}


@pytest.mark.parametrize("name", sorted(_terms(Vom)))
def test_term_is_declared_in_the_ontology(name: str, settings: Settings):
    """Every term that code relies on is declared in vomkg.ttl under that name."""
    iri = _terms(Vom)[name]
    ontology = read([settings.root / "ontology" / "vomkg.ttl"])
    assert iri == f"https://w3id.org/vomkg/ontology#{name}"
    assert (rdflib.URIRef(iri), rdflib.RDF.type, None) in ontology


@pytest.mark.parametrize(
    ("closed", "misspelt"), [(Vom, "reportedby"), (GraphName, "datas")]
)
def test_misspelt_term_raises(closed: type, misspelt: str):
    """A term that is not listed is an error, never a new IRI."""
    with pytest.raises(AttributeError):
        getattr(closed, misspelt)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (namespaces.OWL, rdflib.OWL),
        (namespaces.RDF, rdflib.RDF),
        (namespaces.RDFS, rdflib.RDFS),
        (namespaces.SH, rdflib.SH),
        (namespaces.SKOS, rdflib.SKOS),
        (namespaces.XSD, rdflib.XSD),
        (namespaces.DCAT, rdflib.DCAT),
        (namespaces.FOAF, rdflib.FOAF),
        (namespaces.VOID, rdflib.VOID),
    ],
)
def test_standard_namespace_is_the_published_one(
    ours: str, theirs: type[DefinedNamespace]
):
    """The namespaces of the standards equal those that rdflib ships."""
    assert str(theirs) == ours


@pytest.mark.parametrize(
    ("prefix", "namespace"),
    [
        ("vom", namespaces.ONTOLOGY),
        ("id", namespaces.THINGS),
        ("shape", namespaces.SHAPES),
        ("graph", namespaces.GRAPHS),
        ("oa", namespaces.OA),
        ("dcat", namespaces.DCAT),
        ("dcterms", namespaces.DCTERMS),
        ("void", namespaces.VOID),
    ],
)
def test_namespace_equals_its_prefix(
    prefix: str, namespace: str, prefixes: dict[str, str]
):
    """A namespace in Python is the one that the prefix list declares."""
    assert prefixes[prefix] == namespace


def test_all_our_namespaces_lie_under_the_base():
    """Moving to another base means changing one constant."""
    ours = (
        namespaces.ONTOLOGY,
        namespaces.THINGS,
        namespaces.SHAPES,
        namespaces.GRAPHS,
        namespaces.DATASET_IRI,
        namespaces.RELEASES,
        *_terms(GraphName).values(),
    )
    assert all(iri.startswith(BASE) for iri in ours)
