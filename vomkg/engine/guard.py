"""What a query may say, decided on its terminals before any engine reads it.

The engine would follow SERVICE to any address, and its recursive parser ends
the process on very deep or very long expressions. Where it could read a text
otherwise than we do, the text is refused. Words inside strings, comments, IRIs,
variables and names are never taken for keywords.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vomkg.engine.bounds import check_lists, check_nesting, check_operators
from vomkg.engine.faults import fault_at
from vomkg.engine.federation import check_service
from vomkg.engine.readings import check_readings
from vomkg.errors import QueryError, QueryRefusedError, QuerySyntaxError
from vomkg.graph.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vomkg.config import Settings

_FORMS: Final = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_UPDATES: Final = {
    *("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"),
    "WITH",
}


def check_query(
    text: str, settings: Settings, prefixes: Mapping[str, str] | None = None
) -> None:
    """Nothing, if the query may be run.

    Args:
        text: the query.
        settings: the limits on length, depth and number of operators.
        prefixes: prefixes that need no PREFIX line; None leaves prefixes unchecked.

    Raises:
        QueryRefusedError: it is empty, too long or too deep, asks for an update
            or an endpoint that is not allowed, or can be read in two ways.
        QuerySyntaxError: a character or bracket has no place in SPARQL, or a
            prefix is not declared.
    """
    if len(text) > settings.query_length:
        raise QueryRefusedError(
            f"the query has {len(text)} characters, "
            f"at most {settings.query_length} are allowed",
            fix="shorten it, or raise query_length",
        )
    words = list(_significant(text))
    if not words:
        raise QueryRefusedError("the query is empty", fix="write a SELECT or ASK query")
    prologue = text[: _check_form(words).start]
    check_readings(words, settings.query_operators)
    check_operators(words, settings.query_operators)
    check_lists(words, settings.query_operators)
    check_nesting(words, settings.query_depth)
    if prefixes is not None:
        _check_prefixes(words, prefixes)
    check_service(prologue, words, settings.service_endpoints, prefixes or {})


def _significant(text: str) -> list[Token]:
    """All tokens but comments; a character that starts none is refused."""
    found = []
    for token in tokens(text):
        if token.kind == "bad":
            raise _bad_character(token)
        if token.kind != "comment":
            found.append(token)
    return found


def _bad_character(token: Token) -> QueryError:
    if token.text in {'"', "'"}:
        return fault_at(
            QuerySyntaxError, token, "the string that starts here has no end"
        )
    return fault_at(
        QuerySyntaxError,
        token,
        f"{token.text!r} has no meaning in SPARQL",
        "delete it, or put it into quotes",
    )


def _check_form(words: Sequence[Token]) -> Token:
    """The query form behind the prologue; updates are refused by name."""
    rest = iter(words)
    for token in rest:
        keyword = token.keyword
        if keyword in {"BASE", "PREFIX", "VERSION"}:
            if keyword == "PREFIX":
                next(rest, None)
            next(rest, None)
        elif keyword in _UPDATES:
            raise fault_at(
                QueryRefusedError,
                token,
                f"{keyword} changes data, and the graph is read-only",
                "ask with SELECT, ASK, CONSTRUCT or DESCRIBE",
            )
        elif keyword in _FORMS:
            return token
        else:
            raise fault_at(
                QuerySyntaxError,
                token,
                f"expected SELECT, ASK, CONSTRUCT or DESCRIBE, found {token.text!r}",
            )
    raise QuerySyntaxError(
        "the query has a prologue but no query",
        fix="add a SELECT, ASK, CONSTRUCT or DESCRIBE query",
    )


def _check_prefixes(words: Sequence[Token], prefixes: Mapping[str, str]) -> None:
    declared = set(prefixes)
    for index, token in enumerate(words):
        if token.kind != "pname":
            continue
        name = token.text.partition(":")[0]
        if index and words[index - 1].keyword == "PREFIX":
            declared.add(name)
        elif name not in declared:
            raise fault_at(
                QuerySyntaxError,
                token,
                f"prefix {name!r} of {token.text!r} is not declared",
                "add a PREFIX line for it",
            )
