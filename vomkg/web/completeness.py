"""The coverage of the release that is served, measured once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from vomkg.namespaces import GraphName

if TYPE_CHECKING:
    from rdflib import Graph

    from vomkg.coverage.measure import Coverage
    from vomkg.knowledge import KnowledgeGraph

_ALL: Final = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <%s> { ?s ?p ?o } }"
_KEPT: Final = 4  # releases, as pinned ones are asked too


def coverage(kg: KnowledgeGraph) -> Coverage | None:
    """How complete the release is; None if it has no shapes, or is no release."""
    return _measured(_Key(kg)) if kg.release.id else None


def graph_of(kg: KnowledgeGraph, name: str) -> Graph:
    """One named graph of a release, for what needs it whole.

    Raises:
        LimitError: it has more triples than an answer may have rows.
    """
    from rdflib import Graph

    from vomkg.graph.terms import to_rdflib

    graph = Graph(bind_namespaces="none")
    for triple in kg.query(_ALL % name).triples:
        graph.add(tuple(to_rdflib(term) for term in triple))  # type: ignore[arg-type]  # three terms
    return graph


class _Key:
    """A graph by its release, so that what was measured of one is found again."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self.kg = kg

    def __hash__(self) -> int:
        return hash(self.kg.release.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.kg.release.id == other.kg.release.id


@lru_cache(_KEPT)
def _measured(key: _Key) -> Coverage | None:
    from vomkg.coverage.measure import measure

    data, shapes, ontology = (
        graph_of(key.kg, name)
        for name in (GraphName.data, GraphName.shapes, GraphName.ontology)
    )
    return measure(data, shapes, ontology) if len(shapes) else None
