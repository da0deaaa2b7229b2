"""Values put into a query at its variables, terminal by terminal.

The engine can bind only variables that the query returns, and joins them last,
so a filter would not see them. Here each occurrence of the variable becomes the
term itself, as pre-binding does in SHACL §5.3.1. A value can never become more
than one term: the engine's own library writes it, escapes included, and it
stands where a whole variable token stood.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vomkg.errors import ParameterError
from vomkg.graph.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyoxigraph

    from vomkg.graph.tokens import Token

# After these words, outside brackets, a bare variable names a column or a key.
_LISTS: Final = {"SELECT", "BY"}
_LIST_ENDS: Final = {"WHERE", "FROM", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"}


def bound(
    text: str, bindings: Mapping[str, pyoxigraph.NamedNode | pyoxigraph.Literal]
) -> str:
    """The query with each variable in ``bindings`` replaced by its term.

    A bound variable in the SELECT list stays a column, with the bound value.

    Raises:
        ParameterError: the query has no such variable.
    """
    parts: list[str] = []
    seen: set[str] = set()
    at = 0
    clause = ""
    depth = 0
    for token in tokens(text):
        clause, depth = _context(token, clause, depth)
        name = token.text[1:]
        if token.kind != "variable" or name not in bindings:
            continue
        seen.add(name)
        term = str(bindings[name])
        if clause == "SELECT" and not depth:
            term = f"({term} AS {token.text})"
        elif clause == "BY" and not depth:
            term = f"({term})"
        parts += [text[at : token.start], term]
        at = token.end
    if missing := sorted(set(bindings) - seen):
        raise ParameterError(f"the query has no variable ?{missing[0]}")
    return "".join([*parts, text[at:]])


def _context(token: Token, clause: str, depth: int) -> tuple[str, int]:
    """The clause a token stands in, and how deep in that clause's brackets."""
    word = token.text.upper() if token.kind == "word" else ""
    if word in _LISTS:
        return word, 0
    if word in _LIST_ENDS or token.text in {"{", "}"}:
        return "", 0
    if clause:
        depth += (token.text == "(") - (token.text == ")")
    return clause, depth
