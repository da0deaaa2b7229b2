"""Which kinds of thing the shapes describe, and what each of them needs.

A kind is a class that a closed shape is for, or one below it: of such a class the
shapes list every property that a thing may have (SHACL §4.8.1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rdflib import RDF, RDFS, SH, SKOS, Literal, URIRef
from rdflib.collection import Collection

from vomkg.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Graph
    from rdflib.term import Node

_WORDS: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_JOINED: Final = (SH["or"], SH.xone, SH["not"], SH.sparql, SH.node, SH["and"])


@dataclass(slots=True)
class Need:
    """What the shapes ask of one property of a kind, all shapes together.

    Attributes:
        path: the property.
        least: how many values it needs.
        most: how many it may have; None for any number.
        name: what the shapes call it.
        messages: what they say of it.
        datatype: the datatype of its values, if they are literals.
        kinds: classes of which each value must be.
        values: all the values that are allowed; empty if others are too.
        language: the language of its values.
        order: where it stands among the properties.
        severity: how bad it is to have too few values; None if not said.
    """

    path: URIRef
    least: int = 0
    most: int | None = None
    name: str = ""
    messages: list[str] = field(default_factory=list)
    datatype: URIRef | None = None
    kinds: list[URIRef] = field(default_factory=list)
    values: list[Node] = field(default_factory=list)
    language: str = ""
    order: float = 1e9
    severity: Node | None = None

    @property
    def count(self) -> str:
        """How many values there may be, in words."""
        if self.least and self.least == self.most:
            return f"exactly {self.least}"
        parts = [f"at least {self.least}"] if self.least else []
        if self.most is not None:
            parts.append(f"at most {self.most}")
        return ", ".join(parts) or "any number"


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of things that a curator can add.

    Attributes:
        name: its name on the command line, such as ``moderator-finding``.
        iri: the class.
        needs: its properties, those that are needed first.
        rules: what else the shapes ask of it, in their words.
    """

    name: str
    iri: URIRef
    needs: tuple[Need, ...]
    rules: tuple[str, ...]


def kinds(shapes: Graph, ontology: Graph) -> dict[str, URIRef]:
    """The classes of things that can be added, by name, sorted."""
    closed = {
        target
        for shape in shapes.subjects(SH.closed, Literal(lexical_or_value=True))
        for target in shapes.objects(shape, SH.targetClass)
    }
    found = {
        below
        for target in closed
        for below in ontology.transitive_subjects(RDFS.subClassOf, target)
        if isinstance(below, URIRef) and (below, RDF.type, None) in ontology
    }
    return dict(sorted((_name(iri), iri) for iri in found | closed))  # type: ignore[misc,arg-type]  # closed shapes are for classes


def kind(asked: str, shapes: Graph, ontology: Graph) -> Kind:
    """The kind of that name, or the one whose name ends so.

    Raises:
        UnknownNameError: there is none, or there are several.
    """
    known = kinds(shapes, ontology)
    name = asked.lower()
    near = [name] if name in known else _near(name, known)
    if len(near) != 1:
        raise UnknownNameError(
            f"{asked!r} is {'no kind' if not near else 'more than one kind'} of thing",
            fix=f"name one of {', '.join(near or known)}",
        )
    iri = known[near[0]]
    needs: dict[URIRef, Need] = {}
    rules: list[tuple[float, str]] = []
    for shape in set(_shapes_for(iri, shapes, ontology)):
        if isinstance(shapes.value(shape, SH.path), URIRef):
            _add(shape, shapes, needs)
        elif _asks_more(shape, shapes):
            rules += [(_order(shape, shapes), text) for text in _told(shape, shapes)]
    _narrow(needs, shapes)
    ordered = sorted(needs.values(), key=lambda need: (not need.least, need.order))
    return Kind(near[0], iri, tuple(ordered), tuple(t for _, t in sorted(set(rules))))


def _name(iri: str) -> str:
    local = re.split(r"[#/]", iri)[-1]
    return "-".join(_WORDS.split(local)).lower()


