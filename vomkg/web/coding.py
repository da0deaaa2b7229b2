"""Content codings: which one a client wants, and bodies written in it.

gzip is in the standard library; brotli is used where its package happens to be
installed, and never asked for.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# No coding: the body as it is.
IDENTITY: Final = ""
# Below this the headers cost more than the coding saves.
_LEAST: Final = 1024
_APPLICATION_TEXT: Final = frozenset(
    {
        "application/json",
        "application/n-quads",
        "application/n-triples",
        "application/trig",
        "application/xml",
        "application/javascript",
        "image/svg+xml",
    }
)
# Half the time of the slowest levels, for nearly their size.
_GZIP_LEVEL: Final = 6
_BROTLI_QUALITY: Final = 5
# Longest header that browsers and libraries send, with room to spare.
_COMMON: Final = 200


def available() -> Mapping[str, Callable[[bytes], bytes]]:
    """Every coding there is on this machine, best first, with its compressor."""
    found: dict[str, Callable[[bytes], bytes]] = {}
    try:
        brotli = import_module("brotli")
    except ModuleNotFoundError:
        pass
    else:
        found["br"] = lambda body: bytes(brotli.compress(body, quality=_BROTLI_QUALITY))
    # Without the time, else equal bodies would get unequal tags.
    found["gzip"] = lambda body: gzip.compress(body, _GZIP_LEVEL, mtime=0)
    return found


def chosen(accept: str, offered: tuple[str, ...]) -> str:
    """The coding that serves an Accept-Encoding header best (RFC 9110 §12.5.3).

    Args:
        accept: the header; empty means that the body shall be left as it is.
        offered: the codings there are, best first.

    Returns:
        One of those offered, or ``IDENTITY``; that too where nothing fits.
    """
    # Few clients differ, and none shall fill the memory of what was read.
    remembered = len(accept) <= _COMMON
    return _remembered(accept, offered) if remembered else _best(accept, offered)


def _best(accept: str, offered: tuple[str, ...]) -> str:
    asked = _qualities(accept)
    # What the client does not name it takes, but likes less than all it names.
    plain = asked.get("identity", asked.get("*", 0.0))
    scored = [(asked.get(name, asked.get("*", 0.0)), name) for name in offered]
    quality, best = max(scored, key=lambda pair: pair[0], default=(0.0, IDENTITY))
    return best if quality > 0 and quality >= plain else IDENTITY


_remembered = lru_cache(maxsize=256)(_best)


def is_compressible(content_type: str, size: int) -> bool:
    """Whether a body of this type and of so many bytes gets smaller by a coding."""
    media_type = content_type.partition(";")[0].strip().lower()
    is_text = (
        media_type.startswith("text/")
        or media_type in _APPLICATION_TEXT
        or media_type.endswith(("+json", "+xml"))
    )
    return is_text and size > _LEAST


def _qualities(accept: str) -> dict[str, float]:
    """Coding to quality; one whose quality is malformed is not wanted."""
    found: dict[str, float] = {}
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                quality = _quality(value.strip())
        if name:
            found[name.removeprefix("x-")] = quality
    return found


def _quality(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if 0 <= value <= 1 else 0.0
