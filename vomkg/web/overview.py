"""The overview: shipped questions asked once each, and laid out by what they show.

Every number on the page comes out of an answer; the page knows only which
questions to ask and in which order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from vomkg.charts import figure
from vomkg.claims import caveats, incomparable, said_in, things
from vomkg.questions.cell import cell
from vomkg.questions.question import DIMENSIONS
from vomkg.web.view import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.charts import Figure
    from vomkg.claims import Incomparable, Said
    from vomkg.engine.answer import Answer
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.cell import Cell
    from vomkg.questions.question import Question
    from vomkg.web.view import Table

Layout = Literal["picture", "cards", "table"]

HEADLINES: Final = (
    "overall-effect",
    "effect-by-study-quality",
    "effect-by-follow-up",
    "economic-evidence",
)
SECTIONS: Final[tuple[tuple[str, Layout], ...]] = (
    ("emmie-matrix", "picture"),
    ("effect-by-study-quality", "picture"),
    ("effect-by-follow-up", "picture"),
    ("moderator-findings", "picture"),
    ("where-reviews-disagree", "cards"),
    ("where-reviews-agree", "cards"),
    ("evidence-gaps", "table"),
)
_DRAWN: Final = {*HEADLINES, *(n for n, layout in SECTIONS if layout == "picture")}
# The first letters of these five are the word EMMIE.
EMMIE: Final = ("effect", "mechanism", "moderator", "implementation", "economics")


@dataclass(frozen=True, slots=True)
class Headline:
    """One line of the short answer.

    Attributes:
        question: that it answers.
        finding: what its picture shows, where it has one.
        said: what claims say on it; those with a number, if any has one.
        also: what the other claims say.
    """

    question: Question
    finding: str | None
    said: tuple[Said, ...]
    also: tuple[Said, ...]

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who speaks, each once."""
        return tuple(dict.fromkeys(item.speaker for item in self.said))


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
    figure: Figure | None
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
    dimensions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with its answer, what its claims say, and its picture."""

    question: Question
    answer: Answer
    said: Mapping[str, Said]
    figure: Figure | None


def overview(kg: KnowledgeGraph) -> Overview:
    """The overview of a graph; questions that it does not have are left out."""
    asked = _asked(kg)
    headlines = [_headline(asked[name]) for name in HEADLINES if name in asked]
    rows = [row for n in HEADLINES if n in asked for row in asked[n].answer.rows]
    return Overview(
        headlines=tuple(line for line in headlines if line.said),
        caveats=caveats(kg, rows),
        incomparable=incomparable(kg, rows),
        sections=tuple(
            _section(kg, asked[name], layout)
            for name, layout in SECTIONS
            if name in asked
        ),
        dimensions=tuple(DIMENSIONS[name] for name in EMMIE),
    )


def _asked(kg: KnowledgeGraph) -> dict[str, _Asked]:
    """Each question of the page that there is, asked once."""
    names = dict.fromkeys([*HEADLINES, *(name for name, _ in SECTIONS)])
    answers = {name: kg.run(name) for name in names if name in kg.questions}
    rows = [row for answer in answers.values() for row in answer.rows]
    told = said_in(kg, rows)
    found = {}
    for name, answer in answers.items():
        question = kg.questions[name]
        drawable = question.chart != "table" and name in _DRAWN
        found[name] = _Asked(
            question,
            answer,
            {
                term.value: told[term.value]
                for term in things(answer.rows)
                if term.value in told
            },
            figure(kg, name, answer) if drawable else None,
        )
    return found


def _headline(asked: _Asked) -> Headline:
    everything = tuple(asked.said.values())
    said = tuple(item for item in everything if item.form) or everything
    picture = asked.figure
    found = picture is not None and picture.title != asked.question.summary
    return Headline(
        question=asked.question,
        finding=picture.title if picture is not None and found else None,
        said=said,
        also=tuple(item for item in everything if item not in said),
    )


def _section(kg: KnowledgeGraph, asked: _Asked, layout: Layout) -> Section:
    answer = asked.answer
    picture = asked.figure if layout == "picture" else None
    return Section(
        question=asked.question,
        layout=layout if layout != "picture" or picture else "table",
        table=table(
            kg,
            answer,
            question=asked.question,
            # A picture and a card say what the claims say beside the table.
            said=asked.said if layout == "table" else None,
            places=False,
        ),
        figure=picture,
        cards=_cards(kg, answer, asked.said) if layout == "cards" else (),
        caveats=picture.caveats if picture else caveats(kg, answer.rows),
        incomparable=None if picture else incomparable(kg, answer.rows),
    )


def _cards(
    kg: KnowledgeGraph, answer: Answer, said: Mapping[str, Said]
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
