"""What the SELECTs of a query project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.graph.tokens import Token

OPENING: Final = frozenset("{([")
CLOSING: Final = frozenset("})]")


def projections(words: list[Token]) -> Iterator[set[str]]:
    """The columns of each SELECT, ``*`` as it stands, the outer SELECT first."""
    for index, token in enumerate(words):
        if token.keyword == "SELECT":
            yield _columns(words[index + 1 :])


def _columns(rest: list[Token]) -> set[str]:
    found: set[str] = set()
    depth = 0
    last = ""
    for token in rest:
        if not depth and (token.text == "{" or token.keyword == "WHERE"):
            break
        if token.text == "*" and not depth:
            found.add("*")
        if token.kind == "variable":
            last = token.text[1:]
            if not depth:
                found.add(last)
        depth += (token.text in OPENING) - (token.text in CLOSING)
        # In "(COUNT(?x) AS ?n)" the last variable is the column.
        if token.text == ")" and not depth:
            found.add(last)
    return found
