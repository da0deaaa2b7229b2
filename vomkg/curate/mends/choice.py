"""Mends where a value or a property is none of those allowed (SHACL, section 4.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, SH, Literal, URIRef

from vomkg.curate.mend import Mend, Patch
from vomkg.curate.mends.classes import allowed_properties
from vomkg.curate.mends.counts import added
from vomkg.curate.mends.spelling import distance, meant, nearest
from vomkg.curate.mends.values import allowed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from vomkg.curate.mends.case import Case

_NEAR = 3  # values that are offered one by one


def not_in_list(case: Case) -> Iterator[Mend]:
    """Mends for ``sh:in``: the listed values, the nearest in spelling first."""
    if case.path is None and case.path_node is not None:
        yield _along(case)
    else:
        yield from replaced(case, allowed(case))


def not_the_value(case: Case) -> Iterator[Mend]:
    """Mends for ``sh:hasValue``: the value, in place of a misspelt one or besides."""
    wanted = case.parameter(SH.hasValue)
    if wanted is None:
        return
    world = case.world
    for value in case.values if case.path else ():
        if _slip(value, [wanted], case) is not None:
            patch = world.spots.value(case.focus, case.path or value, value)
            yield Mend(
                f"write {world.name(wanted)} where {world.turtle(value)} stands",
                case.told(wanted),
                Patch(patch, world.turtle(wanted)) if patch else None,
            )
            return
    if case.path is None:
        yield from _linked(case, wanted)
        return
    # Most of our properties take one value, so another one has to go.
    have = f", in place of {world.listed(case.values)}" if case.values else ""
    words = f"give {case.named} the value {world.name(wanted)}{have}"
    yield Mend(words, added(case, world.turtle(wanted)))


def not_allowed(case: Case) -> Iterator[Mend]:
    """Mends for ``sh:closed``: the nearest allowed property, else to take it away."""
    world, p = case.world, case.path
    if p is None or case.shape is None:
        return
    open_to = allowed_properties(case.shape, world)
    slip = (
        None if p in world.properties else meant(world.local(p), open_to, world.local)
    )
    if slip is not None:
        at = world.spots.predicate(case.focus, p)
        yield Mend(
            f"write {world.name(slip)} where {world.turtle(p)} stands",
            _moved(case, slip),
            Patch(at, case.verb(slip)) if at else None,
        )
        return
    declared = p in world.properties
    yield Mend(
        f"remove {world.name(p)}, or move it to the thing that it is about"
        if declared
        else f"remove {world.turtle(p)}, which nobody declares, or declare it"
    )
    for near in nearest(world.local(p), open_to - {RDF.type}, world.local)[:_NEAR]:
        if 2 * distance(world.local(p), world.local(near)) < len(world.local(p)):
            words = f"if {world.name(near)} is meant, write that"
            yield Mend(words, _moved(case, near))


def replaced(case: Case, choice: list[Node]) -> Iterator[Mend]:
    """Another value from a choice, the nearest in spelling first.

    A value that nobody describes and that differs from one of the choice by a slip
    of the pen is replaced without a person; any other is not.
    """
    world, value = case.world, case.value
    if value is None or not choice:
        return
    slip = _slip(value, choice, case)
    if slip is not None:
        words = f"write {world.name(slip)} where {world.turtle(value)} stands"
        yield case.instead(words, slip, safe=True)
        return
    ordered = nearest(world.local(value), choice, world.local)
    if len(ordered) == 1:
        words = f"write {world.name(ordered[0])} where {world.turtle(value)} stands"
        yield case.instead(words, ordered[0])
        return
    yield case.instead(f"choose one of {world.listed(ordered)}", "…")
    for node in ordered[:_NEAR]:
        yield case.instead(f"if {world.name(node)} is meant, write that", node)


def _slip(value: Node, choice: list[Node], case: Case) -> Node | None:
    """The one value of the choice that was meant, if the value itself is nothing."""
    world = case.world
    if isinstance(value, Literal):
        texts = [node for node in choice if isinstance(node, Literal)]
        return meant(str(value), texts, str)
    if not isinstance(value, URIRef) or value in world.known:
        return None
    start = str(value).removesuffix(world.local(value))
    alike = [node for node in choice if str(node).startswith(start)]
    return meant(world.local(value), alike, world.local)


def _moved(case: Case, to: Node) -> str:
    """The value, given by another property."""
    return "" if case.value is None else case.told(case.value, to)


def _linked(case: Case, wanted: Node) -> Iterator[Mend]:
    """A link to something that leads on to the value, for a path of two steps."""
    world, head = case.world, case.path_node
    listed = head is not None and (head, RDF.first, None) in world.shapes
    steps = world.items(head) if head is not None and listed else []
    known: list[Node] = []
    if (
        len(steps) == 2
        and isinstance(steps[0], URIRef)
        and isinstance(steps[1], URIRef)
    ):
        known = sorted(world.data.subjects(steps[1], wanted), key=str)
    if not known:
        words = f"let {world.name(wanted)} be {case.through}"
        yield Mend(words, added(case, world.turtle(wanted)))
        return
    value: Node | str = known[0] if len(known) == 1 else "…"
    words = f"link {world.listed(known)}, about {world.name(wanted)}"
    if len(known) > 1:
        words = f"link one of {world.listed(known)}, about {world.name(wanted)}"
    yield Mend(words, case.told(value, steps[0]))


def _along(case: Case) -> Mend:
    """What a path over several properties may lead to."""
    listed = case.world.listed(allowed(case))
    words = f"let {case.named} lead to one of {listed}"
    return Mend(words, added(case, "…"))
