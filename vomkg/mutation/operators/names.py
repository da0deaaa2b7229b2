"""Operators on the names of things and properties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, Literal, URIRef

from vomkg.mutation.mutant import Operator, listed
from vomkg.namespaces import BASE, ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.mutation.mutant import Triple
    from vomkg.mutation.world import World

    Changes = Iterator[tuple[list[Triple], list[Triple]]]


def misspelt(iri: URIRef) -> URIRef:
    """The IRI with two neighbouring letters near its end swapped, else one doubled."""
    for at in range(len(iri) - 2, len(iri) - 8, -1):
        one, two = iri[at], iri[at + 1]
        if one != two and (one + two).isalpha():
            return URIRef(iri[:at] + two + one + iri[at + 2 :])
    return URIRef(iri + iri[-1])


def predicate(world: World) -> Changes:
    """Two letters of a property change places."""
    for s, p, o in world.triples:
        if p != RDF.type:
            yield [(s, p, o)], [(s, misspelt(URIRef(str(p))), o)]


def unknown(world: World) -> Changes:
    """A property that nobody declared."""
    for s in world.subjects:
        yield [], [(s, URIRef(ONTOLOGY + "remark"), Literal("checked", lang="en"))]


def individual(world: World) -> Changes:
    """Two letters of a link's end change places."""
    for s, p, o in world.triples:
        if p != RDF.type and isinstance(o, URIRef):
            yield [(s, p, o)], [(s, p, misspelt(o))]


def subject(world: World) -> Changes:
    """One statement stands under a misspelt name of its subject."""
    for s, p, o in world.triples:
        if p != RDF.type and isinstance(s, URIRef):
            yield [(s, p, o)], [(misspelt(s), p, o)]


def namespace(world: World) -> Changes:
    """A link's end in another namespace: http for https, or terms for things."""
    for s, p, o in world.triples:
        if isinstance(o, URIRef) and o.startswith(BASE):
            wrong = o.replace("https:", "http:", 1)
            if o.startswith(BASE + "id/"):
                wrong = o.replace(BASE + "id/", ONTOLOGY, 1)
            yield [(s, p, o)], [(s, p, URIRef(wrong))]


def letter_case(world: World) -> Changes:
    """The first letter of the last part of a link's end in the other case."""
    for s, p, o in world.triples:
        if isinstance(o, URIRef) and o.startswith(BASE):
            wrong = re.sub(r"\w+$", lambda found: found[0].swapcase(), o)
            yield [(s, p, o)], [(s, p, URIRef(wrong))]


def text_for_link(world: World) -> Changes:
    """The address of a thing as a text, not as a link."""
    for s, p, o in world.triples:
        if isinstance(o, URIRef):
            yield [(s, p, o)], [(s, p, Literal(str(o)))]


def blank_object(world: World) -> Changes:
    """A link that leads to something without a name."""
    for s, p, o in world.triples:
        if isinstance(o, URIRef) and p != RDF.type:
            yield [(s, p, o)], [(s, p, BNode("someone"))]


def blank_subject(world: World) -> Changes:
    """A thing without a name, of which the same is said."""
    for s in world.subjects:
        told = listed(world.data.triples((s, None, None)))
        yield told, [(BNode("someone"), p, o) for _, p, o in told]


def renamed(world: World) -> Changes:
    """A thing under a name that is against the rules for names, links and all."""
    for s in world.subjects:
        wrong = URIRef(re.sub(r"-|$", "_", str(s), count=1))
        around = [
            *world.data.triples((s, None, None)),
            *world.data.triples((None, None, s)),
        ]
        told = listed(set(around))
        yield (
            told,
            [(wrong if a == s else a, p, wrong if o == s else o) for a, p, o in told],
        )


OPERATORS: Final = (
    Operator("misspell-property", "a property is misspelt", predicate),
    Operator("unknown-property", "a property that nobody declared", unknown),
    Operator("misspell-object", "the end of a link is misspelt", individual),
    Operator("misspell-subject", "one statement has a misspelt subject", subject),
    Operator("wrong-namespace", "the end of a link is in another namespace", namespace),
    Operator("wrong-case", "the end of a link has a capital or lacks one", letter_case),
    Operator(
        "text-for-link", "an address stands as text where a link belongs", text_for_link
    ),
    Operator("blank-object", "a link leads to something without a name", blank_object),
    Operator("blank-subject", "a thing has no name", blank_subject),
    Operator("bad-name", "a thing's name is against the rules", renamed),
)
