"""How large and how deep a query may be: the engine's parser has no bound of its own.

It is recursive, and ends the whole process where its stack ends: on deep
brackets, and on long flat chains too, such as thousands of ``||`` or ``UNION``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vomkg.engine.faults import fault_at
from vomkg.errors import QueryRefusedError, QuerySyntaxError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vomkg.graph.tokens import Token

# Terminals that make the engine's parser or planner recurse.
_OPERATORS: Final = {*"!+-*/|^=<>{~", "{|", "||", "&&", "!=", "<=", ">="}
_GROUPS: Final = {"UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "EXISTS", "IN"}
# Clauses whose members make it recurse too, and what ends them.
_LISTING: Final = {"DESCRIBE", "HAVING"}
_LIST_ENDS: Final = {"WHERE", "FROM", "ORDER", "LIMIT", "OFFSET", "VALUES"}
# What a flat list is made of. It makes the engine recurse as well, but later.
_SEPARATORS: Final = {".", ";", ","}
_LIST_FACTOR: Final = 5
_OPENING: Final = {"{": "}", "{|": "|}", "(": ")", "[": "]"}
_CLOSING: Final = {close: opening for opening, close in _OPENING.items()}


def check_operators(words: Sequence[Token], limit: int) -> None:
    """Nothing, if there are few enough terminals that make the engine recurse.

    Raises:
        QueryRefusedError: there are more than the limit.
    """
    count = 0
    clause = ""
    for token in words:
        word = token.keyword
        if word in _LISTING:
            clause = word
        elif word in _LIST_ENDS or token.text in {"{", "}"}:
            clause = ""
        count += (
            token.text in _OPERATORS
            or word in _GROUPS
            or (clause == "DESCRIBE" and not word)
            or (clause == "HAVING" and token.text == "(")
        )
        if count > limit:
            raise fault_at(
                QueryRefusedError,
                token,
                f"the query has more than {limit} operators and groups",
                "split it, or list values with VALUES or IN",
            )


@dataclass(slots=True)
class _Open:
    """An open bracket, and what stands in it, less what commas part."""

    bracket: str
    members: int = 0


def check_lists(words: Sequence[Token], limit: int) -> None:
    """Nothing, if flat lists are short enough for the engine to survive.

    Statements, objects and columns are counted together, the members of each
    collection apart; what commas part inside brackets (IN, a call) is no list.

    Raises:
        QueryRefusedError: there are more than the limit by a factor.
    """
    most = _LIST_FACTOR * limit
    separators = 0
    open_lists = [_Open("{")]
    for token in words:
        here = open_lists[-1]
        if token.text in {"(", "{", "{|"}:
            here.members += 1
            open_lists.append(_Open(token.text))
        elif token.text in {")", "}", "|}"}:
            if len(open_lists) > 1:
                open_lists.pop()
        elif token.text == "," and here.bracket == "(":
            here.members -= 1
        else:
            here.members += 1
            separators += _separates(token)
        long = here.bracket == "(" and here.members > most
        if long or separators > most:
            raise fault_at(
                QueryRefusedError,
                token,
                f"the query has more than {most} statements, objects, columns or "
                "members",
                "split it, or list values with VALUES or IN",
            )


def _separates(token: Token) -> bool:
    # The engine reads "?o.5 ?p" as the end of a statement and a number.
    return token.text[0] == "." or token.text in _SEPARATORS or token.keyword == "AS"


def check_nesting(words: Sequence[Token], depth: int) -> None:
    """Nothing, if brackets match and are not too deep.

    Raises:
        QueryRefusedError: they are too deep.
        QuerySyntaxError: a bracket is not closed, or closes nothing.
    """
    stack: list[Token] = []
    for token in words:
        if token.text in _OPENING:
            stack.append(token)
        elif token.text in _CLOSING:
            _close(stack, token)
        if len(stack) > depth:
            raise fault_at(
                QueryRefusedError,
                token,
                f"brackets are nested more than {depth} deep",
                "flatten the query",
            )
    if stack:
        raise fault_at(
            QuerySyntaxError,
            stack[-1],
            f"{stack[-1].text!r} is never closed",
            "close it where it ends, or take it out",
        )


def _close(stack: list[Token], token: Token) -> None:
    if not stack or stack[-1].text != _CLOSING[token.text]:
        raise fault_at(
            QuerySyntaxError, token, f"{token.text!r} closes nothing that is open"
        )
    stack.pop()
