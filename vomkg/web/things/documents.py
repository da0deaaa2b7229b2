"""Documents: what the graph says of one thing, and what it says of itself.

A document has the triples of a thing both ways, each with the graph it stands
in, and the names of the things that they lead to. Triples of the shapes are left
out, as in the default graph of the endpoint.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from vomkg.namespaces import (
    DATASET_IRI,
    DCTERMS,
    OWL,
    RDF,
    THINGS,
)
from vomkg.web.things.addresses import DOCUMENTS
from vomkg.web.things.quads import graph_name, labels, things_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vomkg.knowledge import KnowledgeGraph

FOAF: Final = "http://xmlns.com/foaf/0.1/"
VOID: Final = "http://rdfs.org/ns/void#"
# The dataset that every document is part of (VoID §5, Note of 2011).


@dataclass(frozen=True, slots=True)
class Document:
    """A document about something that has an IRI.

    Attributes:
        iri: of the document.
        thing: IRI of what it is about.
        quads: what the graph says; in the default graph what no named graph has.
        about: what the document says of itself.
    """

    iri: str
    thing: str
    quads: frozenset[Quad]
    about: tuple[Triple, ...]

    @property
    def triples(self) -> set[Triple]:
        """All it says as one graph."""
        return {quad.triple for quad in self.quads} | set(self.about)


def document(
    kg: KnowledgeGraph, thing: str, quads: frozenset[Quad], licence: str | None
) -> Document:
    """The document about a thing, with the names of its neighbours.

    Args:
        kg: where the names are looked up.
        thing: IRI that begins with ``id/``.
        quads: what is said of it.
        licence: IRI of the licence of the graph, if it has one.
    """
    iri = DOCUMENTS + thing.removeprefix(THINGS)
    about = [
        _triple(iri, RDF + "type", FOAF + "Document"),
        _triple(iri, FOAF + "primaryTopic", thing),
        *_provenance(iri, licence),
        *(
            _triple(iri, DCTERMS + "source", name)
            for name in sorted({graph_name(quad) for quad in quads} - {""})
        ),
    ]
    if kg.release.id:
        about.append(
            Triple(
                NamedNode(iri), NamedNode(OWL + "versionInfo"), Literal(kg.release.id)
            )
        )
    neighbours = things_in(quads) - {NamedNode(thing)}
    return Document(iri, thing, quads | labels(kg, neighbours), tuple(about))


def whole(
    iri: str, graph: str, triples: Iterable[Triple], licence: str | None
) -> Document:
    """A document that is itself what it is about: a vocabulary or a question."""
    name = NamedNode(graph)
    quads = frozenset(
        Quad(triple.subject, triple.predicate, triple.object, name)
        for triple in triples
    )
    return Document(iri, iri, quads, tuple(_provenance(iri, licence)))


def _provenance(iri: str, licence: str | None) -> Iterator[Triple]:
    yield _triple(iri, VOID + "inDataset", DATASET_IRI)
    if licence is not None:
        yield _triple(iri, DCTERMS + "license", licence)


def _triple(subject: str, predicate: str, thing: str) -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), NamedNode(thing))
