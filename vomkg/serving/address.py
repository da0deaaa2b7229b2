"""The address by which a client reached us, and requests that name none."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from werkzeug.middleware.proxy_fix import ProxyFix

from vomkg.settings.kinds import is_host
from vomkg.web import HEADERS
from vomkg.web.problems import PROBLEM_TYPE, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from vomkg.config import Settings

# Twelve bytes of a request can stand for one character of a query, and the rest
# of an address is short.
_BYTES_A_CHARACTER: Final = 12
_BYTES_BESIDES: Final = 10_000
# What granian takes at most; it answers longer addresses itself, without a body.
_SERVER_TAKES: Final = 65_000
_PREFIX: Final = re.compile(r"(?:/[A-Za-z0-9._~-]+)*/?")
# By the names of waitress and of granian.
_OLD: Final = frozenset({"HTTP/1.0", "HTTP/1"})
_STATUS: Final = {
    400: "400 BAD REQUEST",
    414: "414 URI TOO LONG",
    503: "503 SERVICE UNAVAILABLE",
}


def longest_address(settings: Settings) -> int:
    """Most bytes of path and query string that are taken."""
    longest = _BYTES_A_CHARACTER * settings.query_length + _BYTES_BESIDES
    return min(longest, _SERVER_TAKES)


def addressed(app: WSGIApplication, settings: Settings) -> WSGIApplication:
    """The app, told the address that the client sees.

    What is no address, or too long a one, is answered here by a problem.
    """
    checked: WSGIApplication = _Addressed(app, settings)
    trusted = settings.proxies
    if not trusted:
        return checked
    return ProxyFix(checked, trusted, trusted, trusted, trusted, trusted)


class _Addressed:
    """Checks Host, scheme, prefix and length; puts the public address in."""

    def __init__(self, app: WSGIApplication, settings: Settings) -> None:
        self._app = app
        self._longest = longest_address(settings)
        parts = urlsplit(settings.public_url)
        self._public = (parts.scheme, parts.netloc, parts.path)

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        length = len(environ.get("PATH_INFO", "")) + len(
            environ.get("QUERY_STRING", "")
        )
        problem = self._fault(environ)
        if problem is None and length > self._longest:
            problem = Problem(
                status=414,
                title="Address too long",
                detail=f"The address has {length} bytes; "
                f"at most {self._longest} are taken.",
                fix="Send the query by POST.",
            )
        if problem is not None:
            return answered(problem, start_response)
        if self._public[0]:
            self._publish(environ)
        return self._app(environ, start_response)

    def _fault(self, environ: WSGIEnvironment) -> Problem | None:
        host = environ.get("HTTP_HOST", "")
        # Only HTTP/1.0 may leave it out (RFC 9112 §3.2).
        if not host and environ.get("SERVER_PROTOCOL") in _OLD:
            environ.pop("HTTP_HOST", None)  # granian gives an empty one
            host = environ.get("SERVER_NAME", "")
        if not _is_host(host):
            return _bad("The Host header names no host.")
        if environ["wsgi.url_scheme"] not in {"http", "https"}:
            return _bad("The proxy named a scheme that is neither http nor https.")
        prefix = environ.get("SCRIPT_NAME")
        if prefix and _PREFIX.fullmatch(prefix) is None:
            return _bad("The proxy named a prefix that is no path.")
        return None

    def _publish(self, environ: WSGIEnvironment) -> None:
        scheme, host, prefix = self._public
        environ["wsgi.url_scheme"] = scheme
        environ["HTTP_HOST"] = host
        environ["SCRIPT_NAME"] = prefix
        path = environ.get("PATH_INFO", "")
        # Some proxies take the prefix off, some leave it.
        if prefix and (path == prefix or path.startswith(f"{prefix}/")):
            environ["PATH_INFO"] = path[len(prefix) :] or "/"


def answered(problem: Problem, start_response: StartResponse) -> list[bytes]:
    """The response that says the problem, without Flask."""
    from json import dumps

    body = dumps(problem.fields(), ensure_ascii=False).encode() + b"\n"
    headers = [
        ("Content-Type", PROBLEM_TYPE),
        ("Content-Length", str(len(body))),
        *HEADERS.items(),
        *problem.headers.items(),
    ]
    start_response(_STATUS[problem.status], headers)
    return [body]


def _bad(detail: str) -> Problem:
    return Problem(400, "Malformed address", detail)


_is_host = lru_cache(256)(is_host)
