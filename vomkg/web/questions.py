"""``/questions``: all that have a name, and each with its form and its answer."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from flask import make_response, render_template, request, url_for

from vomkg.engine.binding import bound
from vomkg.errors import ParameterError, UnknownNameError
from vomkg.formats import by_extension, offered
from vomkg.questions.catalogue import bind
from vomkg.questions.cell import cell
from vomkg.questions.question import DIMENSIONS
from vomkg.web import signposts
from vomkg.web.answers import shown
from vomkg.web.given import values_given, with_values
from vomkg.web.negotiation import chosen_format, data_wanted
from vomkg.web.pictures import announced
from vomkg.web.problems import problem_of, respond
from vomkg.web.snippets import snippets
from vomkg.web.things.citation import citation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from flask import Blueprint, Response

    from vomkg.engine.results import Term
    from vomkg.formats import Format
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.question import Choice, Question
    from vomkg.web.things.citation import Citation

_NEAREST: Final = 3
# Of a wrong name no more is compared, or comes back.
_NAME: Final = 80


def add(pages: Blueprint, kg: KnowledgeGraph) -> None:
    """Let a blueprint answer for the questions of a graph."""

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
        if name not in kg.questions:
            return _unknown(kg, name)
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
        if name not in kg.questions:
            return _unknown(kg, name)
        # Here, as in every link to it, .json means the results format of SPARQL.
        form = chosen_format(
            extension if extension in {"json", "xml"} else by_extension(extension).name,
            "bindings",
        )
        return _data(kg, kg.questions[name], form)


def _unknown(kg: KnowledgeGraph, name: str) -> Response:
    """A problem that names the three nearest questions, and leads there."""
    name = name[:_NAME]
    known = [item.id for item in kg.questions]
    close = get_close_matches(name, known, _NEAREST, cutoff=0.0)
    fault = UnknownNameError(
        f"no question is called {name!r}",
        fix=f"nearest names: {', '.join(close)}" if close else None,
    )
    near = [
        (kg.questions[item].question, url_for("pages.question", name=item))
        for item in close
    ]
    return respond(problem_of(fault), near)


def _values(kg: KnowledgeGraph) -> dict[str, str]:
    """The parameters of a question in the address; the format is none of them.

    Raises:
        ParameterError: one is given twice, or is too long.
    """
    found = values_given(kg.settings)
    found.pop("format", None)
    return found


def _data(kg: KnowledgeGraph, asked: Question, form: Format) -> Response:
    values = _values(kg)
    answer = kg.run(asked.id, **values)
    response = make_response(answer.to_bytes(form))
    page = url_for("pages.question", name=asked.id, _external=True)
    signposts.add(with_values(page, values), "alternate", type="text/html")
    response.content_type = form.content_type
    response.headers["Content-Disposition"] = (
        f'inline; filename="{asked.id}.{form.name}"'
    )
    return response


def _file(asked: Question, form: str, values: Mapping[str, str]) -> str:
    """The address of the answer in a format."""
    path = url_for("pages.question_file", name=asked.id, extension=form, _external=True)
    return with_values(path, values)


def _page(kg: KnowledgeGraph, asked: Question) -> Response:
    """The question with its form; with its answer as soon as all blanks are filled."""
    choices = kg.choices(asked)
    every = {p.name: p.choices or choices.get(p.name, ()) for p in asked.parameters}
    longest = kg.settings.ask_length
    context = {
        "question": asked,
        "choices": every,
        # Of words without end no more comes back than may be given.
        "given": {name: value[:longest] for name, value in request.args.items()},
        "dimension": DIMENSIONS[asked.dimension],
        "sparql": asked.sparql,
    }
    if not asked.is_ready and not request.args:
        return make_response(render_template("question.html", **context))
    try:
        values = _values(kg)
        terms = bind(asked, values, choices)
    except ParameterError as fault:
        problem = problem_of(fault)
        page = render_template(
            "question.html", problem=problem, near=_near(asked, every), **context
        )
        return make_response(page, problem.status, problem.headers)
    for form in offered("bindings"):
        place = _file(asked, form.name, values)
        signposts.add(place, "alternate", type=form.media_type)
    answer = kg.run(asked.id, **values)
    full = {name: term.value for name, term in terms.items()}
    figure, why_none = announced(kg, asked.id, answer, values)
    page = render_template(
        "question.html",
        **context
        | {
            "bound": full,
            "sparql": bound(asked.sparql, terms) if terms else asked.sparql,
            "query_string": urlencode(values),
            "snippets": snippets(asked, full, _file(asked, "csv", full)),
            "cite": _citing(kg, asked, terms),
            "figure": figure,
            "why_no_figure": why_none,
            **shown(kg, asked, answer),
        },
    )
    return make_response(page)


def _citing(
    kg: KnowledgeGraph, asked: Question, terms: Mapping[str, Term]
) -> Callable[[str], Citation | None]:
    """What makes a citation of the answer, given its permanent address."""
    labels = {parameter.name: parameter.label for parameter in asked.parameters}
    given = [f"{labels[n]}: {cell(term, kg.label).text}" for n, term in terms.items()]
    title = f"{asked.question} ({', '.join(given)})" if given else asked.question
    return lambda address: citation(asked.id, title, address, kg.release)


def _near(
    asked: Question, choices: Mapping[str, Sequence[Choice]]
) -> list[tuple[str, str]]:
    """The nearest allowed values for those given, as words and addresses."""
    found: list[tuple[str, str]] = []
    for parameter in asked.parameters:
        given = request.args.get(parameter.name, "")[:_NAME].casefold()
        allowed = choices[parameter.name]
        values = {choice.value for choice in allowed}
        if not given or given in values:
            continue
        by_words: dict[str, Choice] = {}
        for choice in allowed:
            by_words.setdefault(choice.label.casefold(), choice)
            by_words.setdefault(choice.value.rsplit("/", 1)[-1].casefold(), choice)
        close = get_close_matches(given, by_words, 2 * _NEAREST, cutoff=0.0)
        nearest = list(dict.fromkeys(by_words[words] for words in close))[:_NEAREST]
        for choice in nearest:
            path = url_for("pages.question", name=asked.id)
            query = urlencode({parameter.name: choice.value})
            found.append((f"{parameter.label}: {choice.label}", f"{path}?{query}"))
    return found
