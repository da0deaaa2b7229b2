"""The closure of a graph under the OWL 2 RL rules, without Java."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from owlrl.OWLRL import OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, Graph

if TYPE_CHECKING:
    from rdflib.graph import _TripleType

# Annotation properties of OWL itself that our files use (OWL 2 Syntax, 5.5).
_ANNOTATIONS = frozenset((RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy))


@dataclass(frozen=True, slots=True)
class Closure:
    """The closed graph, and what owlrl itself found contradictory in it."""

    graph: Graph
    messages: tuple[str, ...]


class _Rules(OWLRL_Semantics):  # type: ignore[misc]  # owlrl has no types
    """OWL 2 RL without the rule that everything is the same as itself.

    That rule (eq-ref) adds a triple a term, and each of them sets off the three
    rules of replacement on all statements of the term, without any new result.
    """

    def _equality(self, triple: _TripleType, cycle_num: int) -> None:
        s, p, o = triple
        different = p == RDF.type and o == OWL.AllDifferent
        if different or (p == OWL.sameAs and s != o):
            super()._equality(triple, cycle_num)


def close(graph: Graph) -> Closure:
    """The graph with all that follows from it; the graph given is not changed.

    Annotations are left out: they speak to people, and OWL 2 gives them no meaning.
    """
    silent = {*_ANNOTATIONS, *graph.subjects(RDF.type, OWL.AnnotationProperty)}
    closed = Graph()
    for s, p, o in graph:
        if p not in silent:
            closed.add((s, p, o))
    rules = _Rules(closed, False, False)
    rules.closure()
    return Closure(closed, tuple(rules.error_messages))
