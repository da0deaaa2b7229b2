"""The value of a setting, wherever it was written, as what it is meant to be.

Each function names the setting and the place where it was written in its error.
"""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Final

from vomkg.errors import UsageError

# What a query can name and HTTP can reach (SPARQL 1.1 §19.8, IRIREF).
_ADDRESS: Final = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+")


def as_text(name: str, value: object, source: str) -> str:
    """The text, as it was written.

    Raises:
        UsageError: it is empty, or no text.
    """
    if isinstance(value, (str, Path)) and str(value).strip():
        return str(value)
    raise UsageError(f"{source}: {name} must be text, found {value!r}")


def as_number(
    name: str, value: object, source: str, allowed: tuple[int, int | None]
) -> int:
    """The whole number; ``allowed`` are its lowest and highest value.

    Raises:
        UsageError: it is no whole number, or outside.
    """
    low, high = allowed
    try:
        number = int(str(value)) if not isinstance(value, bool) else low - 1
    except ValueError:
        number = low - 1
    if number < low or (high is not None and number > high):
        wanted = f"of at least {low}" if high is None else f"from {low} to {high}"
        raise UsageError(
            f"{source}: {name} must be a whole number {wanted}, found {value!r}"
        )
    return number


def as_seconds(
    name: str, value: object, source: str, allowed: tuple[float, float]
) -> float:
    """The seconds; ``allowed`` are the fewest and the most.

    Raises:
        UsageError: it is no number, or outside.
    """
    low, high = allowed
    try:
        number = float(str(value)) if not isinstance(value, bool) else math.nan
    except ValueError:
        number = math.nan
    if not low <= number <= high:  # false of NaN too
        raise UsageError(
            f"{source}: {name} must be seconds from {low:g} to {high:g}, "
            f"found {value!r}"
        )
    return number


def as_addresses(name: str, value: object, source: str) -> tuple[str, ...]:
    """The addresses of a list, or of a text that parts them by blanks; each once.

    Raises:
        UsageError: one is no address of HTTP.
    """
    items = value.split() if isinstance(value, str) else value
    if not isinstance(items, (list, tuple)):
        items = [value]
    for item in items:
        if not (isinstance(item, str) and _ADDRESS.fullmatch(item)):
            raise UsageError(
                f"{source}: {name} must be addresses with http:// or https://, "
                f"found {item!r}",
                fix="write each in full, as queries will name it",
            )
    return tuple(dict.fromkeys(items))
