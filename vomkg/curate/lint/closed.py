"""Closed shapes that leave out what another shape demands of the same nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDFS, URIRef

from vomkg.curate.lint.admission import number_of
from vomkg.curate.lint.faults import fault, shown
from vomkg.curate.lint.joint import property_shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node

    from vomkg.curate.lint.nodes import View
    from vomkg.curate.result import Result


def closed_faults(view: View, ontology: Graph) -> Iterator[Result]:
    """Closed shapes whose nodes must have a property that the shape forbids.

    What they must have is said by the shapes that the closed one demands, and by
    those that aim at the same class or at one above it.
    """
    aimed = [shape for shape in view.targeted if not view.is_off(shape)]
    for shape in view.shapes:
        if not _is_closed(view, shape) or view.is_off(shape):
            continue
        allowed = _allowed(view, shape)
        classes = _above(view, shape, ontology)
        others = [
            one for one in aimed if classes & set(view.values(one, "targetClass"))
        ]
        for other in dict.fromkeys([shape, *others]):
            for part in property_shapes(view, other):
                for path in _required(view, part):
                    if path not in allowed:
                        yield fault(
                            "Unsatisfiable",
                            view,
                            shape,
                            f"is closed without {shown(path)}, which {shown(part)} "
                            "demands of the same nodes: nothing can meet that",
                            "allow the property, or demand it no more",
                            at="closed",
                        )


def _is_closed(view: View, shape: Node) -> bool:
    return any(str(value) in {"true", "1"} for value in view.values(shape, "closed"))


def _allowed(view: View, shape: Node) -> set[Node]:
    found = {
        item
        for head in view.values(shape, "ignoredProperties")
        for item in view.items(head) or ()
    }
    for part in view.values(shape, "property"):
        found.update(view.values(part, "path"))
    return found


def _required(view: View, part: Node) -> list[Node]:
    demanded = view.values(part, "hasValue") or any(
        map(number_of, view.values(part, "minCount"))
    )
    paths = view.values(part, "path") if demanded else []
    return [path for path in paths if isinstance(path, URIRef)]


def _above(view: View, shape: Node, ontology: Graph) -> set[Node]:
    """The classes that a shape aims at, and those above them."""
    found: set[Node] = set()
    for kind in view.values(shape, "targetClass"):
        above = ontology.transitive_objects(kind, RDFS.subClassOf)
        found |= {one for one in above if one is not None}
    return found
