"""Kinds of settings: a value as it was written, as what it must be."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from vomkg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

# Takes name, value and place of a setting, and gives what it is meant to be.
Check = Callable[[str, object, str], object]
_SWITCH: Final = {"true": True, "1": True, "yes": True} | {
    "false": False,
    "0": False,
    "no": False,
}
_HOST: Final = re.compile(
    r"(?:\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9][A-Za-z0-9._-]{0,252})(?::[0-9]{1,5})?"
)
# What a query can name and HTTP can reach (SPARQL 1.1 §19.8, IRIREF).
_ADDRESS: Final = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+")
_HIGHEST_PORT: Final = 65_535


def is_host(value: str) -> bool:
    """Whether it is a host with or without a port, as RFC 9110 §7.2 has it."""
    if _HOST.fullmatch(value) is None:
        return False
    try:
        port = urlsplit(f"//{value}").port
    except ValueError:
        return False
    return port is None or port <= _HIGHEST_PORT


def text(name: str, value: object, source: str) -> str:
    """The value as text.

    Raises:
        UsageError: it is not text, or blank.
    """
    if isinstance(value, (str, Path)) and str(value).strip():
        return str(value)
    raise UsageError(f"{source}: {name} must be text, found {value!r}")


def choice(name: str, value: object, source: str, allowed: Sequence[str]) -> str:
    """The value as one of those allowed.

    Raises:
        UsageError: it is none of them.
    """
    if value in allowed:
        return str(value)
    raise UsageError(
        f"{source}: {name} must be one of {', '.join(allowed)}, found {value!r}"
    )


def switch(name: str, value: object, source: str) -> bool:
    """The value as yes or no.

    Raises:
        UsageError: it is neither.
    """
    found = _SWITCH.get(str(value).strip().lower())
    if found is None:
        raise UsageError(f"{source}: {name} must be true or false, found {value!r}")
    return found


def web_address(name: str, value: object, source: str) -> str:
    """The value as an http address without a slash at its end.

    Raises:
        UsageError: it is none, or has a query, a fragment or a user.
    """
    written = text(name, value, source).strip()
    parts = urlsplit(written) if written.isascii() else urlsplit("")
    if (
        parts.scheme not in {"http", "https"}
        or not is_host(parts.netloc)
        or re.fullmatch(r"[A-Za-z0-9/._~-]*", parts.path) is None
        or written != f"{parts.scheme}://{parts.netloc}{parts.path}"
    ):
        raise UsageError(
            f"{source}: {name} must be an http address, found {value!r}",
            fix="write it as https://example.org/vom",
        )
    return written.rstrip("/")


def number(
    name: str, value: object, source: str, limits: tuple[int, int | None]
) -> int:
    """The value as a whole number between the limits; None is no upper one.

    Raises:
        UsageError: it is none.
    """
    low, high = limits
    try:
        found = int(str(value)) if not isinstance(value, bool) else low - 1
    except ValueError:
        found = low - 1
    if found < low or (high is not None and found > high):
        wanted = f"of at least {low}" if high is None else f"from {low} to {high}"
        raise UsageError(
            f"{source}: {name} must be a whole number {wanted}, found {value!r}"
        )
    return found


def seconds(
    name: str, value: object, source: str, limits: tuple[float, float]
) -> float:
    """The value as a number of seconds between the limits.

    Raises:
        UsageError: it is none.
    """
    low, high = limits
    try:
        found = float(str(value)) if not isinstance(value, bool) else math.nan
    except ValueError:
        found = math.nan
    if not low <= found <= high:  # false of NaN too
        raise UsageError(
            f"{source}: {name} must be seconds from {low:g} to {high:g}, "
            f"found {value!r}"
        )
    return found


def folder_of_graph(name: str, value: object, source: str) -> Path:
    """The value as a folder that holds ontology/, data/, shapes/ and queries/.

    Raises:
        UsageError: it does not.
    """
    root = Path(text(name, value, source)).expanduser()
    if not (root / "ontology" / "prefixes.ttl").is_file():
        raise UsageError(
            f"{source}: root {str(root)!r} holds no ontology/prefixes.ttl",
            fix="give the folder that holds ontology/, data/, shapes/ and queries/",
        )
    return root


def addresses(name: str, value: object, source: str) -> tuple[str, ...]:
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


def folder(name: str, value: object, source: str) -> Path:
    """The value as a folder, which need not exist.

    Raises:
        UsageError: it is not text, or blank.
    """
    return Path(text(name, value, source)).expanduser()
