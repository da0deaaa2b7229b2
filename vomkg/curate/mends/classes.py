"""Of which class a thing could be, judged by what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, SH, URIRef

if TYPE_CHECKING:
    from rdflib.term import Node

    from vomkg.curate.mends.world import World

_MOST = 3


def fitting(node: Node, world: World) -> list[Node]:
    """The classes whose closed shape allows all that is said of a node.

    Those that miss the fewest of their required properties go first; at most three.
    """
    said = set(world.data.predicates(node)) - {RDF.type}
    if not said:
        return []
    ranked = []
    for shape in world.shapes.subjects(SH.closed):
        wanted, open_to = _properties(shape, world)
        if said <= open_to:
            missing = len(wanted - said)
            unused = len(open_to - said)
            ranked += [
                (missing, unused, str(kind), kind)
                for kind in world.shapes.objects(shape, SH.targetClass)
            ]
    return [kind for *_, kind in sorted(ranked)[:_MOST]]


def allowed_properties(shape: Node, world: World) -> set[Node]:
    """The properties that a closed shape allows (SHACL, section 4.8.1)."""
    return _properties(shape, world)[1]


def _properties(shape: Node, world: World) -> tuple[set[Node], set[Node]]:
    """Those that it requires, and all that it allows."""
    wanted: set[Node] = set()
    every: set[Node] = set()
    for inner in world.shapes.objects(shape, SH.property):
        path = world.shapes.value(inner, SH.path)
        if isinstance(path, URIRef):
            every.add(path)
            least = world.shapes.value(inner, SH.minCount)
            if least is not None and str(least) != "0":
                wanted.add(path)
    for head in world.shapes.objects(shape, SH.ignoredProperties):
        every.update(world.items(head))
    return wanted, every
