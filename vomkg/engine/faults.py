"""What is wrong with a query, in our words and with its place.

The engine's own position is only a bound: its parser tries whole keywords, up
to fourteen characters past the fault. The place is therefore found by asking
it again with the text cut off behind one token and padded with line ends: only
if the parser got past that token does its position lie behind the padding.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, TypeVar

import pyoxigraph

from vomkg.errors import (
    FederationError,
    QueryError,
    QueryRefusedError,
    QuerySyntaxError,
    VomkgError,
)
from vomkg.graph.tokens import tokens
from vomkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vomkg.graph.tokens import Token

_Kind = TypeVar("_Kind", bound=QueryError)

_PLACE: Final = re.compile(r"error at (\d+):\d+: ")
_FUNCTION: Final = re.compile(r"[Cc]ustom function <(.+)> is not supported")
_PADDING: Final = 50
_TOLD: Final = 300
# Longer than any keyword, and a character that SPARQL has no place for.
_STOP: Final = "\0" * 40
# What the engine says among the things it expected, and what that means.
_SAYINGS: Final = {
    "variable that is unbound": (
        "SELECT returns a variable that is neither grouped nor aggregated",
        "add it to GROUP BY, or aggregate it",
    ),
    "SELECT overrides": (
        "AS names a variable that the pattern already binds",
        "choose a new name behind AS",
    ),
    "Duplicated variable name": ("SELECT names a column twice", "take one out"),
    "BIND is overriding": (
        "BIND names a variable that is already bound",
        "choose a new name behind AS",
    ),
    "not authorized with GROUP BY": (
        "SELECT * cannot stand with GROUP BY",
        "name the columns",
    ),
    "Unexpected aggregate": ("an aggregate cannot stand here", None),
    "Already used blank node": (
        "a blank node label is used in two groups",
        "use a variable instead",
    ),
    "VALUES clause rows": (
        "a row of VALUES has another number of values than there are variables",
        "write UNDEF where there is no value",
    ),
    "Repeated variables": ("VALUES names a variable twice", "take one out"),
    "Prefix not found": ("a prefix is not declared", "add a PREFIX line for it"),
    "language tag parsing failed": ("the language tag is malformed", None),
    "IRI parsing failed": (
        "the IRI is malformed",
        "percent-encode what an IRI cannot hold",
    ),
}
_ENDING: Final = "close every bracket and quote that is open, and end the last clause"
# Words that begin or join a part of a query, and are often misspelt.
_KEYWORDS: Final = (
    *("ASK", "BIND", "CONSTRUCT", "DESCRIBE", "DISTINCT", "FILTER", "FROM", "GRAPH"),
    *("GROUP", "HAVING", "LIMIT", "MINUS", "OFFSET", "OPTIONAL", "ORDER", "PREFIX"),
    *("SELECT", "SERVICE", "UNION", "VALUES", "WHERE"),
)


def syntax_fault(
    error: SyntaxError, text: str, prefixes: dict[str, str]
) -> QuerySyntaxError:
    """The parser's complaint as ours: the token it could not take, and why."""
    words = [token for token in tokens(text) if token.kind != "comment"]
    found = _first_refused(text, words, prefixes)
    # Rules are only told where the text ends right behind what breaks them.
    cuts = (text[: found.start].rstrip(), text[: found.end]) if found else (text,)
    told = " ".join([str(error.msg), *(_complaint(cut, prefixes) for cut in cuts)])
    message, fix = _said(told, found)
    if found is None:
        fix = fix or (None if message else _ENDING)
        message = message or "the query ends too early"
        last = words[-1] if words else None
        line, column = (last.line, last.column) if last else (None, None)
    else:
        fix = fix or (None if message else _next_step(found))
        message = message or f"{found.text!r} cannot stand here"
        line, column = found.line, found.column
    return QuerySyntaxError(message, line=line, column=column, fix=fix)


def run_fault(error: Exception, text: str) -> VomkgError:
    """A complaint of the engine while it plans or runs, as ours."""
    match = _FUNCTION.search(str(error))
    if match is None and isinstance(error, OSError) and _asks_others(text):
        return FederationError(
            f"another endpoint did not answer: {_first_line(error)}",
            fix="ask again later, or write SERVICE SILENT to do without it",
        )
    if match is None:
        told = str(error)
        return QueryError(f"the engine gave up: {told[:1].lower()}{told[1:]}")
    place = _function_token(text, match[1])
    return QueryRefusedError(
        f"function <{match[1]}> does not exist here",
        line=place.line if place else None,
        column=place.column if place else None,
        fix="use a function of SPARQL 1.1 or an xsd: cast",
    )


def _asks_others(text: str) -> bool:
    return any(token.keyword == "SERVICE" for token in tokens(text))


def _first_line(error: Exception) -> str:
    """What went wrong, without what the other endpoint wrote of itself."""
    told = str(error).partition("\n")[0].removesuffix(" with payload:")
    return f"{told[:1].lower()}{told[1:_TOLD]}"


def fault_at(
    kind: type[_Kind], token: Token, message: str, fix: str | None = None
) -> _Kind:
    """An error of that kind with the token's place; the caller raises it."""
    return kind(message, line=token.line, column=token.column, fix=fix)


def _first_refused(
    text: str, words: Sequence[Token], prefixes: dict[str, str]
) -> Token | None:
    """The first token that the parser cannot get past, by bisection."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        if _passes(text, words[middle].end, prefixes):
            low = middle + 1
        else:
            high = middle
    return words[low] if low < len(words) else None


def _passes(text: str, end: int, prefixes: dict[str, str]) -> bool:
    before = text[:end]
    padded = before + "\n" * _PADDING + _STOP
    match = _PLACE.match(_complaint(padded, prefixes))
    return match is None or int(match[1]) >= before.count("\n") + _PADDING


def _complaint(text: str, prefixes: dict[str, str]) -> str:
    """What the parser says of a text; empty if it takes it."""
    try:
        pyoxigraph.Store().query(text, base_iri=BASE, prefixes=prefixes)
    except SyntaxError as error:
        return str(error.msg)
    return ""


def _next_step(found: Token) -> str:
    """What to try where a token cannot stand, as far as the token tells."""
    if found.keyword in _KEYWORDS:
        return "see what is missing before it, or whether it belongs elsewhere"
    if found.keyword:
        near = get_close_matches(found.keyword, _KEYWORDS, n=1, cutoff=0.75)
        if near:
            return f"write {near[0]}, if that is meant"
        return f"write ?{found.text} for a variable, or a prefix before it for a term"
    if found.text in {"}", ".", ";"}:
        return (
            "complete what stands before it: a triple has subject, predicate and object"
        )
    return "see what is missing or too much before it"


def _said(told: str, found: Token | None) -> tuple[str | None, str | None]:
    for saying, (message, fix) in _SAYINGS.items():
        if saying in told and _concerns(saying, found):
            return message, fix
    return None, None


def _concerns(saying: str, found: Token | None) -> bool:
    """Whether a saying can be about that token: the parser says some on a guess."""
    needed = {"Prefix": "pname", "language": "lang", "IRI": "iri"}
    kind = needed.get(saying.split()[0])
    return kind is None or (found is not None and found.kind == kind)


def _function_token(text: str, iri: str) -> Token | None:
    """The name before an opening bracket that stands for the function."""
    last: Token | None = None
    for token in tokens(text):
        if token.kind == "comment":
            continue
        if token.text == "(" and last is not None and last.kind in {"iri", "pname"}:
            local = last.text.strip("<>").partition(":")[2]
            if iri == last.text.strip("<>") or (local and iri.endswith(local)):
                return last
        last = token
    return None
