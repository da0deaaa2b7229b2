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
RELEASES: Final = BASE + "release/"
# Terms of validation reports that SHACL lacks: places, fingerprints, our checks.
REPORTS: Final = BASE + "report#"

AS: Final = "https://www.w3.org/ns/activitystreams#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
DCTERMS: Final = "http://purl.org/dc/terms/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
OWL: Final = "http://www.w3.org/2002/07/owl#"
PROV: Final = "http://www.w3.org/ns/prov#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SH: Final = "http://www.w3.org/ns/shacl#"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
SPDX: Final = "http://spdx.org/rdf/terms#"
VOID: Final = "http://rdfs.org/ns/void#"
# Partitions by datatype, which VoID itself lacks.
VOID_EXT: Final = "http://ldf.fi/void-ext#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
OA: Final = "http://www.w3.org/ns/oa#"


class Vom:
    """Terms of the ontology that code relies on; each is declared in vomkg.ttl."""

    absentFrom: Final = ONTOLOGY + "absentFrom"
    attribution: Final = ONTOLOGY + "attribution"
    concernsDocument: Final = ONTOLOGY + "concernsDocument"
    concernsStudy: Final = ONTOLOGY + "concernsStudy"
    Claim: Final = ONTOLOGY + "Claim"
    editorialNote: Final = ONTOLOGY + "editorialNote"
    EMMIEDimension: Final = ONTOLOGY + "EMMIEDimension"
    inDimension: Final = ONTOLOGY + "inDimension"
    inSection: Final = ONTOLOGY + "inSection"
    limits: Final = ONTOLOGY + "limits"
    locatedIn: Final = ONTOLOGY + "locatedIn"
    reportedBy: Final = ONTOLOGY + "reportedBy"
    reportedForm: Final = ONTOLOGY + "reportedForm"
    Review: Final = ONTOLOGY + "Review"
    sectionOf: Final = ONTOLOGY + "sectionOf"
    statement: Final = ONTOLOGY + "statement"


class GraphName:
    """Named graphs of a release, in the order in which they are written."""

    data: Final = GRAPHS + "data"
    ontology: Final = GRAPHS + "ontology"
    shapes: Final = GRAPHS + "shapes"
    questions: Final = GRAPHS + "questions"
    inferred: Final = GRAPHS + "inferred"
    void: Final = GRAPHS + "void"


# What the graph that describes the others names: the whole, and its parts.
VOID_NAMES: Final = GraphName.void + "#"
DATASET_IRI: Final = VOID_NAMES + "dataset"
# What the default graph of the endpoint leaves out: it speaks of the data, and
# would be counted with it.
APART: Final = frozenset({GraphName.shapes, GraphName.void})

# In a remote store only: the default graph, made of the others but those apart.
UNION_GRAPH: Final = GRAPHS + "union"