def _near(name: str, known: Iterable[str]) -> list[str]:
    listed = list(known)
    return [k for k in listed if k.endswith(f"-{name}")] or [
        k for k in listed if name and name in k.split("-")
    ]


def _shapes_for(iri: URIRef, shapes: Graph, ontology: Graph) -> Iterator[Node]:
    """The shapes that judge things of the class, and those that they name."""
    waiting: list[Node] = []
    for above in ontology.transitive_objects(iri, RDFS.subClassOf):
        waiting += shapes.subjects(SH.targetClass, above)
    seen: set[Node] = set()
    while waiting:
        shape = waiting.pop()
        if shape not in seen:
            seen.add(shape)
            yield shape
            waiting += shapes.objects(shape, SH.property)
            waiting += shapes.objects(shape, SH.node)


def _add(shape: Node, shapes: Graph, needs: dict[URIRef, Need]) -> None:
    path = shapes.value(shape, SH.path)
    if not isinstance(path, URIRef) or path == RDF.type:
        return
    need = needs.setdefault(path, Need(path))
    for least in _numbers(shape, SH.minCount, shapes):
        if least > need.least:
            need.least, need.severity = least, shapes.value(shape, SH.severity)
    for most in _numbers(shape, SH.maxCount, shapes):
        need.most = most if need.most is None else min(need.most, most)
    # The shape that comes first in the order says what the property is.
    order = _order(shape, shapes)
    if order < need.order or not need.name:
        need.order = min(order, need.order)
        need.name = next(iter(_texts(shape, SH.name, shapes)), need.name)
    need.messages += [t for t in _told(shape, shapes) if t not in need.messages]
    _restrict(shape, shapes, need)


def _restrict(shape: Node, shapes: Graph, need: Need) -> None:
    """Take over what a shape says of the values."""
    for datatype in shapes.objects(shape, SH.datatype):
        if isinstance(datatype, URIRef):
            need.datatype = datatype
    need.kinds += [
        kind
        for kind in shapes.objects(shape, SH["class"])
        if isinstance(kind, URIRef) and kind not in need.kinds
    ]
    for head in shapes.objects(shape, SH["in"]):
        need.values = list(Collection(shapes, head))
    for head in shapes.objects(shape, SH.languageIn):
        need.language = str(next(iter(Collection(shapes, head)), ""))


def _narrow(needs: dict[URIRef, Need], shapes: Graph) -> None:
    """Add what the shapes ask of whatever has the property."""
    for path, need in needs.items():
        for shape in shapes.subjects(SH.targetSubjectsOf, path):
            if shapes.value(shape, SH.path) == path:
                _restrict(shape, shapes, need)
        for shape in shapes.subjects(SH.targetObjectsOf, path):
            need.kinds += [
                kind
                for kind in shapes.objects(shape, SH["class"])
                if isinstance(kind, URIRef) and kind not in need.kinds
            ]


def _asks_more(shape: Node, shapes: Graph) -> bool:
    """Whether it asks more than which properties there may be."""
    # What has a path here is judged along several properties, or backwards.
    return (shape, SH.path, None) in shapes or any(
        (shape, join, None) in shapes for join in _JOINED
    )


def _told(shape: Node, shapes: Graph) -> list[str]:
    return sorted(_texts(shape, SH.message, shapes))


def _texts(shape: Node, path: URIRef, shapes: Graph) -> list[str]:
    return sorted(
        str(text)
        for text in shapes.objects(shape, path)
        if getattr(text, "language", None) in (None, "en")
    )


def _numbers(shape: Node, path: URIRef, shapes: Graph) -> list[int]:
    return [int(str(n)) for n in shapes.objects(shape, path) if str(n).isdigit()]


def _order(shape: Node, shapes: Graph) -> float:
    return min((float(str(n)) for n in shapes.objects(shape, SH.order)), default=1e9)


def label(iri: URIRef, graph: Graph) -> str:
    """The English label of a term, or an empty text."""
    for p in (SKOS.prefLabel, RDFS.label):
        for text in sorted(graph.objects(iri, p), key=str):
            if getattr(text, "language", None) in (None, "en"):
                return str(text)
    return ""
