"""Triples in the one form that they are compared in.

Stores rewrite literals: Oxigraph and Virtuoso give ``0.070`` back as ``0.07`` and
lower the case of language tags, Virtuoso writes ``true`` as ``1`` and may turn the
decimal ``34.0`` into an integer, Oxigraph keeps one type for all integers. So exact
numbers are compared by value, whatever their type; floating-point numbers and
booleans by value within their type. All else must come back as it was sent.
"""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph

from vomkg.namespaces import XSD

Normal = tuple[str, str, str]

_EXACT: Final = frozenset(
    XSD + name
    for name in (
        "decimal",
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
    )
)
_DECIMAL: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_FLOATS: Final = frozenset({XSD + "double", XSD + "float"})
_BOOLEANS: Final = {"true": "true", "1": "true", "false": "false", "0": "false"}


def normal(triple: pyoxigraph.Triple) -> Normal:
    """The triple as three texts; equal for triples that mean the same."""
    return str(triple.subject), str(triple.predicate), normal_term(triple.object)


def normal_term(term: object) -> str:
    """The term as one text; a literal by its value where stores rewrite it."""
    if not isinstance(term, pyoxigraph.Literal):
        return str(term)
    if term.language:
        return f"{term.value!r}@{term.language.lower()}"
    kind = term.datatype.value
    shown = XSD + "decimal" if kind in _EXACT else kind
    return f"{_value(term.value, kind)}^^{shown}"


def _value(text: str, kind: str) -> str:
    """The value in one form; the text in quotes where it is none of its type."""
    if kind in _EXACT:
        return _exact(text)
    if kind in _FLOATS:
        try:
            return repr(float(text))
        except ValueError:
            return repr(text)
    if kind == XSD + "boolean":
        return _BOOLEANS.get(text, repr(text))
    return repr(text)


def _exact(text: str) -> str:
    """A decimal number without needless digits, however long it is."""
    if not _DECIMAL.fullmatch(text):
        return repr(text)
    whole, _, part = text.lstrip("+-").partition(".")
    value = f"{whole.lstrip('0') or '0'}.{part.rstrip('0')}".rstrip(".")
    return f"-{value}" if text.startswith("-") and value != "0" else value
