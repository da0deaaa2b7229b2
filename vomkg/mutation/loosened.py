"""Weakened shapes before the examples: which weakenings would go unnoticed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from rdflib import SH

from vomkg.mutation.bench import bench, parsed
from vomkg.mutation.examples import reachable
from vomkg.mutation.mutant import line_of
from vomkg.mutation.weakening import weakenings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rdflib import Graph
    from rdflib.term import Node

    from vomkg.mutation.examples import Examples
    from vomkg.mutation.weakening import Weakening


@dataclass(frozen=True, slots=True)
class Loosened:
    """What became of one weakening.

    Attributes:
        weakening: the weakening.
        by: the examples whose exact result changed, ``data`` for the shipped data,
            or ``engine`` where the weakened shapes cannot be run; empty if nobody
            noticed.
    """

    weakening: Weakening
    by: str

    @property
    def noticed(self) -> bool:
        """Whether anything changed."""
        return bool(self.by)


class _Court:
    """One set of data, and what whole shapes say of it."""

    def __init__(
        self, name: str, data: Graph, terms: Graph, shapes: Graph, own: frozenset[Node]
    ) -> None:
        self.name, self.own = name, own
        self.nodes: set[Node] = set(shapes.subjects())
        self.bench = bench(data, terms, shapes)
        self.lines = self.bench.shapes.split("\n")
        self.usual = self.bench.results()

    def notices(self, weakening: Weakening) -> str:
        """The name of the court if its results change, else an empty string."""
        gone = set(map(line_of, weakening.removed))
        kept = [line for line in self.lines if line not in gone]
        text = "\n".join([*kept, *map(line_of, weakening.added)])
        try:
            weak = replace(self.bench, shapes=text).results()
        except ValueError:
            return "engine"
        return self.name if weak != self.usual else ""


def judged(
    examples: Sequence[Examples],
    data: Graph,
    ontology: Graph,
    terms: Graph,
    shapes: Graph,
    *,
    only: Callable[[Weakening], bool] = lambda weakening: True,
    tell: Callable[[int, int], None] = lambda done, whole: None,
) -> list[Loosened]:
    """Which examples notice each weakening.

    Args:
        examples: the examples of each file of shapes.
        data: the shipped data, which is asked last.
        ontology: the background of the shipped data.
        terms: the background of the examples, which have a vocabulary of their own.
        shapes: the shapes.
        only: which weakenings are tried.
        tell: is told how many are done, and of how many.
    """
    courts = [
        _Court(item.name, item.data, terms, reachable(item.own, shapes), item.own)
        for item in examples
    ]
    courts.append(_Court("data", data, ontology, shapes, frozenset()))
    refused: dict[Node, set[Node]] = defaultdict(set)
    for court in courts:
        for item in court.usual:
            if item.component == "InConstraintComponent" and item.value:
                for _, _, o in parsed([f"<urn:x> <urn:x> {item.value} ."]):
                    refused[_named(item.shape, shapes)].add(o)
    tried = [w for w in weakenings(shapes, lambda s: refused[s]) if only(w)]
    found = []
    for number, weakening in enumerate(tried, 1):
        knows = [c for c in courts if weakening.shape in c.nodes]
        knows.sort(key=partial(_distance, weakening.shape))
        by = next((name for c in knows if (name := c.notices(weakening))), "")
        found.append(Loosened(weakening, by))
        tell(number, len(tried))
    return found


def _distance(shape: Node, court: _Court) -> tuple[bool, bool]:
    """The examples of the shape's own file go first, the shipped data last."""
    return shape not in court.own, court.name == "data"


def _named(iri: str, shapes: Graph) -> Node:
    return next(s for s in shapes.subjects(SH["in"]) if str(s) == iri)
