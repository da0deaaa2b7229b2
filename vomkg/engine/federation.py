"""SERVICE: which other endpoints a query may reach; by default none.

The engine opens the connection itself, so the address is decided before it sees
the query. It takes SERVICE glued to its neighbours (``trueSERVICE``), and as the
half of a name (``SERVICE:x {``). So each word that holds the letters counts as
the keyword, and each name that holds them is one only if the engine, asked about
it alone, reads it as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vomkg.engine.faults import fault_at
from vomkg.engine.names import resolved
from vomkg.errors import QueryRefusedError, QuerySyntaxError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vomkg.graph.tokens import Token

_WORD: Final = "service"
_TERMS: Final = {"variable", "iri", "pname", "blank", "number"}


def check_service(
    prologue: str,
    words: Sequence[Token],
    allowed: Sequence[str],
    prefixes: Mapping[str, str],
) -> None:
    """Nothing, if the query asks no other endpoint than those allowed.

    Args:
        prologue: the text before the query form.
        words: the tokens of the query but for its comments.
        allowed: the IRIs that SERVICE may name.
        prefixes: prefixes that need no PREFIX line.

    Raises:
        QueryRefusedError: SERVICE names another IRI, a variable or nothing, or
            stands where the engine could take a name for it.
        QuerySyntaxError: a name or address cannot be read.
    """
    targets, names = _suspects(words, allowed)
    if targets or names:
        found = _resolved(prologue, [*targets, *names], prefixes)
        for token in targets:
            if found[token.text] not in allowed:
                raise _refused(token, allowed)


def _suspects(
    words: Sequence[Token], allowed: Sequence[str]
) -> tuple[list[Token], list[Token]]:
    """The addresses that SERVICE names, and the names that hold the word."""
    targets, names = [], []
    depth = 0
    for index, token in enumerate(words):
        depth += (token.text == "{") - (token.text == "}")
        if token.kind == "word" and _WORD in token.text.lower():
            if not allowed or token.keyword != "SERVICE":
                raise _refused(token, allowed)
            targets.append(_target(words, index, allowed))
        elif token.kind == "pname" and _WORD in token.text.lower():
            if depth and _may_be_keyword(words, index):
                raise _refused(token, allowed)
            names.append(token)
    return targets, names


def _target(words: Sequence[Token], index: int, allowed: Sequence[str]) -> Token:
    """The address behind SERVICE, or behind SILENT behind it."""
    rest = list(words[index + 1 : index + 3])
    if rest and rest[0].keyword == "SILENT":
        rest = rest[1:]
    # "SERVICE SILENT:x" is the keyword and the name ":x" to the engine.
    glued = rest[0].text.lower().startswith("silent") if rest else True
    if glued or rest[0].kind not in {"iri", "pname"}:
        raise _refused(rest[0] if rest else words[index], allowed)
    return rest[0]


def _may_be_keyword(words: Sequence[Token], index: int) -> bool:
    """Whether the engine may take a name before a group for SERVICE and a name."""
    if _WORD not in words[index].text.partition(":")[0].lower():
        return False
    if index + 1 < len(words) and words[index + 1].text != "{":
        return False
    before = words[index - 1]
    return not (before.keyword == "GRAPH" or _is_object(words[:index]))


def _is_object(before: Sequence[Token]) -> bool:
    """Whether a name behind these tokens is an object; "no" where it is not plain."""
    needed = {",": 0, ";": 1, ".": 2, "{": 2, "}": 2}
    for count, token in enumerate(reversed(before)):
        if token.text in needed:
            return count == needed[token.text]
        if token.kind not in _TERMS and token.text != "a":
            return False
    return False


def _resolved(
    prologue: str, names: Sequence[Token], prefixes: Mapping[str, str]
) -> dict[str, str]:
    """Name to IRI behind that prologue."""
    try:
        return resolved(prologue, [token.text for token in names], prefixes)
    except SyntaxError as fault:
        raise fault_at(
            QuerySyntaxError,
            names[0],
            f"{names[0].text!r} or a name like it cannot be read",
            "declare its prefix, or write the IRI in full",
        ) from fault


def _refused(token: Token, allowed: Sequence[str]) -> QueryRefusedError:
    return fault_at(
        QueryRefusedError,
        token,
        "SERVICE would send the query to another host",
        f"name one of {', '.join(allowed)}"
        if allowed
        else "take the SERVICE block out",
    )
