"""The query page: the form, and below it the answer or the fault of the query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import make_response, render_template, url_for

from vomkg.errors import VomkgError
from vomkg.formats import by_name, offered
from vomkg.questions.question import DIMENSIONS
from vomkg.web.bars import bars
from vomkg.web.built import shipped_script
from vomkg.web.negotiation import kind_of
from vomkg.web.problems import problem_of
from vomkg.web.view import table

if TYPE_CHECKING:
    from flask import Response

    from vomkg.engine.answer import Answer
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.question import Question
    from vomkg.web.problems import Problem
    from vomkg.web.protocol import Asked

# A page holds this many rows, or characters of a graph; downloads hold all.
PAGE_ROWS: Final = 500
PAGE_CHARACTERS: Final = 100_000
# Proxies take 8 KiB of request line as they come; what is longer is sent by POST.
LONGEST_ADDRESS: Final = 7_000
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


def query_page(kg: KnowledgeGraph, asked: Asked) -> Response:
    """The page for a browser; a fault of the query has its status.

    Args:
        kg: what is asked.
        asked: the query, if there is one yet.
    """
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
    rows = None
    if answer is not None and answer.kind != "boolean":
        rows = table(kg, answer, most=PAGE_ROWS)
    if answer is not None and answer.kind == "graph":
        text = answer.to_bytes(by_name("turtle")).decode()
    return render_template(
        "sparql.html",
        asked=asked,
        default_query=FIRST_QUERY,
        answer=answer,
        table=rows,
        bars=bars(rows, asked.query or "") if rows else None,
        text=text[:PAGE_CHARACTERS],
        is_text_cut=len(text) > PAGE_CHARACTERS,
        problem=problem,
        spot=_spot(asked.query or "", problem),
        formats=[] if answer is None else offered(kind_of(answer)),
        examples=_examples(kg),
        editor_script=shipped_script(),
        longest_address=LONGEST_ADDRESS,
        is_long=_is_long(asked),
    )


def _examples(kg: KnowledgeGraph) -> list[tuple[str, list[Question]]]:
    """The questions that need no value, by the title of their dimension."""
    return [
        (title, found)
        for name, title in DIMENSIONS.items()
        if (found := [q for q in kg.questions.in_dimension(name) if not q.parameters])
    ]


def _is_long(asked: Asked) -> bool:
    """Whether the address of an answer would be longer than proxies take."""
    names: dict[str, Any] = {
        "query": asked.query,
        "default-graph-uri": list(asked.default_graphs),
        "named-graph-uri": list(asked.named_graphs),
    }
    address = url_for("sparql.endpoint", _external=True, **names)
    return len(address) > LONGEST_ADDRESS


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
