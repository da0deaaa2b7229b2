"""Patterns whose time may double with each character, in shapes and in their queries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from vomkg.config import Settings
from vomkg.curate.lint.backtracking import doubles
from vomkg.curate.lint.faults import fault
from vomkg.curate.lint.patterns import compiled, pattern_fault
from vomkg.graph.tokens import tokens, unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.curate.lint.nodes import View
    from vomkg.curate.result import Result

RULE: Final = "SlowPattern"
_MATCHING: Final = frozenset({"REGEX", "REPLACE"})
_FIX: Final = "write it so that a text fits each repetition in one way, as (a|b)+"


def slow_faults(view: View) -> Iterator[Result]:
    """Patterns that an engine may never be done with."""
    for shape in view.subjects("pattern"):
        flags = "".join(str(value) for value in view.values(shape, "flags"))
        for pattern in view.values(shape, "pattern"):
            if is_slow(str(pattern), flags):
                said = f"has a pattern that may take for ever, {str(pattern)!r}"
                at = "pattern"
                yield fault(RULE, view, shape, said, _FIX, at=at, value=pattern)
    for kind in ("select", "ask"):
        for node in view.subjects(kind):
            for text in view.values(node, kind):
                for slow in _patterns(str(text)):
                    said = f"has a pattern that may take for ever, {slow!r}"
                    yield fault(RULE, view, node, said, _FIX, at=kind)


def is_slow(pattern: str, flags: str = "") -> bool:
    """Whether the time to search for a pattern without fault can grow without end."""
    if "q" in flags or pattern_fault(pattern, flags):
        return False
    return doubles(pattern, re.RegexFlag(compiled("", flags).flags))


def _patterns(query: str) -> Iterator[str]:
    """The slow patterns that a query asks for as they stand there."""
    asks, before = False, ""
    for token in tokens(query[: Settings.query_length]):
        asks |= token.keyword in _MATCHING
        if asks and token.kind == "string" and before == ",":
            pattern = unquote(token.text)
            # Its flags may be a variable; they change little.
            if is_slow(pattern):
                yield pattern
        if token.kind != "comment":
            before = token.text
