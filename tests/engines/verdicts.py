"""What an engine says of shapes and data, in a form that two can be compared in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rdflib import RDF, SH, BNode

from vomkg.curate.engines import pyshacl, shacl
from vomkg.curate.engines.judged import Judged
from vomkg.curate.engines.reading import key_of
from vomkg.errors import ShapesError

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

ENGINES = {
    "pyshacl": pyshacl.report_of,
    "shacl": lambda data, shapes: shacl.report_of(Judged(data), shapes),
}
REFUSED = "refused"


def verdict(engine: str, data: Graph, shapes: Graph) -> Counter[object] | str:
    """The multiset of results (focus, value, shape, path, component, severity)."""
    try:
        found = ENGINES[engine](data, shapes)
    except ShapesError:
        return REFUSED
    return keys(found, found.objects(predicate=SH.result), data, shapes)


def keys(found, nodes, data=None, shapes=None) -> Counter[object]:
    """The results as a multiset; blank nodes by what is said of them."""
    told: Counter[object] = Counter()
    for node in nodes:
        key = list(key_of(node, found, blank=False))
        key[2] = _described(found.value(node, SH.sourceShape), shapes)
        told[tuple(key)] += 1
    return told


def _described(shape: Node | None, shapes: Graph | None) -> object:
    """A shape by its IRI, or an anonymous one by what it says in the shapes."""
    if not isinstance(shape, BNode) or shapes is None:
        return shape
    return frozenset(
        (p, o)
        for p, o in shapes.predicate_objects(shape)
        if not isinstance(o, BNode) and p != RDF.type
    )


def both(data: Graph, shapes: Graph) -> list[Counter[object]]:
    """What pySHACL and the fast engine find; neither may refuse."""
    found = [verdict(engine, data, shapes) for engine in ("pyshacl", "shacl")]
    assert not any(isinstance(item, str) for item in found)
    return found  # type: ignore[return-value]  # texts were excluded
