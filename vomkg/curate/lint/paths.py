"""Property paths as SHACL writes them (§2.3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, URIRef

from vomkg.curate.lint.faults import fault, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from vomkg.curate.lint.nodes import View
    from vomkg.curate.result import Result

_ONE: Final = frozenset(
    {"inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"}
)
_SHORTEST: Final = 2  # members of a sequence or an alternative


def path_faults(view: View, shape: Node) -> Iterator[Result]:
    """What is wrong with the path of a property shape."""
    paths = view.values(shape, "path")
    if len(paths) > 1:
        yield fault(
            "MissingPath",
            view,
            shape,
            f"has {len(paths)} values of sh:path, which takes one",
            "keep one, or join them in one path",
            at="path",
        )
    for path in paths:
        if wrong := _wrong(view, path, ()):
            yield fault(
                "MalformedPath",
                view,
                shape,
                f"has a path that {wrong}",
                "see SHACL §2.3.1 for the forms of a path",
                at="path",
                value=path,
            )


def path_terms(view: View, path: Node) -> Iterator[URIRef]:
    """The properties that a path names, in order; an ill-formed path gives some."""
    waiting = [path]
    seen: set[Node] = set()
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, URIRef):
            if node != RDF.nil:
                yield node
        elif node not in seen:
            seen.add(node)
            waiting[:0] = _inner(view, node)


def path_key(view: View, path: Node) -> object:
    """What two paths share if, and only if, they are written alike."""
    return _key(view, path, ())


def _key(view: View, path: Node, above: tuple[Node, ...]) -> object:
    if not isinstance(path, BNode) or path in above:
        return path
    kind = next(iter(view.said(path)), "sequence")
    return (kind, *(_key(view, p, (*above, path)) for p in _inner(view, path)))


def _inner(view: View, path: Node) -> list[Node]:
    said = view.said(path)
    if "alternativePath" in said:
        return [
            item for head in said["alternativePath"] for item in view.items(head) or ()
        ]
    if inner := [value for name in _ONE for value in said.get(name, ())]:
        return inner
    return view.items(path) or []


def _wrong(view: View, path: Node, above: tuple[Node, ...]) -> str | None:
    """What is wrong with a path, as the end of a sentence, or None."""
    if path == RDF.nil:
        return "is an empty list"
    if isinstance(path, URIRef):
        return None
    if not isinstance(path, BNode):
        return f"is {shown(path)}, where an IRI or a path must stand"
    if path in above:
        return "contains itself"
    wrong = _wrong_form(view, path)
    if wrong is not None:
        return wrong
    inner = (_wrong(view, part, (*above, path)) for part in _inner(view, path))
    return next((words for words in inner if words), None)


def _wrong_form(view: View, path: Node) -> str | None:
    properties = view.properties(path)
    if str(RDF.first) in properties:
        items = view.items(path)
        if items is None:
            return "is no well-formed list"
        return None if len(items) >= _SHORTEST else "is a sequence of one step"
    if len(properties) != 1:
        return f"has {len(properties)} operators, where one must stand"
    (operator,) = properties
    values = view.values(path, operator)
    if len(values) > 1:
        return f"has sh:{operator} twice"
    if operator == "alternativePath":
        items = view.items(values[0])
        if items is None:
            return "has an alternative that is no well-formed list"
        return None if len(items) >= _SHORTEST else "is an alternative of one path"
    return None if operator in _ONE else f"has {operator}, which is no operator"
