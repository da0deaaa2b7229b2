"""Errors over HTTP: problem details for programs, the same facts as a page.

RFC 9457 names the fields; a browser gets them as HTML with the same status. No
answer ever carries a traceback or a path of this machine.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import make_response, render_template
from werkzeug.exceptions import HTTPException

from vomkg.errors import VomkgError
from vomkg.web.negotiation import page_wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask, Response

PROBLEM_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """One error in the terms of RFC 9457.

    Attributes:
        status: the HTTP status.
        title: the kind of error, the same for each of its kind.
        detail: what is wrong this time, in one sentence.
        fix: what to do next, if there is something to say.
        line: 1-based line in the query, if known.
        column: 1-based column in the query, if known.
        retry_after: seconds after which to ask again, if that may help.
    """

    status: int
    title: str
    detail: str
    fix: str | None = None
    line: int | None = None
    column: int | None = None
    retry_after: int | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The headers of an answer that carries it."""
        found = {"Cache-Control": "no-store"}
        if self.retry_after is not None:
            found["Retry-After"] = str(self.retry_after)
        return found

    def fields(self) -> dict[str, str | int]:
        """The members of the JSON object, leaving out what is not known."""
        found: dict[str, str | int | None] = {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "fix": self.fix,
            "line": self.line,
            "column": self.column,
        }
        return {key: value for key, value in found.items() if value is not None}

    def to_json(self) -> bytes:
        """The body of an answer that carries it, as JSON."""
        return (json.dumps(self.fields(), ensure_ascii=False) + "\n").encode()


def problem_of(error: VomkgError) -> Problem:
    """The problem that one of our errors is."""
    # A path would tell a stranger about this machine; line and column do not.
    return Problem(
        status=error.status,
        title=error.title,
        detail=_sentence(error.message),
        fix=_sentence(error.fix) if error.fix else None,
        line=error.line,
        column=error.column,
        retry_after=error.retry_after,
    )


def register(app: Flask) -> None:
    """Let the app answer every error by a problem or an error page."""

    @app.errorhandler(VomkgError)
    def ours(error: VomkgError) -> Response:
        return respond(problem_of(error))

    @app.errorhandler(HTTPException)
    def theirs(error: HTTPException) -> Response:
        status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
        problem = Problem(
            status=status.value,
            title=status.phrase,
            detail=_DETAILS.get(status) or error.description or "",
        )
        response = respond(problem)
        # Allow with 405, Retry-After and the like belong to the status.
        for name, value in error.get_headers():
            if name.lower() not in {"content-type", "content-length"}:
                response.headers[name] = value
        return response


def respond(problem: Problem, near: Sequence[tuple[str, str]] = ()) -> Response:
    """The problem as the client prefers it: HTML, else JSON.

    Args:
        problem: what is wrong.
        near: words and address of what may be meant, for a page.
    """
    if page_wanted():
        body = render_template("error.html", problem=problem, near=near)
        response = make_response(body, problem.status)
    else:
        response = make_response(problem.to_json(), problem.status)
        response.content_type = PROBLEM_TYPE
    response.headers.update(problem.headers)
    return response


_DETAILS = {
    HTTPStatus.NOT_FOUND: "Nothing is kept at this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take that method.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The request is larger than is accepted.",
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "Something went wrong here; the fault is ours and has been logged."
    ),
}


def _sentence(text: str) -> str:
    """An error message, which has no capital and no full stop, as a sentence."""
    return f"{text[:1].upper()}{text[1:]}."
