"""The SPARQL in shapes: syntax, size, and what SHACL-SPARQL allows (§5.2.1)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph
from rdflib import URIRef

from vomkg.config import Settings
from vomkg.curate.lint.faults import fault
from vomkg.curate.lint.projection import CLOSING, OPENING, projections
from vomkg.graph.tokens import Token, tokens
from vomkg.namespaces import SH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib import Graph
    from rdflib.term import Node

    from vomkg.curate.lint.nodes import View
    from vomkg.curate.result import Result

    # Gives a fault of the query: rule, what was found, what to do.
    Say = Callable[[str, str, str], Result]

_FORBIDDEN: Final = {"SERVICE", "FROM", "MINUS", "VALUES"}
_KINDS: Final = ("select", "ask")
_PLACE: Final = re.compile(r"\bat (\d+):(\d+)")
_IN_MESSAGE: Final = re.compile(r"\{[?$](\w+)\}")
_DECLARE: Final = URIRef(SH + "declare")
_PREFIX: Final = URIRef(SH + "prefix")
_NAMESPACE: Final = URIRef(SH + "namespace")
# Variables that a processor sets before the query runs; the value only for ASK
# (SHACL §6.3), as a SELECT gives it.
_GIVEN: Final = {"this", "PATH", "shapesGraph", "currentShape"}


def query_faults(view: View, ontology: Graph, most: int) -> Iterator[Result]:
    """Every fault of the queries in shapes.

    Args:
        view: the shapes.
        ontology: where further prefixes may be declared.
        most: terms that a query may have; the time to plan it grows with their
            fourth power.
    """
    sources = [view.graph, ontology]
    for kind in _KINDS:
        for node in view.subjects(kind):
            for text in view.values(node, kind):
                query = _Query(view, node, kind, str(text), sources, most)
                yield from query.faults()
    for node in {*view.subjects("sparql")}:
        for constraint in view.values(node, "sparql"):
            if "select" not in view.said(constraint):
                yield fault(
                    "BadQuery",
                    view,
                    node,
                    "has a SPARQL constraint without sh:select",
                    "write the query as its sh:select",
                    at="sparql",
                    value=constraint,
                )


class _Query:
    """One query, as its terminals."""

    def __init__(
        self,
        view: View,
        node: Node,
        kind: str,
        text: str,
        sources: list[Graph],
        most: int,
    ) -> None:
        self._most = most
        self._view = view
        self._node = node
        self._kind = kind
        self._text = text
        self._tokens = [
            token for token in _first(text, most) if token.kind != "comment"
        ]
        self._prefixes = _prefixes(view, node, sources)

    def faults(self) -> Iterator[Result]:
        """What is wrong with it; if it is too large, only that."""
        if wrong := self._size():
            yield self._fault("BadQuery", wrong, "make it smaller, or split the shape")
            return
        yield from self._words()
        if any(token.keyword in _FORBIDDEN for token in self._tokens):
            # To judge the rest the query is handed to an engine, which would call
            # what SERVICE names.
            return
        found = list(self._syntax())
        yield from found
        if not found:
            yield from self._variables()

    def _fault(self, rule: str, found: str, fix: str) -> Result:
        return fault(rule, self._view, self._node, found, fix, at=self._kind)

    def _size(self) -> str | None:
        if len(self._text) > Settings.query_length:
            return f"has more than {Settings.query_length} characters"
        if len(self._tokens) > self._most:
            return f"has more than {self._most} terms"
        depth = deepest = 0
        for token in self._tokens:
            if token.kind == "punct":
                depth += (token.text in OPENING) - (token.text in CLOSING)
                deepest = max(deepest, depth)
        if deepest > Settings.query_depth:
            return f"nests more than {Settings.query_depth} brackets"
        return None

    def _words(self) -> Iterator[Result]:
        """Words that a shape may not say, and prefixes that nobody declares."""
        known = set(self._prefixes)
        before = ""
        told = set()
        for token in self._tokens:
            name = token.text.partition(":")[0]
            if token.keyword in _FORBIDDEN and token.keyword not in told:
                told.add(token.keyword)
                yield self._fault(
                    "ForbiddenWord",
                    f"says {token.keyword}, which a shape may not",
                    "write it without",
                )
            if token.kind == "pname" and before == "PREFIX":
                known.add(name)
            elif token.kind == "pname" and name not in known:
                known.add(name)
                yield self._fault(
                    "UndeclaredPrefix",
                    f"uses the prefix {name}:, which is not declared",
                    "give the shape sh:prefixes, or correct the spelling",
                )
            before = token.text.upper()

    def _syntax(self) -> Iterator[Result]:
        # A processor puts the shape's path in place of $PATH before it reads on.
        text = re.sub(r"\$PATH\b", "<urn:path>", self._text)
        names = {token.text.partition(":")[0] for token in self._tokens}
        known = dict.fromkeys(
            (n for n in names if re.fullmatch(r"[\w.-]*", n)), "urn:none:"
        )
        try:
            _store().query(text, prefixes={**known, **self._prefixes})
        except (SyntaxError, ValueError, OSError, RuntimeError) as wrong:
            place = _PLACE.search(str(getattr(wrong, "msg", wrong)))
            at = f" at line {place[1]}, column {place[2]} of it" if place else ""
            yield self._fault("BadQuery", f"is not SPARQL{at}", "correct its syntax")
            return
        form = "SELECT" if self._kind == "select" else "ASK"
        if form not in {token.keyword for token in self._tokens}:
            yield self._fault("BadQuery", f"is no {form}", f"write it as {form}")

    def _variables(self) -> Iterator[Result]:
        used = [token.text[1:] for token in self._tokens if token.kind == "variable"]
        if "this" not in used and not (self._kind == "ask" and "value" in used):
            yield self._fault(
                "MissingThis",
                "does not speak of $this, so it is the same for every node",
                "begin its pattern at $this",
            )
        yield from self._path()
        selected = list(projections(self._tokens))
        if self._kind == "select":
            yield from self._projected(selected)
        given = _GIVEN | ({"value"} if self._kind == "ask" else set())
        for before, token in zip(self._tokens, self._tokens[1:], strict=False):
            if before.keyword == "AS" and token.text[1:] in given:
                yield self._fault(
                    "BadQuery",
                    f"gives a value to {token.text}, which is set before it runs",
                    "choose another name",
                )

    def _path(self) -> Iterator[Result]:
        if "$PATH" not in {token.text for token in self._tokens}:
            return
        owners = [
            shape
            for shape in self._view.subjects("sparql")
            if self._node in self._view.values(shape, "sparql")
        ]
        if any(not self._view.is_property(shape) for shape in owners):
            yield self._fault(
                "WrongPlace",
                "speaks of $PATH, and a shape that uses it has no sh:path",
                "name the property itself",
            )

    def _projected(self, selected: list[set[str]]) -> Iterator[Result]:
        for depth, columns in enumerate(selected):
            # Within a query a star stands only for what its own pattern binds.
            if "this" not in columns and (depth or "*" not in columns):
                yield self._fault(
                    "MissingThis",
                    "has a SELECT that does not project $this",
                    "add $this behind SELECT",
                )
        outer = selected[0] if selected else {"*"}
        if "*" in outer:
            return
        for message in self._view.values(self._node, "message"):
            for name in _IN_MESSAGE.findall(str(message)):
                if name not in outer | _GIVEN:
                    yield self._fault(
                        "UnfilledMessage",
                        f"does not project ?{name}, which its message names",
                        "add it behind SELECT, or correct the message",
                    )


def _first(text: str, most: int) -> Iterator[Token]:
    """The tokens, up to one more than a query may have."""
    for count, token in enumerate(tokens(text[: Settings.query_length])):
        if count > most:
            return
        yield token


def _prefixes(view: View, node: Node, sources: list[Graph]) -> dict[str, str]:
    found: dict[str, str] = {}
    for owner in view.values(node, "prefixes"):
        for source in sources:
            for declaration in source.objects(owner, _DECLARE):
                name = source.value(declaration, _PREFIX, any=True)
                namespace = source.value(declaration, _NAMESPACE, any=True)
                if name is not None and namespace is not None:
                    found[str(name)] = str(namespace)
    return found


@cache
def _store() -> pyoxigraph.Store:
    return pyoxigraph.Store()
