"""Operators that make a well-formed claim say something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import OWL, RDF, SKOS, Literal, URIRef

from vomkg.mutation.mutant import Operator, in_order, listed
from vomkg.mutation.world import as_number
from vomkg.namespaces import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.mutation.mutant import Triple
    from vomkg.mutation.world import World

    Changes = Iterator[tuple[list[Triple], list[Triple]]]

REPORTED_BY: Final = URIRef(ONTOLOGY + "reportedBy")
_METRIC: Final = URIRef(ONTOLOGY + "metric")
_FAMILY: Final = URIRef(ONTOLOGY + "metricFamily")
_ABSENCE: Final = URIRef(ONTOLOGY + "absenceNotedBy")
_TOPIC: Final = URIRef(ONTOLOGY + "aboutTopic")
_STANCES: Final = tuple(
    URIRef(ONTOLOGY + name) for name in ("supports", "challenges", "inconclusiveFor")
)


def speaker(world: World) -> Changes:
    """Each other speaker of the data in place of the one."""
    speakers = in_order(set(world.data.objects(predicate=REPORTED_BY)))
    for s, p, o in listed(world.data.triples((None, REPORTED_BY, None))):
        for other in speakers:
            if other != o:
                yield [(s, p, o)], [(s, p, other)]


def family(world: World) -> Changes:
    """A metric of each other family."""
    of = dict(world.ontology.subject_objects(_FAMILY))
    for s, p, o in listed(world.data.triples((None, _METRIC, None))):
        for other in in_order(of):
            if of[other] != of.get(o):
                yield [(s, p, o)], [(s, p, other)]


def member(world: World) -> Changes:
    """Each other member of an enumeration: direction, significance, kind, dimension."""
    group = {m: others for others in world.enumerations.values() for m in others}
    for s, p, o in world.triples:
        for other in group.get(o, ()):
            if other not in world.values[s, p]:
                yield [(s, p, o)], [(s, p, other)]


def stance(world: World) -> Changes:
    """Support, challenge and neither, one for another."""
    for s, p, o in world.triples:
        for other in _STANCES:
            if p in _STANCES and other != p:
                yield [(s, p, o)], [(s, other, o)]


def both_stances(world: World) -> Changes:
    """Support and challenge of one proposition by one claim."""
    for s, p, o in world.triples:
        for other in _STANCES:
            if p in _STANCES and other != p:
                yield [], [(s, other, o)]


def levels(world: World) -> Changes:
    """Two links of one range have each other's end."""
    for one, two in world.exchangeable:
        for s in world.subjects:
            a = world.values.get((s, one), [])
            b = world.values.get((s, two), [])
            if len(a) == len(b) == 1 and a != b:
                yield (
                    [(s, one, a[0]), (s, two, b[0])],
                    [(s, one, b[0]), (s, two, a[0])],
                )


def merged_levels(world: World) -> Changes:
    """Two links of one range lead to the same end."""
    for one, two in world.exchangeable:
        for s in world.subjects:
            a = world.values.get((s, one), [])
            b = world.values.get((s, two), [])
            if len(a) == len(b) == 1 and a != b:
                yield [(s, two, b[0])], [(s, two, a[0])]


def against_absence(world: World) -> Changes:
    """A value of what an absence statement says is not there."""
    for s, _, absence in listed(world.data.triples((None, _ABSENCE, None))):
        for topic in in_order(world.data.objects(absence, _TOPIC)):
            for p in world.gaps.get(topic, ()):
                if p not in world.properties:
                    continue
                value = Literal("0.5", datatype=str(world.properties[p][1]))
                if (s, p) not in world.values:
                    yield [], [(s, p, value)]


def other_unit(world: World) -> Changes:
    """A value and all that is computed from it as a share instead of a percentage."""
    for s in world.subjects:
        old: list[Triple] = []
        new: list[Triple] = []
        for p, o in world.data.predicate_objects(s):
            value = as_number(o)
            if value is not None and value >= 10 and p in world.properties:
                old.append((s, p, o))
                new.append((s, p, Literal(f"{value / 100:f}", datatype=o.datatype)))  # type: ignore[attr-defined]
        if len(old) == 1 and old[0][2].datatype.endswith("decimal"):  # type: ignore[attr-defined]
            yield old, new


def circle(world: World) -> Changes:
    """A link back, so that two things each come before, above or within the other."""
    for s, p, o in world.triples:
        same = p in world.properties and len(set(world.properties[p])) == 1
        symmetric = (p, RDF.type, OWL.SymmetricProperty) in world.ontology
        if (same or p == SKOS.broader) and isinstance(o, URIRef) and not symmetric:
            yield [], [(o, p, s)]


OPERATORS: Final = (
    Operator("wrong-speaker", "another speaker is said to have said it", speaker),
    Operator(
        "wrong-metric-family", "a number is given in a metric of another family", family
    ),
    Operator(
        "flip-stance", "support, challenge and openness stand for one another", stance
    ),
    Operator("two-stances", "one claim takes two sides", both_stances),
    Operator(
        "flip-member",
        "another member of an enumeration: direction, kind, dimension",
        member,
    ),
    Operator(
        "swap-levels", "reference and comparison, or another such pair, swapped", levels
    ),
    Operator("merge-levels", "both ends of a comparison are the same", merged_levels),
    Operator(
        "stated-against-absence",
        "a value is given that is said not to be there",
        against_absence,
    ),
    Operator("share-for-percent", "a percentage is written as a share", other_unit),
    Operator("closed-circle", "two things each come before the other", circle),
)
