"""Constraints that are said twice of the same values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vomkg.curate.lint.faults import fault, shown
from vomkg.curate.lint.joint import Joint, by_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from vomkg.curate.lint.nodes import View
    from vomkg.curate.result import Result


def duplicate_faults(view: View) -> Iterator[Result]:
    """Constraints that two property shapes of one shape put on the same path."""
    told: set[tuple[Node, Node, str]] = set()
    for shape in view.shapes:
        if view.is_property(shape):
            continue
        for group in by_path(view, shape).values():
            first: dict[tuple[str, object], Node] = {}
            for part in group:
                for parameter, value in _constraints(view, part):
                    before = first.setdefault((parameter, value), part)
                    if before == part or (before, part, parameter) in told:
                        continue
                    told.add((before, part, parameter))
                    yield fault(
                        "DuplicateConstraint",
                        view,
                        part,
                        f"says of its path by sh:{parameter} what {shown(before)} "
                        f"says, and {shown(shape)} has both",
                        "take one of them out",
                        at=parameter,
                    )


def _constraints(view: View, part: Node) -> Iterator[tuple[str, object]]:
    joint = Joint(view, None, [part])
    joint.take(part)
    for parameter, pairs in joint.said.items():
        if parameter.startswith("qualified"):
            continue
        for _, value in pairs:
            items = view.items(value) if parameter in {"in", "languageIn"} else None
            yield parameter, value if items is None else frozenset(items)
