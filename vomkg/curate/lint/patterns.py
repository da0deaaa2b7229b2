"""Regular expressions that every engine reads alike (XPath Functions 3.1 §5.6.1)."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Final

from vomkg.curate.lint.faults import fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.curate.lint.nodes import View
    from vomkg.curate.result import Result

_FLAGS: Final = {"s": re.S, "m": re.M, "i": re.I, "x": re.X, "q": re.NOFLAG}
# What may follow a backslash in XPath and in the engines' own languages alike.
_ESCAPED: Final = frozenset(r"nrt\|.?*+(){}-[]^$sSdDwW")
_TIMES: Final = re.compile(r"\{([0-9]+)(?:(,)([0-9]*))?\}")
_MOST_TIMES: Final = 1000  # beyond it some engines refuse the pattern as too large


def pattern_faults(view: View) -> Iterator[Result]:
    """Patterns and flags that XPath does not know, or that an engine would refuse."""
    for shape in view.subjects("pattern"):
        flags = "".join(str(value) for value in view.values(shape, "flags"))
        for pattern in view.values(shape, "pattern"):
            if wrong := pattern_fault(str(pattern), flags):
                yield fault(
                    "BadPattern",
                    view,
                    shape,
                    f"has a pattern that is no regular expression, "
                    f"{str(pattern)!r}: {wrong}",
                    "correct its sh:pattern or sh:flags",
                    at="pattern",
                    value=pattern,
                )


def pattern_fault(pattern: str, flags: str = "") -> str | None:
    """What is wrong with a pattern, in a few words, or None."""
    if unknown := sorted(set(flags) - set(_FLAGS)):
        return f"the flag {unknown[0]!r} is none of s, m, i, x and q"
    if "q" in flags:
        return None
    scanned = re.sub(r"[\t\n\r ]", "", pattern) if "x" in flags else pattern
    try:
        _Scan(scanned).run()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(scanned)
    except (_WrongError, re.error, FutureWarning, OverflowError) as wrong:
        return str(wrong)
    except RecursionError:
        return "its groups are nested too deeply"
    return None


def compiled(pattern: str, flags: str = "") -> re.Pattern[str]:
    """A pattern without fault, to be searched for as SPARQL's REGEX does."""
    if "q" in flags:
        pattern = re.escape(pattern)
    bits = re.NOFLAG
    for flag in flags:
        bits |= _FLAGS[flag]
    return re.compile(pattern, bits)


class _WrongError(Exception):
    """The pattern is not one of XPath."""


class _Scan:
    """Reads a pattern once, from left to right."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0
        self._open = 0
        self._closed = 0
        self._repeatable = False

    def run(self) -> None:
        """Read all of it.

        Raises:
            _WrongError: at the first character that has no place.
        """
        steps = {
            "(": self._group,
            ")": self._group_end,
            "[": self._class,
            "\\": self._escape,
            "{": self._times,
            **dict.fromkeys("*+?", self._repeat),
            **dict.fromkeys("]}", self._stray),
        }
        while self._at < len(self._text):
            char = self._text[self._at]
            step = steps.get(char)
            self._at += 1
            if step is not None:
                step()
            else:
                self._repeatable = char != "|"
        if self._open:
            raise _WrongError("missing ), unterminated group")

    def _group(self) -> None:
        if self._text.startswith("?", self._at):
            if not self._text.startswith("?:", self._at):
                raise self._wrong("XPath has no group that begins with (?")
            self._at += 2
        self._open += 1
        self._repeatable = False

    def _group_end(self) -> None:
        if not self._open:
            raise self._wrong("unbalanced )")
        self._open -= 1
        self._closed += 1
        self._repeatable = True

    def _stray(self) -> None:
        raise self._wrong(f"{self._text[self._at - 1]} must be written with \\")

    def _escape(self) -> None:
        char = self._text[self._at : self._at + 1]
        back = char.isascii() and char.isdigit() and 0 < int(char) <= self._closed
        if char not in _ESCAPED and not back:
            raise self._wrong(f"not every engine knows \\{char}")
        if not char:
            raise self._wrong("a single \\ at the end")
        self._at += 1
        self._repeatable = True

    def _repeat(self) -> None:
        if not self._repeatable:
            raise self._wrong(f"nothing to repeat by {self._text[self._at - 1]}")
        if self._text.startswith("?", self._at):
            self._at += 1
        self._repeatable = False

    def _times(self) -> None:
        found = _TIMES.match(self._text, self._at - 1)
        if found is None:
            raise self._wrong("{ must be written with \\, or give a number of times")
        low = int(found[1][:9])
        high = int(found[3][:9]) if found[3] else low
        if low > high or high > _MOST_TIMES:
            raise self._wrong(f"{found[0]} is no range of at most {_MOST_TIMES} times")
        self._at = found.end()
        self._repeat_checked(found[0])

    def _repeat_checked(self, text: str) -> None:
        if not self._repeatable:
            raise self._wrong(f"nothing to repeat by {text}")
        if self._text.startswith("?", self._at):
            self._at += 1
        self._repeatable = False

    def _class(self) -> None:
        start = self._at
        if self._text.startswith("^", self._at):
            self._at += 1
        first = self._at
        while True:
            char = self._text[self._at : self._at + 1]
            if not char:
                raise _WrongError(f"unterminated character set at {start}")
            if char == "[":
                raise self._wrong("[ within [ ] must be written with \\")
            if char == "]":
                break
            self._at += 1
            if char == "\\":
                self._escape()
        if self._at == first:
            raise self._wrong("a character set is empty")
        self._at += 1
        self._repeatable = True

    def _wrong(self, words: str) -> _WrongError:
        return _WrongError(f"{words}, at character {self._at}")
