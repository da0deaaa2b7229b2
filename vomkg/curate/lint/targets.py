"""Shapes that nothing brings to bear, so that they pass whatever the data say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, URIRef

from vomkg.curate.lint.faults import fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node

    from vomkg.curate.lint.nodes import View
    from vomkg.curate.result import Result


def use_faults(view: View) -> Iterator[Result]:
    """Shapes without target that no shape in use refers to, and those switched off."""
    for shape in view.shapes:
        if view.is_off(shape):
            yield fault(
                "Deactivated",
                view,
                shape,
                "is switched off",
                "take sh:deactivated out, or the shape",
                at="deactivated",
            )
        elif shape not in view.live:
            yield fault(
                "DeadShape",
                view,
                shape,
                "has no target, and no shape in use refers to it, so it checks nothing",
                "add sh:targetClass, refer to it, or take it out",
            )


def match_faults(view: View, ontology: Graph, data: Graph) -> Iterator[Result]:
    """Shapes whose targets match no node, so that nothing was checked by them."""
    known = _Known(ontology, data)
    for shape in view.targeted:
        if view.is_off(shape) or any(known.has(*t) for t in _targets(view, shape)):
            continue
        yield fault(
            "NoMatch",
            view,
            shape,
            "has targets that match no node of the data or the ontology, "
            "so it checks nothing",
            "correct the target, or waive it with a reason",
            at=next(iter(_targets(view, shape)))[0],
        )


def _targets(view: View, shape: Node) -> Iterator[tuple[str, Node]]:
    for kind in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"):
        for value in view.values(shape, kind):
            yield kind, value
    if view.is_class(shape):
        yield "targetClass", shape


class _Known:
    """What there is in data and ontology."""

    def __init__(self, *graphs: Graph) -> None:
        self.types: set[Node] = set()
        self.properties: set[Node] = set()
        self.nodes: set[Node] = set()
        self.below: dict[Node, set[Node]] = {}
        for graph in graphs:
            for s, p, o in graph:
                self.nodes.update((s, o))
                self.properties.add(p)
                if p == RDF.type:
                    self.types.add(o)
                elif p == RDFS.subClassOf and isinstance(s, URIRef):
                    self.below.setdefault(o, set()).add(s)

    def has(self, kind: str, value: Node) -> bool:
        """Whether a target of that kind matches a node (SHACL §2.1.3)."""
        if kind == "targetClass":
            return self._has_member(value)
        if kind == "targetNode":
            return value in self.nodes
        return value in self.properties

    def _has_member(self, kind: Node) -> bool:
        seen: set[Node] = set()
        waiting = [kind]
        while waiting:
            item = waiting.pop()
            if item in self.types:
                return True
            if item not in seen:
                seen.add(item)
                waiting += self.below.get(item, ())
        return False
