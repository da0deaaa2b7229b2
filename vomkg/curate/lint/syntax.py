"""The syntax rules of SHACL (its appendix A), so that no engine need be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, Literal, URIRef
from rdflib.namespace import XSD

from vomkg.curate.lint.faults import fault, shown
from vomkg.curate.lint.paths import path_faults
from vomkg.graph.lexical import literal_fault
from vomkg.namespaces import SH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib.term import Node

    from vomkg.curate.lint.nodes import View
    from vomkg.curate.result import Result

_NODE_KINDS: Final = frozenset(
    URIRef(SH + kind)
    for kind in (
        *("BlankNode", "IRI", "Literal", "BlankNodeOrIRI"),
        *("BlankNodeOrLiteral", "IRIOrLiteral"),
    )
)
_SEVERITIES: Final = frozenset(
    URIRef(SH + level) for level in ("Violation", "Warning", "Info")
)


def _is_iri(term: Node) -> bool:
    return isinstance(term, URIRef)


def _is_node(term: Node) -> bool:
    return isinstance(term, (URIRef, BNode))


def _is_literal(term: Node) -> bool:
    return isinstance(term, Literal)


def _is_named(term: Node) -> bool:
    return isinstance(term, (URIRef, Literal))


def _is_any(term: Node) -> bool:
    return True


def _is_string(term: Node) -> bool:
    plain = isinstance(term, Literal) and not term.language
    return plain and term.datatype in (None, XSD.string)  # type: ignore[attr-defined]


def _is_text(term: Node) -> bool:
    return _is_string(term) or (isinstance(term, Literal) and bool(term.language))


def _is_typed(term: Node, datatype: URIRef) -> bool:
    right = isinstance(term, Literal) and term.datatype == datatype
    return right and literal_fault(str(term), str(datatype)) is None


def _is_count(term: Node) -> bool:
    return _is_typed(term, XSD.integer) and not str(term).lstrip().startswith("-")


def _is_switch(term: Node) -> bool:
    return _is_typed(term, XSD.boolean)


def _is_plain_switch(term: Node) -> bool:
    return _is_switch(term) and str(term) in {"true", "false"}


def _is_address(term: Node) -> bool:
    return _is_string(term) or _is_typed(term, XSD.anyURI)


def _is_node_kind(term: Node) -> bool:
    return term in _NODE_KINDS


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a property of SHACL asks of its values."""

    holds: Callable[[Node], bool]
    words: str
    single: bool = False
    # The members of the list that the value must be, if it must be one.
    members: Callable[[Node], bool] | None = None
    member_words: str = ""


_IRI: Final = _Asked(_is_iri, "an IRI")
_COUNT: Final = _Asked(_is_count, "a whole number from 0", single=True)
_BOUND: Final = _Asked(_is_literal, "a literal", single=True)
_STRING: Final = _Asked(_is_string, "a text without language tag", single=True)
_SHAPE: Final = _Asked(_is_node, "a shape")
_SHAPES: Final = _Asked(_is_node, "a list", members=_is_node, member_words="shapes")
_SWITCH: Final = _Asked(_is_switch, "true or false", single=True)
_TEXT: Final = _Asked(_is_text, "a text")

_ASKED: Final = {
    "targetNode": _Asked(_is_named, "an IRI or a literal"),
    "targetClass": _IRI,
    "targetSubjectsOf": _IRI,
    "targetObjectsOf": _IRI,
    "severity": _Asked(_is_iri, "an IRI", single=True),
    "message": _TEXT,
    "deactivated": _Asked(_is_plain_switch, "true or false", single=True),
    "and": _SHAPES,
    "or": _SHAPES,
    "xone": _SHAPES,
    "not": _SHAPE,
    "node": _SHAPE,
    "property": _SHAPE,
    "class": _IRI,
    "closed": _SWITCH,
    "ignoredProperties": _Asked(
        _is_node, "a list", single=True, members=_is_iri, member_words="IRIs"
    ),
    "datatype": _Asked(_is_iri, "an IRI", single=True),
    "disjoint": _IRI,
    "equals": _IRI,
    "in": _Asked(
        _is_node, "a list", single=True, members=_is_any, member_words="terms"
    ),
    "languageIn": _Asked(
        _is_node, "a list", single=True, members=_is_string, member_words="texts"
    ),
    "lessThan": _IRI,
    "lessThanOrEquals": _IRI,
    "minCount": _COUNT,
    "maxCount": _COUNT,
    "minLength": _COUNT,
    "maxLength": _COUNT,
    "minExclusive": _BOUND,
    "minInclusive": _BOUND,
    "maxExclusive": _BOUND,
    "maxInclusive": _BOUND,
    "nodeKind": _Asked(_is_node_kind, "one of SHACL's six kinds of node", single=True),
    "pattern": _STRING,
    "flags": _STRING,
    "qualifiedValueShape": _Asked(_is_node, "a shape", single=True),
    "qualifiedMinCount": _COUNT,
    "qualifiedMaxCount": _COUNT,
    "qualifiedValueShapesDisjoint": _SWITCH,
    "uniqueLang": _SWITCH,
    "sparql": _Asked(_is_node, "a node that holds the query"),
    "name": _TEXT,
    "description": _TEXT,
    "group": _Asked(_is_node, "a group"),
}
# What stands at nodes that are no shapes.
_ASKED_ELSEWHERE: Final = {
    "shapesGraph": _IRI,
    "entailment": _IRI,
    "prefixes": _Asked(_is_node, "a node that declares prefixes"),
    "declare": _Asked(_is_node, "a declaration of a prefix"),
    "prefix": _STRING,
    "namespace": _Asked(_is_address, "an xsd:anyURI", single=True),
    "select": _STRING,
    "ask": _STRING,
    "labelTemplate": _TEXT,
    "optional": _SWITCH,
}
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
            if asked := _ASKED.get(parameter):
                yield from _value_faults(view, shape, parameter, values, asked)
        yield from _severity_faults(view, shape)
        yield from _place_faults(view, shape)
        yield from _lonely_faults(view, shape)
        yield from _dangling_faults(view, shape)
    for parameter, asked in _ASKED_ELSEWHERE.items():
        for node in view.subjects(parameter):
            values = view.values(node, parameter)
            yield from _value_faults(view, node, parameter, values, asked)


def _value_faults(
    view: View, node: Node, parameter: str, values: list[Node], asked: _Asked
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
    view: View, node: Node, parameter: str, head: Node, asked: _Asked
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
