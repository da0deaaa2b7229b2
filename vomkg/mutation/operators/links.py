"""Operators that let a link lead elsewhere."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rdflib import OWL, RDF, Literal, URIRef

from vomkg.mutation.mutant import Operator, in_order
from vomkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.mutation.mutant import Triple
    from vomkg.mutation.world import World

    Changes = Iterator[tuple[list[Triple], list[Triple]]]


def _links(world: World) -> Iterator[Triple]:
    for s, p, o in world.triples:
        if p != RDF.type and isinstance(o, URIRef):
            yield s, p, o


def same_class(world: World) -> Changes:
    """To another individual of the same class that the link does not have yet."""
    for s, p, o in _links(world):
        free = set(world.fellows(o)) - set(world.values[s, p]) - {s}
        for other in world.pick(free, s, p, o):
            yield [(s, p, o)], [(s, p, other)]


def other_class(world: World) -> Changes:
    """To an individual of an unrelated class."""
    for s, p, o in _links(world):
        for other in world.pick(world.unlike(o), s, p, o, "other"):
            yield [(s, p, o)], [(s, p, other)]


def dangling(world: World) -> Changes:
    """To a name under which nothing is said."""
    for s, p, o in _links(world):
        nowhere = URIRef(f"{BASE}id/nobody-knows-this")
        yield [(s, p, o)], [(s, p, nowhere)]


def itself(world: World) -> Changes:
    """Back to the thing that it starts from."""
    for s, p, o in _links(world):
        yield [(s, p, o)], [(s, p, s)]


def swap_ends(world: World) -> Changes:
    """The other way round."""
    for s, p, o in _links(world):
        if (p, RDF.type, OWL.SymmetricProperty) not in world.ontology:
            yield [(s, p, o)], [(o, p, s)]


def to_class(world: World) -> Changes:
    """To the class of the thing meant, not to the thing."""
    for s, p, o in _links(world):
        if kind := world.class_of(o):
            yield [(s, p, o)], [(s, p, kind)]


def exchanged(world: World) -> Changes:
    """Two things of one class have each other's value of a single-valued property."""
    for p in in_order({p for _, p in world.values}):
        single = [
            (s, objects[0])
            for (s, q), objects in sorted(world.values.items())
            if q == p and len(objects) == 1 and p != RDF.type
        ]
        for (s, o), (t, u) in pairwise(single):
            if o != u and world.kind.get(s) == world.kind.get(t):
                yield [(s, p, o), (t, p, u)], [(s, p, u), (t, p, o)]


def wrong_subject(world: World) -> Changes:
    """A statement stands with another thing of the same class."""
    for s, p, o in world.triples:
        others = set(world.fellows(s)) & world.kind.keys() - {o}
        free = {t for t in others if o not in world.values.get((t, p), ())}
        for other in world.pick(free, s, p, o, "subject"):
            if p != RDF.type:
                yield [(s, p, o)], [(other, p, o)]


def second_link(world: World) -> Changes:
    """A single value gets another individual of its class beside it."""
    for (s, p), objects in world.values.items():
        if len(objects) == 1 and p != RDF.type and isinstance(objects[0], URIRef):
            for other in world.pick(
                set(world.fellows(objects[0])) - {s}, s, p, "second"
            ):
                yield [], [(s, p, other)]


def sibling_property(world: World) -> Changes:
    """A link by another property of the same range and a fitting domain."""
    for s, p, o in world.triples:
        domain, range_ = world.properties.get(p, (None, None))
        if range_ is None or isinstance(o, Literal):
            continue
        others = {
            q
            for q, (d, r) in world.properties.items()
            if q != p and r == range_ and (d == domain or None in (d, domain))
        }
        for other in world.pick(others, s, p, o, "property"):
            yield [(s, p, o)], [(s, other, o)]


def foreign_property(world: World) -> Changes:
    """A property that belongs to things of another class."""
    for s, kind in world.kind.items():
        line = world.line(kind)
        used = {p for t, p in world.values if t in world.kind and world.kind[t] != kind}
        foreign = {
            p
            for p in used
            if (d := world.properties.get(p, (None, None))[0]) and d not in line
        }
        for p in world.pick(foreign, s, "foreign"):
            for o in world.example(p):
                yield [], [(s, p, o)]


OPERATORS: Final = (
    Operator("relink-dangling", "a link leads to nothing", dangling),
    Operator("relink-itself", "a link leads back to its own subject", itself),
    Operator(
        "relink-other-class", "a link leads to a thing of another class", other_class
    ),
    Operator(
        "relink-to-class",
        "a link leads to a class, not to one of its members",
        to_class,
    ),
    Operator("swap-ends", "subject and object of a link change places", swap_ends),
    Operator(
        "sibling-property",
        "a property of the same range stands in for another",
        sibling_property,
    ),
    Operator(
        "foreign-property", "a thing has a property of another class", foreign_property
    ),
    Operator(
        "relink-same-class",
        "a link leads to another thing of the same class",
        same_class,
    ),
    Operator("second-link", "a single link gets a second one beside it", second_link),
    Operator(
        "swap-values", "two things of one class have each other's value", exchanged
    ),
    Operator(
        "wrong-subject",
        "a statement stands with another thing of the class",
        wrong_subject,
    ),
)
