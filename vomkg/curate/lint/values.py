"""What SHACL asks of the values of its properties (appendix A), as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import XSD

from vomkg.graph.lexical import literal_fault
from vomkg.namespaces import SH

if TYPE_CHECKING:
    from collections.abc import Callable

    from rdflib.term import Node

_NODE_KINDS: Final = frozenset(
    URIRef(SH + kind)
    for kind in (
        *("BlankNode", "IRI", "Literal", "BlankNodeOrIRI"),
        *("BlankNodeOrLiteral", "IRIOrLiteral"),
    )
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
class Asked:
    """What a property of SHACL asks of its values.

    Attributes:
        holds: whether a value is right.
        words: what a value must be, for messages.
        single: there is at most one value.
        members: whether a member is right, of the list that the value must be;
            None where it need be none.
        member_words: what the members must be, for messages.
    """

    holds: Callable[[Node], bool]
    words: str
    single: bool = False
    members: Callable[[Node], bool] | None = None
    member_words: str = ""


_IRI: Final = Asked(_is_iri, "an IRI")
_COUNT: Final = Asked(_is_count, "a whole number from 0", single=True)
_BOUND: Final = Asked(_is_literal, "a literal", single=True)
_STRING: Final = Asked(_is_string, "a text without language tag", single=True)
_SHAPE: Final = Asked(_is_node, "a shape")
_SHAPES: Final = Asked(_is_node, "a list", members=_is_node, member_words="shapes")
_SWITCH: Final = Asked(_is_switch, "true or false", single=True)
_TEXT: Final = Asked(_is_text, "a text")

AT_SHAPES: Final = {
    "targetNode": Asked(_is_named, "an IRI or a literal"),
    "targetClass": _IRI,
    "targetSubjectsOf": _IRI,
    "targetObjectsOf": _IRI,
    "severity": Asked(_is_iri, "an IRI", single=True),
    "message": _TEXT,
    "deactivated": Asked(_is_plain_switch, "true or false", single=True),
    "and": _SHAPES,
    "or": _SHAPES,
    "xone": _SHAPES,
    "not": _SHAPE,
    "node": _SHAPE,
    "property": _SHAPE,
    "class": _IRI,
    "closed": _SWITCH,
    "ignoredProperties": Asked(
        _is_node, "a list", single=True, members=_is_iri, member_words="IRIs"
    ),
    "datatype": Asked(_is_iri, "an IRI", single=True),
    "disjoint": _IRI,
    "equals": _IRI,
    "in": Asked(_is_node, "a list", single=True, members=_is_any, member_words="terms"),
    "languageIn": Asked(
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
    "nodeKind": Asked(_is_node_kind, "one of SHACL's six kinds of node", single=True),
    "pattern": _STRING,
    "flags": _STRING,
    "qualifiedValueShape": Asked(_is_node, "a shape", single=True),
    "qualifiedMinCount": _COUNT,
    "qualifiedMaxCount": _COUNT,
    "qualifiedValueShapesDisjoint": _SWITCH,
    "uniqueLang": _SWITCH,
    "sparql": Asked(_is_node, "a node that holds the query"),
    "name": _TEXT,
    "description": _TEXT,
    "group": Asked(_is_node, "a group"),
}
# What stands at nodes that are no shapes.
ELSEWHERE: Final = {
    "shapesGraph": _IRI,
    "entailment": _IRI,
    "prefixes": Asked(_is_node, "a node that declares prefixes"),
    "declare": Asked(_is_node, "a declaration of a prefix"),
    "prefix": _STRING,
    "namespace": Asked(_is_address, "an xsd:anyURI", single=True),
    "select": _STRING,
    "ask": _STRING,
    "labelTemplate": _TEXT,
    "optional": _SWITCH,
}
