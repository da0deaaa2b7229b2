"""Operators that take something away."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from rdflib import DCTERMS, PROV, RDF, URIRef

from vomkg.mutation.mutant import Operator, listed
from vomkg.namespaces import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from vomkg.mutation.mutant import Triple
    from vomkg.mutation.world import World

    Changes = Iterator[tuple[list[Triple], list[Triple]]]

# By which a reader can go from a statement back to its source.
_PROVENANCE: Final = {
    *(URIRef(ONTOLOGY + name) for name in ("locatedIn", "reportedBy", "attribution")),
    *(DCTERMS.source, DCTERMS.creator, DCTERMS.publisher, DCTERMS.date),
    *(DCTERMS.created, DCTERMS.license, PROV.wasAttributedTo),
}


def value(world: World) -> Changes:
    """One of several values of a property."""
    for (s, p), objects in world.values.items():
        if len(objects) > 1:
            for o in objects:
                yield [(s, p, o)], []


def property_(world: World) -> Changes:
    """All values of a property of a thing."""
    for (s, p), objects in world.values.items():
        if p != RDF.type:
            yield [(s, p, o) for o in objects], []


def type_(world: World) -> Changes:
    """The class of a thing."""
    for s in world.subjects:
        if kinds := world.values.get((s, RDF.type)):
            yield [(s, RDF.type, kind) for kind in kinds], []


def thing(world: World) -> Changes:
    """All that is said of a thing, so that links to it lead nowhere."""
    for s in world.subjects:
        yield listed(world.data.triples((s, None, None))), []


def links_to(world: World) -> Changes:
    """All links to a thing by one property, so that it stands alone."""
    incoming: dict[tuple[Node, Node], list[Triple]] = defaultdict(list)
    for s, p, o in world.triples:
        if p != RDF.type and o in world.kind:
            incoming[o, p].append((s, p, o))
    for triples in incoming.values():
        yield triples, []


def provenance(world: World) -> Changes:
    """All that leads from a thing back to its source."""
    for s in world.subjects:
        lost = [t for t in world.data.triples((s, None, None)) if t[1] in _PROVENANCE]
        if lost:
            yield listed(lost), []


OPERATORS: Final = (
    Operator("remove-type", "a thing loses its class", type_),
    Operator(
        "lose-provenance", "who, where, when and by whom made: all gone", provenance
    ),
    Operator("remove-thing", "nothing is said of a thing that is linked to", thing),
    Operator("remove-links-to", "nothing leads to a thing any more", links_to),
    Operator("remove-property", "a thing loses all values of a property", property_),
    Operator("remove-value", "one of several values is lost", value),
)
