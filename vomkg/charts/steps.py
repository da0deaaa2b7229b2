"""Answers as steps, one below the other: the way of a number, or an order of work."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from vomkg.charts.letters import wrapped
from vomkg.charts.numbers import capital
from vomkg.charts.scene import Box, Line, Scene, Text
from vomkg.claims import text_of
from vomkg.errors import NoPictureError
from vomkg.questions.cell import cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vomkg.charts.making import Parts
    from vomkg.charts.scene import Mark
    from vomkg.engine.answer import Answer
    from vomkg.engine.results import Row
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.question import Question

_LEFT: Final = 16.0
_PAD: Final = 12.0
_GAP: Final = 22.0
_SIZE: Final = 14.0
_STEP: Final = 1.3
_WAY: Final = ("reported", "statement", "speaker", "section", "source")

Step = tuple[str, str]


def parts(kg: KnowledgeGraph, question: Question, answer: Answer) -> Parts:
    """What a picture of steps needs.

    Raises:
        NoPictureError: the answer has neither steps nor the way of a number.
    """
    from vomkg.charts.making import Parts

    if set(_WAY) <= set(answer.columns):
        steps = _way(kg, answer)
        title = f"{steps[0][1]}: from the number to its place"
    elif {"number", "step"} <= set(answer.columns):
        steps = _order(kg, answer)
        title = question.summary
    else:
        raise NoPictureError(
            f"there are no steps in the columns {', '.join(answer.columns)}"
        )
    return Parts(
        title=title,
        description=" ".join(f"{head}: {words.rstrip('.')}." for head, words in steps),
        notes=(),
        draw=partial(_scene, steps),
        steps=tuple(steps),
    )


def _way(kg: KnowledgeGraph, answer: Answer) -> list[Step]:
    """From the number as printed to the source; each place is a step of its own."""
    first = answer.rows[0]
    if any(text_of(r, "number") != text_of(first, "number") for r in answer.rows):
        raise NoPictureError(
            "the answer has the ways of several numbers", fix="ask for one number"
        )
    steps = [(capital(name), _words(kg, first, name)) for name in _WAY[:3]]
    for row in answer.rows:
        spot = f"{_words(kg, row, 'section')}, characters "
        spot += f"{text_of(row, 'start')}–{text_of(row, 'end')}"
        steps.append(("Section", spot))
    return [*steps, ("Source", _words(kg, first, "source"))]


def _order(kg: KnowledgeGraph, answer: Answer) -> list[Step]:
    """Each step once, by its number; who speaks of it stands beside it."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for row in answer.rows:
        within = text_of(row, "within")
        key = (
            text_of(row, "number"),
            _words(kg, row, "step"),
            kg.label(within) if within else "",
        )
        speakers = found.setdefault(key, [])
        if (speaker := _words(kg, row, "speaker")) not in speakers:
            speakers.append(speaker)
    return [
        (
            f"Step {number}",
            f"{step}{f', during {within}' if within else ''} ({', '.join(speakers)})",
        )
        for (number, step, within), speakers in found.items()
    ]


def _words(kg: KnowledgeGraph, row: Row, name: str) -> str:
    return cell(row[name], kg.label).text


def _scene(steps: Sequence[Step], wide: float) -> Scene:
    marks: list[Mark] = []
    y = 4.0
    room = wide - 2 * _LEFT
    for index, (head, words) in enumerate(steps):
        if index and head != steps[index - 1][0]:
            marks.append(
                Line(_LEFT + 24, y - _GAP + 2, _LEFT + 24, y - 2, thick=2, role="arrow")
            )
        lines = wrapped(words, _SIZE, room - 2 * _PAD)
        high = (len(lines) + 1) * _STEP * _SIZE + _PAD
        marks.append(Box(_LEFT, y, room, high))
        base = y + _PAD / 2 + 1.1 * _SIZE
        marks.append(
            Text(_LEFT + _PAD, base, head, size=12.5, tone="muted", role="head")
        )
        for line in lines:
            base += _STEP * _SIZE
            marks.append(Text(_LEFT + _PAD, base, line, weight=400, role="step"))
        y += high + _GAP
    return Scene(wide, y - _GAP + 8, tuple(marks))
