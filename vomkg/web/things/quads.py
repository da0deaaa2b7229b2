"""What the graph says of a thing, each triple with the graph it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from vomkg.engine.results import TripleTerm
from vomkg.errors import UnknownNameError
from vomkg.graph.prefixes import shorten
from vomkg.namespaces import APART, GRAPHS, RDFS, SKOS, UNION_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vomkg.engine.results import Row, Term
    from vomkg.knowledge import KnowledgeGraph

# Graphs that tell of others, and the copy of all in a remote store.
_LEFT_OUT: Final = APART | {UNION_GRAPH}
# Most characters of a list of things in a query, and the share of the longest query.
_LISTED: Final = 20_000
_SHARE: Final = 4
NAMED: Final = f"<{SKOS}prefLabel>"
NAMED_ANYHOW: Final = f"<{SKOS}prefLabel>|<{RDFS}label>"
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
  {{ VALUES ?subject {{ THINGS }} GRAPH ?graph {{ ?subject NAMED ?object }} }}
  UNION
  {{ VALUES ?subject {{ THINGS }} ?subject NAMED ?object }}
  BIND(<{SKOS}prefLabel> AS ?property)
}}
"""


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
    listed = {graph_name(quad): quad for quad in quads}
    wanted = name if name in listed else GRAPHS + name
    found = frozenset(quad for quad in quads if graph_name(quad) == wanted)
    if not found:
        held = ", ".join(sorted(iri.removeprefix(GRAPHS) for iri in listed if iri))
        raise UnknownNameError(
            f"the graph {name!r} says nothing of this thing",
            fix=f"choose from {held or 'nothing: there are no named graphs'}",
        )
    return found


def names(kg: KnowledgeGraph, quads: Iterable[Quad]) -> Callable[[str], str]:
    """What gives the name of each thing in the triples; its short IRI if it has none.

    See :func:`called`.
    """
    return called(kg, things_in(quads))


def called(kg: KnowledgeGraph, things: Iterable[NamedNode]) -> Callable[[str], str]:
    """What gives the name of each of the things; its short IRI if it has none.

    Where they are not all in memory they are asked for together: one by one they
    would be as many queries as there are things.
    """
    if kg.knows_labels:
        return kg.label
    found: dict[str, str] = {}
    for quad in labels(kg, things, NAMED_ANYHOW):
        name = getattr(quad.subject, "value", "")
        text = getattr(quad.object, "value", "")
        found[name] = min(text, found.get(name, text))
    return lambda iri: found.get(iri) or shorten(iri, kg.prefixes)


def things_in(quads: Iterable[Quad]) -> set[NamedNode]:
    """Every thing and property in the triples."""
    return {
        node for quad in quads for node in quad.triple if isinstance(node, NamedNode)
    }


def labels(
    kg: KnowledgeGraph, things: Iterable[NamedNode], path: str = NAMED
) -> frozenset[Quad]:
    """The names of these things, each with the graph it stands in."""
    query = _LABELS.replace("NAMED", path)
    rows: list[Row] = []
    for listed in lists(kg, sorted(map(str, things))):
        rows += kg.query(query.replace("THINGS", listed)).rows
    return _quads(rows)


def lists(kg: KnowledgeGraph, terms: Iterable[str]) -> Iterator[str]:
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


def graph_name(quad: Quad) -> str:
    """The name of the graph of a quad; empty for the default graph."""
    return "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
