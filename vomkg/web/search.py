"""``/search``: things by words, as a page, as JSON and as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, jsonify, make_response, render_template, request

from vomkg.errors import FormatError, ParameterError, UnknownNameError
from vomkg.formats import by_name
from vomkg.search.searcher import checked
from vomkg.web.browse.listing import page_number, paged
from vomkg.web.negotiation import named_by_type
from vomkg.web.problems import problem_of

if TYPE_CHECKING:
    from flask import Response

    from vomkg.knowledge import KnowledgeGraph
    from vomkg.search.hits import Hits

_FORMS: Final = {
    "html": "text/html",
    "json": "application/json",
    "csv": "text/csv",
}
_PARAMETERS: Final = ("q", "class", "page", "format")
# Every hit, however many there are.
_ALL: Final = 1 << 62


def blueprint(kg: KnowledgeGraph) -> Blueprint:
    """The page that takes words to search for."""
    pages = Blueprint("search", __name__)

    @pages.get("/search")
    def search() -> Response:
        form = _form()
        response = _page(kg) if form == "html" else _data(kg, form)
        response.vary.add("Accept")
        return response

    @pages.app_context_processor
    def box() -> dict[str, object]:
        return {"search_length": kg.settings.search_length}

    return pages


def _form() -> str:
    """Page, JSON or CSV: what is named in the address, else what is preferred.

    Raises:
        FormatError: none of them is wanted.
    """
    named = request.args.get("format")
    if named is None:
        named = named_by_type(_FORMS)
    if named not in _FORMS:
        raise FormatError(
            "hits have no such format", fix=f"choose from {', '.join(_FORMS)}"
        )
    return named


def _given() -> dict[str, str]:
    """The parameters of the address, but for those that are left empty.

    Raises:
        ParameterError: one is unknown or given twice.
    """
    for name, values in request.args.lists():
        if name not in _PARAMETERS:
            raise ParameterError(
                f"there is no parameter {name[:40]!r}",
                fix=f"its parameters: {', '.join(_PARAMETERS)}",
            )
        if len(values) > 1:
            raise ParameterError(
                f"parameter {name!r} is given {len(values)} times", fix="keep one"
            )
    return {name: value for name, value in request.args.items() if value}


def _hits(kg: KnowledgeGraph, limit: int, start: int = 0) -> Hits:
    """What the words of the address find.

    Raises:
        ParameterError: there are none or too many, or the class is unknown.
    """
    given = _given()
    try:
        return kg.search(given.get("q", ""), given.get("class"), limit, start)
    except UnknownNameError as fault:
        # The page is there; what it is asked with is not.
        raise ParameterError(fault.message, fix=fault.fix) from fault


def _data(kg: KnowledgeGraph, form: str) -> Response:
    if form == "csv":
        csv = by_name("csv")
        response = make_response(_hits(kg, _ALL).answer().to_bytes(csv))
        response.content_type = csv.content_type
        response.headers["Content-Disposition"] = 'inline; filename="hits.csv"'
        return response
    size = kg.settings.list_page
    number = page_number(_given())
    hits = _hits(kg, size, (number - 1) * size)
    pages = paged(hits.total, number, size)
    return make_response(
        jsonify({**hits.fields(), "page": number, "pages": pages.last, "size": size})
    )


def _page(kg: KnowledgeGraph) -> Response:
    size = kg.settings.list_page
    try:
        given = _given()
        if "q" not in request.args:
            return make_response(render_template("search.html", words="", given={}))
        words = checked(given.get("q", ""), kg.settings.search_length)
        number = page_number(given)
        hits = _hits(kg, size, (number - 1) * size)
        pages = paged(hits.total, number, size)
    except ParameterError as fault:
        problem = problem_of(fault)
        # Of words without end no more comes back than may be searched for.
        shown = request.args.get("q", "")[: kg.settings.search_length]
        page = render_template("search.html", words=shown, given={}, problem=problem)
        return make_response(page, problem.status, problem.headers)
    given.pop("format", None)
    given.pop("page", None)
    return make_response(
        render_template("search.html", words=words, given=given, hits=hits, pages=pages)
    )
