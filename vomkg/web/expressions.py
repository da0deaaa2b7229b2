"""Class expressions of OWL in words, after the Manchester syntax."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from vomkg.namespaces import OWL, RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Node = NamedNode | BlankNode | Literal

_JOINED: Final = {
    OWL + "intersectionOf": ("", " and "),
    OWL + "unionOf": ("", " or "),
    OWL + "oneOf": ("one of ", ", "),
    OWL + "propertyChainAxiom": ("", ", then "),
}
_BEFORE: Final = {OWL + "complementOf": "not ", OWL + "inverseOf": "inverse of "}
_RESTRICTIONS: Final = {
    "someValuesFrom": "some",
    "allValuesFrom": "only",
    "hasValue": "value",
    "hasSelf": "itself",
    "minCardinality": "at least",
    "maxCardinality": "at most",
    "cardinality": "exactly",
    "minQualifiedCardinality": "at least",
    "maxQualifiedCardinality": "at most",
    "qualifiedCardinality": "exactly",
}
_FACETS: Final = {
    "minInclusive": "≥",
    "minExclusive": ">",
    "maxInclusive": "≤",
    "maxExclusive": "<",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a phrase, and the thing that it names, if it names one."""

    text: str
    iri: str | None = None


Phrase = tuple[Part, ...]


class Triples:
    """The triples of one graph, by subject and by object."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._by_subject: dict[Node, dict[str, list[Node]]] = {}
        self._by_object: dict[tuple[str, Node], list[Node]] = {}
        for triple in sorted(triples, key=str):
            subject, predicate = triple.subject, triple.predicate.value
            value = triple.object
            # OWL says nothing of triples as terms.
            if isinstance(subject, Triple) or isinstance(value, Triple):
                continue
            held = self._by_subject.setdefault(subject, {})
            held.setdefault(predicate, []).append(value)
            self._by_object.setdefault((predicate, value), []).append(subject)

    def subjects(self) -> Iterable[Node]:
        """All subjects."""
        return self._by_subject

    def of(self, subject: Node) -> dict[str, list[Node]]:
        """The values of a subject by the IRI of the predicate."""
        return self._by_subject.get(subject, {})

    def values(self, subject: Node, predicate: str) -> list[Node]:
        """The values that a subject has by one predicate."""
        return self.of(subject).get(predicate, [])

    def text(self, subject: Node, predicate: str) -> str:
        """The first such value as text; empty if there is none."""
        found = self.values(subject, predicate)
        return found[0].value if found and not isinstance(found[0], BlankNode) else ""

    def having(self, predicate: str, value: Node) -> list[Node]:
        """The subjects that have that value by that predicate."""
        return self._by_object.get((predicate, value), [])

    def members(self, node: Node) -> list[Node]:
        """The members of a list (RDF Schema §5.2)."""
        found = []
        seen = set()
        while node not in seen and (first := self.values(node, RDF + "first")):
            seen.add(node)
            found.append(first[0])
            rest = self.values(node, RDF + "rest")
            node = rest[0] if rest else node
        return found


def phrase(triples: Triples, node: Node, name: Callable[[str], str]) -> Phrase:
    """What a node says: a name, a value, or a class expression in words.

    Args:
        triples: the graph in which a blank node is described.
        node: any node of it.
        name: gives the short name of an IRI.
    """
    if isinstance(node, NamedNode):
        return (Part(name(node.value), node.value),)
    if isinstance(node, Literal):
        return (Part(_shown(node)),)
    return _worded(triples, node, name)


def _worded(triples: Triples, node: Node, name: Callable[[str], str]) -> Phrase:
    """A class expression, a list or an inverse property in words."""
    held = triples.of(node)

    def within(inner: Node) -> Phrase:
        words = phrase(triples, inner, name)
        if isinstance(inner, BlankNode) and OWL + "inverseOf" not in triples.of(inner):
            return (Part("("), *words, Part(")"))
        return words

    if RDF + "first" in held:
        return _listed("", ", then ", map(within, triples.members(node)))
    for predicate, (start, between) in _JOINED.items():
        if predicate in held:
            members = triples.members(held[predicate][0])
            return _listed(start, between, map(within, members))
    for predicate, start in _BEFORE.items():
        if predicate in held:
            return (Part(start), *within(held[predicate][0]))
    if OWL + "onDatatype" in held:
        return _limited(triples, node, name)
    return _restricted(held, within)


def _shown(value: Literal) -> str:
    plain = value.language or value.datatype.value != XSD + "string"
    return value.value if plain else f"“{value.value}”"


def _listed(start: str, between: str, phrases: Iterable[Phrase]) -> Phrase:
    joined = chain.from_iterable((Part(between), *words) for words in phrases)
    words = tuple(joined)[1:]
    return (Part(start), *words) if start else words


def _limited(triples: Triples, node: Node, name: Callable[[str], str]) -> Phrase:
    """A datatype with its facets, such as ``decimal < 1.0``."""
    found = list(phrase(triples, triples.values(node, OWL + "onDatatype")[0], name))
    for head in triples.values(node, OWL + "withRestrictions"):
        for facet in triples.members(head):
            for predicate, values in triples.of(facet).items():
                local = predicate.removeprefix(XSD)
                found.append(Part(f" {_FACETS.get(local, local)} "))
                found += phrase(triples, values[0], name)
    return tuple(found)


def _restricted(
    held: dict[str, list[Node]], within: Callable[[Node], Phrase]
) -> Phrase:
    """A restriction on a property; what is none of ours is said to be unnamed."""
    on = held.get(OWL + "onProperty")
    if not on:
        return (Part("something without a name"),)
    found = list(within(on[0]))
    for local, word in _RESTRICTIONS.items():
        for value in held.get(OWL + local, ()):
            found += [Part(f" {word} "), *within(value)]
    for qualifier in ("onClass", "onDataRange"):
        for value in held.get(OWL + qualifier, ()):
            found += [Part(" "), *within(value)]
    return tuple(found)
