"""Whether constraints let a certain value through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, Literal, URIRef
from rdflib.namespace import XSD

from vomkg.curate.lint.patterns import compiled, pattern_fault
from vomkg.curate.lint.slow import is_slow
from vomkg.graph.lexical import literal_fault
from vomkg.namespaces import SH

if TYPE_CHECKING:
    from collections.abc import Callable

    from rdflib.term import Node

    from vomkg.curate.lint.joint import Joint

KINDS: Final = {
    SH + "IRI": {"IRI"},
    SH + "BlankNode": {"blank node"},
    SH + "Literal": {"literal"},
    SH + "BlankNodeOrIRI": {"IRI", "blank node"},
    SH + "BlankNodeOrLiteral": {"blank node", "literal"},
    SH + "IRIOrLiteral": {"IRI", "literal"},
}
LOWER: Final = {"minInclusive": True, "minExclusive": False}
UPPER: Final = {"maxInclusive": True, "maxExclusive": False}


def kind_of(term: Node) -> str:
    """What kind of node it is, in the words of :data:`KINDS`."""
    if isinstance(term, Literal):
        return "literal"
    return "blank node" if isinstance(term, BNode) else "IRI"


def datatype_of(literal: Literal) -> URIRef:
    """The datatype of a literal, which plain ones have too (RDF 1.1 §3.3)."""
    if literal.language:
        return RDF.langString
    return literal.datatype or XSD.string


def refusal(value: Node, joint: Joint, *, but: str) -> str | None:
    """The parameter that a value cannot meet, or None.

    Args:
        value: the value.
        joint: the constraints.
        but: the parameter that names the value, which is not asked.
    """
    for parameter, meets in _MEETS.items():
        if parameter != but:
            for shape, wanted in joint[parameter]:
                if not meets(value, wanted, joint, shape):
                    return parameter
    return None


def number_of(term: Node) -> int:
    """The number that a count stands for; 0 where it is none."""
    text = str(term).strip()
    fits = len(text) <= len(str(2**63)) and literal_fault(text, str(XSD.integer))
    return int(text) if fits is None else 0


def compare(one: Node, other: Node) -> int | None:
    """Below, equal to or above zero as the first literal is; None if incomparable."""
    if not (isinstance(one, Literal) and isinstance(other, Literal)):
        return None
    first, second = one.toPython(), other.toPython()
    if isinstance(first, Literal) or isinstance(second, Literal):
        return None
    if isinstance(first, str) != isinstance(second, str):
        return None
    try:
        return int(first > second) - int(first < second)
    except TypeError:
        return None


def _in_kind(value: Node, wanted: Node, joint: Joint, shape: Node) -> bool:
    return kind_of(value) in KINDS.get(str(wanted), {kind_of(value)})


def _of_type(value: Node, wanted: Node, joint: Joint, shape: Node) -> bool:
    if not isinstance(value, Literal) or datatype_of(value) != wanted:
        return False
    return literal_fault(str(value), str(wanted)) is None


def _of_class(value: Node, wanted: Node, joint: Joint, shape: Node) -> bool:
    return not isinstance(value, Literal)


def _in_list(value: Node, wanted: Node, joint: Joint, shape: Node) -> bool:
    items = joint.view.items(wanted)
    return items is None or value in items


def _tagged(value: Node, wanted: Node, joint: Joint, shape: Node) -> bool:
    tag = (getattr(value, "language", None) or "").lower()
    ranges = [str(item).lower() for item in joint.view.items(wanted) or ()]
    return any(tag == item or tag.startswith(f"{item}-") for item in ranges)


def _matches(value: Node, wanted: Node, joint: Joint, shape: Node) -> bool:
    flags = "".join(map(str, joint.view.values(shape, "flags")))
    if pattern_fault(str(wanted), flags) or is_slow(str(wanted), flags):
        return True  # a fault of its own
    found = compiled(str(wanted), flags).search(str(value))
    return not isinstance(value, BNode) and found is not None


def _long(value: Node, wanted: Node, joint: Joint, shape: Node) -> bool:
    return not isinstance(value, BNode) and len(str(value)) >= number_of(wanted)


def _short(value: Node, wanted: Node, joint: Joint, shape: Node) -> bool:
    return not isinstance(value, BNode) and len(str(value)) <= number_of(wanted)


def _bounded(sign: int, inclusive: bool) -> Callable[[Node, Node, Joint, Node], bool]:
    def meets(value: Node, wanted: Node, joint: Joint, shape: Node) -> bool:
        order = compare(value, wanted)
        if order is None:
            return False
        return order * sign > 0 or (inclusive and order == 0)

    return meets


_MEETS: Final[dict[str, Callable[[Node, Node, Joint, Node], bool]]] = {
    "nodeKind": _in_kind,
    "datatype": _of_type,
    "class": _of_class,
    "in": _in_list,
    "languageIn": _tagged,
    "minLength": _long,
    "maxLength": _short,
    "pattern": _matches,
    **{name: _bounded(1, inclusive) for name, inclusive in LOWER.items()},
    **{name: _bounded(-1, inclusive) for name, inclusive in UPPER.items()},
}
