"""The terminals of Turtle and TriG, found in one pass that nothing stops.

What starts no terminal becomes a token as well, as long as the mistake is likely
to be: a string without its end runs to the end of its line, a long string to that
of the file. So a reader can say what is wrong and go on behind it. Each character
is looked at a bounded number of times, however broken the text is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import IntEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(IntEnum):
    """The kind of a token; those behind ``END`` are mistakes."""

    PNAME = 1
    IRI = 2
    STRING = 3
    NUMBER = 4
    DOT = 5
    SEMICOLON = 6
    COMMA = 7
    OPEN = 8
    CLOSE = 9
    LIST = 10
    TSIL = 11
    AT = 12
    TYPE = 13
    BLANK = 14
    WORD = 15
    BLOCK = 16
    KCOLB = 17
    END = 18
    OPEN_LONG = 19
    OPEN_STRING = 20
    BAD_IRI = 21
    OPEN_IRI = 22
    CURLY_QUOTES = 23
    BAD_AT = 24
    JUNK = 25


_UCHAR: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_START: Final = (
    r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF"
    r"\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD"
    r"\U00010000-\U000EFFFF"
)
_NAME: Final = _START + r"_0-9\-\u00B7\u0300-\u036F\u203F-\u2040"
_PLX: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
# A dot belongs to a name only if the name goes on behind it.
_REST: Final = rf"(?:[{_NAME}]++|\.++(?=[{_NAME}]))*+"
_LOCAL: Final = (
    rf"(?:[{_START}_0-9:]|{_PLX})"
    rf"(?:[{_NAME}:]++|{_PLX}|\.++(?=[{_NAME}:]|{_PLX}))*+"
)
_NUMBER: Final = (
    r"[+-]?(?:(?:[0-9]++\.[0-9]*+|\.?[0-9]++)[eE][+-]?[0-9]++"
    r"|[0-9]*+\.[0-9]++|[0-9]++)"
)
# One group a kind, in the order of their numbers; JUNK must take any character.
_PATTERNS: Final = (
    (Kind.PNAME, rf"(?:[{_START}]{_REST})?:(?:{_LOCAL})?"),
    (Kind.IRI, rf'<(?:[^<>"{{}}|^`\\\x00-\x20]++|{_UCHAR})*+>'),
    (
        Kind.STRING,
        r'"""(?:[^"\\]++|\\.|"(?!""))*+"""'
        r"|'''(?:[^'\\]++|\\.|'(?!''))*+'''"
        r'|"(?!"")(?:[^"\\\r\n]++|\\[^\r\n])*+"'
        r"|'(?!'')(?:[^'\\\r\n]++|\\[^\r\n])*+'",
    ),
    (Kind.NUMBER, _NUMBER),
    (Kind.DOT, r"\."),
    (Kind.SEMICOLON, ";"),
    (Kind.COMMA, ","),
    (Kind.OPEN, r"\["),
    (Kind.CLOSE, r"\]"),
    (Kind.LIST, r"\("),
    (Kind.TSIL, r"\)"),
    (Kind.AT, r"@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?+(?![\w-])"),
    (Kind.TYPE, r"\^\^"),
    (Kind.BLANK, rf"_:[{_START}_0-9]{_REST}"),
    (Kind.WORD, rf"[{_START}_]{_REST}"),
    (Kind.BLOCK, r"\{"),
    (Kind.KCOLB, r"\}"),
    (Kind.END, r"\Z"),
    (Kind.OPEN_LONG, r'(?:"""|\'\'\').*+'),
    (Kind.OPEN_STRING, r"[\"'][^\r\n]*+"),
    (Kind.BAD_IRI, r"<[^<>\r\n]*+>"),
    (Kind.OPEN_IRI, r"<[^\s<>\"']*+"),
    (Kind.CURLY_QUOTES, r"[“”„«‘’][^“”„«»‘’\r\n]*+[”“»’]?+"),
    (Kind.BAD_AT, r"@[^\s;,.\[\]()\"'<>#]*+"),
    (Kind.JUNK, r"[^\s;,.\[\]()\"'<>@#]++|."),
)
_TOKEN: Final = re.compile(
    r"(?:[ \t\r\n]++|\#[^\r\n]*+)*+(?:"
    + "|".join(f"({pattern})" for _, pattern in _PATTERNS)
    + ")",
    re.DOTALL,
)
# A mistake that may have taken the punctuation behind it for its own.
_GREEDY: Final = {Kind.OPEN_STRING, Kind.OPEN_IRI, Kind.CURLY_QUOTES, Kind.JUNK}
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_MARK: Final = "\ufeff"


class Tokens:
    """The tokens of a text in three columns; the last one is of kind ``END``.

    Attributes:
        text: the text.
        kinds: the kind of each token, as a number.
        starts: the offset of its first character.
        ends: the offset just past its last character.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.kinds: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self._lines: list[int] | None = None
        begin: int | None = len(_MARK) if text.startswith(_MARK) else 0
        while begin is not None:
            begin = self._scan(begin)

    def _scan(self, begin: int) -> int | None:
        """Take tokens from an offset on; where to go on behind a shortened one."""
        kinds, starts, ends = self.kinds.append, self.starts.append, self.ends.append
        for match in _TOKEN.finditer(self.text, begin):
            kind = match.lastindex or 0
            start, end = match.span(kind)
            if kind >= Kind.END:
                shorter = self._shortened(kind, start, end)
                if kind == Kind.END or shorter != end:
                    kinds(kind)
                    starts(start)
                    ends(shorter)
                    return None if kind == Kind.END else shorter
            kinds(kind)
            starts(start)
            ends(end)
        return None

    def _shortened(self, kind: int, start: int, end: int) -> int:
        """The end of a mistake without punctuation and blanks that stand behind it."""
        if kind not in _GREEDY:
            return end
        found = self.text[start:end].rstrip()
        if kind != Kind.CURLY_QUOTES or found[-1:] not in "”“»’":
            found = found[:-1].rstrip() if found[-1:] in ";,." else found
        return start + max(len(found), 1)

    def raw(self, number: int) -> str:
        """A token as it is written."""
        return self.text[self.starts[number] : self.ends[number]]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of an offset; a byte order mark has none."""
        if self._lines is None:
            first = len(_MARK) if self.text.startswith(_MARK) else 0
            self._lines = [first, *_line_starts(self.text)]
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def first_of_line(self, number: int) -> bool:
        """Whether no other token stands before a token on its line."""
        if not number:
            return True
        line, _ = self.place(self.starts[number])
        return self.place(self.ends[number - 1])[0] < line


def _line_starts(text: str) -> Iterator[int]:
    return (match.end() for match in _LINE_END.finditer(text))
