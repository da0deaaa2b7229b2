"""One value of an answer as people read it: the same on a terminal and a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from vomkg.namespaces import XSD

if TYPE_CHECKING:
    from collections.abc import Callable

    from vomkg.engine.results import Term

_NUMBERS: Final = frozenset(
    XSD + name
    for name in (
        "byte",
        "decimal",
        "double",
        "float",
        "int",
        "integer",
        "long",
        "negativeInteger",
        "nonNegativeInteger",
        "nonPositiveInteger",
        "positiveInteger",
        "short",
        "unsignedByte",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
    )
)
_BOOLEANS: Final = {"true": "yes", "1": "yes", "false": "no", "0": "no"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in words.

    Attributes:
        text: the label of a thing, or the value of a literal; empty if unbound.
        iri: the thing, if the value is one.
        language: the language tag of a text, if it has one.
        is_number: whether it is to be aligned as a number.
        is_unbound: whether the row has no value here.
    """

    text: str
    iri: str | None = None
    language: str | None = None
    is_number: bool = False
    is_unbound: bool = False


def cell(term: Term | None, label: Callable[[str], str]) -> Cell:
    """The cell of one term.

    Args:
        term: a value of an answer; None if the row has none.
        label: gives the words for an IRI.
    """
    if term is None:
        return Cell("", is_unbound=True)
    if isinstance(term, NamedNode):
        return Cell(label(term.value), iri=term.value)
    if isinstance(term, Literal):
        datatype = term.datatype.value
        if datatype == XSD + "boolean":
            return Cell(_BOOLEANS.get(term.value, term.value))
        return Cell(term.value, language=term.language, is_number=datatype in _NUMBERS)
    return Cell(f"_:{term.value}" if isinstance(term, BlankNode) else term.value)
