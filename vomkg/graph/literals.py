"""Literals outside their type, each with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph

from vomkg.graph.lexical import language_fault, literal_fault
from vomkg.graph.tokens import Token, place, tokens, unescape, unquote
from vomkg.namespaces import RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


_DIRECTIVES: Final = {"@prefix", "prefix", "@base", "base"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A literal outside its type: where it stands, and what is wrong."""

    path: Path
    line: int | None
    column: int | None
    message: str


def fault_of(term: object) -> str | None:
    """What is wrong with the text or the language of a parsed term, or None."""
    if not isinstance(term, pyoxigraph.Literal):
        return None
    if term.language:
        return language_fault(term.language)
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
    for found in ill_typed(text):
        yield Fault(path, found.first.line, found.first.column, found.message)


@dataclass(frozen=True, slots=True)
class IllTyped:
    """A literal at fault, as the tokens that it is written with.

    Attributes:
        first: the token of its text.
        last: the token of its datatype or language.
        lexical: its text.
        kind: the IRI of its datatype, or ``@`` and its language.
        message: what is wrong, and what was expected.
        subject: the IRI of the node that the statement is about; None for a node
            without IRI.
        predicate: the IRI of the statement's property around it.
    """

    first: Token
    last: Token
    lexical: str
    kind: str
    message: str
    subject: str | None
    predicate: str | None


def ill_typed(text: str) -> Iterator[IllTyped]:
    """Every literal of a Turtle-like text that is not of its type, in order."""
    statement = _Statement()
    last: list[Token] = []
    for token in tokens(text):
        if token.kind == "comment":
            continue
        statement.take(token)
        last = [*last[-2:], token]
        first, kind, message = _judged(last, statement.prefixes)
        if first is not None and message is not None:
            yield IllTyped(
                first,
                token,
                unquote(first.text),
                kind,
                message,
                statement.subject,
                statement.predicate,
            )


def _judged(
    last: list[Token], prefixes: dict[str, str]
) -> tuple[Token | None, str, str | None]:
    """The literal that ends here, if one does: its text, its kind, what is wrong."""
    before = last[-2] if len(last) > 1 else None
    if before is not None and before.kind == "string" and last[-1].kind == "lang":
        tag = last[-1].text[1:].partition("--")[0]
        return before, f"@{tag}", language_fault(tag)
    if (
        len(last) == 3 and last[0].kind == "string" and last[1].text == "^^"
    ):  # string, ^^ and datatype
        datatype = _iri(last[2], prefixes)
        return last[0], datatype, literal_fault(unquote(last[0].text), datatype)
    return None, "", None


class _Statement:
    """Follows the statements of a text: whose property is being given now."""

    def __init__(self) -> None:
        self.prefixes: dict[str, str] = {}
        self.subject: str | None = None
        self.predicate: str | None = None
        self._place = "subject"
        self._depth = 0
        self._words: list[Token] = []

    def take(self, token: Token) -> None:
        """Take the next token into account."""
        if token.kind == "punct" and token.text in {"[", "("}:
            if not self._depth and self._place == "subject":
                self.subject, self.predicate = None, None
                self._place = "predicate"
            self._depth += 1
        elif token.kind == "punct" and token.text in {"]", ")"}:
            self._depth -= 1
        elif not self._depth:
            self._take_outer(token)

    def _take_outer(self, token: Token) -> None:
        if self._place == "directive":
            self._take_directive(token)
        elif token.kind == "punct":
            self._place = {".": "subject", ";": "predicate"}.get(
                token.text, self._place
            )
        elif self._place == "subject":
            if token.text.lower() in _DIRECTIVES:
                self._place, self._words = "directive", []
            else:
                self.subject, self.predicate = _name(token, self.prefixes), None
                self._place = "predicate"
        elif self._place == "predicate":
            self.predicate, self._place = _name(token, self.prefixes), "object"

    def _take_directive(self, token: Token) -> None:
        self._words.append(token)
        if token.kind == "iri":
            if len(self._words) > 1:
                prefix = self._words[0].text.removesuffix(":")
                self.prefixes[prefix] = unescape(token.text[1:-1])
            # The dot after an @-directive, where there is one, changes nothing.
            self._place = "subject"


def _name(token: Token, prefixes: dict[str, str]) -> str | None:
    if token.text == "a":
        return RDF + "type"
    return _iri(token, prefixes) if token.kind in {"iri", "pname"} else None


def _iri(token: Token, prefixes: dict[str, str]) -> str:
    if token.kind == "iri":
        return unescape(token.text[1:-1])
    name, _, local = token.text.partition(":")
    return prefixes.get(name, "") + unescape(local)
