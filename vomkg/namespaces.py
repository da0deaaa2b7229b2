"""The IRIs that Python code speaks of, each written once and as plain text.

Nothing here imports rdflib, so the command line can name a term without paying
for a graph library. The classes are closed: a misspelt term is an
``AttributeError`` at once, not an empty answer later.
"""

from __future__ import annotations

from typing import Final

BASE: Final = "https://w3id.org/vomkg/"
ONTOLOGY: Final = BASE + "ontology#"
THINGS: Final = BASE + "id/"
SHAPES: Final = BASE + "shapes#"
GRAPHS: Final = BASE + "graph/"
# Where blank nodes get IRIs (RDF 1.1 Concepts §3.5).
SKOLEM: Final = BASE + ".well-known/genid/"

DCTERMS: Final = "http://purl.org/dc/terms/"
OWL: Final = "http://www.w3.org/2002/07/owl#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SH: Final = "http://www.w3.org/ns/shacl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
OA: Final = "http://www.w3.org/ns/oa#"
PROV: Final = "http://www.w3.org/ns/prov#"


class Vom:
    """Terms of the ontology that code relies on; each is declared in vomkg.ttl."""

    absentFrom: Final = ONTOLOGY + "absentFrom"
    attribution: Final = ONTOLOGY + "attribution"
    concernsDocument: Final = ONTOLOGY + "concernsDocument"
    concernsStudy: Final = ONTOLOGY + "concernsStudy"
    inSection: Final = ONTOLOGY + "inSection"
    limits: Final = ONTOLOGY + "limits"
    locatedIn: Final = ONTOLOGY + "locatedIn"
    reportedBy: Final = ONTOLOGY + "reportedBy"
    reportedForm: Final = ONTOLOGY + "reportedForm"
    sectionOf: Final = ONTOLOGY + "sectionOf"
    statement: Final = ONTOLOGY + "statement"


class GraphName:
    """Named graphs of a release, in the order in which they are written."""

    data: Final = GRAPHS + "data"
    ontology: Final = GRAPHS + "ontology"
    shapes: Final = GRAPHS + "shapes"
    questions: Final = GRAPHS + "questions"
    inferred: Final = GRAPHS + "inferred"


# In a remote store only: the default graph, made of the others but the shapes.
UNION_GRAPH: Final = GRAPHS + "union"
