"""Ratios over time: points on a scale of ratios, with the rule of no difference."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from vomkg.charts import placing, scales
from vomkg.charts.letters import width, wrapped
from vomkg.charts.numbers import capital, decimal, left_out, numbers
from vomkg.charts.scene import Area, Dot, Line, Rules, Scene, Text
from vomkg.claims import text_of
from vomkg.errors import NoPictureError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vomkg.charts.making import Parts
    from vomkg.charts.numbers import Number
    from vomkg.charts.scene import Mark
    from vomkg.engine.answer import Answer
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.question import Question

_SIZE: Final = 14.0
_HIGH: Final = 210.0
_CLOSEST: Final = 19.0
_LEFT: Final = 16.0
JOINER: Final = (
    "The dashed line is a joiner between the points that are reported: "
    "it is no estimate of what lies between them."
)


@dataclass(frozen=True, slots=True)
class _Point:
    months: float
    number: Number

    @property
    def when(self) -> str:
        unit = "month" if self.months == 1 else "months"
        return f"{self.months:g} {unit}"


def parts(kg: KnowledgeGraph, question: Question, answer: Answer) -> Parts:
    """What a picture of ratios over time needs.

    Raises:
        NoPictureError: there is no time, a ratio is not above zero, or the values
            lie too far apart for one scale.
    """
    from vomkg.charts.making import Parts

    found = numbers(kg, answer)
    points = [
        _Point(float(months), number)
        for number in found
        if (months := decimal(text_of(number.row, "months"))) is not None
    ]
    if not points:
        raise NoPictureError("no row of the answer says after how many months")
    points.sort(key=lambda point: point.months)
    if any(p.number.ratio <= 0 or p.months < 0 for p in points):
        raise NoPictureError(
            "a value of zero or less cannot stand on a scale of ratios"
        )
    axes = (
        scales.ratios(float(point.number.ratio) for point in points),
        scales.months(point.months for point in points),
    )
    _check_series(kg, points)
    metric = capital(kg.label(points[0].number.metric))
    said = [f"{p.number.reported} at {p.when} ({p.number.speaker})" for p in points]
    shown = [point.number for point in points]
    joiner = (JOINER,) if len(points) > 1 else ()
    return Parts(
        title=_title(points) or question.summary,
        description=f"{metric} on a logarithmic scale; 1 means no difference. "
        f"{'; '.join(said)}. {' '.join(joiner)}".strip(),
        notes=(*joiner, *left_out(answer, shown)),
        draw=partial(_scene, points, metric, _time(question), axes),
    )


def _check_series(kg: KnowledgeGraph, points: Sequence[_Point]) -> None:
    """Refuse to join what is no series: one metric, one speaker, one value a time.

    Raises:
        NoPictureError: it is none.
    """
    for name, found in (
        ("metric", {kg.label(point.number.metric) for point in points}),
        ("speaker", {point.number.speaker for point in points}),
    ):
        if len(found) > 1:
            raise NoPictureError(
                f"there is more than one {name} ({', '.join(sorted(found))}), "
                "and a line may not join them",
                fix=f"ask for the numbers of one {name}",
            )
    if len({point.months for point in points}) < len(points):
        raise NoPictureError("there is more than one value for the same time")


def _title(points: Sequence[_Point]) -> str | None:
    """Whether the ratios come nearer to no difference; None if they do not say."""
    if len(points) < 2:
        return None
    gaps = [abs(point.number.ratio.ln()) for point in points]
    sides = {point.number.ratio > 1 for point in points}
    said = " and ".join(
        f"{p.number.reported} at {p.when}" for p in (points[0], points[-1])
    )
    if len(sides) > 1:
        return None
    if all(later < earlier for earlier, later in pairwise(gaps)):
        return f"The effect is smaller later: {said}"
    if all(later > earlier for earlier, later in pairwise(gaps)):
        return f"The effect is larger later: {said}"
    return None


def _time(question: Question) -> str:
    """What the question says its months are."""
    means = {column.name: column.meaning for column in question.columns}
    return capital(means.get("months", "months"))


def _scene(
    points: Sequence[_Point],
    metric: str,
    time: str,
    axes: tuple[Sequence[float], tuple[float, float]],
    wide: float,
) -> Scene:
    ratios = [float(point.number.ratio) for point in points]
    ticks, (end, step) = axes
    left, top, bottom = 52.0, 40.0, 40 + _HIGH
    up = scales.Scale(ticks[0], ticks[-1], bottom, top, is_log=True)
    # The words of the last point stand at its right.
    widest = max(width(p.number.reported, _SIZE + 2, 600) for p in points)
    last = max(point.months for point in points) or end
    right = min(wide - 20, left + (wide - left - widest - 20) * end / last)
    along = scales.Scale(0, end, left, right)
    marks: list[Mark] = [Text(_LEFT, 20, metric, size=_SIZE, tone="muted", role="axis")]
    rules = _rows(up, ticks, left, right)
    marks += rules
    marks += _columns(along, step, end, bottom)
    lines = wrapped(time, _SIZE, wide - 2 * _LEFT)
    rule = Line(left, up.place(1), right, up.place(1), tone="ink", thick=1.5)
    dots = [
        Dot(along.place(p.months), up.place(ratio))
        for p, ratio in zip(points, ratios, strict=True)
    ]
    joiner = [
        Line(a.x, a.y, b.x, b.y, tone="mark", thick=2, dashed=True, role="joiner")
        for a, b in pairwise(dots)
    ]
    marks += [rule, *joiner, *dots]
    # The words of the rule stand above it, where there is no other axis.
    taken = [dot.area for dot in dots]
    words = Text(
        left + 4, rule.y1 - 6, "1: no difference", size=_SIZE, tone="ink", role="rule"
    )
    taken.append(words.area)
    marks.append(words)
    room = Area(left, top - 22, wide - 4, bottom)
    for dot, point in zip(dots, points, strict=True):
        text = placing.label(
            dot,
            point.number.reported,
            size=_SIZE + 2,
            within=room,
            lines=[rule, *joiner],
            taken=taken,
            rules=[
                Line(*line)
                for mark in rules
                if isinstance(mark, Rules)
                for line in mark.lines
            ],
        )
        taken.append(text.area)
        marks.append(text)
    marks += [
        Text(
            _LEFT,
            bottom + 22 + n * 1.3 * _SIZE,
            line,
            size=_SIZE,
            tone="muted",
            role="axis",
        )
        for n, line in enumerate(lines, 1)
    ]
    return Scene(wide, bottom + 30 + len(lines) * 1.3 * _SIZE, tuple(marks))


def _rows(
    up: scales.Scale, ticks: Sequence[float], left: float, right: float
) -> list[Mark]:
    """The ticks of the ratios, without those too near to another; 1 always stays."""
    kept: list[float] = [1.0]
    for tick in sorted(ticks, key=lambda t: abs(up.place(t) - up.place(1))):
        if all(abs(up.place(tick) - up.place(k)) >= _CLOSEST for k in kept):
            kept.append(tick)
    lines = tuple((left, up.place(t), right, up.place(t)) for t in sorted(kept))
    marks: list[Mark] = [Rules(lines)]
    marks += [
        Text(
            left - 8,
            up.place(tick) + 5,
            f"{tick:g}",
            size=_SIZE,
            anchor="end",
            tone="muted",
            role="tick up",
        )
        for tick in sorted(kept)
    ]
    return marks


def _columns(along: scales.Scale, step: float, end: float, bottom: float) -> list[Mark]:
    ticks = [step * n for n in range(round(end / step) + 1)]
    marks: list[Mark] = [
        Line(along.start, bottom, along.end, bottom, tone="line"),
    ]
    marks += [
        Text(
            along.place(t),
            bottom + 18,
            f"{t:g}",
            size=_SIZE,
            anchor="middle",
            tone="muted",
            role="tick along",
        )
        for t in ticks
    ]
    return marks
