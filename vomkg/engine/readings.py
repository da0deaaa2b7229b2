"""Where the engine may read a text otherwise than the grammar of SPARQL does.

The engine has no lexer: it tries one rule after the other at each character. So
it takes ``<`` for "less than" or for the half of ``<<`` where the grammar has an
IRI, ends a long string that holds a wrong escape behind its second quote, and
ends a local name before its second dot. What follows would be text to us and
query to the engine, and could ask another host or nest without bound. Each such
text is refused, with a way to write it that has one reading.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from vomkg.engine.faults import fault_at
from vomkg.errors import QueryRefusedError, QuerySyntaxError
from vomkg.graph.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vomkg.graph.tokens import Token

_OPENING: Final = {"{", "(", "[", "{|"}
_CLOSING: Final = {"}", ")", "]", "|}"}
_OPERAND_ENDS: Final = {")", "}"}
# Keywords are recognised glued to what stands before them: "DISTINCTtrue".
_BOOLEANS: Final = ("true", "false")
# An IRI that cannot be read as "<" and an operand: a name, a colon, two slashes.
_ABSOLUTE: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
# Nor one that begins with a word which is no boolean, no prefix and no call.
_PLAIN: Final = re.compile(
    r"<(?!true|false)[A-Za-z]\w*[^\w:.\-(#\x80-\U0010FFFF]", re.I
)
_ESCAPES: Final = re.compile(
    r"(?:[^\\]|\\[tbnrf\"'\\]|\\u(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}"
    r"|\\U00(?!00[Dd][89A-Fa-f])(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4})*"
)
_ESCAPED: Final = re.compile(r"\\.")
_DOTS: Final = re.compile(r"\.+")
_OPERATORS: Final = {*"!=+-*/|^", "||", "&&", "!="}


def check_readings(words: Sequence[Token], operators: int) -> None:
    """Nothing, if the engine can read each word in one way alone.

    Args:
        words: the tokens of a query but for its comments.
        operators: how many may stand in what could be an IRI or an expression.

    Raises:
        QuerySyntaxError: a string holds an escape that SPARQL does not have.
        QueryRefusedError: a name or an IRI can be read in two ways.
    """
    opened: list[str] = []
    hidden = 0
    for before, token in pairwise([None, *words]):
        if token is None:
            continue
        if token.text in _OPENING:
            opened.append(token.text)
        elif token.text in _CLOSING:
            del opened[-1:]
        elif token.kind == "string":
            _check_escapes(token)
        elif token.kind == "pname":
            _check_dots(token)
        elif token.keyword == "FROMNAMED":
            raise fault_at(
                QuerySyntaxError,
                token,
                f"{token.text!r} is no word of SPARQL",
                "write FROM NAMED",
            )
        elif token.kind == "iri" and before is not None:
            hidden += _hidden(before, token, compared=opened[-1:] == ["("])
            if hidden > operators:
                raise _two_ways(token)


def _check_escapes(token: Token) -> None:
    if "\\" in token.text and not _ESCAPES.fullmatch(token.text):
        raise fault_at(
            QuerySyntaxError,
            token,
            "the string holds an escape that SPARQL does not have",
            r"write \\ for a backslash",
        )


def _check_dots(token: Token) -> None:
    local = _ESCAPED.sub("", token.text.partition(":")[2])
    if len(_DOTS.findall(local)) > 1:
        raise fault_at(
            QueryRefusedError,
            token,
            f"{token.text!r} has dots that the engine takes for the end of a statement",
            r"write each dot of the name as \. or the IRI in full",
        )


def _hidden(before: Token, token: Token, *, compared: bool) -> int:
    """How many operators an IRI has, if it may be an expression; else 0."""
    glued = before.text == "<" and before.end == token.start
    if not (glued or (compared and _ends_operand(before))):
        return 0
    if _ABSOLUTE.match(token.text) or _PLAIN.match(token.text):
        return 0
    # Behind "<<" one bracket opens a triple term, and is closed before the ">".
    brackets = token.text.count("(") > 1 if glued else "(" in token.text
    if brackets or "[" in token.text or "#" in token.text or "'" in token.text:
        raise _two_ways(token)
    return sum(inner.text in _OPERATORS for inner in tokens(token.text[1:-1]))


def _ends_operand(token: Token) -> bool:
    if token.kind == "word":
        return token.text.lower().endswith(_BOOLEANS)
    return token.kind != "punct" or token.text in _OPERAND_ENDS


def _two_ways(token: Token) -> QueryRefusedError:
    return fault_at(
        QueryRefusedError,
        token,
        f"{token.text!r} can be read as an IRI and as 'less than'",
        "write a blank behind '<', or the IRI in full",
    )
