"""What a page says of an answer besides its rows, all of it read from the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vomkg.claims import caveats, incomparable, notes, statements
from vomkg.questions.sentence import listed, told
from vomkg.web.view import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vomkg.claims import Said
    from vomkg.engine.answer import Answer
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.question import Question
    from vomkg.web.view import Table

# A sentence made of statements names so many, and counts the rest.
_STATEMENTS = 3


def shown(kg: KnowledgeGraph, asked: Question, answer: Answer) -> dict[str, object]:
    """The parts of a page that show an answer, by the names of the templates."""
    said = statements(kg, answer)
    found = table(kg, answer, question=asked, said=said)
    return {
        "table": found,
        "sentence": sentence(asked, found, said.values()),
        "caveats": caveats(kg, answer.rows),
        "incomparable": incomparable(kg, answer.rows),
        "notes": notes(kg, answer.rows),
    }


def sentence(asked: Question, found: Table, said: Iterable[Said]) -> str:
    """The answer in words: the question's sentence, filled by all rows.

    Where the question has none, or no row fills it, the statements of the claims
    stand for it; where there are none either, the rows are counted.
    """
    if not found.total:
        return "The graph holds nothing that answers this."
    if asked.sentence:
        filled = told(asked.sentence, _rows(found, asked))
        if filled:
            return filled
    claims = list(said)
    if claims:
        words = [f"{claim.text} ({claim.speaker})" for claim in claims[:_STATEMENTS]]
        left = len(claims) - len(words)
        return listed(words) + (f", and {left} more statements." if left > 0 else "")
    return f"The answer has {found.total} {'row' if found.total == 1 else 'rows'}."


def _rows(found: Table, asked: Question) -> list[Mapping[str, str]]:
    names = [column.name for column in asked.columns]
    return [
        {name: cell.text for name, cell in zip(names, line.cells, strict=True)}
        for line in found.lines
    ]
