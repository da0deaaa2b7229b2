"""The overview for paper: what was found on two pages, each claim with its footnote.

All words come from the graph by the questions named here, and each footnote is the
trail of one claim: who says it, the section, the characters, and its address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import Blueprint, render_template
from pyoxigraph import NamedNode

from vomkg.claims import caveats, incomparable, statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.claims import Incomparable, Said
    from vomkg.engine.answer import Answer
    from vomkg.engine.results import Row
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.question import Question

# What is asked, in the order of the paper.
PARTS: Final = (
    "overall-effect",
    "effect-by-study-quality",
    "effect-by-follow-up",
    "economic-evidence",
    "moderator-findings",
    "mechanisms-by-review",
    "delivery-figures",
    "where-reviews-agree",
    "where-reviews-disagree",
    "evidence-gaps",
)
# Of these the first column is said, and the claims beside it are its footnotes.
_GATHERED: Final = ("where-reviews-agree", "where-reviews-disagree")
_NUMBERS: Final = 4  # of the parts, those that stand out at the top


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the trail of one claim.

    Attributes:
        number: of the note, from 1.
        said: the claim.
        spots: section, first character, and the one behind the last; none where it
            has no place in the source.
    """

    number: int
    said: Said
    spots: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One statement, and the numbers of the footnotes it rests on."""

    said: Said
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What answers one question."""

    question: Question
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """All that the two pages say.

    Attributes:
        short: the parts that hold the answer in short.
        parts: the others.
        notes: the footnotes, in the order in which they are first needed.
        caveats: what limits the numbers.
        incomparable: why some of them may not be compared; None if all may.
    """

    short: tuple[Part, ...]
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    caveats: tuple[Said, ...]
    incomparable: Incomparable | None


def briefing(kg: KnowledgeGraph) -> Briefing:
    """The briefing of a graph; questions that it does not have are left out."""
    notes: dict[str, Note] = {}
    parts = {}
    for name in PARTS:
        if name in kg.questions:
            answer = kg.run(name)
            lines = tuple(_lines(kg, answer, notes, is_gathered=name in _GATHERED))
            parts[name] = (Part(kg.questions[name], lines), answer)
    short = [name for name in PARTS[:_NUMBERS] if name in parts]
    rows = [row for name in short for row in parts[name][1].rows]
    return Briefing(
        short=tuple(parts[name][0] for name in short),
        parts=tuple(part for name, (part, _) in parts.items() if name not in short),
        notes=tuple(notes.values()),
        caveats=caveats(kg, rows),
        incomparable=incomparable(kg, rows),
    )


def _lines(
    kg: KnowledgeGraph, answer: Answer, notes: dict[str, Note], *, is_gathered: bool
) -> Iterator[Line]:
    """What the claims of an answer say, each once; notes gains those it needs."""
    said = statements(kg, answer)
    heads: dict[str, list[Said]] = {}
    for row in answer.rows:
        claims = _claims(row, said)
        if is_gathered:
            for claim in claims:
                beside = heads.setdefault(claims[0].iri, [])
                beside += [claim] if claim not in beside else []
        else:
            heads |= {claim.iri: [claim] for claim in claims}
    for head, claims in heads.items():
        yield Line(
            said[head], tuple(_note(answer, claim, notes).number for claim in claims)
        )


def _claims(row: Row, said: dict[str, Said]) -> list[Said]:
    return [
        said[term.value]
        for term in row.values()
        if term is not None and term.value in said
    ]


def _note(answer: Answer, claim: Said, notes: dict[str, Note]) -> Note:
    """The footnote of a claim, made where there is none yet."""
    if claim.iri not in notes:
        trails = answer.trail({"claim": NamedNode(claim.iri)})
        spots = tuple((t.section_label, t.start, t.end) for t in trails)
        notes[claim.iri] = Note(len(notes) + 1, claim, spots)
    return notes[claim.iri]


def blueprint(kg: KnowledgeGraph) -> Blueprint:
    """The page of the briefing over one graph."""
    pages = Blueprint("briefing", __name__)

    @pages.get("/briefing")
    def page() -> str:
        return render_template("briefing.html", briefing=briefing(kg))

    return pages
