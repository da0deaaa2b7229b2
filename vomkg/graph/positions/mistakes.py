"""What tokens that are none were meant to be."""

from __future__ import annotations

import re
from typing import Final

from vomkg.graph.positions.terminals import Kind

_FORBIDDEN: Final = re.compile(r'[\x00-\x20"{}|^`\\]')
# What stands behind the quote that ends a string.
_CLOSED: Final = re.compile(r"[ \t]*(?:[;,.\])](?!\w)|@[A-Za-z]|\^\^)")
_REACH: Final = 2000  # characters in which a string over several lines may end


def explained(kind: Kind, raw: str, expected: str, shown: str) -> tuple[str, str]:
    """What is wrong with a mistaken token, and what to do.

    Args:
        kind: what it was taken for.
        raw: the token.
        expected: what the grammar has at this place.
        shown: the token as messages show it.
    """
    if kind == Kind.BAD_IRI:
        return _bad_iri(raw)
    if kind in _SAID:
        found, wanted, fix = _SAID[kind]
        return f"found {found} {shown}, expected {wanted}", fix.format(quote=raw[:1])
    if kind == Kind.OPEN_LONG:
        quote = raw[:3]
        return (
            f"found a long string without end, expected its closing {quote}",
            f"close it with {quote}; nothing behind it could be read",
        )
    if raw.startswith("<<") or raw == "<":
        return f"found {shown}, expected {expected}", "write an IRI as <https://…>"
    return f"found {shown}, expected {expected}", "remove it, or put text in quotes"


def spilled(text: str, start: int) -> int:
    """The offset behind the quote that ends a string on a later line; 0 if none does.

    Only a quote behind which the grammar goes on counts, so that the beginning of
    another string is not taken for the end of this one.
    """
    quote = text[start]
    line_end = re.compile(r"[\r\n]").search(text, start, start + _REACH)
    if line_end is None:
        return 0
    found = text.find(quote, line_end.end(), start + _REACH)
    if found < 0 or not _CLOSED.match(text, found + 1):
        return 0
    return found + 1


def _bad_iri(raw: str) -> tuple[str, str]:
    bad = _FORBIDDEN.search(raw)
    shown = raw if len(raw) <= 60 else raw[:59] + "…"
    what = f"the character {bad.group()!r}" if bad else "a bad escape"
    return (
        f'found {what} in the IRI {shown}, expected none of blank, " {{ }} | ^ ` \\',
        "percent-encode the character, such as %20 for a blank",
    )


_SAID: Final = {
    Kind.OPEN_STRING: (
        "a string that does not end on its line,",
        "its closing quote",
        "close it with {quote}, or use three quotes for text of several lines",
    ),
    Kind.OPEN_IRI: (
        "an IRI without its end,",
        "'>' behind it",
        "close the IRI with '>'",
    ),
    Kind.CURLY_QUOTES: (
        "typographic quotes,",
        "straight ones",
        'write text in straight quotes: "…"',
    ),
    Kind.BAD_AT: (
        "the tag",
        "a language tag such as @en or @en-GB",
        "write the tag with letters and hyphens",
    ),
}
