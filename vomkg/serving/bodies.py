"""Requests with a body: not so many at a time that they take every thread.

A thread reads a body for as long as its client takes to send it, and nobody can
end the read. Whoever sends many bodies slowly, or not at all, must not keep those
out who send none.
"""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Final

from vomkg.errors import QueueLimitError
from vomkg.serving.address import answered
from vomkg.web.problems import problem_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# Seconds after which to ask again.
_RETRY: Final = 1


class Bodies:
    """A WSGI application that takes so many requests with a body at a time.

    Args:
        app: what answers.
        places: most of them; one more gets 503.
    """

    def __init__(self, app: WSGIApplication, places: int) -> None:
        self._app = app
        self._free = BoundedSemaphore(places)

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """The response to one request; see PEP 3333."""
        if not _has_body(environ):
            return self._app(environ, start_response)
        if not self._free.acquire(blocking=False):
            fault = QueueLimitError(
                "too many requests with a body are under way",
                fix="ask again later, or by GET",
                retry_after=_RETRY,
            )
            return answered(problem_of(fault), start_response)
        try:
            return self._app(environ, start_response)
        finally:
            self._free.release()


def _has_body(environ: WSGIEnvironment) -> bool:
    length = environ.get("CONTENT_LENGTH", "")
    return length not in {"", "0"} or "HTTP_TRANSFER_ENCODING" in environ
