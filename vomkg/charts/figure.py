"""One picture of one answer, with all that must go with it wherever it goes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from vomkg.charts import writing
from vomkg.charts.letters import wrapped
from vomkg.charts.scene import Line, Rules, Scene, Text
from vomkg.errors import NoPictureError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vomkg.charts.emmie import Contributions
    from vomkg.charts.grid import Grid
    from vomkg.charts.scene import Mark
    from vomkg.claims import Said

Kind = Literal["dots", "points", "matrix", "steps"]
WIDE: Final = 720.0
# Letters of 14 pixels are 12 where this is shown on 288, the room on a small phone.
NARROW: Final = 330.0
_MARGIN: Final = 16.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of an answer.

    Attributes:
        question: name of the question.
        kind: how it is drawn.
        title: what it shows, composed from the answer.
        subtitle: what was asked.
        description: the picture in words, with each value.
        notes: what must be known to read it.
        caveats: limitations that the graph ties to the claims shown.
        source: what it was drawn from: the release and the question.
        draw: the marks for a width in pixels.
        highest: most pixels that a file of it may be high.
        grid: the fields of a matrix, for a page to show as a table.
        steps: what a page shows as an ordered list: a heading and its words.
        behind: the claims behind each field of a matrix of counts.
    """

    question: str
    kind: Kind
    title: str
    subtitle: str
    description: str
    notes: tuple[str, ...]
    caveats: tuple[Said, ...]
    source: str
    draw: Callable[[float], Scene]
    highest: float
    grid: Grid | None = None
    steps: tuple[tuple[str, str], ...] = ()
    behind: Contributions = field(default_factory=dict)

    @property
    def svg(self) -> str:
        """The whole as an SVG file: title, picture, notes, caveats, source.

        Raises:
            NoPictureError: it would be higher than is allowed.
        """
        scene = self._whole()
        if scene.high > self.highest:
            raise NoPictureError(
                f"the picture would be {scene.high:,.0f} pixels high, "
                f"more than {self.highest:,}",
                fix="take the rows, or raise picture_height",
            )
        return writing.svg(
            scene,
            id=f"{self.question}-file",
            title=self.title,
            description=self.description,
        )

    @property
    def png(self) -> bytes:
        """The same as a PNG file, twice as large.

        Raises:
            NoPictureError: it would be higher than is allowed.
        """
        return writing.png(self.svg)

    def inline(self, *, narrow: bool = False) -> str:
        """The picture alone as SVG, for a page that shows the words beside it.

        Args:
            narrow: drawn for a small screen.
        """
        variant = "narrow" if narrow else "wide-screen"
        return writing.svg(
            self.draw(NARROW if narrow else WIDE),
            id=f"chart-{self.question}{'-narrow' if narrow else ''}",
            title=self.title,
            description=self.description,
            variant=variant,
            ground=False,
        )

    def _whole(self) -> Scene:
        room = WIDE - 2 * _MARGIN
        marks: list[Mark] = []
        y = _MARGIN
        y = _lines(marks, [self.title], y, size=20, weight=600, room=room)
        y = _lines(marks, [self.subtitle], y, size=14, tone="muted", room=room)
        inner = self.draw(WIDE)
        marks += [_lowered(mark, y + 6) for mark in inner.marks]
        y += inner.high + 12
        marks.append(Line(_MARGIN, y, WIDE - _MARGIN, y, tone="rule"))
        y = _lines(marks, self.notes, y + 4, size=14, tone="muted", room=room)
        said = [f"Caveat: {c.label}. {c.text}" for c in self.caveats]
        y = _lines(marks, said, y, size=14, room=room)
        y = _lines(marks, [self.source], y, size=12, tone="muted", room=room)
        return Scene(WIDE, y + _MARGIN, tuple(marks))


def _lines(
    marks: list[Mark],
    paragraphs: Iterable[str],
    y: float,
    *,
    size: float,
    room: float,
    weight: int = 400,
    tone: Literal["ink", "muted"] = "ink",
) -> float:
    """Put the paragraphs below ``y``; the place below them comes back."""
    for paragraph in paragraphs:
        y += 4
        for line in wrapped(paragraph, size, room, weight):
            y += 1.3 * size
            marks.append(Text(_MARGIN, y, line, size=size, weight=weight, tone=tone))
    return y


def _lowered(mark: Mark, by: float) -> Mark:
    if isinstance(mark, Line):
        return replace(mark, y1=mark.y1 + by, y2=mark.y2 + by)
    if isinstance(mark, Rules):
        lines = tuple((x1, y1 + by, x2, y2 + by) for x1, y1, x2, y2 in mark.lines)
        return replace(mark, lines=lines)
    return replace(mark, y=mark.y + by)
