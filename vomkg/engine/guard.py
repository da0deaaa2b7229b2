"""What a query may say, decided on its terminals before any engine reads it.

The engine would follow SERVICE to any address, and its recursive parser ends
the process on very deep or very long expressions. It also takes keywords that
are glued to their neighbour (``trueSERVICE``), so a word counts as SERVICE
wherever the engine could see one. Words inside strings, comments, IRIs,
variables and local names are never taken for keywords.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vomkg.engine.bounds import check_lists, check_nesting, check_operators
from vomkg.engine.faults import fault_at
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
        QueryRefusedError: it is empty, too long or too deep, asks for SERVICE or
            for an update, or can be read in two ways.
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
    _check_form(words)
    _check_service(words)
    check_operators(words, settings.query_operators)
    check_lists(words, settings.query_operators)
    check_nesting(words, settings.query_depth)
    if prefixes is not None:
        _check_prefixes(words, prefixes)


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


def _check_form(words: Sequence[Token]) -> None:
    """Finds the query form behind the prologue; updates are refused by name."""
    rest = iter(words)
    for token in rest:
        keyword = token.keyword
        if keyword in {"BASE", "PREFIX"}:
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
            return
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


def _check_service(words: Sequence[Token]) -> None:
    for index, token in enumerate(words):
        if _is_service(token, words[index - 1 : index], words[index + 1 : index + 2]):
            raise fault_at(
                QueryRefusedError,
                token,
                "SERVICE would send the query to another host",
                "take the SERVICE block out",
            )


def _is_service(token: Token, before: Sequence[Token], after: Sequence[Token]) -> bool:
    if token.kind == "word":
        # No keyword or function of SPARQL contains the word but SERVICE itself.
        return "service" in token.text.lower()
    if token.kind == "pname" and "service" in token.text.partition(":")[0].lower():
        # "SERVICE:a {" is the keyword and the name ":a" to the engine, unless it
        # stands where only a name can stand.
        opens = bool(after) and after[0].text == "{"
        return opens and not (before and before[0].keyword == "GRAPH")
    return False


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
