"""Alignments to other vocabularies, which nothing here draws conclusions from."""

from __future__ import annotations

from typing import Final

from rdflib import SKOS, Graph, URIRef

# The mapping properties type both of their ends as concepts (SKOS, S19 to S46): a
# reasoner would take our classes for individuals, a closed shape for misspelt.
MAPPING_PROPERTIES: Final[frozenset[URIRef]] = frozenset(
    (
        SKOS.exactMatch,
        SKOS.closeMatch,
        SKOS.broadMatch,
        SKOS.narrowMatch,
        SKOS.relatedMatch,
        SKOS.mappingRelation,
    )
)


def without_mappings(graph: Graph) -> Graph:
    """A copy of the graph without its SKOS mappings."""
    copy = Graph(bind_namespaces="none")
    for s, p, o in graph:
        if p not in MAPPING_PROPERTIES:
            copy.add((s, p, o))
    return copy
