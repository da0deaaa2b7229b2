"""Pictures of answers, and their rows with caveats, as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, make_response, url_for

from vomkg.charts import drawn
from vomkg.charts.labelled import labelled_csv
from vomkg.charts.numbers import capital
from vomkg.errors import NoPictureError
from vomkg.web import signposts
from vomkg.web.given import values_given, with_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response

    from vomkg.charts import Figure
    from vomkg.engine.answer import Answer
    from vomkg.knowledge import KnowledgeGraph

SVG = "image/svg+xml"
PNG = "image/png"


def blueprint(kg: KnowledgeGraph) -> Blueprint:
    """The pictures of one graph's questions."""
    pictures = Blueprint("pictures", __name__)
    pictures.add_app_template_filter(capital, "capitalise")

    def asked(name: str) -> Answer:
        return kg.run(kg.questions[name].id, **values_given(kg.settings))

    def file(
        body: str | bytes, name: str, extension: str, content_type: str
    ) -> Response:
        page = url_for("pages.question", name=name, _external=True)
        signposts.add(
            with_values(page, values_given(kg.settings)), "alternate", type="text/html"
        )
        return _file(body, f"{name}.{extension}", content_type)

    def made(name: str) -> Figure:
        return drawn(kg, name, asked(name))

    @pictures.get("/questions/<name>.svg")
    def svg(name: str) -> Response:
        return file(made(name).svg, name, "svg", SVG)

    @pictures.get("/questions/<name>.png")
    def png(name: str) -> Response:
        return file(made(name).png, name, "png", PNG)

    @pictures.get("/questions/<name>.table.csv")
    def labelled(name: str) -> Response:
        text = labelled_csv(kg, asked(name))
        return file(text, name, "table.csv", "text/csv; charset=utf-8")

    return pictures


def announced(
    kg: KnowledgeGraph, name: str, answer: Answer, values: Mapping[str, str]
) -> tuple[Figure | None, str]:
    """The picture for the page at hand, which from now on links its files.

    Without one, why there is none, if the question is one that is drawn.

    Args:
        kg: what was asked.
        name: the question.
        answer: its answer.
        values: the parameters in the address.
    """
    try:
        found = drawn(kg, name, answer)
    except NoPictureError as fault:
        is_drawn = kg.questions[name].chart != "table" and answer.rows
        return None, fault.message if is_drawn else ""
    for endpoint, media_type in (("svg", SVG), ("png", PNG)):
        place = url_for(f"pictures.{endpoint}", name=name, _external=True)
        signposts.add(with_values(place, values), "alternate", type=media_type)
    return found, ""


def _file(body: str | bytes, name: str, content_type: str) -> Response:
    response = make_response(body)
    response.content_type = content_type
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
