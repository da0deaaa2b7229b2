"""The triples that a SELECT query rests on: its own patterns, as a CONSTRUCT.

Nothing is added and nothing left out, so over these triples alone the query gives
the same rows. Only queries of triple patterns and OPTIONAL can be turned so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vomkg.errors import UsageError
from vomkg.graph.tokens import tokens

if TYPE_CHECKING:
    from vomkg.graph.tokens import Token

_NOT_PATTERNS: Final = frozenset(
    {"FILTER", "UNION", "BIND", "VALUES", "MINUS", "GRAPH", "SERVICE", "SELECT"}
)


def construct(select: str) -> str:
    """The CONSTRUCT query of the triples behind the rows of a SELECT.

    Args:
        select: a query whose WHERE has triple patterns and OPTIONAL, no more.

    Raises:
        UsageError: it has something else.
    """
    found = [token for token in tokens(select) if token.kind != "comment"]
    first = next((i for i, token in enumerate(found) if token.text == "{"), None)
    last = next((i for i, token in enumerate(found[::-1]) if token.text == "}"), None)
    if first is None or last is None:
        raise UsageError("the query has no group of patterns")
    body = found[first + 1 : len(found) - last - 1]
    for token in body:
        if token.kind == "word" and token.text.upper() in _NOT_PATTERNS:
            raise UsageError(f"a query with {token.text} has no triples of its own")
    head = select[: _start_of_select(found)]
    where = select[found[first].start : found[len(found) - last - 1].end]
    return f"{head}CONSTRUCT {{\n{_template(body)}}}\nWHERE {where}\n"


def _start_of_select(found: list[Token]) -> int:
    for token in found:
        if token.kind == "word" and token.text.upper() == "SELECT":
            return token.start
    raise UsageError("the query is not a SELECT")


def _template(body: list[Token]) -> str:
    """The patterns, one a line."""
    lines: list[str] = []
    words: list[str] = []
    for token in body:
        if token.text in {"{", "}"} or token.text.upper() == "OPTIONAL":
            continue
        words.append(token.text)
        if token.text == ".":
            lines.append(f"  {' '.join(words)}\n")
            words = []
    if words:
        lines.append(f"  {' '.join(words)} .\n")
    return "".join(lines)
