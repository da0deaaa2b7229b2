"""Shapes that refer to themselves, which SHACL leaves undefined (§3.4.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vomkg.curate.lint.faults import fault, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from vomkg.curate.lint.nodes import View
    from vomkg.curate.result import Result


def recursion_faults(view: View) -> Iterator[Result]:
    """One fault for each circle of shapes, at the first of its shapes."""
    done: set[Node] = set()
    for start in view.shapes:
        if start in done:
            continue
        # Depth first without recursion of ours: shapes may nest as deep as they like.
        path: list[Node] = [start]
        ways = [view.links(start)]
        while ways:
            how, to = next(ways[-1], ("", None))
            if to is None:
                done.add(path.pop())
                ways.pop()
            elif to in path:
                yield _circle(view, path[path.index(to) :], how)
            elif to not in done:
                path.append(to)
                ways.append(view.links(to))


def _circle(view: View, circle: list[Node], how: str) -> Result:
    names = ", ".join(shown(node) for node in circle[1:])
    through = f" through {names}" if names else ""
    return fault(
        "Recursion",
        view,
        circle[0],
        f"refers to itself{through}, by sh:{how}: it is recursive",
        "break the circle",
        at=how if len(circle) == 1 else None,
    )
