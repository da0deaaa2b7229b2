"""Whether two servers gave the same answer.

Rows are compared as a multiset, since only ORDER BY gives an order and a cut of
one is compared by its members. Numbers are compared by value, to ten digits:
an average may differ in its last one. Blank nodes all count as equal.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph

if TYPE_CHECKING:
    from harness.client import Reply

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_NUMERIC: Final = {
    XSD + name
    for name in [
        "integer",
        "decimal",
        "double",
        "float",
        "int",
        "long",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "unsignedInt",
        "unsignedLong",
        "nonPositiveInteger",
        "negativeInteger",
    ]
}
_DIGITS: Final = 10

Cell = tuple[str, ...]
Multiset = Counter[tuple[Cell, ...]]


def multiset(reply: Reply) -> Multiset:
    """The rows or triples of a response, each with the number of its occurrences.

    Raises:
        ValueError: the body is not what its media type says.
        SyntaxError: it is not N-Triples.
    """
    if reply.kind.endswith("json"):
        found = json.loads(reply.body)
        if "boolean" in found:
            return Counter([(("boolean", str(found["boolean"])),)])
        rows = found["results"]["bindings"]
        return Counter(tuple(_bindings(row)) for row in rows)
    triples = pyoxigraph.parse(reply.body, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return Counter(
        (_term(quad.subject), _term(quad.predicate), _term(quad.object))
        for quad in triples
    )


def difference(ours: Multiset, theirs: Multiset) -> str:
    """In a few words how two answers differ; empty if they are equal."""
    if ours == theirs:
        return ""
    more, less = ours - theirs, theirs - ours
    example = next(iter(more or less))
    shown = " ".join(cell[-2] if len(cell) > 2 else cell[-1] for cell in example)
    return (
        f"{more.total()} only ours, {less.total()} only theirs, "
        f"{(ours & theirs).total()} in both; such as {shown[:120]}"
    )


def _bindings(row: dict[str, dict[str, str]]) -> list[Cell]:
    return [(name, *_cell(row[name])) for name in sorted(row)]


def _cell(value: dict[str, str]) -> Cell:
    if value["type"] == "uri":
        return ("iri", value["value"])
    if value["type"] == "bnode":
        return ("blank",)
    return _literal(value["value"], value.get("datatype"), value.get("xml:lang"))


def _term(term: Any) -> Cell:
    if isinstance(term, pyoxigraph.NamedNode):
        return ("iri", term.value)
    if isinstance(term, pyoxigraph.Literal):
        return _literal(term.value, term.datatype.value, term.language)
    return ("blank",)


def _literal(text: str, datatype: str | None, language: str | None) -> Cell:
    if language:
        return ("text", text, language.lower())
    if datatype in _NUMERIC:
        return ("number", f"{float(text):.{_DIGITS}g}", "")
    plain = datatype in {None, XSD + "string"}
    return ("text", text, "" if plain else str(datatype))
