"""Ranges of bytes that a request asks for (RFC 9110 §14)."""

from __future__ import annotations

import re
from typing import Final

# Stands for a range that lies outside.
NOTHING: Final = (0, 0)
_ONE: Final = re.compile(
    r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.IGNORECASE
)


def range_of(text: str, size: int) -> tuple[int, int] | None:
    """The first byte of a range, and the one behind its last.

    Args:
        text: the Range header.
        size: bytes of the whole.

    Returns:
        None if the header is to be ignored: another unit, malformed, or several
        ranges, of which a server may send the whole (§14.2). ``NOTHING`` if the
        range begins behind the last byte.
    """
    found = _ONE.fullmatch(text.strip())
    if found is None:
        return None
    first, last = found.groups()
    if not first:
        if not last:
            return None
        length = min(int(last), size)
        return (size - length, size) if length else NOTHING
    start = int(first)
    if last and int(last) < start:
        return None
    if start >= size:
        return NOTHING
    return start, min(int(last) + 1, size) if last else size
