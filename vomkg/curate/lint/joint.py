"""Which constraints hold together: those of one value, from however many shapes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vomkg.curate.lint.nodes import PARAMETERS
from vomkg.curate.lint.paths import path_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from vomkg.curate.lint.nodes import View


@dataclass
class Joint:
    """The constraints that one node, or each value of one path, must meet at once.

    Attributes:
        view: the shapes.
        said: parameter to its values, each with the shape that gives it.
        path: the path whose values are meant; None for the focus node itself.
        shapes: the property shapes joined, or the node shape.
    """

    view: View
    path: Node | None
    shapes: list[Node]
    said: dict[str, list[tuple[Node, Node]]] = field(default_factory=dict)

    def take(self, shape: Node) -> None:
        """Add the constraints of a shape."""
        for parameter, values in self.view.said(shape).items():
            if parameter in PARAMETERS:
                self.said.setdefault(parameter, []).extend(
                    (shape, value) for value in values
                )

    def __getitem__(self, parameter: str) -> list[tuple[Node, Node]]:
        return self.said.get(parameter, [])

    def values(self, parameter: str) -> list[Node]:
        """The values of a parameter, whichever shape gives them."""
        return [value for _, value in self[parameter]]


def joints(view: View) -> Iterator[Joint]:
    """Every set of constraints that hold together, the smaller ones first."""
    live = [shape for shape in view.shapes if not view.is_off(shape)]
    for shape in live:
        yield _own(view, shape)
    for shape in live:
        if view.is_property(shape):
            continue
        for group in by_path(view, shape).values():
            if len(group) > 1:
                yield _joined(view, group)


def by_path(view: View, shape: Node) -> dict[object, list[Node]]:
    """The property shapes that bind one focus node, grouped by their path."""
    found: dict[object, list[Node]] = {}
    for part in property_shapes(view, shape):
        for path in view.values(part, "path")[:1]:
            found.setdefault(path_key(view, path), []).append(part)
    return found


def property_shapes(view: View, shape: Node) -> list[Node]:
    """The property shapes that a focus node of the shape must meet, in any case."""
    found: dict[Node, None] = {}
    for member in _conjunction(view, [shape]):
        if view.is_property(member):
            found[member] = None
        else:
            found.update(dict.fromkeys(view.values(member, "property")))
    return [part for part in found if not view.is_off(part)]


def _own(view: View, shape: Node) -> Joint:
    if view.is_property(shape):
        return _joined(view, [shape])
    joint = Joint(view, None, [shape])
    for member in _conjunction(view, [shape]):
        if not view.is_property(member):
            joint.take(member)
    return joint


def _joined(view: View, group: list[Node]) -> Joint:
    path = next(iter(view.values(group[0], "path")), None)
    joint = Joint(view, path, group)
    for shape in group:
        joint.take(shape)
    inner = [to for shape in group for to in _demands(view, shape)]
    for member in _conjunction(view, inner):
        if not view.is_property(member):
            joint.take(member)
    return joint


def _conjunction(view: View, start: Iterable[Node]) -> list[Node]:
    """The shapes and those that they demand as well, by sh:node and sh:and."""
    found: dict[Node, None] = {}
    waiting = list(start)
    while waiting:
        shape = waiting.pop(0)
        if shape not in found and not view.is_off(shape):
            found[shape] = None
            # What a property shape demands is about its values, not its node.
            if not view.is_property(shape):
                waiting += _demands(view, shape)
    return list(found)


def _demands(view: View, shape: Node) -> list[Node]:
    heads = view.values(shape, "and")
    listed = [item for head in heads for item in view.items(head) or ()]
    return [*view.values(shape, "node"), *listed]
