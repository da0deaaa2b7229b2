"""The pages that people read: overview, questions and their answers, about."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import (
    Blueprint,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)

from vomkg.engine.binding import bound
from vomkg.errors import ParameterError
from vomkg.formats import by_extension, offered
from vomkg.questions.catalogue import bind
from vomkg.questions.question import DIMENSIONS
from vomkg.web import links, signposts
from vomkg.web.about import about
from vomkg.web.catalogue import in_brief, schema_org
from vomkg.web.claims import caveats, incomparable, notes, statements
from vomkg.web.health import Health
from vomkg.web.negotiation import chosen_format, data_wanted
from vomkg.web.overview import overview
from vomkg.web.problems import problem_of
from vomkg.web.view import table

if TYPE_CHECKING:
    from flask import Response

    from vomkg.engine.answer import Answer
    from vomkg.formats import Format
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.question import Question


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

    @pages.get("/questions")
    def questions() -> str:
        groups = [
            (title, found)
            for name, title in DIMENSIONS.items()
            if (found := kg.questions.in_dimension(name))
        ]
        return render_template("questions.html", groups=groups)

    @pages.get("/questions/<name>")
    def question(name: str) -> Response:
        asked = kg.questions[name]
        wanted = request.args.get("format")
        if wanted or data_wanted():
            form = chosen_format(wanted, "bindings")
            response = _data(kg, asked, form)
        else:
            response = _page(kg, asked)
        response.vary.add("Accept")
        return response

    @pages.get("/questions/<name>.<extension>")
    def question_file(name: str, extension: str) -> Response:
        asked = kg.questions[name]
        # Here, as in every link to it, .json means the results format of SPARQL.
        form = chosen_format(
            extension if extension in {"json", "xml"} else by_extension(extension).name,
            "bindings",
        )
        return _data(kg, asked, form)

    @pages.get("/about")
    def about_page() -> str:
        return render_template("about.html", about=about(kg))

    @pages.get("/healthz")
    def health() -> Response:
        facts, status = state.facts()
        return make_response(jsonify(facts), status)

    return pages


def _values() -> dict[str, str]:
    """The parameters given in the address, each once.

    Raises:
        ParameterError: one is given twice.
    """
    found = {}
    for name, values in request.args.lists():
        if len(values) > 1:
            raise ParameterError(
                f"parameter {name!r} is given {len(values)} times", fix="keep one"
            )
        if name != "format":
            found[name] = values[0]
    return found


def _data(kg: KnowledgeGraph, asked: Question, form: Format) -> Response:
    answer = kg.run(asked.id, **_values())
    response = make_response(answer.to_bytes(form))
    page = url_for("pages.question", name=asked.id, _external=True, **_values())
    signposts.add(page, "alternate", type="text/html")
    response.content_type = form.content_type
    response.headers["Content-Disposition"] = (
        f'inline; filename="{asked.id}.{form.name}"'
    )
    return response


def _page(kg: KnowledgeGraph, asked: Question) -> Response:
    """The question with its form; with its answer as soon as all blanks are filled."""
    choices = kg.choices(asked)
    context = {
        "question": asked,
        "choices": {
            p.name: p.choices or choices.get(p.name, ()) for p in asked.parameters
        },
        "given": request.args,
        "dimension": DIMENSIONS[asked.dimension],
        "sparql": asked.sparql,
    }
    if not asked.is_ready and not request.args:
        return make_response(render_template("question.html", **context))
    try:
        values = _values()
        terms = bind(asked, values, choices)
    except ParameterError as fault:
        problem = problem_of(fault)
        page = render_template("question.html", problem=problem, **context)
        return make_response(page, problem.status, problem.headers)
    for form in offered("bindings"):
        # Here, as in every link to it, .json and .xml mean the results of SPARQL.
        place = url_for(
            "pages.question_file",
            name=asked.id,
            extension=form.name,
            _external=True,
            **values,
        )
        signposts.add(place, "alternate", type=form.media_type)
    context["bound"] = {name: term.value for name, term in terms.items()}
    context["sparql"] = bound(asked.sparql, terms) if terms else asked.sparql
    answer = kg.run(asked.id, **values)
    return make_response(
        render_template("question.html", **context, **_shown(kg, asked, answer))
    )


def _shown(kg: KnowledgeGraph, asked: Question, answer: Answer) -> dict[str, object]:
    """What the page says of an answer besides the question."""
    said = statements(kg, answer)
    return {
        "table": table(kg, answer, question=asked, said=said),
        "caveats": caveats(kg, answer.rows),
        "incomparable": incomparable(kg, answer.rows),
        "notes": notes(kg, answer.rows),
        "query_string": urlencode(_values()),
    }
