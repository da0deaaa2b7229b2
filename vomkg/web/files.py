"""Dumps over HTTP: from the disk, whole or a range of bytes, under strong tags.

A reply comes out of the files alone; it is told to whatever sends it, so that the
server can answer before Flask is entered.
"""

from __future__ import annotations

import os
from base64 import b64encode
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vomkg.formats import by_media_type
from vomkg.release.distribution import ENDINGS, distributions
from vomkg.web.coding import chosen
from vomkg.web.problems import PROBLEM_TYPE, Problem
from vomkg.web.ranges import NOTHING, range_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from io import RawIOBase

    from vomkg.release import Release
    from vomkg.release.distribution import Compression, Distribution

IMMUTABLE: Final = "public, max-age=31536000, immutable"
MAY_CHANGE: Final = "public, max-age=0, must-revalidate"
# Content codings, best first, and what the dumps call them.
_CODINGS: Final[dict[str, Compression]] = {"zstd": "zstd", "gzip": "gzip"}
# Bytes that are read at a time; what is no longer is sent in one piece.
_CHUNK: Final = 1 << 20

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply: status line, headers and body."""

    status: str
    headers: Headers
    body: Iterable[bytes]


class Files:
    """The dumps of one release, as replies.

    Args:
        release: whose dumps.
        is_pinned: whether the address names the release, so that all holds for good.
    """

    def __init__(self, release: Release, *, is_pinned: bool = False) -> None:
        self._folder = release.path
        self._control = IMMUTABLE if is_pinned else MAY_CHANGE
        self.found: Mapping[str, Distribution] = {
            item.name: item for item in distributions(release)
        }

    def reply(self, name: str, environ: Mapping[str, str]) -> Sent | None:
        """The reply to a GET or HEAD request; None if there is no such file.

        Args:
            name: the last part of the address.
            environ: the headers of the request, as WSGI names them.

        Raises:
            OSError: the file is gone, or of another length.
        """
        asked = self.found.get(name)
        if asked is None:
            return None
        sent = self._coded(asked, environ)
        tag = f'"{sent.sha256}"'
        headers = self._common(asked, sent, tag)
        status = _condition(tag, environ)
        if status is not None:
            if status.startswith("304"):
                return Sent(status, headers, [])
            return _refused(status, "What is here has another tag.", [], environ)
        headers += _described(asked, sent)
        span = _span(tag, sent.bytes, environ)
        if span == NOTHING:
            told = f"The range begins behind the last of {sent.bytes} bytes."
            known = [("Content-Range", f"bytes */{sent.bytes}")]
            return _refused("416 RANGE NOT SATISFIABLE", told, known, environ)
        start, end = span or (0, sent.bytes)
        status = "200 OK" if span is None else "206 PARTIAL CONTENT"
        if span is not None:
            headers.append(("Content-Range", f"bytes {start}-{end - 1}/{sent.bytes}"))
        headers.append(("Content-Length", str(end - start)))
        if environ.get("REQUEST_METHOD") == "HEAD":
            return Sent(status, headers, [])
        return Sent(status, headers, self._body(sent, start, end))

    def _coded(self, asked: Distribution, environ: Mapping[str, str]) -> Distribution:
        """What is sent for a plain file: its compressed twin, if the client likes it.

        A range is one of the bytes of the file itself, which clients count on.
        """
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        if asked.compression or not accepted or "HTTP_RANGE" in environ:
            return asked
        offered = tuple(
            coding
            for coding, compression in _CODINGS.items()
            if asked.name + ENDINGS[compression] in self.found
        )
        coding = chosen(accepted, offered)
        ending = ENDINGS[_CODINGS[coding]] if coding else ""
        return self.found[asked.name + ending]

    def _common(self, asked: Distribution, sent: Distribution, tag: str) -> Headers:
        """The headers that a 304 has too."""
        digest = b64encode(bytes.fromhex(sent.sha256)).decode()
        found = [
            ("ETag", tag),
            ("Cache-Control", self._control),
            ("Accept-Ranges", "bytes"),
            # Of what is sent, whatever range of it (RFC 9530 §3).
            ("Repr-Digest", f"sha-256=:{digest}:"),
        ]
        if not asked.compression:
            found.append(("Vary", "Accept-Encoding"))
        return found

    def _body(self, sent: Distribution, start: int, end: int) -> Iterable[bytes]:
        with ExitStack() as stack:
            path = self._folder / sent.path
            file = stack.enter_context(path.open("rb", buffering=0))
            if os.fstat(file.fileno()).st_size != sent.bytes:
                raise OSError(f"{sent.name} is not as it was written")
            file.seek(start)
            if end - start <= _CHUNK:
                return [_read(file, end - start)]
            stack.pop_all()
            return _Body(file, end - start)


class _Body:
    """A long body, read as it is sent."""

    def __init__(self, file: RawIOBase, size: int) -> None:
        self._file = file
        self._left = size

    def __iter__(self) -> Iterator[bytes]:
        while self._left:
            part = _read(self._file, min(_CHUNK, self._left))
            self._left -= len(part)
            yield part

    def close(self) -> None:
        """Close the file (PEP 3333); to be called once or more."""
        self._file.close()


def _read(file: RawIOBase, size: int) -> bytes:
    parts = []
    while size:
        part = file.read(size)
        if not part:
            raise OSError("the file ended early")
        parts.append(part)
        size -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _described(asked: Distribution, sent: Distribution) -> Headers:
    """What the body is: an archive by its own type, a coded body by its coding."""
    if asked.compress_format is not None:
        return [("Content-Type", asked.compress_format)]
    found = [("Content-Type", by_media_type(asked.media_type).content_type)]
    if sent is not asked:
        found.append(("Content-Encoding", sent.compression))
    return found


def _refused(
    status: str, detail: str, headers: Headers, environ: Mapping[str, str]
) -> Sent:
    """An error as a problem (RFC 9457), which nobody may keep."""
    code, _, title = status.partition(" ")
    problem = Problem(int(code), title.capitalize(), detail)
    body = problem.to_json()
    found = [
        *headers,
        ("Content-Type", PROBLEM_TYPE),
        ("Content-Length", str(len(body))),
        *problem.headers.items(),
    ]
    return Sent(
        status, found, [] if environ.get("REQUEST_METHOD") == "HEAD" else [body]
    )


def _condition(tag: str, environ: Mapping[str, str]) -> str | None:
    """The status that a condition of the request leads to (RFC 9110 §13.2.2)."""
    wanted = environ.get("HTTP_IF_MATCH")
    if wanted is not None and wanted.strip() != "*" and tag not in _strong(wanted):
        return "412 PRECONDITION FAILED"
    known = environ.get("HTTP_IF_NONE_MATCH")
    # A tag cannot stand inside another: it has its quotes with it.
    if known is not None and (known.strip() == "*" or tag in known):
        return "304 NOT MODIFIED"
    return None


def _strong(tags: str) -> list[str]:
    return [tag.strip() for tag in tags.split(",")]


def _span(tag: str, size: int, environ: Mapping[str, str]) -> tuple[int, int] | None:
    """The range to send; None for the whole."""
    text = environ.get("HTTP_RANGE")
    # There are no dates here, so only the very tag lets a range be sent (§13.1.5).
    if text is None or environ.get("HTTP_IF_RANGE", tag).strip() != tag:
        return None
    return range_of(text, size)
