"""Answers as tables for a page: cells in words, and where each row is from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vomkg.questions.cell import Cell, cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vomkg.claims import Said
    from vomkg.engine.answer import Answer
    from vomkg.engine.results import Row
    from vomkg.engine.trail import Trail
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.question import Question

# A column with a cell longer than this is made wide enough to read it in.
_LONG = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column."""

    title: str
    meaning: str | None
    is_number: bool
    is_long: bool


@dataclass(frozen=True, slots=True)
class Witness:
    """One claim that a row rests on: who makes it, and each place of it.

    Attributes:
        claim: IRI of the claim.
        label: its name.
        speaker: who makes it.
        spots: section, first character, and the one behind the last.
    """

    claim: str
    label: str
    speaker: str
    spots: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its cells, and the claims it rests on."""

    cells: tuple[Cell, ...]
    witnesses: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """An answer as a table.

    Attributes:
        headings: one for each column.
        lines: the rows shown.
        total: how many rows the answer has.
        said: what claims among the cells say, by IRI.
    """

    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    total: int
    said: Mapping[str, Said]

    @property
    def is_cut(self) -> bool:
        """Whether the page shows fewer rows than the answer has."""
        return len(self.lines) < self.total

    def number_behind(self, line: Line, text: str) -> str | None:
        """The claim in that row which was printed so; None if none was."""
        for item in line.cells:
            said = self.said.get(item.iri) if item.iri else None
            if said is not None and said.form == text:
                return item.iri
        return None

    @property
    def has_witnesses(self) -> bool:
        """Whether any row knows its place in the source."""
        return any(line.witnesses for line in self.lines)


def table(
    kg: KnowledgeGraph,
    answer: Answer,
    *,
    question: Question | None = None,
    said: Mapping[str, Said] | None = None,
    most: int | None = None,
    places: bool = True,
) -> Table:
    """The answer as a table.

    Args:
        kg: whose labels stand for IRIs.
        answer: rows, or a graph whose triples are its rows.
        question: gives the columns their meaning.
        said: the claims among the cells; their rows get their places.
        most: how many rows to show; None shows all.
        places: whether each row is to know its places; each costs a query.
    """
    shown = answer.rows[:most]
    claims = said or {}
    cells = [tuple(cell(row[c], kg.label) for c in answer.columns) for row in shown]
    meanings = {c.name: c.meaning for c in question.columns} if question else {}
    return Table(
        headings=tuple(
            _heading(name, meanings.get(name), [row[i] for row in cells])
            for i, name in enumerate(answer.columns)
        ),
        lines=tuple(
            Line(filled, _witnesses(answer, row, claims) if places else ())
            for filled, row in zip(cells, shown, strict=True)
        ),
        total=len(answer.rows),
        said=claims,
    )


def _heading(name: str, meaning: str | None, column: Sequence[Cell]) -> Heading:
    filled = [item for item in column if not item.is_unbound]
    return Heading(
        title=name.replace("_", " "),
        meaning=meaning,
        is_number=bool(filled) and all(item.is_number for item in filled),
        is_long=any(len(item.text) > _LONG for item in filled),
    )


def _witnesses(
    answer: Answer, row: Row, claims: Mapping[str, Said]
) -> tuple[Witness, ...]:
    # Only the claims of the row: each look-up is a query.
    asked = {
        name: term
        for name, term in row.items()
        if term is not None and term.value in claims
    }
    found: dict[str, list[Trail]] = {}
    for trail in answer.trail(asked) if asked else ():
        found.setdefault(trail.claim, []).append(trail)
    return tuple(
        Witness(
            claim=claim,
            label=trails[0].claim_label,
            speaker=trails[0].speaker_label,
            spots=tuple((t.section_label, t.start, t.end) for t in trails),
        )
        for claim, trails in found.items()
    )
