"""The documentation of the shapes, made of the graph that is served.

For each kind of thing the properties that it needs or may have, and below every
shape by itself, so that the IRI of a shape leads to what it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import render_template
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.extras.shacl import SHACLPathError, parse_shacl_path

from vomkg.curate.kinds import kind, kinds, label
from vomkg.curate.names import Names
from vomkg.errors import UnknownNameError
from vomkg.graph.prefixes import shorten
from vomkg.namespaces import SHAPES, GraphName
from vomkg.web import signposts
from vomkg.web.completeness import graph_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib.term import Node

    from vomkg.curate.kinds import Kind
    from vomkg.knowledge import KnowledgeGraph

_TARGETS: Final = {
    SH.targetClass: "things of the class",
    SH.targetNode: "the thing",
    SH.targetSubjectsOf: "whatever has",
    SH.targetObjectsOf: "whatever is a value of",
}
_SAID_APART: Final = {
    RDF.type,
    SH.name,
    SH.message,
    SH.order,
    SH.severity,
    SH.path,
    SH.prefixes,
    *_TARGETS,
}


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape as the page shows it.

    Attributes:
        name: its name in the address, after ``#``.
        title: what it calls itself.
        severity: violation, warning or info.
        message: what it says when it is broken; empty for parts of others.
        path: the property or path that it judges, if it judges one.
        targets: what it judges, in words.
        constraints: name and value of each constraint.
        query: the SPARQL of each of its constraints that has one.
    """

    name: str
    title: str
    severity: str
    message: str
    path: str
    targets: tuple[str, ...]
    constraints: tuple[tuple[str, str], ...]
    query: tuple[str, ...]


def shapes_page(kg: KnowledgeGraph) -> str:
    """The documentation of the shapes as HTML.

    Raises:
        UnknownNameError: the graph has no shapes.
        LimitError: the shapes have more triples than an answer may have rows.
    """
    shapes = graph_of(kg, GraphName.shapes)
    ontology = graph_of(kg, GraphName.ontology)
    described = _described(shapes, kg.prefixes)
    if not described:
        raise UnknownNameError(
            "this server holds no shapes", fix="serve the shipped graph, or a release"
        )
    signposts.add_syntaxes("shapes")
    return render_template(
        "shapes.html",
        kinds=_kinds(shapes, ontology),
        shapes=described,
        names=Names.of(ontology, kg.prefixes),
    )


def _kinds(shapes: Graph, ontology: Graph) -> list[tuple[str, Kind]]:
    """Each kind of thing with its label, by label."""
    found = [kind(name, shapes, ontology) for name in kinds(shapes, ontology)]
    titled = [(label(one.iri, ontology) or one.name, one) for one in found]
    return sorted(titled, key=lambda pair: (pair[0].lower(), pair[1].name))


def _described(shapes: Graph, prefixes: Mapping[str, str]) -> list[Shape]:
    """Every shape that has an IRI of ours, by name."""
    named = {
        shape
        for kinds in (SH.NodeShape, SH.PropertyShape)
        for shape in shapes.subjects(RDF.type, kinds)
        if str(shape).startswith(SHAPES)
    }
    return [_shape(shape, shapes, prefixes) for shape in sorted(named, key=str)]


def _shape(shape: Node, shapes: Graph, prefixes: Mapping[str, str]) -> Shape:
    severity = shapes.value(shape, SH.severity) or SH.Violation
    path = shapes.value(shape, SH.path)
    return Shape(
        name=str(shape).removeprefix(SHAPES),
        title=_text(shape, SH.name, shapes),
        severity=str(severity).removeprefix(str(SH)).lower(),
        message=_text(shape, SH.message, shapes),
        path="" if path is None else _written(path, shapes, prefixes),
        targets=tuple(
            f"{words} {shorten(str(target), prefixes)}"
            for p, words in _TARGETS.items()
            for target in sorted(shapes.objects(shape, p), key=str)
        ),
        constraints=tuple(sorted(_constraints(shape, shapes, prefixes))),
        query=tuple(
            sorted(
                str(query).strip()
                for constraint in shapes.objects(shape, SH.sparql)
                for query in shapes.objects(constraint, SH.select)
            )
        ),
    )


def _constraints(
    shape: Node, shapes: Graph, prefixes: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for p, value in shapes.predicate_objects(shape):
        if p not in _SAID_APART and p != SH.sparql:
            yield shorten(str(p), prefixes), _written(value, shapes, prefixes)


def _written(value: Node, shapes: Graph, prefixes: Mapping[str, str]) -> str:
    """A value as people read it: short IRIs, lists and paths in one line."""
    if isinstance(value, Literal):
        return str(value)
    if not isinstance(value, BNode):
        return shorten(str(value), prefixes)
    if (value, RDF.first, None) in shapes:
        items = (_written(item, shapes, prefixes) for item in Collection(shapes, value))
        return ", ".join(items)
    try:
        path: str = parse_shacl_path(shapes, value).n3()
    except (SHACLPathError, AttributeError):
        parts = (
            f"{shorten(str(p), prefixes)} {_written(o, shapes, prefixes)}"
            for p, o in sorted(shapes.predicate_objects(value), key=str)
        )
        return "; ".join(parts)
    return Names(prefixes=prefixes).in_words(path)


def _text(shape: Node, p: URIRef, shapes: Graph) -> str:
    texts = sorted(str(t) for t in shapes.objects(shape, p))
    return texts[0] if texts else ""
