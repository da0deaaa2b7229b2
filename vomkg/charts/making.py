"""From an answer to its picture, or to the reason why it has none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vomkg.charts import dots, facts, fields, points, steps
from vomkg.charts.figure import Figure
from vomkg.charts.numbers import check_families, check_speakers, numbers
from vomkg.claims import caveats
from vomkg.errors import NoPictureError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vomkg.charts.emmie import Contributions
    from vomkg.charts.figure import Kind
    from vomkg.charts.grid import Grid
    from vomkg.charts.scene import Scene
    from vomkg.engine.answer import Answer
    from vomkg.engine.results import Row
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.question import Question

_SHOWN_OF_RELEASE: Final = 12
# Pixels that a row takes at least.
_LEAST: Final = 18


@dataclass(frozen=True, slots=True)
class Parts:
    """What each kind of picture gives for itself; see :class:`Figure`.

    ``rows`` are those whose caveats count, where they are not the answer's.
    """

    title: str
    description: str
    notes: tuple[str, ...]
    draw: Callable[[float], Scene]
    grid: Grid | None = None
    steps: tuple[tuple[str, str], ...] = ()
    rows: tuple[Row, ...] = ()
    behind: Contributions = field(default_factory=dict)


def figure(kg: KnowledgeGraph, name: str, answer: Answer) -> Figure | None:
    """The picture of an answer; None where :func:`drawn` says that there is none."""
    try:
        return drawn(kg, name, answer)
    except NoPictureError:
        return None


def drawn(kg: KnowledgeGraph, name: str, answer: Answer) -> Figure:
    """The picture of an answer.

    Args:
        kg: whose labels and caveats it shows.
        name: the question, whose header says how to draw its answer.
        answer: of that question; every number in the picture is one of its values.

    Raises:
        UnknownNameError: there is no such question.
        NoPictureError: no picture fits, the answer holds nothing to draw, or its
            numbers may not be compared.
    """
    question = kg.questions[name]
    if not answer.rows:
        raise NoPictureError(f"the answer of {name} holds nothing to draw")
    highest = kg.settings.picture_height
    if len(answer.rows) * _LEAST > highest:
        raise NoPictureError(
            f"the answer has {len(answer.rows):,} rows, more than a picture of "
            f"{highest:,} pixels can show",
            fix="take the rows, or raise picture_height",
        )
    families: tuple[str, ...] = ()
    if question.chart not in {"matrix", "steps"}:
        families = facts.families(kg, answer.rows)
        check_families(families, [kg.label(family) for family in families])
    if question.chart == "table":
        raise NoPictureError(
            f"the answer of {name} is a table: no picture fits it",
            fix=f"pictures are drawn of {', '.join(pictured(kg))}",
        )
    kind: Kind = question.chart  # type: ignore[assignment]
    gaps: tuple[str, ...] = ()
    if kind in {"dots", "points"}:
        check_speakers(families, numbers(kg, answer))
        gaps = facts.absences(kg, answer.rows)
    made = _MAKERS[kind](kg, question, answer)
    stated = (f"Stated gaps: {'; '.join(gaps)}.",) if gaps else ()
    return Figure(
        question=name,
        kind=kind,
        title=made.title,
        subtitle=question.question,
        description=made.description,
        notes=(*made.notes, *stated),
        caveats=caveats(kg, made.rows or answer.rows),
        source=_source(kg, name),
        draw=made.draw,
        highest=highest,
        grid=made.grid,
        steps=made.steps,
        behind=made.behind,
    )


def pictured(kg: KnowledgeGraph) -> tuple[str, ...]:
    """The names of the questions whose answers can be drawn."""
    return tuple(question.id for question in kg.questions if question.chart != "table")


def _source(kg: KnowledgeGraph, name: str) -> str:
    release = kg.release.id[:_SHOWN_OF_RELEASE]
    place = f"release {release} of vomkg" if release else "data without a release"
    return f"Drawn from the answer of the question {name}; {place}."


_MAKERS: Final[Mapping[str, Callable[[KnowledgeGraph, Question, Answer], Parts]]] = {
    "dots": dots.parts,
    "points": points.parts,
    "matrix": fields.parts,
    "steps": steps.parts,
}
