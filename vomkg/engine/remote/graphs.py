"""Which graphs of a store are asked, whatever else it holds.

A request names its dataset (SPARQL 1.1 Protocol §2.1.4), so the store's own
graphs stay out of sight. Servers do not agree on a query that names one too:
some merge both, though the request should win. So what the query names is taken
out of its text, cut down to the graphs that are served, and sent as the request's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin

from vomkg.engine.faults import fault_at
from vomkg.errors import QueryRefusedError
from vomkg.graph.tokens import tokens, unescape
from vomkg.namespaces import BASE, GRAPHS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vomkg.graph.tokens import Token

# Nothing is ever stored there. It keeps a list from being empty, which would mean
# every graph; and Virtuoso counts one row in a graph that is not on the list.
NO_GRAPH: Final = GRAPHS + "none"
_SCHEME: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
_LINE: Final = re.compile(r"[^\r\n]")


class Graphs(NamedTuple):
    """The graphs of a store that are asked.

    Attributes:
        default: those that make up the default graph.
        named: those that GRAPH reaches.
    """

    default: tuple[str, ...]
    named: tuple[str, ...]

    def fields(self) -> list[tuple[str, str]]:
        """The fields of a request that name them."""
        return [
            *(("default-graph-uri", iri) for iri in self.default or (NO_GRAPH,)),
            *(("named-graph-uri", iri) for iri in (*self.named, NO_GRAPH)),
        ]


@dataclass(frozen=True, slots=True)
class Request:
    """A query as it is sent.

    Attributes:
        query: its text, without dataset clauses, each line as long as it was.
        fields: what names the dataset; empty for the store's own.
        shift: characters put before its first line.
    """

    query: str
    fields: tuple[tuple[str, str], ...] = ()
    shift: int = 0


def request_of(
    text: str, prefixes: Mapping[str, str], graphs: Graphs | None
) -> Request:
    """The query with the prefixes and the dataset that it is asked with.

    Args:
        text: a query that the guard has let pass.
        prefixes: those that need no declaration.
        graphs: what is served; None leaves the dataset to the store and the query.

    Raises:
        QueryRefusedError: it names more than one graph by FROM.
    """
    words = [token for token in tokens(text) if token.kind != "comment"]
    declared = {
        after.text.partition(":")[0]
        for token, after in pairwise(words)
        if token.keyword == "PREFIX"
    }
    used = {token.text.partition(":")[0] for token in words if token.kind == "pname"}
    relative = any(
        word.kind == "iri" and not _SCHEME.match(word.text) for word in words
    )
    prologue = f"BASE <{BASE}> " if relative else ""
    prologue += "".join(
        f"PREFIX {name}: <{prefixes[name]}> "
        for name in sorted(used - declared)
        if name in prefixes
    )
    if graphs is None:
        return Request(prologue + text, shift=len(prologue))
    resolve = _Names(words, prefixes)
    text, graphs = _without_clauses(text, words, resolve, graphs)
    text = _visible(text, words, resolve, graphs)
    return Request(prologue + text, tuple(graphs.fields()), len(prologue))


class _Names:
    """Full IRIs for what a query writes, by its prologue."""

    def __init__(self, words: Sequence[Token], prefixes: Mapping[str, str]) -> None:
        self._prefixes = dict(prefixes)
        self._base = BASE
        for index, token in enumerate(words):
            if token.keyword == "BASE":
                self._base = self(words[index + 1])
            elif token.keyword == "PREFIX":
                name = words[index + 1].text.partition(":")[0]
                self._prefixes[name] = self(words[index + 2])

    def __call__(self, token: Token) -> str:
        if token.kind == "pname":
            name, _, local = token.text.partition(":")
            return self._prefixes.get(name, "") + local.replace("\\", "")
        return urljoin(self._base, unescape(token.text[1:-1]))


def _without_clauses(
    text: str, words: Sequence[Token], resolve: _Names, graphs: Graphs
) -> tuple[str, Graphs]:
    """The text with blanks for its dataset clauses, and the dataset they ask for."""
    default: list[str] = []
    named: list[str] = []
    for index, token in enumerate(words):
        if token.keyword != "FROM":
            continue
        is_named = words[index + 1].keyword == "NAMED"
        name = words[index + 1 + is_named]
        (named if is_named else default).append(resolve(name))
        if len(default) > 1:
            raise fault_at(
                QueryRefusedError,
                token,
                "more than one FROM would count shared triples twice in the store",
                "keep one FROM, or ask each graph by FROM NAMED and GRAPH",
            )
        clause = text[token.start : name.end]
        text = text[: token.start] + _LINE.sub(" ", clause) + text[name.end :]
    if not (default or named):
        return text, graphs
    return text, Graphs(
        tuple(iri for iri in default if iri in graphs.named),
        tuple(iri for iri in named if iri in graphs.named),
    )


def _visible(text: str, words: Sequence[Token], resolve: _Names, graphs: Graphs) -> str:
    """The text with each name of a graph out of sight replaced by :data:`NO_GRAPH`."""
    parts: list[str] = []
    at = 0
    for token, name in pairwise(words):
        if (
            token.keyword == "GRAPH"
            and name.kind in {"iri", "pname"}
            and resolve(name) not in graphs.named
        ):
            parts += [text[at : name.start], f"<{NO_GRAPH}>"]
            at = name.end
    return "".join([*parts, text[at:]])
