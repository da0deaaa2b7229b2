"""Each term of the ontology with all that the graph states of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from vomkg.namespaces import ONTOLOGY, OWL, RDF, RDFS, SKOS, THINGS
from vomkg.web.expressions import Phrase, phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from vomkg.web.expressions import Node, Triples

HEADER: Final = ONTOLOGY.removesuffix("#")
_TYPE: Final = RDF + "type"
_LABEL: Final = SKOS + "prefLabel"
_DEFINITION: Final = SKOS + "definition"
_DEPRECATED: Final = OWL + "deprecated"
# The first that fits is the kind of a term; in the order of the page.
KINDS: Final = {
    OWL + "Class": "Classes",
    OWL + "ObjectProperty": "Object properties",
    OWL + "DatatypeProperty": "Datatype properties",
    OWL + "AnnotationProperty": "Annotation properties",
    OWL + "NamedIndividual": "Individuals",
    SKOS + "ConceptScheme": "Concept schemes",
    SKOS + "Concept": "Concepts",
}
_HEADINGS: Final = {
    _TYPE: "is a",
    RDFS + "subClassOf": "kind of",
    RDFS + "subPropertyOf": "implies",
    RDFS + "domain": "domain",
    RDFS + "range": "range",
    OWL + "equivalentClass": "the same as",
    OWL + "inverseOf": "inverse of",
    OWL + "propertyChainAxiom": "follows from",
    OWL + "propertyDisjointWith": "never together with",
    SKOS + "inScheme": "in the scheme",
    SKOS + "broader": "broader",
    SKOS + "scopeNote": "note",
    SKOS + "notation": "notation",
}
# Read the other way round: what points at a term.
_BACKWARDS: Final = {
    RDFS + "subClassOf": "kinds",
    RDFS + "subPropertyOf": "implied by",
    _TYPE: "members",
    SKOS + "inScheme": "concepts",
    SKOS + "broader": "narrower",
}
_MATCHES: Final = {
    SKOS + "exactMatch": "exact match",
    SKOS + "closeMatch": "close match",
    SKOS + "broadMatch": "broader match",
    SKOS + "narrowMatch": "narrower match",
    SKOS + "relatedMatch": "related match",
}
_SHOWN_ELSEWHERE: Final = {
    _LABEL,
    _DEFINITION,
    _DEPRECATED,
    RDFS + "isDefinedBy",
    *_MATCHES,
}
_PLAIN: Final = frozenset(KINDS)
_IMPORTED_FROM: Final = "http://purl.obolibrary.org/obo/IAO_0000412"


@dataclass(frozen=True, slots=True)
class Fact:
    """What is stated of a term by one predicate."""

    heading: str
    values: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the ontology.

    Attributes:
        iri: what it is called.
        name: the part of it that is the anchor on the page.
        kind: IRI of its kind, a key of :data:`KINDS`.
        label: its name in words.
        definition: what it means.
        is_deprecated: whether it is to be used no more.
        facts: all else that is stated of it.
        matches: what it is aligned with, by the kind of match.
    """

    iri: str
    name: str
    kind: str
    label: str
    definition: str
    is_deprecated: bool
    facts: tuple[Fact, ...]
    matches: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Borrowed:
    """A term of someone else's that is used here."""

    phrase: Phrase
    label: str
    source: str
    version: str


def anchor(iri: str) -> str:
    """The fragment of a term on the page."""
    return iri.removeprefix(ONTOLOGY).removeprefix(THINGS)


def terms(triples: Triples, name: Callable[[str], str]) -> list[Term]:
    """Every term that is defined by the ontology, by name.

    Args:
        triples: the ontology.
        name: gives the short name of an IRI.
    """
    head = NamedNode(HEADER)
    nodes = {
        node
        for node in triples.subjects()
        if isinstance(node, NamedNode)
        and (
            node.value.startswith(ONTOLOGY)
            or head in triples.values(node, RDFS + "isDefinedBy")
        )
    }
    found = [_term(triples, node, name) for node in nodes]
    return sorted(found, key=lambda term: (term.name.lower(), term.name))


def borrowed(triples: Triples, name: Callable[[str], str]) -> list[Borrowed]:
    """The terms of others, each with where it was taken from."""
    return [
        Borrowed(
            phrase=phrase(triples, node, name),
            label=triples.text(node, _LABEL),
            source=triples.text(node, _IMPORTED_FROM),
            version=triples.text(node, OWL + "versionInfo"),
        )
        for node in sorted(triples.subjects(), key=str)
        if triples.values(node, _IMPORTED_FROM)
    ]


def groups(
    triples: Triples, kind: str, name: Callable[[str], str]
) -> list[tuple[Phrase, ...]]:
    """The members of each axiom of that kind that has a list of them.

    Args:
        triples: the ontology.
        kind: such as ``AllDisjointClasses``.
        name: gives the short name of an IRI.
    """
    return [
        tuple(phrase(triples, member, name) for member in triples.members(head))
        for node in triples.having(_TYPE, NamedNode(OWL + kind))
        for predicate in ("members", "distinctMembers")
        for head in triples.values(node, OWL + predicate)
    ]


def _term(triples: Triples, node: NamedNode, name: Callable[[str], str]) -> Term:
    held = triples.of(node)
    types = [value.value for value in held.get(_TYPE, ()) if _is_named(value)]
    return Term(
        iri=node.value,
        name=anchor(node.value),
        kind=next((kind for kind in KINDS if kind in types), SKOS + "Concept"),
        label=triples.text(node, _LABEL),
        definition=triples.text(node, _DEFINITION),
        is_deprecated=triples.text(node, _DEPRECATED) == "true",
        facts=(*_facts(triples, node, name), *_pointing(triples, node, name)),
        matches=tuple(
            Fact(heading, tuple(phrase(triples, value, name) for value in values))
            for predicate, heading in _MATCHES.items()
            if (values := held.get(predicate))
        ),
    )


def _facts(triples: Triples, node: NamedNode, name: Callable[[str], str]) -> list[Fact]:
    """What is stated of the term, in the order of the headings, then the rest."""
    held = triples.of(node)
    order = [*_HEADINGS, *sorted(set(held) - set(_HEADINGS))]
    found = []
    for predicate in order:
        if predicate in _SHOWN_ELSEWHERE:
            continue
        values = [
            value
            for value in held.get(predicate, ())
            if predicate != _TYPE or value.value not in _PLAIN
        ]
        if values:
            heading = _HEADINGS.get(predicate) or name(predicate)
            said = tuple(phrase(triples, value, name) for value in values)
            found.append(Fact(heading, said))
    return found


def _pointing(
    triples: Triples, node: NamedNode, name: Callable[[str], str]
) -> list[Fact]:
    found = []
    for predicate, heading in _BACKWARDS.items():
        subjects = [s for s in triples.having(predicate, node) if _is_named(s)]
        if subjects:
            said = tuple(phrase(triples, subject, name) for subject in subjects)
            found.append(Fact(heading, said))
    return found


def _is_named(node: Node) -> bool:
    return not isinstance(node, (BlankNode, Literal))
