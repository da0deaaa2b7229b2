"""How much of what the shapes ask for the data has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from rdflib import RDF, RDFS, SH, SKOS, URIRef

from vomkg.curate.kinds import kind, kinds
from vomkg.namespaces import Vom

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rdflib import Graph

    from vomkg.curate.kinds import Need

Level = Literal["MUST", "SHOULD", "MAY"]
LEVELS: Final[tuple[Level, ...]] = ("MUST", "SHOULD", "MAY")


@dataclass(frozen=True, slots=True)
class Filled:
    """How many things of a class have a property.

    Attributes:
        kind: IRI of the class.
        path: IRI of the property.
        level: MUST if the shapes need it, SHOULD if they warn without it, MAY if
            they only allow it.
        have: how many things have as many values as are asked, or any.
        of: how many things of the class there are.
        missing: IRIs of those that have not, sorted.
    """

    kind: str
    path: str
    level: Level
    have: int
    of: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What one review says on one EMMIE dimension.

    Attributes:
        review: IRI of the review.
        dimension: IRI of the dimension.
        claims: how many claims it makes.
        absences: how many absences are stated of it.
    """

    review: str
    dimension: str
    claims: int
    absences: int

    @property
    def state(self) -> Literal["reported", "stated as absent", "silent"]:
        """Whether it is reported, said to be absent, or neither."""
        if self.claims:
            return "reported"
        return "stated as absent" if self.absences else "silent"


def filled(data: Graph, shapes: Graph, ontology: Graph) -> tuple[Filled, ...]:
    """Every property that the shapes know of every class that the data has."""
    found: list[Filled] = []
    for name, iri in kinds(shapes, ontology).items():
        things = {
            thing for thing in data.subjects(RDF.type, iri) if isinstance(thing, URIRef)
        }
        if things:
            described = kind(name, shapes, ontology)
            found += (_filled(need, iri, things, data) for need in described.needs)
    return tuple(sorted(found, key=lambda f: (f.kind, LEVELS.index(f.level), f.path)))


def share(found: Iterable[Filled], level: Level) -> tuple[int, int]:
    """How many of the asked properties of a level are there, and of how many."""
    chosen = [item for item in found if item.level == level]
    return sum(item.have for item in chosen), sum(item.of for item in chosen)


def emmie(data: Graph, ontology: Graph) -> tuple[Said, ...]:
    """What each review says on each dimension, in the order of the dimensions."""
    known = data + ontology
    reviews = _reviews(known)
    return tuple(
        Said(
            str(review),
            str(dimension),
            _count(data, Vom.reportedBy, review, dimension),
            _count(data, Vom.absentFrom, review, dimension),
        )
        for dimension in _dimensions(known)
        for review in reviews
    )


def _filled(need: Need, iri: URIRef, things: Iterable[URIRef], data: Graph) -> Filled:
    listed = sorted(things)
    least = max(need.least, 1)
    missing = [
        str(thing)
        for thing in listed
        if sum(1 for _ in data.objects(thing, need.path)) < least
    ]
    return Filled(
        str(iri),
        str(need.path),
        _level(need),
        len(listed) - len(missing),
        len(listed),
        tuple(missing),
    )


def _level(need: Need) -> Level:
    if not need.least:
        return "MAY"
    return "MUST" if need.severity in (None, SH.Violation) else "SHOULD"


def _reviews(known: Graph) -> Sequence[URIRef]:
    below = known.transitive_subjects(RDFS.subClassOf, URIRef(Vom.Review))
    found = {thing for k in below for thing in known.subjects(RDF.type, k)}
    return sorted(thing for thing in found if isinstance(thing, URIRef))


def _dimensions(known: Graph) -> Iterator[URIRef]:
    found = known.subjects(RDF.type, URIRef(Vom.EMMIEDimension))
    numbered = ((str(known.value(d, SKOS.notation)), d) for d in found)
    yield from (d for _, d in sorted(numbered) if isinstance(d, URIRef))


def _count(data: Graph, link: str, review: URIRef, dimension: URIRef) -> int:
    return sum(
        (claim, URIRef(Vom.inDimension), dimension) in data
        for claim in data.subjects(URIRef(link), review)
    )
