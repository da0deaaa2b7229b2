"""What a visitor sends to be checked, from a form or as the body of a request."""

from __future__ import annotations

from typing import Final

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from vomkg.errors import UsageError

# Media types of what may be sent, and the extension by which it is read.
_SENT: Final = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/trig": "trig",
    "application/n-quads": "nq",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
}
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
_FORM_BESIDES: Final = 10_000  # bytes of a form beside the data
_ENCODED: Final = 3  # bytes of a form for one of the data


def bound(limit: int) -> None:
    """Let nothing be read that is larger than it may be.

    One byte more is let through: of a body of unknown length werkzeug keeps as much
    as it may and says nothing of the rest, and so the rest is noticed.
    """
    is_form = (request.mimetype or "").lower() in _FORMS
    most = _ENCODED * limit + _FORM_BESIDES if is_form else limit + 1
    request.max_content_length = request.max_form_memory_size = most


def sent_data(limit: int) -> tuple[str, bytes]:
    """The name and the bytes of what was sent, from a form or as the body.

    Raises:
        UsageError: there is nothing, or it is of a type that cannot be checked.
        RequestEntityTooLarge: it is larger than it may be.
    """
    kind = (request.mimetype or "").lower()
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise UsageError("compressed data are not taken", fix="send them as they are")
    if kind in _FORMS:
        name, data = _of_form()
    elif kind in _SENT:
        name, data = f"sent.{_SENT[kind]}", request.get_data()
    else:
        raise UsageError(
            f"data of type {kind[:60] or 'unknown'!r} cannot be checked",
            fix=f"send one of {', '.join(_SENT)}",
        )
    if not data.strip():
        raise UsageError(
            "there is nothing to check", fix="paste Turtle, or choose a file"
        )
    if len(data) > limit:
        raise RequestEntityTooLarge(
            f"{len(data)} bytes are more than the {limit} that are checked here"
        )
    return name, data


def _of_form() -> tuple[str, bytes]:
    file = request.files.get("file")
    if file is not None and file.filename:
        end = file.filename.rpartition(".")[2].lower()
        return f"sent.{end if end in _SENT.values() else 'ttl'}", file.read()
    text = request.form.get("turtle", "").replace("\r\n", "\n")
    return "pasted.ttl", text.encode()
