"""What a picture is made of, before it is written as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from vomkg.charts.letters import clean, width

Tone = Literal["ink", "muted", "mark", "line", "rule", "box", "none", "ground"]
Anchor = Literal["start", "middle", "end"]
# The light colours of the pages; within a page its style sheet puts its own there.
COLOURS: Final[dict[str, str]] = {
    "ink": "#16212b",
    "muted": "#4a5761",
    "mark": "#0b5c8a",
    "line": "#7e8e9a",
    "rule": "#d4dde3",
    "box": "#eef4f8",
    "none": "#f6f3ee",
    "ground": "#ffffff",
}
# Letters rise and fall by these parts of their size.
_RISE: Final = 0.80
_FALL: Final = 0.25


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in pixels: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area) -> bool:
        """Whether both cover some point."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words; ``x`` and ``y`` are its anchor on the base line."""

    shape: ClassVar[str] = "text"
    x: float
    y: float
    words: str
    size: float = 14
    weight: int = 400
    anchor: Anchor = "start"
    tone: Tone = "ink"
    role: str = "note"

    @property
    def clean(self) -> str:
        """The words without what XML forbids."""
        return clean(self.words)

    @property
    def area(self) -> Area:
        """What the words may cover."""
        wide = width(self.words, self.size, self.weight)
        left = self.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * wide
        top = self.y - _RISE * self.size
        return Area(left, top, left + wide, self.y + _FALL * self.size)


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    shape: ClassVar[str] = "line"
    x1: float
    y1: float
    x2: float
    y2: float
    tone: Tone = "line"
    thick: float = 1
    dashed: bool = False
    role: str = "frame"


@dataclass(frozen=True, slots=True)
class Rules:
    """Straight lines of one kind, written as one; each is x1, y1, x2, y2."""

    shape: ClassVar[str] = "rules"
    lines: tuple[tuple[float, float, float, float], ...]
    tone: Tone = "rule"


@dataclass(frozen=True, slots=True)
class Dot:
    """A round mark; a hollow one stands for a part of the studies."""

    shape: ClassVar[str] = "dot"
    x: float
    y: float
    hollow: bool = False
    radius: float = 7

    @property
    def area(self) -> Area:
        """What the mark covers, with its border."""
        reach = self.radius + 1.5
        return Area(self.x - reach, self.y - reach, self.x + reach, self.y + reach)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; a dashed border says that something is missing."""

    shape: ClassVar[str] = "box"
    x: float
    y: float
    wide: float
    high: float
    tone: Tone = "box"
    dashed: bool = False


Mark = Text | Line | Rules | Dot | Box


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture: its size in pixels and its marks, the hindmost first."""

    wide: float
    high: float
    marks: tuple[Mark, ...]

    @property
    def texts(self) -> tuple[Text, ...]:
        """All the words."""
        return tuple(mark for mark in self.marks if isinstance(mark, Text))
