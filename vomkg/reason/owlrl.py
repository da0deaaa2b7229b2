"""The closure of a graph under the OWL 2 RL rules, without Java."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from owlrl.OWLRL import OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, BNode, Graph

if TYPE_CHECKING:
    from rdflib.graph import _TripleType
    from rdflib.term import Node

_LANGUAGE = (str(RDF), str(RDFS), str(OWL))
_LINKS = frozenset((RDF.first, RDF.rest))  # of lists, which are read from their axiom

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

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph, False, False)
        self.bnodes: dict[Node, None] = {}  # a list is searched for each blank node

    def rules(self, triple: _TripleType, cycle_num: int) -> None:
        """Ask the rules that begin at this triple.

        Each of them begins at an axiom, in words of RDF, RDFS or OWL, and looks up
        the statements it is about by itself. So no other triple is offered.
        """
        if cycle_num == 1:
            self.bnodes |= dict.fromkeys(t for t in triple if isinstance(t, BNode))
        if _begins_a_rule(triple):
            super().rules(triple, cycle_num)

    def _equality(self, triple: _TripleType, cycle_num: int) -> None:
        s, p, o = triple
        different = p == RDF.type and o == OWL.AllDifferent
        if different or (p == OWL.sameAs and s != o):
            super()._equality(triple, cycle_num)


def _begins_a_rule(triple: _TripleType) -> bool:
    _, p, o = triple
    word = o if p == RDF.type else p
    # Not their own startswith, which takes no tuple.
    return str.startswith(word, _LANGUAGE) and p not in _LINKS  # type: ignore[arg-type]  # nodes of rdflib are texts


def close(graph: Graph) -> Closure:
    """The graph with all that follows from it; the graph given is not changed.

    Annotations are left out: they speak to people, and OWL 2 gives them no meaning.
    """
    silent = {*_ANNOTATIONS, *graph.subjects(RDF.type, OWL.AnnotationProperty)}
    closed = Graph()
    for s, p, o in graph:
        if p not in silent:
            closed.add((s, p, o))
    rules = _Rules(closed)
    rules.closure()
    return Closure(closed, tuple(rules.error_messages))
