"""Where a file speaks of a node, so that a fault can name its line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from vomkg.curate.place import Place
from vomkg.curate.result import Report
from vomkg.graph.tokens import Token, tokens, unescape
from vomkg.namespaces import RDF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.curate.result import Result

    # Subject IRI and predicate IRI, or None for the statement's first line.
    Places = dict[tuple[str, str | None], tuple[int, int]]

_DIRECTIVES: Final = {"@prefix", "prefix", "@base", "base"}
_OPEN: Final = {"(", "["}
_CLOSE: Final = {")", "]"}


def locate(report: Report, texts: Mapping[str, str]) -> Report:
    """The report with the file, line and column of each fault.

    The place is that of the property concerned; where the node does not have it,
    that of the node. Faults of nodes that no file speaks of get no place.

    Args:
        report: what validation found.
        texts: the Turtle of each file judged, by file name.
    """
    found = {name: places(text) for name, text in texts.items()}
    results = tuple(_placed(result, found) for result in report.results)
    return Report(results, tuple(texts), report.graph)


def places(text: str) -> Places:
    """Line and column, from 1, at which each named node and property begins.

    Reads Turtle and N-Triples; of nodes inside brackets only the statement around
    them is known, and of repeated properties the first.
    """
    reader = _Reader()
    for token in tokens(text):
        if token.kind != "comment":
            reader.take(token)
    return reader.found


def _placed(result: Result, found: Mapping[str, Places]) -> Result:
    for path in dict.fromkeys((result.path, None)):
        for name, known in found.items():
            if place := known.get((result.focus, path)):
                return replace(result, at=Place(name, *place))
    return result


class _Reader:
    """Follows the statements of a file, token by token."""

    def __init__(self) -> None:
        self.found: Places = {}
        self._prefixes: dict[str, str] = {}
        self._expected = "subject"
        self._subject: str | None = None
        self._directive: list[Token] = []
        self._depth = 0

    def take(self, token: Token) -> None:
        """Take the next token into account."""
        if token.kind == "punct" and token.text in _OPEN:
            self._depth += 1
            if self._expected == "subject":
                self._subject, self._expected = None, "predicate"
        elif token.kind == "punct" and token.text in _CLOSE:
            self._depth -= 1
        elif self._depth == 0:
            self._take_outer(token)

    def _take_outer(self, token: Token) -> None:
        if self._expected == "directive":
            self._take_directive(token)
        elif token.text == "." and token.kind == "punct":
            self._expected = "subject"
        elif token.text == ";" and token.kind == "punct":
            self._expected = "predicate"
        elif self._expected == "subject" and token.text.lower() in _DIRECTIVES:
            self._expected, self._directive = "directive", [token]
        elif self._expected == "subject":
            self._subject, self._expected = self._iri(token), "predicate"
            self._note(None, token)
        elif self._expected == "predicate":
            self._expected = "object"
            self._note(self._iri(token), token)

    def _take_directive(self, token: Token) -> None:
        self._directive.append(token)
        if token.kind == "iri":
            if len(self._directive) == 3:
                name = self._directive[1].text.removesuffix(":")
                self._prefixes[name] = unescape(token.text[1:-1])
            # The dot after an @-directive, where there is one, changes nothing.
            self._expected = "subject"

    def _note(self, predicate: str | None, token: Token) -> None:
        if self._subject is not None:
            place = (token.line, token.column)
            self.found.setdefault((self._subject, predicate), place)

    def _iri(self, token: Token) -> str | None:
        if token.kind == "iri":
            return unescape(token.text[1:-1])
        if token.text == "a":
            return RDF + "type"
        name, _, local = token.text.partition(":")
        if token.kind == "pname" and name in self._prefixes:
            return self._prefixes[name] + unescape(local)
        return None
