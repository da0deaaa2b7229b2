"""Queries by GET, answered before Flask is entered.

Entering it costs a program as much as a small answer does. What is not plainly a
query for data goes on to the front end, which also tells every fault of a request;
tests hold that both answer alike.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

from vomkg.errors import VomkgError
from vomkg.web import HEADERS
from vomkg.web.negotiation import prefers_page
from vomkg.web.problems import PROBLEM_TYPE, problem_of
from vomkg.web.protocol import Asked, asked_by
from vomkg.web.sparql import answered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from vomkg.knowledge import KnowledgeGraph

_PATH: Final = "/sparql"


class Direct:
    """A WSGI application that answers as the one behind it, queries at once.

    Args:
        app: the front end.
        kg: the graph that it answers from.
        link: gives the Link header of an answer by the request and its query.
    """

    def __init__(
        self,
        app: WSGIApplication,
        kg: KnowledgeGraph,
        link: Callable[[WSGIEnvironment, str], str | None] | None = None,
    ) -> None:
        self._app = app
        self._kg = kg
        self._link = link

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """The response to one request; see PEP 3333."""
        asked = _asked(environ)
        if asked is None:
            return self._app(environ, start_response)
        status = HTTPStatus.OK
        try:
            body, headers = answered(self._kg, asked, environ.get("HTTP_ACCEPT"))
            link = self._link(environ, asked.query or "") if self._link else None
            headers += [("Link", link)] if link else []
        except VomkgError as error:
            problem = problem_of(error)
            status = HTTPStatus(problem.status)
            body = problem.to_json()
            headers = [("Content-Type", PROBLEM_TYPE), *problem.headers.items()]
        except Exception:  # noqa: BLE001  a fault of ours, which the front end tells
            return self._app(environ, start_response)
        headers += [("Content-Length", str(len(body))), *HEADERS.items()]
        start_response(f"{status.value} {status.phrase.upper()}", headers)
        return [body]


def _asked(environ: WSGIEnvironment) -> Asked | None:
    """The query for data; None for any other request, and for a faulty one."""
    if environ["REQUEST_METHOD"] != "GET" or environ.get("PATH_INFO") != _PATH:
        return None
    if prefers_page(environ.get("HTTP_ACCEPT")):
        return None
    encoded = environ.get("QUERY_STRING", "").encode("latin-1")
    # Clients may leave characters unencoded; PEP 3333 hands them out as Latin-1.
    text = encoded.decode("utf-8", "replace")
    values = MultiDict(parse_qsl(text, keep_blank_values=True))
    try:
        asked = asked_by(encoded, [values])
    except VomkgError:
        return None
    return None if asked.query is None else asked
