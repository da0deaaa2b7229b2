"""The classes of the ontology as a tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from vomkg.namespaces import OWL, RDFS

if TYPE_CHECKING:
    from vomkg.web.expressions import Triples
    from vomkg.web.terms import Term


@dataclass(frozen=True, slots=True)
class Branch:
    """A class in the tree of classes, with those below it."""

    term: Term
    below: tuple[Branch, ...]


def tree(triples: Triples, found: list[Term]) -> tuple[Branch, ...]:
    """The classes under those that have none of ours above them.

    A class with several above it stands under each.
    """
    classes = {term.iri: term for term in found if term.kind == OWL + "Class"}
    above = {
        iri: {
            node.value
            for node in triples.values(NamedNode(iri), RDFS + "subClassOf")
            if isinstance(node, NamedNode) and node.value in classes
        }
        for iri in classes
    }

    def branch(iri: str, path: tuple[str, ...]) -> Branch:
        below = [
            branch(other, (*path, iri))
            for other in classes
            if iri in above[other] and other not in (*path, iri)
        ]
        return Branch(classes[iri], tuple(below))

    return tuple(branch(iri, ()) for iri in classes if not above[iri])
