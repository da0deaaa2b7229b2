"""Property paths of results, walked along the triples that the files say.

Results name a path as SPARQL writes it (SPARQL 1.1 §9.1), with full IRIs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

if TYPE_CHECKING:
    from collections.abc import Callable

    from vomkg.graph.positions import Positions, Statement
    from vomkg.graph.positions.frame import Term

    # Each node that a path leads to, with the statements on the way there.
    Ends = dict[Term, tuple[Statement, ...]]

_TOKEN: Final = re.compile(r"\s*(<[^<>]*>|[/|^*+?()])")


@dataclass(frozen=True, slots=True)
class Step:
    """One predicate, forwards or backwards."""

    predicate: URIRef
    backwards: bool = False

    def reversed(self) -> Step:
        """The same the other way."""
        return Step(self.predicate, not self.backwards)

    def ends(self, node: Term, known: Positions) -> Ends:
        """Where it leads from a node."""
        found: Ends = {}
        if self.backwards:
            for statement in known.statements(None, self.predicate, node):
                found.setdefault(statement.subject, (statement,))
        else:
            for statement in known.statements(node, self.predicate):
                found.setdefault(statement.object, (statement,))
        return found


@dataclass(frozen=True, slots=True)
class Sequence:
    """One path after the other."""

    steps: tuple[AnyPath, ...]

    def reversed(self) -> Sequence:
        """The same the other way."""
        return Sequence(tuple(step.reversed() for step in reversed(self.steps)))

    def ends(self, node: Term, known: Positions) -> Ends:
        """Where it leads from a node."""
        found: Ends = {node: ()}
        for step in self.steps:
            found = _further(step, found, known)
        return found


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several paths."""

    options: tuple[AnyPath, ...]

    def reversed(self) -> Choice:
        """The same the other way."""
        return Choice(tuple(option.reversed() for option in self.options))

    def ends(self, node: Term, known: Positions) -> Ends:
        """Where any of them leads from a node."""
        found: Ends = {}
        for option in self.options:
            for end, way in option.ends(node, known).items():
                found.setdefault(end, way)
        return found


@dataclass(frozen=True, slots=True)
class Repeat:
    """A path zero or more times, one or more, or zero or one."""

    path: AnyPath
    sign: str

    def reversed(self) -> Repeat:
        """The same the other way."""
        return Repeat(self.path.reversed(), self.sign)

    def ends(self, node: Term, known: Positions) -> Ends:
        """Where it leads from a node, by the shortest way."""
        found: Ends = {} if self.sign == "+" else {node: ()}
        latest: Ends = {node: ()}
        while latest:
            further = _further(self.path, latest, known)
            latest = {end: way for end, way in further.items() if end not in found}
            found |= latest
            if self.sign == "?":
                break
        return found


AnyPath = Step | Sequence | Choice | Repeat


def read_path(text: str) -> AnyPath | None:
    """The path that a result names; None if it is written otherwise."""
    if "<" not in text:
        return Step(URIRef(text))
    tokens = [*_TOKEN.findall(text), ""]
    if "".join(tokens) != re.sub(r"\s", "", text):
        return None
    try:
        path, rest = _choice(tokens)
    except IndexError:
        return None
    return path if rest == [""] else None


def unfinished(path: AnyPath, node: Term, known: Positions) -> Ends:
    """The nodes where a path that should lead on does not, with the way there."""
    if isinstance(path, Sequence):
        found: Ends = {node: ()}
        for step in path.steps:
            stuck = {
                end: way for end, way in found.items() if not step.ends(end, known)
            }
            if stuck:
                return stuck
            found = _further(step, found, known)
    return {node: ()}


def _further(path: AnyPath, nodes: Ends, known: Positions) -> Ends:
    found: Ends = {}
    for node, way in nodes.items():
        for end, more in path.ends(node, known).items():
            found.setdefault(end, (*way, *more))
    return found


def _choice(tokens: list[str]) -> tuple[AnyPath, list[str]]:
    options, tokens = _joined(_sequence, "|", tokens)
    return (options[0] if len(options) == 1 else Choice(tuple(options))), tokens


def _sequence(tokens: list[str]) -> tuple[AnyPath, list[str]]:
    steps, tokens = _joined(_element, "/", tokens)
    return (steps[0] if len(steps) == 1 else Sequence(tuple(steps))), tokens


def _element(tokens: list[str]) -> tuple[AnyPath, list[str]]:
    backwards = tokens[0] == "^"
    path, tokens = _primary(tokens[1:] if backwards else tokens)
    if tokens[0] in {"*", "+", "?"}:
        path, tokens = Repeat(path, tokens[0]), tokens[1:]
    return (path.reversed() if backwards else path), tokens


def _primary(tokens: list[str]) -> tuple[AnyPath, list[str]]:
    if tokens[0] == "(":
        path, tokens = _choice(tokens[1:])
        if tokens[0] != ")":
            raise IndexError
        return path, tokens[1:]
    if not tokens[0].startswith("<"):
        raise IndexError
    return Step(URIRef(tokens[0][1:-1])), tokens[1:]


def _joined(
    read: Callable[[list[str]], tuple[AnyPath, list[str]]], sign: str, tokens: list[str]
) -> tuple[list[AnyPath], list[str]]:
    path, tokens = read(tokens)
    found = [path]
    while tokens[0] == sign:
        path, tokens = read(tokens[1:])
        found.append(path)
    return found, tokens
