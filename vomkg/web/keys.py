"""What the response cache reads in a request before anything answers it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from vomkg.web.protocol import FORM_TYPE, QUERY_TYPE

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

    from vomkg.web.replies import Key

_ENDPOINT: Final = "/sparql"
# A longer body goes past the cache, to the application that may refuse it.
_LONGEST_BODY: Final = 1024 * 1024
# All that an answer may depend on besides method, coding and body: the address
# as the client wrote it, by way of a proxy too, because some answers name it.
# Accept stands as it is written; what equals what is the application's to say.
_KEY: Final = (
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_ACCEPT",
    "HTTP_HOST",
    "SERVER_NAME",
    "SERVER_PORT",
    "SCRIPT_NAME",
    "wsgi.url_scheme",
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_X_FORWARDED_PROTO",
)
# Conditions, ranges and codings are settled before the application.
_SETTLED: Final = frozenset(
    {
        "HTTP_ACCEPT_ENCODING",
        "HTTP_IF_MATCH",
        "HTTP_IF_MODIFIED_SINCE",
        "HTTP_IF_NONE_MATCH",
        "HTTP_IF_RANGE",
        "HTTP_IF_UNMODIFIED_SINCE",
        "HTTP_RANGE",
        "wsgi.file_wrapper",
    }
)


def body_of(environ: WSGIEnvironment) -> bytes | None:
    """The body of a request that may be answered from memory; None for others.

    A body that is read is put back for the application to read.
    """
    method = environ["REQUEST_METHOD"]
    if method in {"GET", "HEAD"}:
        return b""
    media_type = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    length = _length(environ)
    if (
        method not in {"POST", "QUERY"}
        or environ.get("PATH_INFO") != _ENDPOINT
        or media_type not in {QUERY_TYPE, FORM_TYPE}
        or length is None
    ):
        return None
    body: bytes = environ["wsgi.input"].read(length)
    environ["wsgi.input"] = BytesIO(body)
    # Else the client went away; the application knows how to say so.
    return body if len(body) == length else None


def key_of(environ: WSGIEnvironment, body: bytes) -> Key:
    """What must be equal for two requests to get one answer."""
    method = environ["REQUEST_METHOD"]
    # None is not "": an absent header and an empty one are two things.
    address = tuple([environ.get(name) for name in _KEY])
    if method in {"GET", "HEAD"}:
        return ("GET", *address)
    return (method, *address, environ.get("CONTENT_TYPE"), body)


def queries_of(environ: WSGIEnvironment, body: bytes) -> list[str]:
    """Every text in a request that may be SPARQL."""
    text = body.decode("utf-8", "replace")
    found = parse_qs(environ.get("QUERY_STRING", "")).get("query", [])
    return [*found, text, *parse_qs(text).get("query", [])]


def plain_request(environ: WSGIEnvironment) -> WSGIEnvironment:
    """The request as the application gets it: for all of the answer, uncoded."""
    inner = {name: value for name, value in environ.items() if name not in _SETTLED}
    if inner["REQUEST_METHOD"] == "HEAD":
        inner["REQUEST_METHOD"] = "GET"
    return inner


def _length(environ: WSGIEnvironment) -> int | None:
    """The declared length of the body; None if there is none that we take."""
    text = environ.get("CONTENT_LENGTH", "")
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(_LONGEST_BODY)):
        return None
    length = int(text)
    return length if length <= _LONGEST_BODY else None
