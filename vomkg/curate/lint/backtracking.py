"""Regular expressions that an engine which tries all ways may never end.

Such an engine (Python's, so pySHACL's) takes a time that doubles with each further
character, if some text leads from a place of the pattern back to it in two ways: of
a text that does not match in the end, every choice of ways is tried. The places are
those of Glushkov's automaton, one for each character that the pattern asks for.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vomkg.curate.lint.cycles import components

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ATOM: Final = re.compile(r"\\.|\[\^?(?:\\.|[^\]\\])+\]|[^()|]", re.S)
_TIMES: Final = re.compile(r"([*+?])\??|\{([0-9]+)(,?)([0-9]*)\}\??")
_EMPTY: Final = frozenset("^$")
# Characters of each kind that a set may hold, beside those of the pattern.
_SAMPLES: Final = "aZ0_ \n\t-.,\u00e9\u0661\u4e00\u2003"
_COPIES: Final = 8  # a repetition of at most so many times is no loop
_MOST: Final = 400  # places; of larger patterns nothing is said
_MOST_STEPS: Final = 200_000  # of pairs of places; beyond it nothing is said


@dataclass(slots=True)
class _Part:
    """A part of the pattern: which places begin and end it."""

    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    is_empty: bool = True  # it can match nothing


def doubles(pattern: str, bits: re.RegexFlag = re.NOFLAG) -> bool:
    """Whether the time to search for a pattern can double with each character.

    Repetitions of more than eight times count as endless, back references as empty.
    Of patterns with more than 400 places, and of a time that grows only with a power
    of the length, nothing is said.

    Args:
        pattern: a regular expression without fault.
        bits: its flags, as of :mod:`re`.
    """
    automaton = _Automaton(pattern, bits)
    try:
        automaton.read()
        return automaton.is_ambiguous()
    except (_TooLargeError, RecursionError):
        return False


class _TooLargeError(Exception):
    """The pattern has more places than are looked at."""


class _Automaton:
    """The places of a pattern, and which may follow which."""

    def __init__(self, pattern: str, bits: re.RegexFlag) -> None:
        self._text, self._bits, self._at = pattern, bits, 0
        near = {chr(min(ord(c) + step, 0x10FFFF)) for c in pattern for step in (0, 1)}
        near |= {chr(max(ord(c) - 1, 0)) for c in pattern}
        self._alphabet = sorted(near | {*pattern.swapcase(), *_SAMPLES})
        self._known: dict[str, frozenset[str]] = {}
        self._matched: list[frozenset[str]] = []
        self._steps: defaultdict[int, list[int]] = defaultdict(list)
        self._left = 10 * _MOST  # parts that are read before it is too large

    def read(self) -> None:
        """Read the whole pattern.

        Raises:
            _TooLargeError: it has too many places.
        """
        self._choice()

    def is_ambiguous(self) -> bool:
        """Whether some text leads from a place back to it in two ways.

        Raises:
            _TooLargeError: there are too many ways to look at.
        """
        self._left = _MOST_STEPS
        return any(self._in_two_ways(set(part)) for part in components(self._steps))

    def _in_two_ways(self, part: set[int]) -> bool:
        inside = {p: [q for q in self._steps[p] if q in part] for p in part}
        if any(times > 1 for steps in inside.values() for times in _times(steps)):
            return True
        pairs: dict[tuple[int, int], list[tuple[int, int]]] = {}
        open_ = [(p, p) for p in part]
        while open_:
            pair = open_.pop()
            if pair not in pairs:
                pairs[pair] = list(self._together(*pair, inside))
                open_ += pairs[pair]
                self._left -= len(pairs[pair])
                if self._left < 0:
                    raise _TooLargeError
        return any(
            any(p == q for p, q in cycle) and any(p != q for p, q in cycle)
            for cycle in components(pairs)
        )

    def _together(
        self, p: int, q: int, inside: dict[int, list[int]]
    ) -> Iterator[tuple[int, int]]:
        """The pairs of places to which the same character leads."""
        for a in inside[p]:
            for b in inside[q]:
                if not self._matched[a].isdisjoint(self._matched[b]):
                    yield (a, b) if a <= b else (b, a)

    def _choice(self) -> _Part:
        branches = [self._sequence()]
        while self._text.startswith("|", self._at):
            self._at += 1
            branches.append(self._sequence())
        return _Part(
            [p for branch in branches for p in branch.first],
            [p for branch in branches for p in branch.last],
            any(branch.is_empty for branch in branches),
        )

    def _sequence(self) -> _Part:
        whole = _Part()
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            whole = self._joined(whole, self._repeated())
        return whole

    def _repeated(self) -> _Part:
        start, known = self._at, len(self._matched)
        part = self._one()
        times = _TIMES.match(self._text, self._at)
        if times is None:
            return part
        end, low, high = times.end(), *_range(times)
        if high is None or high > _COPIES:
            self._connect(part.last, part.first)
        elif high != 1:
            self._at = start
            self._forget(known)
            part = self._copies(low, high)
        part.is_empty |= not low
        self._at = end
        return part

    def _forget(self, known: int) -> None:
        for place in range(known, len(self._matched)):
            self._steps.pop(place, None)
        del self._matched[known:]

    def _copies(self, low: int, high: int) -> _Part:
        """What stands here, up to so many times; each copy has places of its own."""
        start, whole, last = self._at, _Part(), list[int]()
        for number in range(1, high + 1):
            self._at = start
            whole = self._joined(whole, self._one())
            if number >= low:
                last += whole.last
        return _Part(whole.first, [*dict.fromkeys(last)], whole.is_empty)

    def _one(self) -> _Part:
        self._left -= 1
        if not self._left:
            raise _TooLargeError
        if self._text.startswith("(", self._at):
            self._at += 3 if self._text.startswith("(?:", self._at) else 1
            part = self._choice()
            self._at += 1
            return part
        atom = _ATOM.match(self._text, self._at)
        if atom is None:  # cannot be, of a pattern without fault
            raise _TooLargeError
        self._at = atom.end()
        if atom[0] in _EMPTY or atom[0][1:].isdigit():
            return _Part()
        if len(self._matched) == _MOST:
            raise _TooLargeError
        self._matched.append(self._characters(atom[0]))
        place = len(self._matched) - 1
        return _Part([place], [place], is_empty=False)

    def _characters(self, atom: str) -> frozenset[str]:
        if atom not in self._known:
            found = re.compile(atom, self._bits)
            self._known[atom] = frozenset(filter(found.fullmatch, self._alphabet))
        return self._known[atom]

    def _joined(self, one: _Part, other: _Part) -> _Part:
        self._connect(one.last, other.first)
        return _Part(
            [*one.first, *(other.first if one.is_empty else ())],
            [*other.last, *(one.last if other.is_empty else ())],
            one.is_empty and other.is_empty,
        )

    def _connect(self, ends: Iterable[int], starts: Iterable[int]) -> None:
        for end in ends:
            self._steps[end] += starts


def _range(times: re.Match[str]) -> tuple[int, int | None]:
    if times[1]:
        return {"*": (0, None), "+": (1, None), "?": (0, 1)}[times[1]]
    low = int(times[2])
    return low, int(times[4]) if times[4] else None if times[3] else low


def _times(steps: list[int]) -> Iterable[int]:
    return Counter(steps).values()
