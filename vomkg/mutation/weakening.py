"""Shapes with one constraint removed or loosened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

from vomkg.mutation.mutant import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rdflib.term import Node

    from vomkg.mutation.mutant import Triple

# The parameters of constraints (SHACL, section 4 and 5) that may be left out whole.
_PARAMETERS: Final = tuple(
    SH[name]
    for name in (
        "minCount",
        "maxCount",
        "class",
        "datatype",
        "nodeKind",
        "pattern",
        "minLength",
        "maxLength",
        "languageIn",
        "uniqueLang",
        "hasValue",
        "in",
        "minInclusive",
        "minExclusive",
        "maxInclusive",
        "maxExclusive",
        "lessThan",
        "lessThanOrEquals",
        "equals",
        "disjoint",
        "closed",
        "node",
        "not",
        "or",
        "and",
        "xone",
        "qualifiedMinCount",
        "qualifiedMaxCount",
        "sparql",
        "property",
    )
)
_TARGETS: Final = (
    SH.targetClass,
    SH.targetNode,
    SH.targetSubjectsOf,
    SH.targetObjectsOf,
)
_STEPS: Final = {
    SH.minCount: -1,
    SH.qualifiedMinCount: -1,
    SH.minLength: -1,
    SH.minInclusive: -1,
    SH.maxCount: 1,
    SH.qualifiedMaxCount: 1,
    SH.maxLength: 1,
    SH.maxInclusive: 1,
}
_CLOSED_END: Final = {
    SH.minExclusive: SH.minInclusive,
    SH.maxExclusive: SH.maxInclusive,
}
_MILDER: Final = {SH.Violation: SH.Warning, SH.Warning: SH.Info}


@dataclass(frozen=True, slots=True)
class Weakening:
    """One change that makes the shapes demand less, or something else.

    Attributes:
        shape: the shape that it is done to.
        kind: what is done, such as ``minCount removed``.
        detail: the value concerned, or an empty string.
        removed: the triples of the shapes that go.
        added: the triples that come in their place.
    """

    shape: Node
    kind: str
    detail: str
    removed: tuple[Triple, ...]
    added: tuple[Triple, ...] = ()


def weakenings(
    shapes: Graph, admitted: Callable[[Node], Iterable[Node]]
) -> list[Weakening]:
    """All weakenings of all shapes, in a fixed order.

    Args:
        shapes: the shapes.
        admitted: values that a shape's ``sh:in`` refuses in the examples; each is
            added to the list in turn.
    """
    found: list[Weakening] = []
    for shape in sorted(s for s in set(shapes.subjects()) if isinstance(s, URIRef)):
        found += _without(shape, shapes)
        found += _looser(shape, shapes)
        found += _other(shape, shapes)
        found += _wider(shape, shapes, admitted)
    return found


def _without(shape: Node, shapes: Graph) -> Iterator[Weakening]:
    for p in (*_PARAMETERS, *_TARGETS):
        for o in in_order(shapes.objects(shape, p)):
            gone = [(shape, p, o), *_with_it(shape, p, shapes)]
            yield Weakening(shape, f"{_local(p)} removed", _told(o), tuple(gone))


def _looser(shape: Node, shapes: Graph) -> Iterator[Weakening]:
    for p, step in _STEPS.items():
        for o in shapes.objects(shape, p):
            other = Literal(o.toPython() + step)  # type: ignore[attr-defined]
            # A minimum of one less than one is none at all, which is tried already.
            if str(other) != "0" or p == SH.minInclusive:
                yield _put(shape, p, o, p, other, f"{_local(p)} by one")
    for p, inclusive in _CLOSED_END.items():
        for o in shapes.objects(shape, p):
            yield _put(shape, p, o, inclusive, o, f"{_local(p)} made inclusive")
    for o in shapes.objects(shape, SH.pattern):
        yield _put(shape, SH.pattern, o, SH.pattern, Literal(".*"), "pattern of all")
    for o in shapes.objects(shape, SH.severity):
        if o in _MILDER:
            milder = _MILDER[o]  # type: ignore[index]
            yield _put(shape, SH.severity, o, SH.severity, milder, "severity lowered")


def _other(shape: Node, shapes: Graph) -> Iterator[Weakening]:
    for o in shapes.objects(shape, SH.path):
        nowhere = URIRef("https://example.org/another")
        yield _put(shape, SH.path, o, SH.path, nowhere, "path changed")
    for o in shapes.objects(shape, SH.select):
        for number, text in enumerate(_without_filters(str(o)), 1):
            yield _put(
                shape,
                SH.select,
                o,
                SH.select,
                Literal(text),
                f"filter {number} removed",
            )


def _wider(
    shape: Node, shapes: Graph, admitted: Callable[[Node], Iterable[Node]]
) -> Iterator[Weakening]:
    for o in shapes.objects(shape, SH["in"]):
        for value in in_order(admitted(shape)):
            new = Graph(bind_namespaces="none")
            head = Collection(new, BNode(), [*shapes.items(o), value]).uri
            new.add((shape, SH["in"], head))
            gone = ((shape, SH["in"], o),)
            yield Weakening(shape, "in widened", _told(value), gone, tuple(new))


def _put(shape: Node, p: URIRef, o: Node, q: URIRef, new: Node, kind: str) -> Weakening:
    return Weakening(shape, kind, _told(o), ((shape, p, o),), ((shape, q, new),))


def _with_it(shape: Node, p: Node, shapes: Graph) -> Iterator[Triple]:
    """What must go with a constraint: a qualified shape with the last of its bounds."""
    bounds = (SH.qualifiedMinCount, SH.qualifiedMaxCount)
    others = [q for q in bounds if q != p and (shape, q, None) in shapes]
    if p in bounds and not others:
        yield from shapes.triples((shape, SH.qualifiedValueShape, None))


def _without_filters(query: str) -> Iterator[str]:
    """The query without each of its filters in turn."""
    for found in re.finditer(r"FILTER\s*\(", query):
        depth, end = 1, found.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(query[end], 0)
            end += 1
        yield query[: found.start()] + query[end:]


def _local(p: Node) -> str:
    return str(p).removeprefix(str(SH))


def _told(o: Node) -> str:
    return "" if isinstance(o, BNode) else str(o) if len(str(o)) < 90 else ""
