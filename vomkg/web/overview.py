"""The overview: shipped questions asked at once, and laid out by what they show.

Every number on the page comes out of an answer; the page knows only which
questions to ask and in which order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from vomkg.questions.cell import cell
from vomkg.web.claims import caveats, incomparable, statements
from vomkg.web.view import table

if TYPE_CHECKING:
    from vomkg.engine.answer import Answer
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.cell import Cell
    from vomkg.questions.question import Question
    from vomkg.web.claims import Incomparable, Said
    from vomkg.web.view import Table

Layout = Literal["table", "matrix", "cards"]

HEADLINES: Final = (
    "overall-effect",
    "effect-by-study-quality",
    "effect-by-follow-up",
    "economic-evidence",
)
SECTIONS: Final[tuple[tuple[str, Layout], ...]] = (
    ("emmie-matrix", "matrix"),
    ("effect-by-study-quality", "table"),
    ("effect-by-follow-up", "table"),
    ("moderators-that-reduce-effect", "table"),
    ("moderator-findings", "table"),
    ("where-reviews-disagree", "cards"),
    ("where-reviews-agree", "cards"),
    ("evidence-gaps", "table"),
)


@dataclass(frozen=True, slots=True)
class Headline:
    """One line of the short answer: what claims say on one question."""

    question: Question
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Square:
    """One field of a matrix: a symbol, its word, and the numbers behind it."""

    symbol: str
    word: str
    detail: str
    is_absent: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """An answer with one row for each pair of things, as rows and columns."""

    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, tuple[Square | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One thing, what is said of it, and the claims it holds together."""

    head: Cell
    said: Said | None
    claims: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the overview."""

    question: Question
    layout: Layout
    table: Table
    matrix: Matrix | None
    cards: tuple[Card, ...]
    caveats: tuple[Said, ...]
    incomparable: Incomparable | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the overview shows."""

    headlines: tuple[Headline, ...]
    caveats: tuple[Said, ...]
    incomparable: Incomparable | None
    sections: tuple[Section, ...]


def overview(kg: KnowledgeGraph) -> Overview:
    """The overview of a graph; questions that it does not have are left out."""
    asked = {name for name, _ in SECTIONS} | set(HEADLINES)
    answers = {name: kg.run(name) for name in asked if name in kg.questions}
    headlines = tuple(
        Headline(kg.questions[name], said)
        for name in HEADLINES
        if name in answers and (said := tuple(statements(kg, answers[name]).values()))
    )
    rows = [row for name in HEADLINES if name in answers for row in answers[name].rows]
    return Overview(
        headlines=headlines,
        caveats=caveats(kg, rows),
        incomparable=incomparable(kg, rows),
        sections=tuple(
            _section(kg, kg.questions[name], answers[name], layout)
            for name, layout in SECTIONS
            if name in answers
        ),
    )


def _section(
    kg: KnowledgeGraph, question: Question, answer: Answer, layout: Layout
) -> Section:
    said = statements(kg, answer)
    return Section(
        question=question,
        layout=layout,
        table=table(kg, answer, question=question, said=said),
        matrix=_matrix(kg, answer) if layout == "matrix" else None,
        cards=_cards(kg, answer, said) if layout == "cards" else (),
        caveats=caveats(kg, answer.rows),
        incomparable=incomparable(kg, answer.rows),
    )


def _matrix(kg: KnowledgeGraph, answer: Answer) -> Matrix:
    """Rows by the first column, columns by the second, counts in the fields."""
    down, across, *counts = answer.columns
    squares = {}
    for row in answer.rows:
        found = {
            name: int(term.value) for name in counts if (term := row[name]) is not None
        }
        squares[row[down], row[across]] = _square(found)
    heads = list(dict.fromkeys(row[across] for row in answer.rows))
    return Matrix(
        columns=tuple(cell(head, kg.label) for head in heads),
        rows=tuple(
            (
                cell(side, kg.label),
                tuple(squares.get((side, head)) for head in heads),
            )
            for side in dict.fromkeys(row[down] for row in answer.rows)
        ),
    )


def _square(counts: dict[str, int]) -> Square:
    """The first count says what is there, the others what is said to be missing."""
    present, *missing = counts.values()
    detail = ", ".join(f"{name} {count}" for name, count in counts.items())
    if present:
        return Square("■", "Evidence", detail, is_absent=False)
    if any(missing):
        return Square("✕", "Stated to be missing", detail, is_absent=True)
    return Square("○", "Nothing said", detail, is_absent=True)


def _cards(
    kg: KnowledgeGraph, answer: Answer, said: dict[str, Said]
) -> tuple[Card, ...]:
    """One card for each thing in the first column, with the claims beside it."""
    head, *others = answer.columns
    grouped: dict[str, list[Said]] = {}
    heads = {}
    for row in answer.rows:
        if (term := row[head]) is None:
            continue
        heads[term.value] = term
        claims = grouped.setdefault(term.value, [])
        claims += [
            said[value.value]
            for name in others
            if (value := row[name]) is not None
            and value.value in said
            and said[value.value] not in claims
        ]
    return tuple(
        Card(cell(heads[iri], kg.label), said.get(iri), tuple(claims))
        for iri, claims in grouped.items()
    )
