"""``/ask``: a question in plain words, as a page and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from flask import Blueprint, jsonify, make_response, render_template, request

from vomkg.ask.asker import EXAMPLE, checked
from vomkg.errors import FormatError, ParameterError
from vomkg.web.answers import shown
from vomkg.web.negotiation import named_by_type
from vomkg.web.problems import problem_of

if TYPE_CHECKING:
    from flask import Response

    from vomkg.ask.reply import Reply
    from vomkg.knowledge import KnowledgeGraph

_FORMS: Final = {"html": "text/html", "json": "application/json"}


def blueprint(kg: KnowledgeGraph) -> Blueprint:
    """The page that takes plain words."""
    pages = Blueprint("ask", __name__)

    @pages.get("/ask")
    def ask() -> Response:
        response = _json(kg) if _form() == "json" else _page(kg)
        response.vary.add("Accept")
        return response

    @pages.app_context_processor
    def box() -> dict[str, object]:
        return {"ask_length": kg.settings.ask_length, "ask_example": EXAMPLE}

    return pages


def _form() -> str:
    """Page or JSON: what is named in the address, else what is preferred.

    Raises:
        FormatError: neither is wanted.
    """
    named = request.args.get("format")
    if named is None:
        named = named_by_type(_FORMS)
    if named not in _FORMS:
        raise FormatError(
            "the outcome of plain words has no such format",
            fix=f"choose from {', '.join(_FORMS)}",
        )
    return named


def _words(kg: KnowledgeGraph) -> str | None:
    """What is asked; None if nothing is.

    Raises:
        ParameterError: a parameter is unknown or given twice, or the words are
            blank or too many.
    """
    for name, values in request.args.lists():
        if name not in {"q", "format"}:
            raise ParameterError(
                f"there is no parameter {name[:40]!r}", fix="its parameters: q, format"
            )
        if len(values) > 1:
            raise ParameterError(
                f"parameter {name!r} is given {len(values)} times", fix="keep one"
            )
    text = request.args.get("q")
    return None if text is None else checked(text, kg.settings.ask_length)


def _json(kg: KnowledgeGraph) -> Response:
    words = _words(kg)
    return make_response(
        jsonify(kg.ask(checked(words or "", kg.settings.ask_length)).fields())
    )


def _page(kg: KnowledgeGraph) -> Response:
    try:
        words = _words(kg)
    except ParameterError as fault:
        problem = problem_of(fault)
        # Of words without end no more comes back than may be asked.
        given = request.args.get("q", "")[: kg.settings.ask_length]
        page = render_template("ask.html", problem=problem, words=given)
        return make_response(page, problem.status, problem.headers)
    if words is None:
        return make_response(render_template("ask.html", words=""))
    reply = kg.ask(words)
    found = {"reply": reply, "words": words, **_shown(kg, reply)}
    return make_response(render_template("ask.html", **found))


def _shown(kg: KnowledgeGraph, reply: Reply) -> dict[str, object]:
    """What the page says of an answer besides the outcome."""
    if not reply or reply.answer is None or reply.question is None:
        return {}
    return {
        **shown(kg, reply.question, reply.answer),
        "tail": f"?{urlencode(reply.parameters)}" if reply.parameters else "",
    }
