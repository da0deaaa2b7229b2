"""Operators on the class of a thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, URIRef

from vomkg.mutation.mutant import Operator
from vomkg.mutation.operators.names import misspelt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib.term import Node

    from vomkg.mutation.mutant import Targets, Triple
    from vomkg.mutation.world import World

    Changes = Iterator[tuple[list[Triple], list[Triple]]]


def _retype(others: Callable[[World, Node], list[Node]], one: bool) -> Targets:
    """An operator that puts another class in place of the stated one."""

    def changes(world: World) -> Changes:
        for s, kind in world.kind.items():
            choices = others(world, kind)
            taken = world.pick(choices, s, "class") if one else choices
            for other in taken:
                yield [(s, RDF.type, kind)], [(s, RDF.type, other)]

    return changes


def second(world: World) -> Changes:
    """A class that has nothing to do with the stated one, beside it."""
    for s, kind in world.kind.items():
        for other in world.pick(world.strangers(kind), s, "second"):
            yield [], [(s, RDF.type, other)]


def misspell(world: World) -> Changes:
    """Two letters of the class change places."""
    for s, kind in world.kind.items():
        yield [(s, RDF.type, kind)], [(s, RDF.type, misspelt(URIRef(str(kind))))]


OPERATORS: Final = (
    Operator(
        "retype-parent",
        "a thing has the wider class only",
        _retype(lambda world, kind: world.parents(kind), one=False),
    ),
    Operator(
        "retype-sibling",
        "a thing has a class beside its own",
        _retype(lambda world, kind: world.siblings(kind), one=True),
    ),
    Operator(
        "retype-unrelated",
        "a thing has a class that has nothing to do with its own",
        _retype(lambda world, kind: world.strangers(kind), one=True),
    ),
    Operator("second-class", "a thing has a second class that cannot be", second),
    Operator("misspell-class", "the class is misspelt", misspell),
)
