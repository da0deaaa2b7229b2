"""Operators on places in the source."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rdflib import Namespace, URIRef

from vomkg.mutation.mutant import Operator, in_order, listed, literal_like
from vomkg.mutation.world import as_number
from vomkg.namespaces import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.mutation.mutant import Triple
    from vomkg.mutation.world import World

    Changes = Iterator[tuple[list[Triple], list[Triple]]]

_OA: Final = Namespace("http://www.w3.org/ns/oa#")
_LOCATED: Final = URIRef(ONTOLOGY + "locatedIn")
_SECTION: Final = URIRef(ONTOLOGY + "inSection")
_LENGTH: Final = URIRef(ONTOLOGY + "characterCount")


def _ranges(world: World) -> Iterator[tuple[Triple, Triple]]:
    for s in world.subjects:
        starts, ends = world.values.get((s, _OA.start)), world.values.get((s, _OA.end))
        if starts and ends:
            yield (s, _OA.start, starts[0]), (s, _OA.end, ends[0])


def _moved(triple: Triple, by: int) -> Triple:
    s, p, o = triple
    return s, p, literal_like(str(int(str(o)) + by), o)  # type: ignore[arg-type]


def shifted(world: World) -> Changes:
    """The whole range further on by ten characters."""
    for start, end in _ranges(world):
        yield [start, end], [_moved(start, 10), _moved(end, 10)]


def beyond(world: World) -> Changes:
    """The end behind the last character of the source."""
    lengths = [as_number(o) for o in world.data.objects(predicate=_LENGTH)]
    longest = max((int(length) for length in lengths if length is not None), default=0)
    for _, (s, p, o) in _ranges(world):
        yield [(s, p, o)], [(s, p, literal_like(str(longest + 1), o))]  # type: ignore[arg-type]


def overlapping(world: World) -> Changes:
    """The end in the middle of the next range."""
    ranges = sorted(_ranges(world), key=lambda pair: int(str(pair[0][2])))
    for (_, end), (start, after) in pairwise(ranges):
        middle = (int(str(start[2])) + int(str(after[2]))) // 2
        if middle != int(str(end[2])):
            yield [end], [(*end[:2], literal_like(str(middle), end[2]))]  # type: ignore[arg-type]


def other_section(world: World) -> Changes:
    """A claim at a place of another section."""
    section = dict(world.data.subject_objects(_SECTION))
    places = in_order(set(world.data.objects(predicate=_LOCATED)))
    for s, p, o in listed(world.data.triples((None, _LOCATED, None))):
        away = [place for place in places if section.get(place) != section.get(o)]
        for other in world.pick(away, s, p, o, "section"):
            yield [(s, p, o)], [(s, p, other)]


def next_place(world: World) -> Changes:
    """A claim at another place of the same section."""
    section = dict(world.data.subject_objects(_SECTION))
    for s, p, o in listed(world.data.triples((None, _LOCATED, None))):
        near = [x for x in world.fellows(o) if section.get(x) == section.get(o)]
        for other in world.pick(set(near) - set(world.values[s, p]), s, p, o, "near"):
            yield [(s, p, o)], [(s, p, other)]


OPERATORS: Final = (
    Operator(
        "place-beyond-source", "a range ends behind the end of the source", beyond
    ),
    Operator("place-overlaps", "a range reaches into the next one", overlapping),
    Operator("place-shifted", "a range lies ten characters too far on", shifted),
    Operator("wrong-section", "a claim stands in another section", other_section),
    Operator("wrong-place", "a claim stands elsewhere in its section", next_place),
)
