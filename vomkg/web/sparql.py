"""The SPARQL endpoint: the protocol for programs, a page with a form for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, make_response, render_template, request

from vomkg.errors import VomkgError
from vomkg.formats import by_name, offered
from vomkg.web.description import describe
from vomkg.web.links import root
from vomkg.web.negotiation import (
    acceptable,
    chosen_format,
    format_for,
    kind_of,
    page_wanted,
)
from vomkg.web.problems import problem_of
from vomkg.web.protocol import QUERY_TYPE, read_request
from vomkg.web.view import table

if TYPE_CHECKING:
    from flask import Response

    from vomkg.engine.answer import Answer
    from vomkg.engine.writing import Forms
    from vomkg.formats import Kind
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.web.problems import Problem
    from vomkg.web.protocol import Asked

_KINDS: Final[tuple[Kind, ...]] = ("bindings", "graph")
# With every answer of the endpoint.
HEADERS: Final = (
    ("Accept-Query", QUERY_TYPE),
    ("X-Robots-Tag", "noindex"),
    ("Vary", "Accept"),
)
# A page holds this many rows, or characters of a graph; downloads hold all.
PAGE_ROWS: Final = 500
PAGE_CHARACTERS: Final = 100_000
# What stands in the form of a visitor who has not asked yet.
FIRST_QUERY: Final = """\
SELECT ?moderator ?speaker
WHERE {
  ?claim vom:effectDirection vom:ReducesEffect ;
    vom:concernsModerator ?moderator ;
    vom:reportedBy ?speaker .
}
ORDER BY ?speaker ?moderator
"""


def blueprint(kg: KnowledgeGraph) -> Blueprint:
    """The endpoint over one graph."""
    pages = Blueprint("sparql", __name__)

    @pages.route("/sparql", methods=["GET", "POST", "QUERY"])
    def endpoint() -> Response:
        asked = read_request()
        if page_wanted() and not asked.format:
            response = _page(kg, asked)
        elif asked.query is None:
            form = chosen_format(asked.format, "graph")
            response = make_response(describe(kg, f"{root()}sparql", form))
            response.content_type = form.content_type
        else:
            body, headers = answered(kg, asked, request.headers.get("Accept"))
            return make_response(body, dict(headers))
        response.headers.update(HEADERS)
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


def _page(kg: KnowledgeGraph, asked: Asked) -> Response:
    """The form, with the answer or the fault of the query below it."""
    if asked.query is None:
        return make_response(_render(kg, asked))
    try:
        answer = kg.query(asked.text)
    except VomkgError as fault:
        problem = problem_of(fault)
        page = _render(kg, asked, problem=problem)
        return make_response(page, problem.status, problem.headers)
    return make_response(_render(kg, asked, answer=answer))


def _render(
    kg: KnowledgeGraph,
    asked: Asked,
    *,
    answer: Answer | None = None,
    problem: Problem | None = None,
) -> str:
    text = ""
    if answer is not None and answer.kind == "graph":
        text = answer.to_bytes(by_name("turtle")).decode()
    return render_template(
        "sparql.html",
        asked=asked,
        default_query=FIRST_QUERY,
        answer=answer,
        table=None
        if answer is None or answer.kind == "boolean"
        else table(kg, answer, most=PAGE_ROWS),
        text=text[:PAGE_CHARACTERS],
        is_text_cut=len(text) > PAGE_CHARACTERS,
        problem=problem,
        spot=_spot(asked.query or "", problem),
        formats=[] if answer is None else offered(kind_of(answer)),
        questions=kg.questions,
    )


def _spot(query: str, problem: Problem | None) -> tuple[int, str, str, str] | None:
    """The faulty line: its number, and it before, at and after the fault."""
    lines = query.splitlines()
    if problem is None or problem.line is None or problem.line > len(lines):
        return None
    line = lines[problem.line - 1]
    at = max((problem.column or 1) - 1, 0)
    end = at + 1
    while end < len(line) and not line[end].isspace():
        end += 1
    return problem.line, line[:at], line[at:end], line[end:]
