"""One fault told once, however many constraints of one shape it breaks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vomkg.curate.result import Result


def merged(results: Iterable[Result]) -> list[Result]:
    """The results, those that differ by their component alone put together.

    A word in place of a number breaks the datatype and both bounds of one property
    shape, which says one thing about it. The components of what was put together
    stand in one text, parted by a comma; details and mends are collected.
    """
    found: dict[tuple[object, ...], Result] = {}
    for result in results:
        key = (
            *(result.check, result.severity, result.shape, result.focus, result.path),
            *(result.value, result.value_type, result.message, result.at),
        )
        known = found.get(key)
        found[key] = result if known is None else _together(known, result)
    return list(found.values())


def _together(one: Result, other: Result) -> Result:
    components = dict.fromkeys([*one.component.split(", "), other.component])
    return replace(
        one,
        component=", ".join(components),
        details=tuple(dict.fromkeys((*one.details, *other.details))),
        also=tuple(dict.fromkeys((*one.also, *other.also))),
        mends=tuple(dict.fromkeys((*one.mends, *other.mends))),
    )
