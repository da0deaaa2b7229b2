"""The terminals of Turtle and SPARQL with their places.

Both languages share them (SPARQL 1.2 §19.8, Turtle 1.2 §6.5), so one lexer serves
the query guard, the search for a faulty literal and the care for comments. A
character that starts no terminal is a token of kind ``bad``: the caller refuses
it, so nothing passes on that was not understood.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

TokenKind = Literal[
    "comment",
    "string",
    "iri",
    "pname",
    "blank",
    "variable",
    "lang",
    "number",
    "word",
    "punct",
    "bad",
]


@dataclass(frozen=True, slots=True)
class Token:
    """One terminal: its kind, its text, and where it starts (1-based)."""

    kind: TokenKind
    text: str
    start: int
    line: int
    column: int

    @property
    def end(self) -> int:
        """Offset just past the token's last character."""
        return self.start + len(self.text)

    @property
    def keyword(self) -> str:
        """The word in upper case; empty if the token is not a bare word."""
        return self.text.upper() if self.kind == "word" else ""


_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_NAME_START = (
    r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF"
    r"\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD"
    r"\U00010000-\U000EFFFF"
)
_NAME = _NAME_START + r"_0-9\-\u00B7\u0300-\u036F\u203F-\u2040"
_VARIABLE_NAME = _NAME.replace(r"\-", "")
# The length of a prefix is bounded, else "a.a.a." would take quadratic time.
_PREFIX = rf"[{_NAME_START}](?:[{_NAME}.]{{0,100}}[{_NAME}])?"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = (
    rf"(?:[{_NAME_START}_0-9:]|{_ESCAPED})"
    rf"(?:(?:[{_NAME}:]|{_ESCAPED}|\.+(?=[{_NAME}:%\\]))*)"
)
_LONG = r'"""(?:(?:"|"")?(?:[^"\\]|\\.))*"""|' r"'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''"
_SHORT = r'"(?:[^"\\\r\n]|\\.)*"|' r"'(?:[^'\\\r\n]|\\.)*'"

# The order decides: an IRI before "<", a long string before a short one, a
# prefixed name before a word. "<<" is two tokens, so that "?a<<iri>" is read as
# the engine reads it; "{|" and "|}" are one each, as nothing else begins so.
_TOKEN: Final = re.compile(
    "|".join(
        f"(?P<{kind}>{pattern})"
        for kind, pattern in (
            ("space", r"[ \t\r\n]+"),
            ("comment", r"#[^\r\n]*"),
            ("iri", rf'<(?:[^<>"{{}}|^`\\\x00-\x20]|{_UCHAR})*>'),
            ("string", f"{_LONG}|{_SHORT}"),
            ("blank", rf"_:[{_NAME_START}_0-9](?:[{_NAME}.]*[{_NAME}])?"),
            ("pname", rf"(?:{_PREFIX})?:(?:{_LOCAL})?"),
            ("variable", rf"[?$][{_VARIABLE_NAME}]+"),
            (
                "lang",
                r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--(?:ltr|rtl)(?![A-Za-z]))?",
            ),
            ("number", r"(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)[eE][+-]?[0-9]+"),
            ("decimal", r"[0-9]*\.[0-9]+|[0-9]+"),
            ("word", r"[A-Za-z_][A-Za-z0-9_]*"),
            (
                "punct",
                r"\^\^|&&|\|\||!=|>=|<=|\{\||\|\}|[<>{}()\[\].,;=!*/+\-|^?~]",
            ),
            ("bad", r"."),
        )
    ),
    re.DOTALL,
)
_ESCAPE: Final = re.compile(rf"({_UCHAR})|\\(.)", re.DOTALL)
_SIMPLE: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


def tokens(text: str) -> Iterator[Token]:
    """Every terminal of a Turtle or SPARQL text, in order; blanks are left out."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "space":
            continue
        start = match.start()
        line = bisect_right(starts, start)
        yield Token(
            "number" if kind == "decimal" else kind,  # type: ignore[arg-type]
            match.group(),
            start,
            line,
            start - starts[line - 1] + 1,
        )


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of an offset in a text."""
    ends = [match.end() for match in _LINE_END.finditer(text, 0, offset)]
    return len(ends) + 1, offset - (ends[-1] if ends else 0) + 1


def unquote(string: str) -> str:
    """The characters that a quoted string stands for, its escapes resolved."""
    width = 3 if string[:3] in {'"""', "'''"} and len(string) >= 6 else 1
    return unescape(string[width:-width])


def unescape(text: str) -> str:
    r"""The text with ``\n``, ``\"`` and ``\u00E9`` written as what they mean."""
    return _ESCAPE.sub(_resolved, text)


def _resolved(match: re.Match[str]) -> str:
    code, simple = match.groups()
    if code is not None:
        return chr(int(code[2:], 16))
    return _SIMPLE.get(simple, simple)
