"""The pages that people read: overview, questions, about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    jsonify,
    make_response,
    redirect,
    render_template,
    url_for,
)

from vomkg.web import links, questions
from vomkg.web.about import about
from vomkg.web.catalogue import in_brief, schema_org
from vomkg.web.health import Health
from vomkg.web.negotiation import data_wanted
from vomkg.web.overview import overview

if TYPE_CHECKING:
    from flask import Response

    from vomkg.knowledge import KnowledgeGraph


def blueprint(kg: KnowledgeGraph) -> Blueprint:
    """The pages over one graph."""
    pages = Blueprint("pages", __name__)
    state = Health(kg)

    @pages.get("/")
    def home() -> Response:
        described = schema_org(kg, links.root())
        if described and data_wanted():
            # The address of the whole: what it is, in RDF.
            found: Response = redirect(url_for("descriptions.void"), 303)  # type: ignore[assignment]
        else:
            page = render_template(
                "overview.html", overview=overview(kg), schema_org=in_brief(described)
            )
            found = make_response(page)
        found.vary.add("Accept")
        return found

    questions.add(pages, kg)

    @pages.get("/about")
    def about_page() -> str:
        return render_template("about.html", about=about(kg))

    @pages.get("/healthz")
    def health() -> Response:
        facts, status = state.facts()
        return make_response(jsonify(facts), status)

    return pages
