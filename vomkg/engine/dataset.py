"""The dataset of a query that names several default graphs.

SPARQL 1.1 §13.2 asks for the merge of the graphs that FROM names. The engine
would look into one after the other and count a triple once per graph, so the
merge is made before the query runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph

from vomkg.engine.names import resolved
from vomkg.graph.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vomkg.graph.tokens import Token

_FORMS: Final = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_FROM: Final = "FROM"


@dataclass(frozen=True, slots=True)
class Named:
    """The graphs that a query names.

    Attributes:
        default: IRIs behind FROM.
        named: IRIs behind FROM NAMED.
    """

    default: frozenset[str]
    named: frozenset[str]


def several_graphs(query: str, prefixes: dict[str, str]) -> Named | None:
    """The dataset of a query with several FROM clauses; None for any other.

    Raises:
        SyntaxError: the prologue is not SPARQL, or a name not an IRI.
    """
    if query.upper().count(_FROM) < 2:  # the common case, without a lexer
        return None
    words = [token for token in tokens(query) if token.kind != "comment"]
    default, named = _clauses(words)
    if len(default) < 2:
        return None
    start = next(token.start for token in words if token.keyword in _FORMS)
    iris = resolved(query[:start], [*default, *named], prefixes)
    return Named(*(frozenset(map(iris.__getitem__, part)) for part in (default, named)))


def merged_graphs(store: pyoxigraph.Store, wanted: Named) -> pyoxigraph.Store:
    """A store whose default graph is the merge, each triple once."""
    merge = pyoxigraph.Store()
    for iri in wanted.default:
        merge.extend(
            pyoxigraph.Quad(quad.subject, quad.predicate, quad.object)
            for quad in store.quads_for_pattern(
                None, None, None, pyoxigraph.NamedNode(iri)
            )
        )
    for iri in wanted.named:
        merge.extend(
            store.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(iri))
        )
    return merge


def _clauses(words: Sequence[Token]) -> tuple[list[str], list[str]]:
    default: list[str] = []
    named: list[str] = []
    for index, token in enumerate(words):
        if token.keyword != _FROM:
            continue
        behind = [word.text for word in words[index + 1 : index + 3]]
        if len(behind) > 1 and words[index + 1].keyword == "NAMED":
            named.append(behind[1])
        elif behind:
            default.append(behind[0])
    return default, named
