"""The outermost application: every request is numbered, timed, counted, logged."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from secrets import token_hex
from time import perf_counter
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from vomkg.serving.counts import Kind
from vomkg.web.cache import OUTCOME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from vomkg.serving.counts import Counts
    from vomkg.serving.journal import Journal

METRICS: Final = "/metrics"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "QUERY", "OPTIONS"})
_CLASSES: Final = {digit: f"{digit}xx" for digit in "12345"}
_ID: Final = re.compile(r"[A-Za-z0-9._:-]{1,64}")
# Longest path and name of a program that is logged.
_LONGEST: Final = 500


class Edge:
    """Stands before everything else."""

    def __init__(
        self,
        app: WSGIApplication,
        counts: Counts,
        route: Callable[[str], str],
        metrics: Callable[[], tuple[str, bytes]],
        log: Callable[[_Request, float], None] | None = None,
    ) -> None:
        """The edge before an app.

        Args:
            app: what answers.
            counts: where to count.
            route: from a path to its label.
            metrics: the media type and text of ``/metrics``.
            log: told each request when it ends, with its duration in seconds.
        """
        self._app = app
        self._counts = counts
        self._route = route
        self._metrics = metrics
        self._log = log
        self._boot = token_hex(4)
        self._numbers = count(1)

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """The response to one request; see PEP 3333."""
        request = _Request(self, environ, start_response)
        self._counts.begin()
        try:
            is_metrics = environ.get("PATH_INFO") == METRICS
            app = self._told if is_metrics else self._app
            body = app(environ, request.start)
        except BaseException:
            request.end()
            raise
        # A list is a whole answer, which servers send in one piece.
        if type(body) is list:
            request.size = len(body[0]) if len(body) == 1 else sum(map(len, body))
            request.end()
            return body
        return _Body(body, request)

    def id_of(self, environ: WSGIEnvironment) -> str:
        """The client's own id of the request if it is a sane one, else a new one."""
        given = environ.get("HTTP_X_REQUEST_ID")
        if given is not None and _ID.fullmatch(given):
            return str(given)
        return f"{self._boot}-{next(self._numbers):x}"

    def ended(self, request: _Request, seconds: float) -> None:
        """Count and log a request."""
        environ = request.environ
        method = environ["REQUEST_METHOD"]
        kind = Kind(
            method if method in _METHODS else "other",
            request.route,
            _CLASSES.get(request.status[:1], "5xx"),
        )
        self._counts.end(kind, seconds)
        if self._log is not None:
            self._log(request, seconds)

    def route_of(self, path: str) -> str:
        """The label of a path."""
        return METRICS if path == METRICS else self._route(path)

    def _told(
        self, _environ: WSGIEnvironment, start_response: StartResponse
    ) -> list[bytes]:
        media_type, text = self._metrics()
        start_response(
            "200 OK",
            [
                ("Content-Type", media_type),
                ("Content-Length", str(len(text))),
                ("Cache-Control", "no-store"),
            ],
        )
        return [text]


class _Request:
    """One request under way."""

    __slots__ = (
        "_began",
        "_edge",
        "_start",
        "environ",
        "id",
        "route",
        "size",
        "status",
    )

    def __init__(
        self, edge: Edge, environ: WSGIEnvironment, start_response: StartResponse
    ) -> None:
        self._began = perf_counter()
        self._edge = edge
        self._start = start_response
        self.environ = environ
        self.id = edge.id_of(environ)
        self.route = ""
        self.status = "500"
        self.size = 0

    def start(
        self, status: str, headers: list[tuple[str, str]], exc_info: object = None
    ) -> Callable[[bytes], object]:
        """Start the response, with the id of the request."""
        self.status = status
        headers = [*headers, ("X-Request-ID", self.id)]
        if exc_info is None:
            return self._start(status, headers)
        return self._start(status, headers, exc_info)  # type: ignore[arg-type]

    def end(self) -> None:
        """Count and log it."""
        # Only now, because a proxy's prefix is taken off on the way.
        self.route = self._edge.route_of(self.environ.get("PATH_INFO", ""))
        self._edge.ended(self, perf_counter() - self._began)


class _Body:
    """A response that is sent piece by piece; it ends when the server closes it."""

    def __init__(self, parts: Iterable[bytes], request: _Request) -> None:
        self._parts = parts
        self._request = request
        self._is_open = True

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            self._request.size += len(part)
            yield part

    def close(self) -> None:
        """Called by the server, whether or not all was sent."""
        if not self._is_open:
            return
        self._is_open = False
        try:
            close = getattr(self._parts, "close", None)
            if close is not None:
                close()
        finally:
            self._request.end()


def logger(
    journal: Journal, release: str, *, with_queries: bool
) -> Callable[[_Request, float], None]:
    """A function that writes each request to the access log.

    Args:
        journal: where to.
        release: id of the release that is served.
        with_queries: whether the text of queries is written too.
    """

    def log(request: _Request, seconds: float) -> None:
        environ = request.environ
        record: dict[str, object] = {
            "time": _now(),
            "id": request.id,
            "client": environ.get("REMOTE_ADDR", ""),
            "method": environ["REQUEST_METHOD"][:_LONGEST],
            "path": _path(environ),
            "route": request.route,
            "status": int(request.status[:3]),
            "bytes": request.size,
            "duration_ms": round(seconds * 1000, 3),
            "cache": environ.get(OUTCOME, "past"),
            "release": release,
            "agent": environ.get("HTTP_USER_AGENT", "")[:_LONGEST],
        }
        if with_queries and (query := _query(environ)):
            record["query"] = query
        journal.write(record)

    return log


def _now() -> str:
    """The time in the form of RFC 3339, in UTC, to the millisecond."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    return now.removesuffix("+00:00") + "Z"


def _path(environ: WSGIEnvironment) -> str:
    path: str = environ.get("PATH_INFO", "")[:_LONGEST]
    return path.encode("latin-1", "replace").decode("utf-8", "replace")


def _query(environ: WSGIEnvironment) -> str:
    """The query that was sent, in the address or in the body; else nothing."""
    found: list[str] | None = parse_qs(environ.get("QUERY_STRING", "")).get("query")
    if found:
        return found[0]
    # The cache puts a body that it has read back as bytes in memory.
    body = environ.get("wsgi.input")
    if environ.get("PATH_INFO") != "/sparql" or not isinstance(body, BytesIO):
        return ""
    text = body.getvalue().decode("utf-8", "replace")
    return (parse_qs(text).get("query") or [text])[0]
