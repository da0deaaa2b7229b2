"""A regular expression in plain words, for people who do not read them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN: Final = re.compile(
    r"(?P<group>\((?:\?:)?)|(?P<close>\))|(?P<bar>\|)|(?P<anchor>[\^$])"
    r"|(?P<class>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<escape>\\.)|(?P<any>\.)"
    r"|(?P<plain>[^\\.\[\](){}*+?|^$])"
)
_TIMES: Final = re.compile(r"[*+?]|\{(\d+)(?:(,)(\d*))?\}")
_ESCAPED: Final = {
    "d": ("digit", "0"),
    "w": ("letter, digit or low line", "a"),
    "s": ("blank", " "),
    "S": ("character that is no blank", "x"),
    "D": ("character that is no digit", "x"),
    "W": ("character that is no letter or digit", "-"),
}
_RANGES: Final = {"a-z": "small letter", "A-Z": "capital letter", "0-9": "digit"}
_PLURALS: Final = {
    "digit": "digits",
    "small letter": "small letters",
    "capital letter": "capital letters",
    "character": "characters",
    "character that is no blank": "characters that are no blanks",
    "blank": "blanks",
}
_CLASS_PARTS: Final = re.compile(r"(?:\\.|[^\\])-(?:\\.|[^\\])|\\.|[^\\]")
_SHORT: Final = 40  # characters of an example
_LONG: Final = 160  # characters of an explanation that nobody would read


class _UnreadableError(ValueError):
    """The expression uses what is not put into words."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of an expression: its name for one, and a text that fits it."""

    words: str
    sample: str
    literal: bool = False


def in_words(pattern: str) -> str:
    """The texts that a pattern lets through, in words, with one of them.

    Look-around, back references and the like are not explained; the pattern itself
    stands there instead.
    """
    try:
        part = _Reader(pattern).whole()
    except _UnreadableError:
        return f"text that fits the pattern {pattern}"
    starts, ends = pattern.startswith("^"), pattern.endswith("$")
    where = {
        (True, True): "",
        (True, False): "begins with ",
        (False, True): "ends with ",
        (False, False): "contains ",
    }[starts, ends]
    if not _fits(pattern, part.sample):
        return f"text that fits the pattern {pattern}"
    if len(part.words) > _LONG:
        return f"text such as {part.sample!r}, by the pattern {pattern}"
    told = f"text that {where}{part.words}" if where else part.words
    short = part.sample and len(part.sample) <= _SHORT and not part.literal
    return f"{told}, such as {part.sample!r}" if short else told


def _fits(pattern: str, sample: str) -> bool:
    try:
        return re.search(pattern, sample) is not None
    except re.error:
        return False


class _Reader:
    """Reads an expression from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def whole(self) -> _Part:
        part = self._choice()
        if self._at != len(self._pattern):
            raise _UnreadableError
        return part

    def _choice(self) -> _Part:
        ways = [self._sequence()]
        while self._pattern.startswith("|", self._at):
            self._at += 1
            ways.append(self._sequence())
        if len(ways) == 1:
            return ways[0]
        return _Part("either " + " or ".join(w.words for w in ways), ways[0].sample)

    def _sequence(self) -> _Part:
        parts = list(_joined(self._parts()))
        if len(parts) == 1:
            return parts[0]
        words = ", then ".join(part.words for part in parts) or "nothing"
        return _Part(words, "".join(part.sample for part in parts))

    def _parts(self) -> Iterator[_Part]:
        while self._at < len(self._pattern):
            found = _TOKEN.match(self._pattern, self._at)
            special = self._pattern.startswith("(?", self._at)
            if not found or (special and found.group() != "(?:"):
                raise _UnreadableError
            if found.lastgroup in {"close", "bar"}:
                return
            self._at = found.end()
            if found.lastgroup != "anchor":
                yield self._repeated(self._one(found))

    def _one(self, found: re.Match[str]) -> _Part:
        text = found.group()
        if found.lastgroup == "group":
            inner = self._choice()
            if not self._pattern.startswith(")", self._at):
                raise _UnreadableError
            self._at += 1
            return inner
        if found.lastgroup == "class":
            return _class(text[1:-1])
        if found.lastgroup == "any":
            return _Part("character", "x")
        if found.lastgroup == "escape" and text[1].isalnum():
            if text[1] not in _ESCAPED:
                raise _UnreadableError
            return _Part(*_ESCAPED[text[1]])
        return _Part(repr(text[-1]), text[-1], literal=True)

    def _repeated(self, part: _Part) -> _Part:
        times = _TIMES.match(self._pattern, self._at)
        if not times:
            bare = part.literal or part.words.startswith(("either", "a ", "an "))
            return part if bare or ", then" in part.words else _one_of(part)
        self._at = times.end()
        if self._pattern.startswith(("?", "+"), self._at):
            raise _UnreadableError
        return _times(part, times)


def _times(part: _Part, times: re.Match[str]) -> _Part:
    name, sample = part.words, part.sample
    inner = _PLURALS.get(name) or f"of {name}"
    if ", then" in name or " or " in name:
        inner, name = f"of ({name})", f"({name})"
    mark = times.group()
    if name == "character":
        texts = {"*": "any text", "+": "some text", "?": "perhaps one character"}
        if mark in texts:
            return _Part(texts[mark], "" if mark in "*?" else "x")
    if mark == "*":
        return _Part(
            f"any number {inner}" if inner.startswith("of") else f"any {inner}", ""
        )
    if mark == "+":
        return _Part(f"one or more {inner}", sample)
    if mark == "?":
        return _Part(f"perhaps {name}", "")
    least, comma, most = times.groups()
    count = least if not comma else f"{least} to {most}" if most else f"{least} or more"
    return _Part(f"{count} {inner}", sample * int(least))


def _one_of(part: _Part) -> _Part:
    article = "an" if part.words[:1] in "aeiou" else "a"
    return _Part(f"{article} {part.words}", part.sample)


def _class(body: str) -> _Part:
    negated = body.startswith("^")
    parts = _CLASS_PARTS.findall(body.removeprefix("^"))
    if not parts:
        raise _UnreadableError
    if len(parts) == 1 and not negated and len(parts[0].lstrip("\\")) == 1:
        bare = parts[0][-1]
        return _Part(repr(bare), bare, literal=True)
    names = [_RANGES.get(item) or _member(item) for item in parts]
    words = " or ".join(names)
    if negated:
        return _Part(f"character other than {words}", "x")
    return _Part(words, _sample(parts[0]))


def _member(item: str) -> str:
    if len(item) == 3 and item[1] == "-":
        return f"{item[0]} to {item[2]}"
    if item.startswith("\\") and item[1] in _ESCAPED:
        return _ESCAPED[item[1]][0]
    return repr(item[-1])


def _sample(item: str) -> str:
    if item.startswith("\\") and item[1] in _ESCAPED:
        return _ESCAPED[item[1]][1]
    return item[0] if len(item) == 3 else item[-1]


def _joined(parts: Iterator[_Part]) -> Iterator[_Part]:
    """The parts, with neighbouring plain characters as one text."""
    text = ""
    for part in parts:
        if part.literal:
            text += part.sample
            continue
        if text:
            yield _Part(repr(text), text, literal=True)
            text = ""
        yield part
    if text:
        yield _Part(repr(text), text, literal=True)
