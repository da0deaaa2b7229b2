"""Graphs for the reasoners, and each slow run of a reasoner done once a session."""

from pathlib import Path

import pytest
import rdflib

from vomkg.reason import reason

PREFIXES = """
@prefix id: <https://w3id.org/vomkg/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vom: <https://w3id.org/vomkg/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture(scope="session")
def turtle():
    """Reads a graph from Turtle without its prefix lines."""
    return lambda text: rdflib.Graph().parse(data=PREFIXES + text, format="turtle")


@pytest.fixture(scope="session")
def sketch():
    """The small ontology with its individuals; never change it."""
    return rdflib.Graph().parse(Path(__file__).with_name("sketch.ttl"))


@pytest.fixture(scope="session")
def sketch_by_rules(sketch):
    """What owlrl makes of the small ontology."""
    return reason(sketch, "owlrl")


@pytest.fixture(scope="session")
def sketch_by_hermit(sketch, java):
    """What HermiT makes of the small ontology."""
    return reason(sketch, "hermit")


@pytest.fixture(scope="session")
def shipped_by_rules(graph):
    """What owlrl makes of the shipped graph."""
    return reason(graph, "owlrl")


@pytest.fixture(scope="session")
def shipped_by_hermit(graph, java):
    """What HermiT makes of the shipped graph."""
    return reason(graph, "hermit")
