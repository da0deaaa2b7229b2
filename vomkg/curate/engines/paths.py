"""Paths and lists in a shapes graph, and whether they are well-formed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, SH, BNode, Graph, URIRef

if TYPE_CHECKING:
    from rdflib.term import Node

_STEPS: Final = (
    SH.alternativePath,
    SH.inversePath,
    SH.zeroOrMorePath,
    SH.oneOrMorePath,
    SH.zeroOrOnePath,
)


def is_path(path: Node, shapes: Graph, seen: set[Node]) -> bool:
    """Whether it is a path (SHACL §2.3.1); one that holds itself is none."""
    if isinstance(path, URIRef):
        return True
    if not isinstance(path, BNode) or path in seen:
        return False
    inside = {*seen, path}
    if (path, RDF.first, None) in shapes or (path, RDF.rest, None) in shapes:
        return _is_row(path, shapes, inside)
    said = list(shapes.predicate_objects(path))
    if len(said) != 1 or said[0][0] not in _STEPS:
        return False
    step, part = said[0]
    if step == SH.alternativePath:
        return _is_row(part, shapes, inside)
    return is_path(part, shapes, inside)


def _is_row(head: Node, shapes: Graph, seen: set[Node]) -> bool:
    members = members_of(head, shapes) or []
    return len(members) > 1 and all(is_path(item, shapes, seen) for item in members)


def members_of(head: Node, shapes: Graph) -> list[Node] | None:
    """The members of a list; None if it is none, or has no end (SHACL §1.6)."""
    members: list[Node] = []
    seen: set[Node] = set()
    while head != RDF.nil:
        first = list(shapes.objects(head, RDF.first))
        rest = list(shapes.objects(head, RDF.rest))
        if head in seen or len(first) != 1 or len(rest) != 1:
            return None
        seen.add(head)
        members += first
        head = rest[0]
    return members
