"""Documents: what the graph says of one thing, and what it says of itself.

A document has the triples of a thing both ways, each with the graph it stands
in, and the names of the things that they lead to. Triples of the shapes are left
out, as in the default graph of the endpoint.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from vomkg.engine.results import TripleTerm
from vomkg.errors import UnknownNameError
from vomkg.namespaces import (
    DCTERMS,
    GRAPHS,
    OWL,
    RDF,
    SKOS,
    THINGS,
    UNION_GRAPH,
    GraphName,
)
from vomkg.web.things.addresses import DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vomkg.engine.results import Row, Term
    from vomkg.knowledge import KnowledgeGraph

FOAF: Final = "http://xmlns.com/foaf/0.1/"
VOID: Final = "http://rdfs.org/ns/void#"
# The dataset that every document is part of (VoID §5, Note of 2011).
DATASET: Final = GRAPHS + "void#dataset"
# Graphs that tell of others, and the copy of all in a remote store.
_LEFT_OUT: Final = frozenset({GraphName.shapes, GRAPHS + "void", UNION_GRAPH})
# Most characters of a list of things in a query, and the share of the longest query.
_LISTED: Final = 20_000
_SHARE: Final = 4
_ENDS: Final = ("subject", "property", "object")
_TRIPLES: Final = """
SELECT ?graph ?subject ?property ?object
WHERE {
  { GRAPH ?graph { THING ?property ?object } BIND(THING AS ?subject) }
  UNION
  { GRAPH ?graph { ?subject ?property THING } BIND(THING AS ?object) }
  UNION
  { THING ?property ?object BIND(THING AS ?subject) }
  UNION
  { ?subject ?property THING BIND(THING AS ?object) }
}
"""
_LABELS: Final = f"""
SELECT ?graph ?subject ?property ?object
WHERE {{
  {{ VALUES ?subject {{ THINGS }} GRAPH ?graph {{ ?subject <{SKOS}prefLabel> ?object }} }}
  UNION
  {{ VALUES ?subject {{ THINGS }} ?subject <{SKOS}prefLabel> ?object }}
  BIND(<{SKOS}prefLabel> AS ?property)
}}
"""


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


def quads_of(kg: KnowledgeGraph, thing: str) -> frozenset[Quad]:
    """The triples of a thing and those that point at it; one query.

    Raises:
        UnknownNameError: there is none, so the graph has no such thing.
    """
    try:
        node = NamedNode(thing)
    except ValueError:
        found = frozenset[Quad]()
    else:
        found = _quads(kg.query(_TRIPLES.replace("THING", str(node))).rows)
    if not found:
        raise UnknownNameError(
            f"the graph has no thing {thing}",
            fix="look for its name at /questions or ask at /sparql",
        )
    return found


def in_graph(quads: Iterable[Quad], name: str) -> frozenset[Quad]:
    """Those of one named graph, named in full or by its last part.

    Raises:
        UnknownNameError: that graph has none of them.
    """
    listed = {_name(quad): quad for quad in quads}
    wanted = name if name in listed else GRAPHS + name
    found = frozenset(quad for quad in quads if _name(quad) == wanted)
    if not found:
        held = ", ".join(sorted(iri.removeprefix(GRAPHS) for iri in listed if iri))
        raise UnknownNameError(
            f"the graph {name!r} says nothing of this thing",
            fix=f"choose from {held or 'nothing: there are no named graphs'}",
        )
    return found


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
            for name in sorted({_name(quad) for quad in quads} - {""})
        ),
    ]
    if kg.release.id:
        about.append(
            Triple(
                NamedNode(iri), NamedNode(OWL + "versionInfo"), Literal(kg.release.id)
            )
        )
    return Document(iri, thing, quads | _labels(kg, thing, quads), tuple(about))


def whole(
    iri: str, graph: str, triples: Iterable[Triple], licence: str | None
) -> Document:
    """A document that is itself what it is about: a vocabulary or a question."""
    name = NamedNode(graph)
    quads = frozenset(_quad(triple, name) for triple in triples)
    return Document(iri, iri, quads, tuple(_provenance(iri, licence)))


def _provenance(iri: str, licence: str | None) -> Iterator[Triple]:
    yield _triple(iri, VOID + "inDataset", DATASET)
    if licence is not None:
        yield _triple(iri, DCTERMS + "license", licence)


def _labels(kg: KnowledgeGraph, thing: str, quads: Iterable[Quad]) -> frozenset[Quad]:
    """The names of all things in the triples but the one they are about."""
    found = {
        node
        for quad in quads
        for node in quad.triple
        if isinstance(node, NamedNode) and node.value != thing
    }
    rows: list[Row] = []
    for listed in _lists(kg, sorted(map(str, found))):
        rows += kg.query(_LABELS.replace("THINGS", listed)).rows
    return _quads(rows)


def _lists(kg: KnowledgeGraph, terms: Iterable[str]) -> Iterator[str]:
    """The terms, as many at a time as a query can hold twice."""
    most = min(_LISTED, kg.settings.query_length // _SHARE)
    listed = ""
    for term in terms:
        if listed and len(listed) + len(term) > most:
            yield listed
            listed = ""
        listed += f"{term} "
    if listed:
        yield listed


def _quads(rows: Iterable[Row]) -> frozenset[Quad]:
    """The rows as quads: what a named graph has stands in no default graph."""
    named: set[Quad] = set()
    bare: set[Triple] = set()
    for row in rows:
        # Each stands where the query's own pattern had it.
        triple = Triple(*(_node(row[name]) for name in _ENDS))  # type: ignore[arg-type]
        graph = row["graph"]
        if graph is None:
            bare.add(triple)
        elif isinstance(graph, (NamedNode, BlankNode)) and (
            graph.value not in _LEFT_OUT
        ):
            named.add(_quad(triple, graph))
    bare -= {quad.triple for quad in named}
    return frozenset(named | {_quad(triple, DefaultGraph()) for triple in bare})


def _quad(triple: Triple, graph: NamedNode | BlankNode | DefaultGraph) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def _node(term: Term | None) -> object:
    return term.triple if isinstance(term, TripleTerm) else term


def _name(quad: Quad) -> str:
    """The name of the graph of a quad; empty for the default graph."""
    return "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value


def _triple(subject: str, predicate: str, thing: str) -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), NamedNode(thing))
