"""``/numbers`` and ``/numbers/SLUG``: each printed number, and six faces of it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect, render_template, url_for

from vomkg.claims import caveats, notes
from vomkg.errors import UnknownNameError, VomkgError
from vomkg.formats import by_name
from vomkg.namespaces import THINGS
from vomkg.web import signposts
from vomkg.web.negotiation import data_wanted, page_wanted
from vomkg.web.numbers.number import (
    QUESTION,
    groups,
    number,
    numbers,
    whole_query,
)
from vomkg.web.numbers.picture import picture
from vomkg.web.numbers.triples import construct
from vomkg.web.problems import problem_of, respond

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from vomkg.knowledge import KnowledgeGraph

_NEAREST = 3


def blueprint(kg: KnowledgeGraph) -> Blueprint:
    """The pages of numbers over one graph."""
    pages = Blueprint("numbers", __name__)

    @pages.get("/numbers")
    def index() -> AnyResponse:
        return _index(kg)

    @pages.get("/numbers/<slug>")
    def one(slug: str) -> AnyResponse:
        return _one(kg, slug)

    address = _addresses(kg)

    @pages.app_context_processor
    def links() -> dict[str, object]:
        return {"number_address": address}

    return pages


def _addresses(kg: KnowledgeGraph) -> Callable[[str | None], str | None]:
    """What gives the address of a number's page; None for what is no number."""
    known: set[str] = set()
    is_read = False

    def address(iri: str | None) -> str | None:
        nonlocal is_read
        if iri is None or not iri.startswith(THINGS):
            return None
        if not is_read:
            try:
                known.update(item.iri for item in numbers(kg))
            except VomkgError:
                # A link less is no reason to fail: the next page asks again.
                return None
            is_read = True
        if iri not in known:
            return None
        return url_for("numbers.one", slug=iri.removeprefix(THINGS))

    return address


def _index(kg: KnowledgeGraph) -> AnyResponse:
    if QUESTION in kg.questions and data_wanted():
        found: AnyResponse = redirect(
            url_for("sparql.endpoint", query=whole_query(kg)), 303
        )
    else:
        shown = groups(kg, numbers(kg))
        sparql = whole_query(kg) if shown else ""
        page = render_template("numbers.html", groups=shown, sparql=sparql)
        found = make_response(page)
    found.vary.add("Accept")
    return found


def _one(kg: KnowledgeGraph, slug: str) -> AnyResponse:
    try:
        item, answer = number(kg, slug)
    except UnknownNameError as fault:
        return _unknown(kg, slug, fault)
    if data_wanted():
        found: AnyResponse = redirect(url_for("things.document", name=item.slug), 303)
        found.vary.add("Accept")
        return found
    for form in ("csv", "json"):
        place = url_for(
            "pages.question_file",
            name=QUESTION,
            extension=form,
            number=item.iri,
            _external=True,
        )
        signposts.add(place, "alternate", type=by_name(form).media_type)
    triples = kg.query(construct(whole_query(kg, item.iri)))
    page = render_template(
        "number.html",
        number=item,
        question=kg.questions[QUESTION],
        picture=picture(item),
        sparql=answer.query,
        construct=construct(whole_query(kg, item.iri)),
        turtle=triples.to_bytes(by_name("turtle")).decode(),
        caveats=caveats(kg, answer.rows),
        notes=notes(kg, answer.rows),
    )
    found = make_response(page)
    found.vary.add("Accept")
    return found


def _unknown(kg: KnowledgeGraph, slug: str, fault: UnknownNameError) -> Response:
    """The nearest numbers, by what they are called in an address or in print."""
    if not page_wanted():
        return respond(problem_of(fault))
    by_name_or_form = {}
    for item in numbers(kg):
        by_name_or_form[item.slug] = item
        by_name_or_form.setdefault(item.cells["reported"].text, item)
    # Only so much of a long name is compared.
    close = get_close_matches(slug[:80], by_name_or_form, n=2 * _NEAREST, cutoff=0.0)
    nearest = list(
        {by_name_or_form[key].slug: by_name_or_form[key] for key in close}.values()
    )
    return respond(
        problem_of(fault),
        near=[
            (
                f"{item.cells['reported'].text}: {item.label}",
                f"{url_for('numbers.one', slug=item.slug)}",
            )
            for item in nearest[:_NEAREST]
        ],
    )
