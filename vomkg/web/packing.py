"""An application's response as one whole reply, and whether it may be kept."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from vomkg.errors import VomkgError
from vomkg.web.coding import is_compressible
from vomkg.web.replies import Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import WSGIApplication, WSGIEnvironment

    from vomkg.web.replies import Headers

_RELEASE_CHARACTERS: Final = 12
_HASH_CHARACTERS: Final = 32
# The cache's own word on each; Date is the server's.
_REPLACED: Final = frozenset(
    {"accept-ranges", "cache-control", "content-length", "date", "etag", "vary"}
)
# What tells of a body; a 304 has none (RFC 9110 §15.4.5).
_OF_BODY: Final = frozenset(
    {
        "content-disposition",
        "content-encoding",
        "content-length",
        "content-range",
        "content-type",
    }
)
_VARIES: Final = ("Accept", "Accept-Encoding")
# The next release may answer otherwise, so whoever keeps it must ask.
_MAY_CHANGE: Final = "public, max-age=0, must-revalidate"


def packed(app: WSGIApplication, environ: WSGIEnvironment, release: str) -> Reply:
    """The application's whole response to a request.

    It has a tag only if it is a complete 200 that may be kept: of the length that
    it declares, meant for all, and dependent on no header that is not looked at.

    Args:
        app: what answers.
        environ: the request, by GET rather than HEAD and without conditions.
        release: id of the release that it answers from.

    Raises:
        VomkgError: the application broke PEP 3333.
    """
    status, headers, body = _collected(app, environ)
    code = status.partition(" ")[0]
    if code == "200":
        if not _may_be_kept(headers, body):
            return Reply(status, headers, body, is_shareable=False)
        return _tagged(status, headers, body, release)
    if code[0] in "45":
        headers = tuple(uncacheable(headers))
    is_shareable = _value(headers, "set-cookie") is None
    return Reply(status, headers, body, is_shareable=is_shareable)


def recoded(
    plain: Reply, coding: str, compress: Callable[[bytes], bytes], release: str
) -> Reply:
    """The reply with its body in a content coding, under a tag of its own."""
    headers = (*plain.headers, ("Content-Encoding", coding))
    return _tagged(plain.status, headers, compress(plain.body), release)


def uncacheable(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The headers, saying that nobody may keep the response."""
    dropped = {"cache-control", "etag", "last-modified"}
    kept = [pair for pair in headers if pair[0].lower() not in dropped]
    return [*kept, ("Cache-Control", "no-store")]


def _collected(
    app: WSGIApplication, environ: WSGIEnvironment
) -> tuple[str, Headers, bytes]:
    """Status, headers and the whole body; the response is closed."""
    started: list[tuple[str, Headers]] = []
    parts: list[bytes] = []

    def start(
        status: str, headers: list[tuple[str, str]], exc_info: object = None
    ) -> Callable[[bytes], object]:
        # Nothing was sent, so a second start simply replaces the first.
        started.append((status, tuple(headers)))
        return parts.append

    chunks = app(environ, start)
    try:
        parts.extend(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
    if not started:
        raise VomkgError("the application gave no status")
    return (*started[-1], b"".join(parts))


def _may_be_kept(headers: Headers, body: bytes) -> bool:
    control = (_value(headers, "cache-control") or "").lower()
    return (
        _value(headers, "content-length") == str(len(body))
        and "no-store" not in control
        and "private" not in control
        and _value(headers, "set-cookie") is None
        and _value(headers, "content-encoding") is None
        and {name.lower() for name in _varying(headers)}
        <= {name.lower() for name in _VARIES}
    )


def _tagged(status: str, headers: Headers, body: bytes, release: str) -> Reply:
    content_type = _value(headers, "content-type") or ""
    coding = _value(headers, "content-encoding") or ""
    # Equal bytes of two types are two representations, so the type is hashed too.
    described = f"{content_type}\n{coding}\n".encode()
    digest = hashlib.sha256(described + body).hexdigest()[:_HASH_CHARACTERS]
    tag = f'"{release[:_RELEASE_CHARACTERS]}-{digest}"'
    control = _value(headers, "cache-control") or ""
    whole = (
        *((name, text) for name, text in headers if name.lower() not in _REPLACED),
        ("Content-Length", str(len(body))),
        ("ETag", tag),
        ("Vary", ", ".join(_VARIES)),
        # An address that names its release says itself how long it holds.
        ("Cache-Control", control if "max-age" in control else _MAY_CHANGE),
    )
    return Reply(
        status,
        whole,
        body,
        tag=tag,
        brief=tuple(pair for pair in whole if pair[0].lower() not in _OF_BODY),
        is_compressible=not coding and is_compressible(content_type, len(body)),
    )


def _varying(headers: Headers) -> list[str]:
    vary = _value(headers, "vary") or ""
    return [name for part in vary.split(",") if (name := part.strip())]


def _value(headers: Headers, wanted: str) -> str | None:
    """A header's values, joined; None if it is not there."""
    found = [text for name, text in headers if name.lower() == wanted]
    return ", ".join(found) if found else None
