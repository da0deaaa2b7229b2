"""Tokens of Turtle as terms of rdflib, by the prefixes and the base in force."""

from __future__ import annotations

import re
from typing import Final

from rdflib import XSD, BNode, Literal, URIRef

from vomkg.graph.positions.iris import is_absolute, resolved
from vomkg.graph.positions.terminals import Kind

_ESCAPE: Final = re.compile(
    r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([tbnrf\"'\\])|(.|\Z))", re.DOTALL
)
_SIMPLE: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LOCAL_ESCAPE: Final = re.compile(r"\\(.)")
_NOT_IN_IRI: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_BOOLEANS: Final = {"true", "false"}
_SURROGATES: Final = range(0xD800, 0xE000)
_LAST: Final = 0x10FFFF


class UnreadableError(ValueError):
    """A token that stands for no term, and what to do about it.

    Attributes:
        fix: the next step.
        prefix: the prefix concerned, if it is not declared.
    """

    def __init__(self, message: str, fix: str, *, prefix: str | None = None) -> None:
        super().__init__(message)
        self.fix = fix
        self.prefix = prefix


class Names:
    """What names mean at one place of one file.

    Args:
        mark: what the labels of this file's blank nodes begin with.
        base: the base IRI, if the file has one from outside.
    """

    def __init__(self, mark: str, base: str | None = None) -> None:
        self.prefixes: dict[str, str] = {}
        self.base = base
        # By the token's text, which decides what it is; emptied with each prefix.
        self.known: dict[str, URIRef | BNode | Literal] = {}
        self._typed: dict[str, Literal] = {}
        self._blank: dict[str, BNode] = {}
        self._mark = mark
        self._count = 0

    def declare(self, prefix: str, namespace: str) -> None:
        """Let a prefix stand for a namespace from here on."""
        if self.prefixes.get(prefix) != namespace:
            self.prefixes[prefix] = namespace
            self.forget()

    def rebase(self, base: str) -> None:
        """Resolve relative IRIs by another base from here on."""
        self.base = base
        self.forget()

    def forget(self) -> None:
        """Make every name anew when it is next met."""
        self.known.clear()
        self._typed.clear()

    def fresh(self) -> BNode:
        """A new blank node; a second reading of the text gives it the same label."""
        self._count += 1
        return BNode(f"{self._mark}{self._count}")

    def term(self, kind: int, raw: str) -> URIRef | BNode | Literal:
        """The term that a token stands for by itself.

        Raises:
            UnreadableError: it stands for none.
        """
        found: URIRef | BNode | Literal
        if kind == Kind.PNAME:
            found = URIRef(self._expanded(raw))
        elif kind == Kind.IRI:
            found = URIRef(self.iri(raw))
        elif kind == Kind.BLANK:
            found = self._blank.get(raw) or self._labelled(raw)
        elif kind == Kind.NUMBER:
            found = Literal(raw, datatype=_number_type(raw), normalize=False)
        else:
            found = _word(raw)
        self.known[raw] = found
        return found

    def iri(self, raw: str) -> str:
        """The IRI in angle brackets, absolute and with its escapes resolved.

        Raises:
            UnreadableError: it is relative and there is no base, or holds a
                character that no IRI may.
        """
        iri = raw[1:-1]
        if "\\" in iri:
            iri = unescaped(iri)
            if bad := _NOT_IN_IRI.search(iri):
                raise UnreadableError(
                    f"found {bad.group()!r} in an IRI", "percent-encode the character"
                )
        if self.base is not None:
            return resolved(self.base, iri)
        if not is_absolute(iri):
            raise UnreadableError(
                f"found the relative IRI <{iri}>, expected a full one",
                "write a full IRI, or declare its @prefix or @base",
            )
        return iri

    def literal(self, raw: str, suffix: str, kind: int) -> Literal:
        """A quoted literal with its language tag or datatype.

        Args:
            raw: the string with its quotes.
            suffix: the tag with its ``@``, the datatype, or nothing.
            kind: the kind of the suffix; 0 without one.

        Raises:
            UnreadableError: an escape or the datatype stands for nothing.
        """
        if kind == Kind.AT:
            return Literal(text_of(raw), lang=suffix[1:].lower())
        if not kind:
            return Literal(text_of(raw))
        key = raw + suffix
        found = self._typed.get(key)
        if found is None:
            datatype = self.known.get(suffix) or self.term(kind, suffix)
            # RDF 1.1 has one kind of plain literal, rdflib two.
            chosen = None if datatype == XSD.string else str(datatype)
            found = Literal(text_of(raw), datatype=chosen, normalize=False)
            self._typed[key] = found
        return found

    def _expanded(self, raw: str) -> str:
        prefix, _, local = raw.partition(":")
        namespace = self.prefixes.get(prefix)
        if namespace is None:
            raise UnreadableError(
                f"found {raw!r}, but the prefix {prefix}: is not declared",
                f"add an @prefix line for {prefix}:",
                prefix=prefix,
            )
        return namespace + (_LOCAL_ESCAPE.sub(r"\1", local) if "\\" in local else local)

    def _labelled(self, raw: str) -> BNode:
        return self._blank.setdefault(raw, self.fresh())


def text_of(raw: str) -> str:
    """The characters that a quoted string stands for.

    Raises:
        UnreadableError: an escape stands for none.
    """
    width = 3 if raw[:3] in {'"""', "'''"} else 1
    text = raw[width:-width]
    return unescaped(text) if "\\" in text else text


def unescaped(text: str) -> str:
    """The text with its escapes resolved (Turtle §6.4).

    Raises:
        UnreadableError: an escape stands for nothing.
    """
    return _ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    short, long, simple, _ = match.groups()
    if simple:
        return _SIMPLE.get(simple, simple)
    code = int(short or long or "-1", 16)
    if code < 0 or code in _SURROGATES or code > _LAST:
        raise UnreadableError(
            f"found the escape {match.group()}, which stands for no character",
            r"write a backslash as \\, or the character itself",
        )
    return chr(code)


def _number_type(raw: str) -> URIRef:
    if "e" in raw or "E" in raw:
        return XSD.double
    return XSD.decimal if "." in raw else XSD.integer


def _word(raw: str) -> Literal:
    if raw in _BOOLEANS:
        return Literal(raw, datatype=XSD.boolean, normalize=False)
    known = "a, which is short for rdf:type, is a predicate" if raw == "a" else ""
    raise UnreadableError(
        f"found {raw!r}, expected an IRI, a prefixed name or a literal",
        known or "put text in quotes, or give the name its prefix",
    )
