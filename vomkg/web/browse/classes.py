"""The classes of a graph: how many things are of each, and which are below which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from vomkg.engine.paged import all_rows
from vomkg.graph.prefixes import shorten
from vomkg.namespaces import ONTOLOGY, OWL, RDFS, SKOS, GraphName
from vomkg.search.kinds import Kinds, in_words, short_name
from vomkg.web.things.quads import called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from vomkg.engine.results import Row
    from vomkg.knowledge import KnowledgeGraph

# What is of a class below another is of that one too, stated, inferred or neither.
COUNTS: Final = """\
SELECT ?class (COUNT(DISTINCT ?thing) AS ?things)
WHERE {
  ?thing a/rdfs:subClassOf* ?class .
  FILTER(isIRI(?thing) && isIRI(?class))
}
GROUP BY ?class
ORDER BY DESC(?things) ?class
"""
_DECLARED: Final = f"""
SELECT ?class (MIN(STR(?text)) AS ?definition)
WHERE {{
  VALUES ?kind {{ <{OWL}Class> <{RDFS}Class> }}
  ?class a ?kind .
  OPTIONAL {{ ?class <{SKOS}definition>|<{RDFS}comment> ?text }}
  FILTER(isIRI(?class))
}}
GROUP BY ?class
ORDER BY ?class
"""
# As stated: what the reasoner adds makes no tree.
_ABOVE: Final = f"""
SELECT DISTINCT ?below ?above
WHERE {{
  ?below <{RDFS}subClassOf> ?above .
  FILTER(isIRI(?below) && isIRI(?above))
  FILTER NOT EXISTS {{
    GRAPH <{GraphName.inferred}> {{ ?below <{RDFS}subClassOf> ?above }}
  }}
}}
ORDER BY ?below ?above
"""


@dataclass(frozen=True, slots=True)
class Class:
    """One class.

    Attributes:
        iri: what it is called.
        name: the same in addresses.
        label: the same in words.
        definition: what it means; empty where nothing says so.
        things: how many are of it or of a class below.
    """

    iri: str
    name: str
    label: str
    definition: str
    things: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A class with those below it."""

    top: Class
    below: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Classes:
    """All classes of a graph.

    Attributes:
        by_name: every class by its name in addresses.
        by_iri: the same by its IRI.
        kinds: which are above which.
        ours: the classes of our ontology as trees.
        others: those of others, as trees too.
    """

    by_name: Mapping[str, Class]
    by_iri: Mapping[str, Class]
    kinds: Kinds
    ours: tuple[Branch, ...]
    others: tuple[Branch, ...]

    def path(self, iri: str) -> list[Class]:
        """The classes above one, the highest first; one way up if there are several."""
        found: list[Class] = []
        branches = self.ours if iri.startswith(ONTOLOGY) else self.others
        _walk(branches, iri, [], found)
        return found

    def below(self, iri: str) -> tuple[str, ...]:
        """Every class below one."""
        return tuple(
            other for other in self.by_iri if iri in self.kinds.above(other) - {other}
        )


def classes(kg: KnowledgeGraph) -> Classes:
    """The classes of the graph; three queries.

    Raises:
        VomkgError: the graph cannot be asked.
    """
    counts = {
        _text(row, "class"): int(_text(row, "things")) for row in all_rows(kg, COUNTS)
    }
    told = {
        _text(row, "class"): _text(row, "definition") for row in all_rows(kg, _DECLARED)
    }
    pairs = [(_text(row, "below"), _text(row, "above")) for row in all_rows(kg, _ABOVE)]
    words = names_of_classes(kg, counts.keys() | told.keys())
    found = {
        iri: Class(
            iri,
            short_name(iri, kg.prefixes),
            words(iri),
            told.get(iri, ""),
            counts.get(iri, 0),
        )
        for iri in sorted(counts.keys() | told.keys())
    }
    ours = [one for one in found.values() if one.iri.startswith(ONTOLOGY)]
    others = [one for one in found.values() if not one.iri.startswith(ONTOLOGY)]
    return Classes(
        {one.name: one for one in found.values()},
        found,
        Kinds(pairs),
        _trees(ours, pairs),
        tuple(branch for branch in _trees(others, pairs) if _is_used(branch)),
    )


def names_of_classes(kg: KnowledgeGraph, iris: Iterable[str]) -> Callable[[str], str]:
    """What gives the name of each of the classes, in the graph's words or ours."""
    label = called(kg, [NamedNode(iri) for iri in iris])

    def words(iri: str) -> str:
        found = label(iri)
        is_short = found == shorten(iri, kg.prefixes)
        return in_words(iri, kg.prefixes) if is_short else found

    return words


def _trees(
    found: Iterable[Class], pairs: Iterable[tuple[str, str]]
) -> tuple[Branch, ...]:
    """The classes under those that have none of them above."""
    order = sorted(found, key=lambda one: (one.label.casefold(), one.iri))
    known = {one.iri for one in order}
    above: dict[str, set[str]] = {iri: set() for iri in known}
    for low, high in pairs:
        if low in known and high in known and low != high:
            above[low].add(high)

    def branch(one: Class, path: frozenset[str]) -> Branch:
        way = path | {one.iri}
        below = (
            branch(other, way)
            for other in order
            if one.iri in above[other.iri] and other.iri not in way
        )
        return Branch(one, tuple(below))

    return tuple(branch(one, frozenset()) for one in order if not above[one.iri])


def _is_used(branch: Branch) -> bool:
    return bool(branch.top.things) or any(map(_is_used, branch.below))


def _walk(
    branches: Iterable[Branch], iri: str, way: list[Class], found: list[Class]
) -> None:
    for branch in branches:
        if branch.top.iri == iri and not found:
            found.extend(way)
        _walk(branch.below, iri, [*way, branch.top], found)


def _text(row: Row, name: str) -> str:
    return str(getattr(row[name], "value", ""))
