"""Small graphs for validation, as Turtle without prefix lines."""

import pytest
import rdflib

PREFIXES = """
@prefix id: <https://w3id.org/vomkg/id/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/vomkg/shapes#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vom: <https://w3id.org/vomkg/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture(scope="session")
def turtle():
    """Reads a graph from Turtle without its prefix lines."""
    return lambda text: rdflib.Graph().parse(data=PREFIXES + text, format="turtle")


@pytest.fixture(scope="session")
def ontology(turtle):
    """Three classes, two properties, one enumeration; never change it."""
    return turtle(
        """
        vom:Claim a owl:Class ; skos:prefLabel "claim"@en .
        vom:Estimate a owl:Class ; rdfs:subClassOf vom:Claim .
        vom:Metric a owl:Class ; owl:equivalentClass
          [ a owl:Class ; owl:oneOf ( vom:OddsRatio ) ] .
        vom:OddsRatio a owl:NamedIndividual , vom:Metric .
        vom:reportedBy a owl:ObjectProperty .
        vom:value a owl:DatatypeProperty .
        <https://w3id.org/vomkg/ontology> sh:declare vom:prefix-vom .
        vom:prefix-vom sh:prefix "vom" ;
          sh:namespace "https://w3id.org/vomkg/ontology#"^^xsd:anyURI .
        """
    )
