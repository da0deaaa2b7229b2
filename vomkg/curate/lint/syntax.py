"""The syntax rules of SHACL (its appendix A), so that no engine need be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, URIRef

from vomkg.curate.lint.faults import fault, shown
from vomkg.curate.lint.paths import path_faults
from vomkg.curate.lint.values import AT_SHAPES, ELSEWHERE, Asked
from vomkg.namespaces import SH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from vomkg.curate.lint.nodes import View
    from vomkg.curate.result import Result

_SEVERITIES: Final = frozenset(
    URIRef(SH + level) for level in ("Violation", "Warning", "Info")
)
_ON_PROPERTIES: Final = (
    *("lessThan", "lessThanOrEquals", "maxCount", "minCount", "uniqueLang"),
    "qualifiedValueShape",
)
_TOGETHER: Final = {
    "flags": ("pattern",),
    "ignoredProperties": ("closed",),
    "qualifiedMinCount": ("qualifiedValueShape",),
    "qualifiedMaxCount": ("qualifiedValueShape",),
    "qualifiedValueShapesDisjoint": ("qualifiedValueShape",),
    "qualifiedValueShape": ("qualifiedMinCount", "qualifiedMaxCount"),
}


def syntax_faults(view: View) -> Iterator[Result]:
    """Every breach of SHACL's syntax rules."""
    for shape in view.shapes:
        for parameter, values in view.said(shape).items():
            if asked := AT_SHAPES.get(parameter):
                yield from _value_faults(view, shape, parameter, values, asked)
        yield from _severity_faults(view, shape)
        yield from _place_faults(view, shape)
        yield from _lonely_faults(view, shape)
        yield from _dangling_faults(view, shape)
    for parameter, asked in ELSEWHERE.items():
        for node in view.subjects(parameter):
            values = view.values(node, parameter)
            yield from _value_faults(view, node, parameter, values, asked)


def _value_faults(
    view: View, node: Node, parameter: str, values: list[Node], asked: Asked
) -> Iterator[Result]:
    name = f"sh:{parameter}"
    if asked.single and len(values) > 1:
        yield fault(
            "TooManyValues",
            view,
            node,
            f"has {len(values)} values of {name}, which takes one",
            "keep one",
            at=parameter,
        )
    for value in values:
        if not asked.holds(value):
            yield fault(
                "WrongValue",
                view,
                node,
                f"has {shown(value)} as {name}, which takes {asked.words}",
                "correct the value",
                at=parameter,
                value=value,
            )
        elif asked.members is not None:
            yield from _list_faults(view, node, parameter, value, asked)


def _list_faults(
    view: View, node: Node, parameter: str, head: Node, asked: Asked
) -> Iterator[Result]:
    items = view.items(head)
    name = f"sh:{parameter}"
    if items is None:
        yield fault(
            "MalformedList",
            view,
            node,
            f"has as {name} {shown(head)}, which is no well-formed list",
            "write the members in round brackets",
            at=parameter,
            value=head,
        )
    for item in items or ():
        if asked.members is not None and not asked.members(item):
            yield fault(
                "MalformedList",
                view,
                node,
                f"has {shown(item)} in the list of {name}, "
                f"which takes {asked.member_words}",
                "correct the member",
                at=parameter,
                value=item,
            )


def _severity_faults(view: View, shape: Node) -> Iterator[Result]:
    for value in view.values(shape, "severity"):
        if isinstance(value, URIRef) and value not in _SEVERITIES:
            yield fault(
                "UnknownSeverity",
                view,
                shape,
                f"has the severity {shown(value)}",
                "choose sh:Violation, sh:Warning or sh:Info",
                at="severity",
                value=value,
            )


def _place_faults(view: View, shape: Node) -> Iterator[Result]:
    """Paths where they must be and nowhere else, and what needs one."""
    if view.is_property(shape):
        yield from path_faults(view, shape)
        if view.is_typed(shape, "NodeShape"):
            yield fault(
                "WrongPlace",
                view,
                shape,
                "is a node shape and has sh:path",
                "make it a sh:PropertyShape, or take its path out",
                at="path",
            )
    elif view.is_typed(shape, "PropertyShape"):
        yield _without_path(view, shape)
    else:
        for parameter in _ON_PROPERTIES:
            if parameter in view.said(shape):
                yield fault(
                    "WrongPlace",
                    view,
                    shape,
                    f"has sh:{parameter}, which only a property shape may have",
                    "give it sh:path, or move this to a property shape",
                    at=parameter,
                )
    if isinstance(shape, BNode) and view.is_class(shape):
        yield fault(
            "WrongPlace",
            view,
            shape,
            "is a class and has no IRI",
            "give it an IRI",
            at=str(RDF.type),
        )


def _without_path(view: View, shape: Node) -> Result:
    return fault(
        "MissingPath",
        view,
        shape,
        "is a property shape without sh:path",
        "say by sh:path which property it is about",
    )


def _lonely_faults(view: View, shape: Node) -> Iterator[Result]:
    said = view.said(shape)
    for parameter, partners in _TOGETHER.items():
        if parameter in said and not any(partner in said for partner in partners):
            names = " or ".join(f"sh:{partner}" for partner in partners)
            yield fault(
                "IncompleteConstraint",
                view,
                shape,
                f"has sh:{parameter} without {names}, so it checks nothing",
                f"add {names}",
                at=parameter,
            )


def _dangling_faults(view: View, shape: Node) -> Iterator[Result]:
    for parameter, to in view.links(shape):
        exists = bool(view.said(to)) or view.is_typed(to)
        if parameter == "property" and exists and not view.is_property(to):
            if not view.is_typed(to, "PropertyShape"):
                yield _without_path(view, to)
        elif parameter == "node" and view.is_property(to):
            yield fault(
                "WrongPlace",
                view,
                shape,
                f"has by sh:node the property shape {shown(to)}",
                "refer to it by sh:property",
                at=parameter,
                value=to,
            )
        elif not exists and isinstance(to, (URIRef, BNode)):
            if isinstance(to, BNode) and parameter != "property":
                continue  # "[]" holds for every node, and says so
            yield fault(
                "DanglingShape",
                view,
                shape,
                f"refers by sh:{parameter} to {shown(to)}, which is no shape",
                "correct the name, or write that shape",
                at=parameter,
                value=to,
            )
