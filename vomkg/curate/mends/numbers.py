"""Mends where a value lies outside its bounds (SHACL, sections 4.3 and 4.5)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from rdflib import SH, XSD, Literal

from vomkg.curate.mend import Mend
from vomkg.curate.mends.counts import added
from vomkg.curate.mends.values import fits, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib import URIRef
    from rdflib.term import Node

    from vomkg.curate.mends.case import Case

    Limits = list[tuple[Callable[[Decimal, Decimal], bool], Decimal | None]]

_BOUNDS: Final[dict[URIRef, tuple[str, Callable[[Decimal, Decimal], bool]]]] = {
    SH.minInclusive: ("from", lambda value, bound: value >= bound),
    SH.minExclusive: ("above", lambda value, bound: value > bound),
    SH.maxInclusive: ("to", lambda value, bound: value <= bound),
    SH.maxExclusive: ("below", lambda value, bound: value < bound),
}


def out_of_range(case: Case) -> Iterator[Mend]:
    """Mends for the four bounds of a value: the range, and a percentage as a share."""
    bounds = [
        (words, holds, bound)
        for p, (words, holds) in _BOUNDS.items()
        if (bound := case.parameter(p)) is not None
    ]
    told = " and ".join(f"{words} {bound}" for words, _, bound in bounds)
    told = told.replace(" and to ", " to ")
    shown = case.world.turtle(case.value)
    yield case.instead(f"write a value {told} where {shown} stands", "…")
    number = as_number(case.value)
    limits = [(holds, as_number(bound)) for _, holds, bound in bounds]
    if getattr(case.value, "datatype", None) is None or _within(number, limits):
        return
    for words, factor in (
        ("in percent", Decimal("0.01")),
        ("as a share", Decimal(100)),
    ):
        other = None if number is None else number * factor
        if other is not None and _within(other, limits):
            new = _like(case.value, other)
            if new is not None:
                yield case.instead(
                    f"if {shown} was given {words}, write {case.world.turtle(new)}", new
                )


def _within(number: Decimal | None, limits: Limits) -> bool:
    return number is not None and all(
        limit is not None and holds(number, limit) for holds, limit in limits
    )


def not_smaller(case: Case) -> Iterator[Mend]:
    """Mends for ``sh:lessThan`` and ``sh:lessThanOrEquals``: the pair the other way.

    That both were swapped is likely, that one is mistyped is possible, so a person
    decides.
    """
    world, value = case.world, case.value
    other = case.parameter(SH.lessThan) or case.parameter(SH.lessThanOrEquals)
    if other is None or value is None:
        return
    bounds = sorted(world.data.objects(case.focus, other), key=str)
    shown = world.listed(bounds)
    if len(bounds) == 1 and case.path is not None and len(case.values) == 1:
        pair = f"{case.told(bounds[0])}\n{case.told(value, other)}"
        yield Mend(f"swap the two, {world.name(value)} and {shown}", pair)
    sign = "less than" if case.parameter(SH.lessThan) else "at most"
    yield Mend(
        f"correct {case.named}, {world.name(value)}, or {world.name(other)}, "
        f"{shown}: the one must be {sign} the other"
    )


def not_equal(case: Case) -> Iterator[Mend]:
    """Mends for ``sh:equals``: the same values by both properties."""
    world, value = case.world, case.value
    other = case.parameter(SH.equals)
    if other is None or value is None:
        return
    if value in case.values:
        yield Mend(
            f"add {world.name(value)} to {world.name(other)}, or take it from "
            f"{case.named}",
            case.told(value, other),
        )
    else:
        yield Mend(
            f"add {world.name(value)} to {case.named}, or take it from "
            f"{world.name(other)}",
            added(case, world.turtle(value)),
        )


def not_different(case: Case) -> Iterator[Mend]:
    """Mends for ``sh:disjoint``: the value by one of the two properties only."""
    world, value = case.world, case.value
    for other in case.parameters(SH.disjoint):
        if value is not None and (case.focus, other, value) in world.data:
            yield Mend(
                f"remove {world.name(value)} from {world.name(other)} or from "
                f"{case.named}: it cannot stand in both",
                f"# now: {case.told(value, other)}",
            )


def as_number(node: Node | None) -> Decimal | None:
    """The number that a literal stands for."""
    try:
        number = Decimal(str(node)) if isinstance(node, Literal) else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _like(value: Node | None, number: Decimal) -> Literal | None:
    """The number in the type of a literal, if it fits there."""
    datatype = getattr(value, "datatype", None) or XSD.decimal
    text = f"{number.normalize():f}"
    if datatype == XSD.decimal and "." not in text:
        text += ".0"
    return typed(text, datatype) if fits(text, datatype) else None
