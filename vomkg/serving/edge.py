"""The outermost application: every request is numbered, timed, counted, logged."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from secrets import token_hex
from time import perf_counter
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import parse_qs

from vomkg.web import SAFETY
from vomkg.web.cache import OUTCOME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from vomkg.serving.counts import Counts
    from vomkg.serving.journal import Journal

METRICS: Final = "/metrics"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "QUERY", "OPTIONS"})
_CLASSES: Final = {digit: f"{digit}xx" for digit in "12345"}
_ID: Final = re.compile(r"[A-Za-z0-9._:-]{1,64}")
# Longest path and name of a program that is logged.
_LONGEST: Final = 500


class Ended(NamedTuple):
    """How a request ended.

    Attributes:
        id: its id.
        route: the route of its path.
        status: the status of the answer.
        size: bytes of its body.
        seconds: how long it took.
    """

    id: str
    route: str
    status: int
    size: int
    seconds: float


Log = Callable[["WSGIEnvironment", Ended], None]


class Edge:
    """Stands before everything else."""

    def __init__(
        self,
        app: WSGIApplication,
        counts: Counts,
        route: Callable[[str], str],
        metrics: Callable[[], tuple[str, bytes]],
        log: Log | None = None,
    ) -> None:
        """The edge before an app.

        Args:
            app: what answers.
            counts: where to count.
            route: from a path to its label.
            metrics: the media type and text of ``/metrics``.
            log: told each request when it ends.
        """
        self._app = app
        self._counts = counts
        self._route = route
        self._metrics = metrics
        self._log = log
        self._boot = token_hex(4)

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """The response to one request; see PEP 3333."""
        began = perf_counter()
        number = self._counts.begin()
        given = environ.get("HTTP_X_REQUEST_ID")
        name = f"{self._boot}-{number:x}"
        if given is not None and _ID.fullmatch(given):
            name = given
        status = "500"

        def start(
            line: str, headers: list[tuple[str, str]], exc_info: object = None, /
        ) -> Callable[[bytes], object]:
            nonlocal status
            status = line
            # The list is the server's to change, by PEP 3333.
            headers.append(("X-Request-ID", name))
            if exc_info is None:
                return start_response(line, headers)
            return start_response(line, headers, exc_info)  # type: ignore[arg-type]

        def end(size: int) -> None:
            seconds = perf_counter() - began
            # Only now, because a proxy's prefix is taken off on the way.
            path = environ.get("PATH_INFO", "")
            route = METRICS if path == METRICS else self._route(path)
            method = environ["REQUEST_METHOD"]
            method = method if method in _METHODS else "other"
            self._counts.end((method, route, _CLASSES.get(status[0], "5xx")), seconds)
            if self._log is not None:
                code = int(status[:3])
                self._log(environ, Ended(name, route, code, size, seconds))

        try:
            is_metrics = environ.get("PATH_INFO") == METRICS
            body = (self._told if is_metrics else self._app)(environ, start)
        except BaseException:
            end(0)
            raise
        # A list is a whole answer, which servers send in one piece.
        if type(body) is list:
            end(sum(map(len, body)))
            return body
        return _Body(body, end)

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
                *SAFETY.items(),
            ],
        )
        return [text]


class _Body:
    """A response that is sent piece by piece; it ends when the server closes it."""

    def __init__(self, parts: Iterable[bytes], end: Callable[[int], None]) -> None:
        self._parts = parts
        self._end = end
        self._size = 0
        self._is_open = True

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            self._size += len(part)
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
            self._end(self._size)


def logger(journal: Journal, release: Callable[[], str], *, with_queries: bool) -> Log:
    """A function that writes each request to the access log.

    Args:
        journal: where to.
        release: gives the id of the release that is served.
        with_queries: whether the text of queries is written too.
    """

    def log(environ: WSGIEnvironment, ended: Ended) -> None:
        record: dict[str, object] = {
            "time": _now(),
            "id": ended.id,
            "client": environ.get("REMOTE_ADDR", ""),
            "method": environ["REQUEST_METHOD"][:_LONGEST],
            "path": _path(environ),
            "route": ended.route,
            "status": ended.status,
            "bytes": ended.size,
            "duration_ms": round(ended.seconds * 1000, 3),
            "cache": environ.get(OUTCOME, "past"),
            "release": release(),
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
