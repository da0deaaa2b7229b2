"""Terms as Python values, and as the short text that a person reads."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from vomkg.graph.prefixes import shorten
from vomkg.namespaces import XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vomkg.engine.results import Term

Value = str | int | float | bool | Decimal | date | datetime | None

_INTEGERS: Final = frozenset(
    [
        "integer",
        "nonNegativeInteger",
        "positiveInteger",
        "nonPositiveInteger",
        "negativeInteger",
        "long",
        "int",
        "short",
        "byte",
        "unsignedLong",
        "unsignedInt",
        "unsignedShort",
        "unsignedByte",
    ]
)


def python_value(term: Term | None) -> Value:
    """The Python value of a term; the text itself where Python has none.

    IRIs and blank nodes give their text. A literal outside its type or outside
    Python's range (a year above 9999) gives its text too.
    """
    if term is None:
        return None
    if not isinstance(term, Literal):
        return f"_:{term.value}" if isinstance(term, BlankNode) else term.value
    read = _READERS.get(kind_of(term))
    if read is None:
        return term.value
    try:
        return read(term.value)
    except (ValueError, InvalidOperation):
        return term.value


def kind_of(term: Term | None) -> str:
    """The family of a term: a reader's name, ``text``, ``iri`` or ``none``."""
    if term is None:
        return "none"
    if isinstance(term, (NamedNode, BlankNode)):
        return "iri"
    if not isinstance(term, Literal):
        return "text"
    name = term.datatype.value.removeprefix(XSD)
    if name in _INTEGERS:
        return "integer"
    name = "double" if name == "float" else name
    return name if name in _READERS else "text"


def shown(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """The term as a person reads it: prefixed name, bare value, or nothing."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return shorten(term.value, prefixes)
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value


def _boolean(text: str) -> bool:
    return text in {"true", "1"}


_READERS: Final[Mapping[str, Callable[[str], Value]]] = {
    "integer": int,
    "decimal": Decimal,
    "double": float,
    "boolean": _boolean,
    "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat,
}
