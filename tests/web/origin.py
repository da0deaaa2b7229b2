"""A WSGI application for tests of the cache: it counts, and answers as it is told."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

from werkzeug.test import Client

from vomkg.web.cache import ResponseCache

if TYPE_CHECKING:
    from collections.abc import Callable

RELEASE = "0123456789abcdef"
CSV = ("Content-Type", "text/csv; charset=utf-8")


class Origin:
    """Answers every request by ``respond``, and keeps the environs it was given."""

    def __init__(self, respond: Callable[..., Any]):
        self.respond = respond
        self.asked: list[dict[str, Any]] = []
        self.closed = 0
        self._lock = Lock()

    def __call__(self, environ, start_response):
        with self._lock:
            self.asked.append(environ)
        return Body(self, self.respond(environ, start_response))


class Body:
    """A response's parts, and whether a server closed it."""

    def __init__(self, origin, parts):
        self.origin = origin
        self.parts = parts

    def __iter__(self):
        return iter(self.parts)

    def close(self):
        self.origin.closed += 1


def whole(body=b"a\r\n1\r\n", *headers, status="200 OK"):
    """A response with that body, its length and those headers."""

    def respond(_environ, start_response):
        start_response(status, [CSV, ("Content-Length", str(len(body))), *headers])
        return [body]

    return respond


def before(respond, **options):
    """A client of the cache before such an origin, and the origin."""
    origin = Origin(respond)
    return Client(ResponseCache(origin, RELEASE, **options)), origin
