"""What is one link away from a thing, by which links, and what is drawn first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Final

from vomkg.namespaces import RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.web.things.entity import Entity, Statement

# What every thing has, and what its page says above the picture.
_LEFT_OUT: Final = frozenset({RDF + "type", RDFS + "isDefinedBy"})


@dataclass(frozen=True, slots=True)
class Link:
    """One link: what it is called, which way it leads, who says so."""

    name: str
    is_out: bool
    is_inferred: bool

    @property
    def words(self) -> str:
        """Its name, and whether only the reasoner says so."""
        return f"{self.name} (inferred)" if self.is_inferred else self.name


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A thing that is one link away.

    Attributes:
        iri: of the thing.
        label: its name.
        links: between it and the thing of the page, at least one.
    """

    iri: str
    label: str
    links: tuple[Link, ...]

    @property
    def is_right(self) -> bool:
        """Whether the thing of the page points at it."""
        return any(link.is_out for link in self.links)

    @property
    def is_left(self) -> bool:
        """Whether it points at the thing of the page."""
        return not all(link.is_out for link in self.links)

    @property
    def is_inferred(self) -> bool:
        """Whether only the reasoner ties it to the thing of the page."""
        return all(link.is_inferred for link in self.links)

    @property
    def words(self) -> str:
        """Every link by name."""
        return ", ".join(dict.fromkeys(link.words for link in self.links))

    @property
    def caption(self) -> str:
        """The first link by name, and how many others there are."""
        names = list(dict.fromkeys(link.name for link in self.links))
        return names[0] + (f" + {len(names) - 1} more" if names[1:] else "")


def neighbours(entity: Entity) -> tuple[Neighbour, ...]:
    """Every thing one link away, in the order in which they are drawn.

    One of each kind of link comes before a second of any, what the thing points at
    and what points at it by turns, and what is stated before what is inferred.
    """
    links: dict[str, list[Link]] = {}
    labels: dict[str, str] = {}
    out = _in_turn(entity, is_out=True)
    into = _in_turn(entity, is_out=False)
    for found in chain.from_iterable(zip_longest(out, into)):
        if found is not None:
            iri, label, link = found
            labels[iri] = label
            links.setdefault(iri, []).append(link)
    return tuple(Neighbour(iri, labels[iri], tuple(links[iri])) for iri in links)


def _in_turn(entity: Entity, *, is_out: bool) -> Iterator[tuple[str, str, Link]]:
    """Links of one direction: the first of each kind, then the second of each."""
    statements = [
        statement
        for group in entity.groups
        for statement in group.statements
        if (group.name != "in") == is_out and statement.name.iri not in _LEFT_OUT
    ]
    rows = zip_longest(*(_links(one, is_out=is_out) for one in statements))
    for row in rows:
        for found in row:
            if found is not None and found[0] != entity.iri:
                yield found


def _links(statement: Statement, *, is_out: bool) -> list[tuple[str, str, Link]]:
    return [
        (
            value.cell.iri,
            value.cell.text,
            Link(statement.name.text, is_out, value.is_inferred),
        )
        for value in statement.values
        if value.cell.iri
    ]
