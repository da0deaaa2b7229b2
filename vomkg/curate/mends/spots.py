"""Where the terms of each triple stand in a file, so that one can be replaced."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import RDF, XSD, BNode, Literal, URIRef

from vomkg.curate.place import Place
from vomkg.graph.tokens import Token, tokens, unescape, unquote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib.term import Node

_DIRECTIVES: Final = {"@prefix", "prefix", "@base", "base"}
# Terms that stay for the next triple behind each mark.
_KEPT: Final = {".": 0, ";": 1, ",": 2}
_OPEN: Final = {"(", "["}
_CLOSE: Final = {")", "]"}
_TURTLE: Final = (".ttl", ".nt")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Spot:
    """One triple of a file and the stretches of its three terms."""

    triple: tuple[Node, Node, Node]
    subject: Place
    predicate: Place
    value: Place


class Spots:
    """The triples of some files by what they say.

    Args:
        texts: the text of each file by its name; only Turtle and N-Triples are read.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._by_triple: dict[tuple[Node, Node, Node], list[Spot]] = {}
        self._by_pair: dict[tuple[Node, Node], list[Spot]] = {}
        for name, text in texts.items():
            if name.endswith(_TURTLE):
                for spot in spots(name, text):
                    s, p, o = spot.triple
                    self._by_triple.setdefault((s, p, o), []).append(spot)
                    self._by_pair.setdefault((s, p), []).append(spot)

    def value(self, s: Node, p: Node, o: Node) -> Place | None:
        """The stretch of the value, if the triple stands in the files once."""
        found = self._by_triple.get((s, p, o), [])
        return found[0].value if len(found) == 1 else None

    def predicate(self, s: Node, p: Node) -> Place | None:
        """The stretch of the predicate, if the subject has it written once."""
        found = {spot.predicate for spot in self._by_pair.get((s, p), [])}
        return found.pop() if len(found) == 1 else None


def spots(name: str, text: str) -> Iterator[Spot]:
    """The triples that the file spells out, in its order.

    Those inside brackets are left out, with what leads into the brackets. A broken
    file gives those that can be read.
    """
    reader = _Reader(name)
    for token in tokens(text):
        if token.kind != "comment":
            yield from reader.take(token)


class _Reader:
    """Follows the statements of a file, token by token."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._prefixes: dict[str, str] = {}
        self._depth = 0
        self._directive: list[Token] | None = None
        self._terms: list[list[Token]] = []  # of the triple that is being read

    def take(self, token: Token) -> Iterator[Spot]:
        """Take the next token into account; gives the triple that it ends."""
        if token.kind == "punct" and token.text in _OPEN | _CLOSE:
            self._depth += 1 if token.text in _OPEN else -1
            self._add(token)
        elif self._depth > 0:
            return
        elif self._directive is not None:
            self._direct(token, self._directive)
        elif token.kind == "punct" and token.text in _KEPT:
            yield from self._spot()
            self._terms = self._terms[: _KEPT[token.text]]
        elif not self._terms and token.text.lower() in _DIRECTIVES:
            self._directive = [token]
        else:
            self._add(token)

    def _direct(self, token: Token, directive: list[Token]) -> None:
        directive.append(token)
        if token.kind == "iri":
            if len(directive) == 3:
                name = directive[1].text.removesuffix(":")
                self._prefixes[name] = unescape(token.text[1:-1])
            # The dot after an @-directive, where there is one, changes nothing.
            self._directive = None

    def _add(self, token: Token) -> None:
        last = self._terms[-1][-1].text if self._terms else ""
        if self._terms and (
            token.kind == "lang"
            or token.text == "^^"
            or last in {"^^", "+", "-"}
            or (token.text in _CLOSE and token.kind == "punct")
        ):
            self._terms[-1].append(token)
        else:
            self._terms.append([token])

    def _spot(self) -> Iterator[Spot]:
        if len(self._terms) != 3:
            return
        s, p, o = (self._term(group) for group in self._terms)
        if s is not None and p is not None and o is not None:
            at_s, at_p, at_o = (_stretch(self._name, group) for group in self._terms)
            yield Spot((s, p, o), at_s, at_p, at_o)

    def _term(self, group: list[Token]) -> Node | None:
        first = group[0]
        if first.kind == "string":
            return self._literal(group)
        if len(group) == 1 and first.kind in {"iri", "pname", "word"}:
            return self._named(first)
        if first.kind == "blank":
            return BNode(first.text[2:])
        if group[-1].kind == "number":
            return _number("".join(token.text for token in group))
        return None

    def _named(self, token: Token) -> Node | None:
        if token.kind == "iri":
            return URIRef(unescape(token.text[1:-1]))
        if token.kind == "word":
            truth = token.text in {"true", "false"}
            bare = (
                Literal(token.text, datatype=XSD.boolean, normalize=False)
                if truth
                else None
            )
            return RDF.type if token.text == "a" else bare
        name, _, local = token.text.partition(":")
        start = self._prefixes.get(name)
        return None if start is None else URIRef(start + unescape(local))

    def _literal(self, group: list[Token]) -> Node | None:
        text = unquote(group[0].text)
        if len(group) == 1:
            return Literal(text)
        if group[1].kind == "lang":
            return Literal(text, lang=group[1].text[1:])
        datatype = self._named(group[2]) if len(group) == 3 else None
        if not isinstance(datatype, URIRef):
            return None
        kind = None if datatype == XSD.string else datatype
        return Literal(text, datatype=kind, normalize=False)


def _number(text: str) -> Literal:
    kind = XSD.decimal if "." in text else XSD.integer
    kind = XSD.double if "e" in text.lower() else kind
    return Literal(text, datatype=kind, normalize=False)


def _stretch(name: str, group: list[Token]) -> Place:
    first, last = group[0], group[-1]
    breaks = list(_LINE_END.finditer(last.text))
    width = len(last.text) - (breaks[-1].end() if breaks else 0)
    column = width + 1 if breaks else last.column + width
    return Place(name, first.line, first.column, last.line + len(breaks), column)
