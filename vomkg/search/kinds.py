"""Classes of things: which are above which, and what they are called."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from vomkg.graph.prefixes import shorten
from vomkg.namespaces import ONTOLOGY, OWL, RDFS, SH, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What is of these is of something else too, which says more.
_SAY_LITTLE: Final = frozenset(
    {
        OWL + "Thing",
        OWL + "NamedIndividual",
        OWL + "FunctionalProperty",
        OWL + "InverseFunctionalProperty",
        OWL + "SymmetricProperty",
        OWL + "TransitiveProperty",
        OWL + "AsymmetricProperty",
        OWL + "IrreflexiveProperty",
        RDFS + "Resource",
        SH + "SPARQLExecutable",
        SKOS + "Concept",
    }
)
# Classes of RDF itself, which no graph needs to name anew.
_WORDS: Final = {
    OWL + "AnnotationProperty": "annotation property",
    OWL + "Class": "class",
    OWL + "DatatypeProperty": "datatype property",
    OWL + "NamedIndividual": "individual",
    OWL + "ObjectProperty": "object property",
    OWL + "Ontology": "ontology",
    RDFS + "Class": "class",
    RDFS + "Datatype": "datatype",
    SH + "PrefixDeclaration": "prefix",
    SH + "SPARQLSelectExecutable": "question",
    SKOS + "Concept": "concept",
    SKOS + "ConceptScheme": "concept scheme",
}


class Kinds:
    """The classes of one graph.

    Args:
        pairs: each class with one that is above it.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._above: dict[str, set[str]] = defaultdict(set)
        for below, above in pairs:
            if below != above:
                self._above[below].add(above)

    def above(self, iri: str) -> frozenset[str]:
        """Every class above that one, however far; without itself."""
        found: set[str] = set()
        waiting = [iri]
        while waiting:
            for above in self._above.get(waiting.pop(), ()):
                if above not in found:
                    found.add(above)
                    waiting.append(above)
        return frozenset(found - {iri})

    def all_of(self, classes: Iterable[str]) -> frozenset[str]:
        """These classes and every one above them."""
        stated = frozenset(classes)
        return stated.union(*map(self.above, stated))

    def narrowest(self, classes: Iterable[str]) -> tuple[str, ...]:
        """Those that say most: with none of the others below them, ours first."""
        left = frozenset(classes)
        left = left - _SAY_LITTLE or left
        ours = frozenset(iri for iri in left if iri.startswith(ONTOLOGY))
        left = ours or left
        above = frozenset[str]().union(*map(self.above, left))
        return tuple(sorted(left - above or left))


def short_name(iri: str, prefixes: Mapping[str, str]) -> str:
    """A name of a class or property for an address: without prefix if it is ours."""
    return shorten(iri, prefixes).removeprefix("vom:")


def in_words(iri: str, prefixes: Mapping[str, str]) -> str:
    """What a class is called that the graph does not name."""
    return _WORDS.get(iri) or shorten(iri, prefixes)
