"""Simple mutants of a graph, drawn by a seed: what a slip of the hand makes."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import rdflib
from rdflib import XSD, BNode, Graph, Literal, URIRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    Triple = tuple[Node, Node, Node]

OPERATORS = ("removed", "object", "datatype", "subject", "predicate", "added")
_TYPES = (XSD.string, XSD.decimal, XSD.integer, XSD.boolean, XSD.date)


@dataclass(frozen=True)
class Mutant:
    """One change: the triples taken out and put in."""

    operator: str
    out: tuple[Triple, ...]
    into: tuple[Triple, ...]

    def on(self, graph: Graph) -> Graph:
        """A copy of the graph with the change made."""
        return changed(graph, [self])

    def __str__(self) -> str:
        return f"{self.operator}: {self.out} -> {self.into}"


def changed(graph: Graph, mutants: list[Mutant]) -> Graph:
    """A copy of the graph with all these changes made."""
    copy = Graph(bind_namespaces="none")
    copy += graph
    for mutant in mutants:
        for triple in mutant.out:
            copy.remove(triple)
        for triple in mutant.into:
            copy.add(triple)
    return copy


def mutants(graph: Graph, number: int, seed: int) -> Iterator[Mutant]:
    """So many mutants, the operators in turn."""
    draw = random.Random(seed)  # noqa: S311  the same each time
    triples = sorted(graph, key=lambda t: tuple(x.n3() for x in t))
    for i in range(number):
        yield _mutant(OPERATORS[i % len(OPERATORS)], draw, triples)


def _mutant(operator: str, draw: random.Random, triples: list[Triple]) -> Mutant:
    s, p, o = draw.choice(triples)
    while operator == "datatype" and not isinstance(o, Literal):
        s, p, o = draw.choice(triples)
    other = draw.choice(triples)
    into: dict[str, tuple[Triple, ...]] = {
        "removed": (),
        "object": ((s, p, other[2]),),
        "datatype": ((s, p, _retyped(o, draw)),),
        "subject": ((draw.choice((other[0], BNode("new"))), p, o),),
        "predicate": ((s, other[1], o),),
        "added": ((s, p, o), (s, p, _near(o, draw))),
    }
    return Mutant(operator, ((s, p, o),), into[operator])


def _retyped(term: Node, draw: random.Random) -> Literal:
    kind = draw.choice(
        [kind for kind in _TYPES if kind != getattr(term, "datatype", 0)]
    )
    plain = kind == XSD.string
    text = str(term)
    return Literal(text) if plain else Literal(text, datatype=kind, normalize=False)


def _near(term: Node, draw: random.Random) -> Node:
    """A second value: another number, the text with a blank, a thing that is not."""
    if isinstance(term, rdflib.Literal):
        if isinstance(term.value, (int, float)) or term.datatype == XSD.decimal:
            return Literal(draw.choice(("-1", "0", "99999")), datatype=term.datatype)
        return Literal(f" {term}", lang=term.language, datatype=term.datatype)
    return URIRef(f"{term}-unknown") if isinstance(term, URIRef) else BNode("new")
