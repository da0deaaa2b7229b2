"""Operators on numbers, dates and their order."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rdflib import XSD, Literal

from vomkg.mutation.mutant import Operator, literal_like
from vomkg.mutation.world import as_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vomkg.mutation.mutant import Targets, Triple
    from vomkg.mutation.world import World

    Changes = Iterator[tuple[list[Triple], list[Triple]]]


def _number(change: Callable[[Decimal], Decimal | None]) -> Targets:
    """An operator that computes each number anew, whole ones rounded."""

    def changes(world: World) -> Changes:
        for s, p, o in world.triples:
            value = as_number(o)
            other = None if value is None else change(value)
            if other is None or not isinstance(o, Literal) or other == value:
                continue
            whole = o.datatype != XSD.decimal
            text = str(int(other)) if whole else f"{other:f}"
            if as_number(literal_like(text, o)) != value:
                yield [(s, p, o)], [(s, p, literal_like(text, o))]

    return changes


def _turned(value: Decimal) -> Decimal | None:
    """The number with its first two digits that differ swapped."""
    text = f"{value:f}"
    if found := re.search(r"(\d)(?!\1)(\d)", text):
        one, two = found.groups()
        return Decimal(text[: found.start()] + two + one + text[found.end() :])
    return None


def shown_number(world: World) -> Changes:
    """Another number in the printed form."""
    for s, p, o in world.triples:
        if (
            isinstance(o, Literal)
            and o.datatype in (None, XSD.string)
            and not o.language
        ):
            text = re.sub(r"^(\D*)(\d)", lambda m: m[1] + str((int(m[2]) + 1) % 10), o)
            if text != str(o):
                yield [(s, p, o)], [(s, p, literal_like(text, o))]


def far_date(world: World) -> Changes:
    """The year 2999."""
    for s, p, o in world.triples:
        if isinstance(o, Literal) and o.datatype in (XSD.date, XSD.gYear):
            yield [(s, p, o)], [(s, p, literal_like(f"2999{str(o)[4:]}", o))]


def turned_date(world: World) -> Changes:
    """Day and month changed round."""
    for s, p, o in world.triples:
        if isinstance(o, Literal) and o.datatype == XSD.date:
            year, month, day = str(o).split("-")[-3:]
            yield [(s, p, o)], [(s, p, literal_like(f"{year}-{day}-{month}", o))]


def truth(world: World) -> Changes:
    """The other truth value."""
    for s, p, o in world.triples:
        if isinstance(o, Literal) and o.datatype == XSD.boolean:
            other = "false" if str(o) == "true" else "true"
            yield [(s, p, o)], [(s, p, literal_like(other, o))]


def swapped_pair(world: World) -> Changes:
    """The lower in place of the higher, for each pair that is always in order."""
    for low, high in world.ordered:
        for s in world.subjects:
            one, two = world.values.get((s, low)), world.values.get((s, high))
            if one and two:
                yield (
                    [(s, low, one[0]), (s, high, two[0])],
                    [(s, low, two[0]), (s, high, one[0])],
                )


def passed_bound(world: World) -> Changes:
    """The lower just above the higher, for each pair that is always in order."""
    for low, high in world.ordered:
        for s in world.subjects:
            one, two = world.values.get((s, low)), world.values.get((s, high))
            if one and two and (top := as_number(two[0])) is not None:
                beyond = literal_like(str(top + 1), one[0])  # type: ignore[arg-type]
                yield [(s, low, one[0])], [(s, low, beyond)]


def second_number(world: World) -> Changes:
    """A second number beside the first."""
    for (s, p), objects in world.values.items():
        value = as_number(objects[0])
        if value is not None and len(objects) == 1 and isinstance(objects[0], Literal):
            yield [], [(s, p, literal_like(f"{value + 1:f}", objects[0]))]


OPERATORS: Final = (
    Operator(
        "swap-bounds",
        "the lower stands for the higher and the other way round",
        swapped_pair,
    ),
    Operator("pass-bound", "the lower is above the higher", passed_bound),
    Operator("negative", "a number has a minus", _number(lambda value: -value)),
    Operator(
        "hundredfold-less",
        "a number is a hundredth: a share for a percentage",
        _number(lambda value: value / 100),
    ),
    Operator(
        "tenfold", "a number is ten times as large", _number(lambda value: value * 10)
    ),
    Operator(
        "out-of-range",
        "a number is beyond all reason",
        _number(lambda value: value + 1000000),
    ),
    Operator(
        "one-more", "a number is greater by one", _number(lambda value: value + 1)
    ),
    Operator(
        "one-less", "a number is smaller by one", _number(lambda value: value - 1)
    ),
    Operator("turned-digits", "two digits have changed places", _number(_turned)),
    Operator("second-number", "a second number stands beside the first", second_number),
    Operator(
        "wrong-printed-number", "a code or printed form has another digit", shown_number
    ),
    Operator("year-2999", "a date lies in the year 2999", far_date),
    Operator("turned-date", "day and month have changed places", turned_date),
    Operator("wrong-truth", "true stands for false, or false for true", truth),
)
