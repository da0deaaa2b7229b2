"""Reductions on one scale of percent that begins at zero."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from vomkg.charts import scales
from vomkg.charts.letters import width, wrapped
from vomkg.charts.numbers import capital, left_out, numbers
from vomkg.charts.scene import Dot, Line, Rules, Scene, Text
from vomkg.claims import text_of
from vomkg.errors import NoPictureError
from vomkg.namespaces import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vomkg.charts.making import Parts
    from vomkg.charts.numbers import Number
    from vomkg.charts.scene import Mark
    from vomkg.engine.answer import Answer
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.question import Question

_PERCENT: Final = ONTOLOGY + "PercentReductionInRate"
_LEFT: Final = 16.0
_SIZE: Final = 14.0
_STEP: Final = 1.3
_ALL: Final = "all studies"


def parts(kg: KnowledgeGraph, question: Question, answer: Answer) -> Parts:
    """What a picture of percentages needs.

    Raises:
        NoPictureError: the values are not all reductions in percent, or lie too
            far apart for one scale.
    """
    from vomkg.charts.making import Parts

    found = numbers(kg, answer)
    others = {kg.label(n.metric) for n in found if n.metric != _PERCENT}
    if others:
        raise NoPictureError(
            f"{', '.join(sorted(others))} cannot stand on a scale of percent"
        )
    axis = scales.from_zero(map(percent, found))
    names = [_name(kg, number) for number in found]
    metric = kg.label(_PERCENT)
    notes = ["Hollow: a part of the studies. Filled: all studies of the review."]
    return Parts(
        title=_title(found, names) or question.summary,
        description=f"{capital(metric)}, on a scale from zero. "
        + " ".join(
            f"{capital(name)}: {number.reported} ({number.speaker})."
            for name, number in zip(names, found, strict=True)
        ),
        notes=(*notes, *left_out(answer, found)),
        draw=partial(_scene, found, names, metric, axis),
    )


def percent(number: Number) -> float:
    """How many percent lower the treated side is; below zero if it is higher."""
    return float(100 * (1 - number.ratio))


def _name(kg: KnowledgeGraph, number: Number) -> str:
    level = text_of(number.row, "level")
    return kg.label(level) if level else _ALL


def _title(found: Sequence[Number], names: Sequence[str]) -> str | None:
    """The finding; None where two parts of the studies are not all there is."""
    subgroups = [
        (number, name)
        for number, name in zip(found, names, strict=True)
        if name != _ALL
    ]
    if len(subgroups) != 2 or any(number.ratio > 1 for number in found):
        return None
    (less, low), (more, high) = sorted(subgroups, key=lambda pair: -pair[0].ratio)
    if less.ratio == more.ratio:
        return None
    return f"Smaller effect with {low}: {less.reported}, against {more.reported} with {high}"


def _scene(
    found: Sequence[Number],
    names: Sequence[str],
    metric: str,
    axis: tuple[float, float, float],
    wide: float,
) -> Scene:
    values = [percent(number) for number in found]
    low, high, step = axis
    widest = max(width(n.reported, _SIZE + 2, 600) for n in found)
    scale = scales.Scale(low, high, _LEFT + 14, wide - widest - 28)
    ticks = [low + step * n for n in range(round((high - low) / step) + 1)]
    marks: list[Mark] = []
    bands: list[tuple[float, float]] = []
    y = 8.0
    for number, name, value in zip(found, names, values, strict=True):
        for line in wrapped(f"{capital(name)}, {number.speaker}", _SIZE, wide - 32):
            y += _STEP * _SIZE
            marks.append(Text(_LEFT, y, line, size=_SIZE, role="name"))
        y += 20
        bands.append((y - 12, y + 12))
        marks += _lollipop(scale, value, y, number.reported, hollow=name != _ALL)
        y += 14
    y += 8
    bands.append((y - 6, y))
    marks += [
        Text(
            scale.place(tick),
            y + 18,
            f"{tick:g}%",
            size=_SIZE,
            anchor="middle",
            tone="muted",
            role="tick",
        )
        for tick in ticks
    ]
    marks.append(
        Text(_LEFT, y + 40, capital(metric), size=_SIZE, tone="muted", role="axis")
    )
    return Scene(wide, y + 48, (*_rules(scale, ticks, bands), *marks))


def _rules(
    scale: scales.Scale, ticks: Sequence[float], bands: Sequence[tuple[float, float]]
) -> list[Mark]:
    """The rules from top to bottom of each band: they stop where words begin."""
    return [
        Rules(
            tuple(
                (scale.place(tick), top, scale.place(tick), bottom)
                for top, bottom in bands
                for tick in ticks
                if bool(tick) is not is_zero
            ),
            tone="line" if is_zero else "rule",
        )
        for is_zero in (False, True)
    ]


def _lollipop(
    scale: scales.Scale, value: float, y: float, words: str, *, hollow: bool
) -> list[Mark]:
    x = scale.place(value)
    stem = Line(scale.place(0), y, x, y, tone="mark", thick=2.5, role="stem")
    label = Text(x + 14, y + 5, words, size=_SIZE + 2, weight=600, role="value")
    return [stem, Dot(x, y, hollow=hollow), label]
