"""The SPARQL endpoint: the protocol for programs, a page with a form for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, make_response, request

from vomkg.web.description import describe
from vomkg.web.links import root
from vomkg.web.negotiation import (
    acceptable,
    chosen_format,
    format_for,
    page_wanted,
)
from vomkg.web.protocol import QUERY_TYPE, read_request
from vomkg.web.query_page import query_page
from vomkg.web.suggestions import suggestions

if TYPE_CHECKING:
    from vomkg.engine.writing import Forms
    from vomkg.formats import Kind
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.web.protocol import Asked

_KINDS: Final[tuple[Kind, ...]] = ("bindings", "graph")
# With every answer of the endpoint.
HEADERS: Final = (
    ("Accept-Query", QUERY_TYPE),
    ("X-Robots-Tag", "noindex"),
    ("Vary", "Accept"),
)


def blueprint(kg: KnowledgeGraph) -> Blueprint:
    """The endpoint over one graph."""
    pages = Blueprint("sparql", __name__)

    @pages.route("/sparql", methods=["GET", "POST", "QUERY"])
    def endpoint() -> Response:
        asked = read_request()
        if page_wanted() and not asked.format:
            response = query_page(kg, asked)
        elif asked.query is None:
            form = chosen_format(asked.format, "graph")
            response = make_response(describe(kg, f"{root()}sparql", form))
            response.content_type = form.content_type
        else:
            body, headers = answered(kg, asked, request.headers.get("Accept"))
            return make_response(body, dict(headers))
        response.headers.update(HEADERS)
        return response

    @pages.get("/sparql/terms.json")
    def suggested() -> Response:
        found = suggestions(kg)
        body = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        response = Response(f"{body}\n", content_type="application/json")
        response.headers["X-Robots-Tag"] = "noindex"
        if found["is_partial"]:
            # The next one who asks may get all of it.
            response.headers["Cache-Control"] = "no-store"
        return response

    return pages


def answered(
    kg: KnowledgeGraph, asked: Asked, accept: str | None
) -> tuple[bytes, list[tuple[str, str]]]:
    """The answer of a query as data: the body, and the headers that belong to it.

    Args:
        kg: what answers.
        asked: the query, and the format it names.
        accept: the Accept header, if there is one.

    Raises:
        FormatError: no format fits what is asked for and the kind of the answer.
        VomkgError: the query is refused, or reaches a limit.
    """
    name = asked.format
    forms: Forms = {kind: acceptable(accept, name, kind) for kind in _KINDS}
    written = kg.written(asked.text, forms)
    # Asked again where nothing fitted, so that the error says what would.
    form = format_for(accept, name, "graph" if written.kind == "graph" else "bindings")
    return written.body, [
        ("Content-Type", form.content_type),
        ("Content-Disposition", f'inline; filename="answer.{form.extension}"'),
        *HEADERS,
    ]
