"""A grid as a drawing: heads, and fields with symbol, word and value."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from vomkg.charts import emmie
from vomkg.charts.grid import grid
from vomkg.charts.letters import wrapped
from vomkg.charts.numbers import capital
from vomkg.charts.scene import Box, Scene, Text
from vomkg.claims import incomparable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vomkg.charts.grid import Grid, Square
    from vomkg.charts.making import Parts
    from vomkg.charts.scene import Mark
    from vomkg.engine.answer import Answer
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.question import Question

_LEFT: Final = 16.0
_GAP: Final = 5.0
_PAD: Final = 8.0
_SIZE: Final = 14.0
_SMALL: Final = 12.5
_STEP: Final = 1.3


def parts(kg: KnowledgeGraph, question: Question, answer: Answer) -> Parts:
    """What a picture of fields needs.

    Raises:
        NoPictureError: no column is known as one to put down, or across.
    """
    from vomkg.charts.making import Parts

    if emmie.is_count(answer):
        behind = emmie.contributions(kg, answer)
        found = emmie.counted(kg, answer, behind)
        rows = [item.row for items in behind.values() for item in items]
    else:
        behind, rows = {}, answer.rows
        found = grid(kg, answer)
    notes = [
        f"≠{number} does not line up: {said.text}"
        for number, said in enumerate(found.tensions, 1)
    ]
    mixed = incomparable(kg, rows)
    if mixed:
        kinds = ", ".join(family.label for family in mixed.families)
        notes.append(f"Not comparable: {kinds}. {mixed.rule}")
    return Parts(
        title=_title(found) or question.summary,
        description=" ".join(_said(found)),
        notes=tuple(notes),
        rows=tuple(rows),
        behind=behind,
        draw=partial(_scene, found),
        grid=found,
    )


def _title(found: Grid) -> str | None:
    """Which rows have the most telling words; None where no field tells."""
    smaller = _sides(found, "▼")
    null = _sides(found, "=")
    if smaller:
        tail = f"; no significant difference: {', '.join(null)}" if null else ""
        return f"Said to reduce the effect: {', '.join(smaller)}{tail}"
    missing: dict[str, list[str]] = {}
    for side, squares in found.rows:
        if all(square.symbol == "×" for square in squares):
            words = dict.fromkeys(square.word for square in squares)
            missing.setdefault(", ".join(words), []).append(side.text)
    if missing and sum(map(len, missing.values())) < len(found.rows):
        return "; ".join(f"{w}: {', '.join(sides)}" for w, sides in missing.items())
    return None


def _sides(found: Grid, symbol: str) -> list[str]:
    return [
        side.text
        for side, squares in found.rows
        if any(square.symbol == symbol for square in squares)
    ]


def _said(found: Grid) -> list[str]:
    """Each field in words."""
    lines = []
    for side, squares in found.rows:
        told = [
            f"{head.text}: {_plain(square)}"
            for head, square in zip(found.columns, squares, strict=True)
        ]
        lines.append(f"{capital(side.text)} – {'. '.join(told)}.")
    return lines


def _plain(square: Square) -> str:
    return "; ".join(t for t in (square.word, square.value, square.count) if t)


def _scene(found: Grid, wide: float) -> Scene:
    count = len(found.columns)
    side = min(190.0, (wide - 2 * _LEFT) / (count + 1))
    each = (wide - 2 * _LEFT - side - count * _GAP) / count
    lefts = [_LEFT + side + _GAP + n * (each + _GAP) for n in range(count)]
    marks: list[Mark] = []
    heads = [
        (_LEFT, found.corner, side),
        *zip(lefts, (head.text for head in found.columns), [each] * count, strict=True),
    ]
    y = 4 + max(_head(marks, x, words, room) for x, words, room in heads)
    for head, squares in found.rows:
        y = _row(marks, y + _GAP, head.text, squares, lefts, (side, each))
    return Scene(wide, y + 8, tuple(marks))


def _head(marks: list[Mark], x: float, words: str, room: float) -> float:
    y = 0.0
    for line in wrapped(capital(words), _SIZE, room - _PAD, 600):
        y += _STEP * _SIZE
        marks.append(Text(x + _PAD, y, line, size=_SIZE, weight=600, role="head"))
    return y + 4


def _row(
    marks: list[Mark],
    top: float,
    head: str,
    squares: Sequence[Square],
    lefts: Sequence[float],
    rooms: tuple[float, float],
) -> float:
    """Put one row below ``top``; its lower edge comes back."""
    side, each = rooms
    texts: list[Mark] = []
    low = top
    y = top + _PAD - 4
    for line in wrapped(capital(head), _SIZE, side - _PAD, 600):
        y += _STEP * _SIZE
        texts.append(Text(_LEFT + _PAD, y, line, weight=600, role="side"))
    low = max(low, y)
    for left, square in zip(lefts, squares, strict=True):
        low = max(low, _square(texts, left + _PAD, top, square, each - 2 * _PAD))
    low += _PAD + 2
    marks += [
        Box(
            left,
            top,
            each,
            low - top,
            tone="none" if square.is_absent else "box",
            dashed=square.is_absent,
        )
        for left, square in zip(lefts, squares, strict=True)
    ]
    marks += texts
    return low


def _square(
    marks: list[Mark], left: float, top: float, square: Square, room: float
) -> float:
    """The words of one field; the last base line comes back."""
    y = top + _PAD - 4
    marks.append(
        Text(
            left,
            y + _STEP * _SIZE,
            square.symbol,
            weight=600,
            tone="mark",
            role="symbol",
        )
    )
    indent = 18.0
    for line in wrapped(square.word, _SIZE, room - indent, 600):
        y += _STEP * _SIZE
        marks.append(Text(left + indent, y, line, weight=600, role="word"))
    for words, role in (
        (square.value, "detail"),
        (square.count, "count"),
        (square.sign, "sign"),
    ):
        for line in wrapped(words, _SMALL, room) if words else ():
            y += _STEP * _SMALL + 1
            tone = "ink" if role == "sign" else "muted"
            marks.append(Text(left, y, line, size=_SMALL, tone=tone, role=role))  # type: ignore[arg-type]
    return y
