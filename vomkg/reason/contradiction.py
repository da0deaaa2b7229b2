"""Contradictions traced to the statements that clash, without a tableau.

Covers the forms of axiom that the ontology uses. Three of them owlrl 7.6 does not
see: the last member of ``owl:AllDifferent`` and of ``owl:AllDisjointProperties``,
and two unequal literals on a functional property.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef

from vomkg.reason.explanation import explain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    Pair = tuple[Node, Node]


@dataclass(frozen=True, slots=True, order=True)
class Clash:
    """Statements that cannot all be true.

    Attributes:
        form: the kind of axiom that is broken.
        terms: IRIs of the things and terms concerned, the individual first.
        words: the contradiction in a sentence; terms stand in it as ``<IRI>``.
    """

    form: str
    terms: tuple[str, ...]
    words: str


def clashes(asserted: Graph, closed: Graph) -> tuple[Clash, ...]:
    """The contradictions that can be traced, sorted; empty where none can.

    Two values where one is allowed make the reasoner take both for the same thing,
    and nonsense follows; so where such a clash exists, only such are given.
    """
    different = set(_different(asserted))
    for group in (
        set(_second_values(asserted, different)),
        set(_merged(closed, different)),
        {*_disjoint_types(asserted, closed), *_disjoint_links(asserted, closed)},
    ):
        if group:
            return tuple(sorted(group))
    return ()


def impossible_classes(asserted: Graph, closed: Graph) -> tuple[str, ...]:
    """IRIs of the classes that stand below two disjoint ones, sorted."""
    below: set[str] = set()
    for one, other in _disjoint(asserted, OWL.disjointWith, OWL.AllDisjointClasses):
        under_one = {one, *closed.subjects(RDFS.subClassOf, one)}
        under_other = {other, *closed.subjects(RDFS.subClassOf, other)}
        below |= {
            str(term)
            for term in under_one & under_other
            if isinstance(term, URIRef) and term != OWL.Nothing
        }
    return tuple(sorted(below))


def _second_values(asserted: Graph, different: set[Pair]) -> Iterator[Clash]:
    for p in asserted.subjects(RDF.type, OWL.FunctionalProperty):
        for s in set(asserted.subjects(p)):
            for one, other in combinations(sorted(asserted.objects(s, p), key=str), 2):
                if (one, other) in different or _unequal(one, other):
                    yield Clash(
                        "one value only",
                        (str(s), str(p), str(one), str(other)),
                        f"{_show(s)} has two values for {_show(p)}, which takes one: "
                        f"{_show(one)} and {_show(other)}",
                    )


def _merged(closed: Graph, different: set[Pair]) -> Iterator[Clash]:
    for one, other in closed.subject_objects(OWL.sameAs):
        if str(one) < str(other) and (one, other) in different:
            yield Clash(
                "different things",
                (str(one), str(other)),
                f"{_show(one)} and {_show(other)} are declared different, but would "
                "have to be the same",
            )


def _disjoint_types(asserted: Graph, closed: Graph) -> Iterator[Clash]:
    for one, other in _disjoint(asserted, OWL.disjointWith, OWL.AllDisjointClasses):
        members = set(closed.subjects(RDF.type, one))
        for s in members & set(closed.subjects(RDF.type, other)):
            why = [
                f"it is a {_show(kind)} because {explain((s, RDF.type, kind), closed)}"
                for kind in (one, other)
                if (s, RDF.type, kind) not in asserted
            ]
            yield Clash(
                "disjoint classes",
                (str(s), str(one), str(other)),
                "; ".join(
                    [
                        f"{_show(s)} is both a {_show(one)} and a {_show(other)}, "
                        "which have no member in common",
                        *why,
                    ]
                ),
            )
    for s in closed.subjects(RDF.type, OWL.Nothing):
        yield Clash(
            "empty class", (str(s),), f"{_show(s)} is in a class without members"
        )


def _disjoint_links(asserted: Graph, closed: Graph) -> Iterator[Clash]:
    form = (OWL.propertyDisjointWith, OWL.AllDisjointProperties)
    for one, other in _disjoint(asserted, *form):
        for s, o in closed.subject_objects(one):
            if (s, other, o) in closed:
                yield Clash(
                    "disjoint properties",
                    (str(s), str(one), str(other), str(o)),
                    f"{_show(s)} is linked to {_show(o)} by {_show(one)} and by "
                    f"{_show(other)}, which exclude each other",
                )


def _disjoint(graph: Graph, pairwise: URIRef, grouped: URIRef) -> Iterator[Pair]:
    yield from graph.subject_objects(pairwise)
    for axiom in graph.subjects(RDF.type, grouped):
        for members in graph.objects(axiom, OWL.members):
            yield from combinations(graph.items(members), 2)


def _different(graph: Graph) -> Iterator[Pair]:
    """Pairs declared different, each in both orders."""
    pairs = list(graph.subject_objects(OWL.differentFrom))
    for axiom in graph.subjects(RDF.type, OWL.AllDifferent):
        for p in (OWL.members, OWL.distinctMembers):
            for members in graph.objects(axiom, p):
                pairs += combinations(graph.items(members), 2)
    for one, other in pairs:
        yield one, other
        yield other, one


def _unequal(one: Node, other: Node) -> bool:
    return isinstance(one, Literal) and isinstance(other, Literal) and not one.eq(other)


def _show(term: Node) -> str:
    return f"<{term}>" if isinstance(term, URIRef) else f'"{term}"'
