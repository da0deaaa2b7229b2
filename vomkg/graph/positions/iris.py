"""Relative IRIs made absolute (RFC 3986 §5.2)."""

from __future__ import annotations

import re
from typing import Final

# RFC 3986 appendix B: it takes every text apart.
_PARTS: Final = re.compile(
    r"(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL
)
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def is_absolute(iri: str) -> bool:
    """Whether it begins with a scheme."""
    return _SCHEME.match(iri) is not None


def resolved(base: str, reference: str) -> str:
    """The IRI that a reference stands for where the base holds."""
    if is_absolute(reference):
        scheme, authority, path, query, fragment = _split(reference)
        return _joined(scheme, authority, _plain(path), query, fragment)
    scheme, authority, path, query, _ = _split(base)
    _, own_authority, own_path, own_query, fragment = _split(reference)
    if own_authority is not None:
        authority, path, query = own_authority, _plain(own_path), own_query
    elif own_path:
        if not own_path.startswith("/"):
            own_path = _merged(authority, path, own_path)
        path, query = _plain(own_path), own_query
    elif own_query is not None:
        query = own_query
    return _joined(scheme, authority, path, query, fragment)


def _split(iri: str) -> tuple[str | None, str | None, str, str | None, str | None]:
    match = _PARTS.fullmatch(iri)
    if match is None:  # pragma: no cover - the pattern takes every text
        return None, None, iri, None, None
    scheme, authority, path, query, fragment = match.groups()
    return scheme, authority, path or "", query, fragment


def _merged(authority: str | None, path: str, own: str) -> str:
    if authority is not None and not path:
        return "/" + own
    return path[: path.rfind("/") + 1] + own


def _plain(path: str) -> str:
    """The path without ``.`` and ``..`` (RFC 3986 §5.2.4)."""
    if "./" not in path and not path.endswith("."):
        return path
    rooted = path.startswith("/")
    kept: list[str] = []
    steps = path.split("/")
    for step in steps:
        if step == "..":
            if len(kept) > rooted:
                kept.pop()
        elif step != ".":
            kept.append(step)
    if steps[-1] in (".", ".."):
        kept.append("")
    found = "/".join(kept)
    return "/" + found if rooted and not found.startswith("/") else found


def _joined(
    scheme: str | None,
    authority: str | None,
    path: str,
    query: str | None,
    fragment: str | None,
) -> str:
    parts = [f"{scheme}:" if scheme is not None else ""]
    parts.append(f"//{authority}" if authority is not None else "")
    parts.append(path)
    parts.append(f"?{query}" if query is not None else "")
    parts.append(f"#{fragment}" if fragment is not None else "")
    return "".join(parts)
