"""Whether a text is an IRI or a reference to one (RFC 3987)."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv6Address
from typing import Final

_FORBIDDEN: Final = re.compile(r'[\x00-\x20<>"{}|\\^`\x7F-\x9F]')
_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
# What RFC 3987 §2.2 leaves out of ucschar: private use (in a query it is allowed),
# surrogates, and the code points that are no characters.
_PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_NO_CHARACTER: Final = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U000e0fff]"
    "|"
    + "|".join(
        f"[{chr(p + 0xFFFE)}{chr(p + 0xFFFF)}]"
        for p in range(0x10000, 0x110000, 0x10000)
    )
)
_PARTS: Final = re.compile(
    r"(?:(?P<scheme>[^:/?#]*):)?(?://(?P<authority>[^/?#]*))?"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.DOTALL,
)
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")
_AUTHORITY: Final = re.compile(
    r"(?:[^@\[\]]*@)?(?P<host>\[(?P<literal>[^\[\]]*)\]|[^@:\[\]]*)(?::(?P<port>[^:]*))?"
)
_FUTURE: Final = re.compile(r"[vV][0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+")


def iri_fault(text: str) -> str | None:
    """What is wrong with an IRI or a relative reference, in a few words, or None."""
    if found := _FORBIDDEN.search(text):
        return f"{_named(found[0])} has no place in it, write %{ord(found[0]):02X}"
    if found := _PERCENT.search(text):
        return f"a % without two hexadecimal digits at character {found.start() + 1}"
    if found := _NO_CHARACTER.search(text):
        return f"U+{ord(found[0]):04X} has no place in it"
    parts = _PARTS.fullmatch(text)
    assert parts is not None  # noqa: S101  # the expression matches every text
    scheme, authority = parts["scheme"], parts["authority"]
    if scheme is not None and not _SCHEME.fullmatch(scheme):
        return f"{scheme!r} is no scheme"
    outside = "".join(parts[name] or "" for name in ("path", "query", "fragment"))
    if found := re.search(r"[\[\]#]", outside):
        return f"{found[0]!r} has no place there"
    elsewhere = "".join(parts[name] or "" for name in ("authority", "path", "fragment"))
    if found := _PRIVATE.search(elsewhere):
        return f"U+{ord(found[0]):04X} is for private use"
    return None if authority is None else _authority_fault(authority)


def _authority_fault(authority: str) -> str | None:
    found = _AUTHORITY.fullmatch(authority)
    if found is None:
        return f"{authority!r} is no host with or without a port"
    if (literal := found["literal"]) is not None and not _is_address(literal):
        return f"[{literal}] is no address"
    port = found["port"]
    return f"{port!r} is no port" if port and not re.fullmatch("[0-9]*", port) else None


def _is_address(literal: str) -> bool:
    if _FUTURE.fullmatch(literal):
        return True
    try:
        IPv6Address(literal)
    except AddressValueError:
        return False
    return "%" not in literal


def _named(char: str) -> str:
    return "a blank" if char == " " else repr(char)
