"""Text that somebody else wrote, made safe to show."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category

# Control and format characters, line and paragraph separators, lone surrogates.
_STEERING: Final = {"Cc", "Cf", "Zl", "Zp", "Cs"}
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>()#+\-!|~&])")


def printable(value: str, *, keep: str = "") -> str:
    """The value with its control characters spelt out: they could steer a terminal.

    Args:
        value: any text.
        keep: control characters that stay as they are.
    """
    return "".join(
        ascii(char)[1:-1] if char not in keep and category(char) in _STEERING else char
        for char in value
    )


def plain_markdown(value: str) -> str:
    """The value on one line, so that Markdown shows every character of it."""
    return _MARKUP.sub(r"\\\1", printable(value))
