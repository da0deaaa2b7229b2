"""What follows from the graph, and whether all of it can be true.

Two reasoners: ``owlrl`` applies the OWL 2 RL rules in Python and runs everywhere;
``hermit`` decides OWL 2 DL and needs Java. Where both can tell, they agree on our
individuals; facets of data types (``vom:FavourableEstimate``) only HermiT sees.

Axioms of the graph given are used as they stand: nothing is imported, fetched or
written. Mappings to other vocabularies are left out, because SKOS match properties
would turn our classes into concepts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from vomkg.errors import ConformanceError
from vomkg.reason import hermit, owlrl
from vomkg.reason.contradiction import Clash, clashes, impossible_classes
from vomkg.reason.explanation import Reason, explain
from vomkg.reason.scope import axioms, ours

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = [
    "Clash",
    "Reason",
    "Reasoner",
    "Reasoning",
    "Verdict",
    "check_consistency",
    "explain",
    "infer",
    "reason",
]

Reasoner = Literal["owlrl", "hermit"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a graph can be true, and what stands in the way.

    Attributes:
        reasoner: who says so.
        consistent: whether some world makes every statement true.
        unsatisfiable: IRIs of classes that can have no member.
        clashes: contradictions, as far as they could be traced; terms stand in
            their words as ``<IRI>``.
        detail: the same in one text, with the next step where nothing was traced.
    """

    reasoner: Reasoner
    consistent: bool
    unsatisfiable: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()
    detail: str = ""

    @property
    def sound(self) -> bool:
        """Whether the graph is consistent and each class can have a member."""
        return self.consistent and not self.unsatisfiable


@dataclass(frozen=True, slots=True)
class Reasoning:
    """A verdict and, where the graph is consistent, the new triples."""

    verdict: Verdict
    inferred: Graph


def reason(graph: Graph, reasoner: Reasoner = "owlrl") -> Reasoning:
    """The verdict on the graph, and the new triples about our own terms.

    The new triples are empty where the graph is inconsistent, because from a
    contradiction everything follows. The graph given is not changed.

    Raises:
        MissingToolError: for ``hermit`` where Java is not installed.
        InputError: for a graph that HermiT cannot read.
    """
    return _by_hermit(graph) if reasoner == "hermit" else _by_rules(graph)


def infer(graph: Graph, reasoner: Reasoner = "owlrl") -> Graph:
    """The new triples whose subject is ours, without the trivial ones.

    Raises:
        ConformanceError: for an inconsistent graph.
        MissingToolError: for ``hermit`` where Java is not installed.
    """
    reasoning = reason(graph, reasoner)
    if not reasoning.verdict.consistent:
        raise ConformanceError(
            f"the graph contradicts itself: {reasoning.verdict.detail}"
        )
    return reasoning.inferred


def check_consistency(graph: Graph, reasoner: Reasoner = "hermit") -> Verdict:
    """The verdict on the graph, by default that of HermiT.

    Raises:
        MissingToolError: for ``hermit`` where Java is not installed; never for an
            inconsistency.
        InputError: for a graph that HermiT cannot read.
    """
    return reason(graph, reasoner).verdict


def _by_rules(graph: Graph) -> Reasoning:
    base = axioms(graph)
    closure = owlrl.close(base)
    found = clashes(base, closure.graph)
    # What owlrl reports and we cannot trace is still a contradiction.
    words = [clash.words for clash in found] or list(closure.messages)
    impossible = impossible_classes(base, closure.graph)
    verdict = Verdict("owlrl", not words, impossible, found, "; ".join(words))
    return Reasoning(verdict, ours(() if words else closure.graph, graph))


def _by_hermit(graph: Graph) -> Reasoning:
    base = axioms(graph)
    result = hermit.classify(base)
    if result is None:
        found = clashes(base, owlrl.close(base).graph)
        detail = "; ".join(clash.words for clash in found) or (
            "HermiT names no cause; run `vomkg validate` for the likely one"
        )
        return Reasoning(Verdict("hermit", False, (), found, detail), ours((), graph))
    verdict = Verdict("hermit", True, result.unsatisfiable)
    return Reasoning(verdict, ours(result.graph, graph))
