"""Nodes held against the shapes that a failing constraint joins, by the engine."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, URIRef
from rdflib.extras.shacl import parse_shacl_path

from vomkg.curate.mends.case import Case
from vomkg.curate.result import text_of
from vomkg.errors import ShapesError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from vomkg.curate.mends.world import World
    from vomkg.curate.result import Report

LISTS: Final = (SH["or"], SH.xone, SH["and"])
SINGLE: Final = (SH.node, SH["not"], SH.property, SH.qualifiedValueShape)
_TARGETS: Final = {
    SH.targetClass,
    SH.targetNode,
    SH.targetSubjectsOf,
    SH.targetObjectsOf,
}
_IMPLICIT: Final = {(RDF.type, RDFS.Class), (RDF.type, OWL.Class)}
_STAND_IN: Final = "urn:vomkg:shape:"
_DEPTH: Final = 4  # property shapes inside property shapes


class Trials:
    """What fails when each node is held against each shape given for it.

    Args:
        world: the graph and its shapes.
        wanted: nodes with the shapes to hold them against; the engine runs once
            for all. Where it cannot run, every question is answered with None.
    """

    def __init__(self, world: World, wanted: Iterable[tuple[Node, Node]]) -> None:
        self._world = world
        self._pairs = set(wanted)
        self._original: dict[str, Node] = {}
        self._found: dict[tuple[str, Node], list[Case]] | None = None
        if self._pairs:
            with suppress(ShapesError):
                self._found = self._run()

    def failures(self, node: Node, shape: Node) -> list[Case] | None:
        """What fails, as cases; nothing if the node conforms, None if unknown."""
        if self._found is None or (node, shape) not in self._pairs:
            return None
        cases: list[Case] = []
        for inner, focus in self._inside(shape, node, _DEPTH):
            for case in self._found.get((text_of(focus), inner), []):
                if case not in cases:
                    cases.append(case)
        return cases

    def _run(self) -> dict[tuple[str, Node], list[Case]]:
        from vomkg.curate.validate import validate

        world = self._world
        # Without a background, every node of the data may be judged.
        background = Graph(bind_namespaces="none")
        report = validate(world.data, self._shapes(), background)
        found: dict[tuple[str, Node], list[Case]] = {}
        for result, shape in self._sources(report):
            found.setdefault((result.result.focus, shape), []).append(result)
        return found

    def _sources(self, report: Report) -> Iterator[tuple[Case, Node]]:
        for result in report.results:
            source = report.graph.value(result.node, SH.sourceShape)
            if source is not None:
                shape = self._original.get(str(source), source)
                # Inside a branch, names are those of conditions, not of properties.
                yield Case(self._world, replace(result, name=None), shape), shape

    def _shapes(self) -> Graph:
        """The shapes asked about with the nodes as their only targets.

        Blank shapes get names, since engines give blank nodes new ones.
        """
        shapes = self._world.shapes
        reached = _reachable({shape for _, shape in self._pairs}, shapes)
        blank = sorted(
            node for node in _parts(reached, shapes) if isinstance(node, BNode)
        )
        named: dict[Node, Node] = {
            node: URIRef(f"{_STAND_IN}{number}") for number, node in enumerate(blank)
        }
        self._original = {str(name): node for node, name in named.items()}
        graph = Graph(bind_namespaces="none")
        for s in reached:
            for p, o in shapes.predicate_objects(s):
                if p not in _TARGETS and (p, o) not in _IMPLICIT:
                    graph.add((named.get(s, s), p, named.get(o, o)))
        for node, shape in self._pairs:
            graph.add((named.get(shape, shape), SH.targetNode, node))
        for owner, declaration in self._world.data.subject_objects(SH.declare):
            graph.add((owner, SH.declare, declaration))
            for p, o in self._world.data.predicate_objects(declaration):
                graph.add((declaration, p, o))
        return graph

    def _inside(
        self, shape: Node, focus: Node, depth: int
    ) -> Iterator[tuple[Node, Node]]:
        """The shape and the property shapes in it, each with what it looks at."""
        yield shape, focus
        shapes = self._world.shapes
        own = shapes.value(shape, SH.path)
        inner = list(shapes.objects(shape, SH.property))
        if not inner or depth == 0:
            return
        looked_at = [focus]
        if own is not None:
            path = parse_shacl_path(shapes, own)
            looked_at = sorted(set(self._world.data.objects(focus, path)), key=str)
        for node in looked_at:
            for part in sorted(inner, key=str):
                yield from self._inside(part, node, depth - 1)


def _reachable(start: set[Node], shapes: Graph) -> set[Node]:
    """Every node of the shapes graph that these ones lead to, and they."""
    seen: set[Node] = set()
    level = set(start)
    while level:
        seen |= level
        level = {
            o for s in level for o in shapes.objects(s) if (o, None, None) in shapes
        } - seen
    return seen


def _parts(reached: set[Node], shapes: Graph) -> Iterator[Node]:
    """Those of the nodes that stand where a shape is expected."""
    for s in reached:
        for p in SINGLE:
            yield from shapes.objects(s, p)
        for p in LISTS:
            for head in shapes.objects(s, p):
                yield from shapes.items(head)
