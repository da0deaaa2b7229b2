"""Literals outside their type, each with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph

from vomkg.graph.lexical import literal_fault
from vomkg.graph.tokens import Token, place, tokens, unescape, unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fault:
    """A literal outside its type: where it stands, and what is wrong."""

    path: Path
    line: int | None
    column: int | None
    message: str


def fault_of(term: object) -> str | None:
    """What is wrong with the text of a parsed term, or None.

    Language tags need no look here: the parser refuses those that are malformed.
    """
    if not isinstance(term, pyoxigraph.Literal):
        return None
    return literal_fault(term.value, term.datatype.value)


def searched_faults(
    path: Path, text: str, quads: Iterable[pyoxigraph.Quad]
) -> Iterator[Fault]:
    """The faults of a JSON-LD or RDF/XML file, placed by searching for their text."""
    found = set()
    for quad in quads:
        if message := fault_of(quad.object):
            offset = text.find(quad.object.value)  # type: ignore[union-attr]
            found.add((offset, message))
    for offset, message in sorted(found):
        line, column = place(text, offset) if offset >= 0 else (None, None)
        yield Fault(path, line, column, message)


def token_faults(path: Path, text: str) -> Iterator[Fault]:
    """The faults of a Turtle-like file, at the very token."""
    prefixes: dict[str, str] = {}
    last: list[Token] = []
    for token in tokens(text):
        if token.kind == "comment":
            continue
        last = [*last[-2:], token]
        if len(last) < 3:
            continue
        first, second, third = last
        if first.text.lower() in {"@prefix", "prefix"} and third.kind == "iri":
            prefixes[second.text[:-1]] = unescape(third.text[1:-1])
        elif first.kind == "string" and second.text == "^^":
            datatype = _datatype(third, prefixes)
            if message := literal_fault(unquote(first.text), datatype):
                yield Fault(path, first.line, first.column, message)


def _datatype(token: Token, prefixes: dict[str, str]) -> str:
    if token.kind == "iri":
        return unescape(token.text[1:-1])
    name, _, local = token.text.partition(":")
    return prefixes.get(name, "") + unescape(local)
