"""Text of strangers made harmless: labels and literals may hold any character.

What would move a cursor, reverse the direction of reading, end a line or not be
allowed in XML is shown as an escape, so that it is seen and does nothing.
"""

from __future__ import annotations

import re
from typing import Final

# Controls, zero-width and bidirectional marks, line and paragraph separators,
# surrogates, non-characters, tags and what only annotates (Unicode 16, §23).
_UNSAFE: Final = (
    "\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff\U000e0000-\U000e0fff"
    + "".join(f"{chr(end)}{chr(end + 1)}" for end in range(0x1FFFE, 0x110000, 0x10000))
)
_IN_LINE: Final = re.compile(f"[{_UNSAFE}]")
_IN_TEXT: Final = re.compile(f"(?!\n)[{_UNSAFE}]")
_SHORT: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SURROGATES: Final = range(0xD800, 0xE000)
_PLANE_0: Final = 0xFFFF
LONGEST: Final = 300


def line(text: str) -> str:
    """The text in one line, each unsafe character as an escape of Turtle."""
    return _IN_LINE.sub(_escaped, text)


def lines(text: str) -> str:
    """The same, but line feeds stay."""
    return _IN_TEXT.sub(_escaped, text)


def short(text: str, longest: int = LONGEST) -> str:
    """The text in one line; beyond ``longest`` characters it is cut, and says so."""
    if len(text) <= longest:
        return line(text)
    return f"{line(text[:longest])}… ({len(text) - longest} characters more)"


def both_ends(text: str, longest: int = 4 * LONGEST) -> str:
    """The same, but cut in the middle: a message often ends with the reason."""
    if len(text) <= longest:
        return line(text)
    half = longest // 2
    left_out = f"… ({len(text) - 2 * half} characters left out) …"
    return f"{line(text[:half])}{left_out}{line(text[-half:])}"


def encodable(text: str) -> str:
    """The text with U+FFFD for what is no character, as it is otherwise."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def in_json(document: str) -> str:
    """A JSON text with unsafe characters as JSON writes them (RFC 8259 §7)."""
    return _IN_TEXT.sub(_as_units, document)


def in_turtle(document: str) -> str:
    """A Turtle text with unsafe characters as Turtle writes them (Turtle §6.4)."""
    return _IN_TEXT.sub(_as_code, document)


def _escaped(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or _as_code(match)


def _as_code(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code in _SURROGATES:  # no character, so no escape can stand for it
        code = 0xFFFD
    return f"\\U{code:08X}" if code > _PLANE_0 else f"\\u{code:04X}"


def _as_units(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))
