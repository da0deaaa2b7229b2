"""A thing and what is one link away from it, as a picture that a template draws.

What points at the thing stands on its left, what it points at on its right, each
on a row of its own with the name of the link over its arrow; so no words can cross.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vomkg.web.things.lines import wrapped
from vomkg.web.things.neighbours import neighbours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vomkg.web.things.entity import Entity
    from vomkg.web.things.neighbours import Neighbour

# Things in the picture, the one in the middle counted.
MOST: Final = 12
# In units of the drawing, which is as wide on the page as it can be, up to a pixel each.
WIDTH: Final = 760
BOX: Final = 190
MIDDLE: Final = 116
ROW: Final = 64
TALL: Final = 44
_PAD: Final = 9
_TOP: Final = 26
_LINE: Final = 16
_LOW: Final = 15  # from one line of a link's name to the next
_SPINE: Final = 12
SIZE: Final = 13  # of the letters of names
SMALL: Final = 12  # of those of links
_HEAD: Final = 8  # length of the head of an arrow


@dataclass(frozen=True, slots=True)
class Text:
    """A line of words: where it begins, or its middle if it is centred."""

    words: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Node:
    """A neighbour where it is drawn.

    Attributes:
        neighbour: the thing.
        x: left edge of its box.
        y: the height of its arrow.
        texts: its name in lines.
        link: the name of the link in lines, centred.
        start: where its arrow begins, on the side of the middle.
        end: where it ends, at the box.
        heads: corners of the heads of its arrow.
    """

    neighbour: Neighbour
    x: float
    y: float
    texts: tuple[Text, ...]
    link: tuple[Text, ...]
    start: float
    end: float
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn.

    Attributes:
        nodes: the neighbours.
        height: of the drawing.
        middle: the name of the thing in lines.
        spines: the lines that the arrows of a side spring from.
        head: corners of the head of the arrow into the middle; empty for none.
        box: top edge and height of the box in the middle.
        rest: how many neighbours are not drawn.
    """

    nodes: tuple[Node, ...]
    height: float
    middle: tuple[Text, ...]
    spines: tuple[str, ...]
    head: str
    box: tuple[float, float]
    rest: int


def picture(entity: Entity) -> Picture | None:
    """The thing with its neighbours; None if it has none."""
    every = neighbours(entity)
    if not every:
        return None
    shown = every[: MOST - 1]
    right = [one for one in shown if one.is_right]
    left = [one for one in shown if not one.is_right]
    lines = wrapped(entity.label, MIDDLE - 2 * _PAD, SIZE, 6)
    tall = len(lines) * _LINE + 2 * _PAD
    height = max(ROW * max(len(right), len(left)), tall) + _TOP
    centre = _TOP + (height - _TOP) / 2
    nodes = (*_nodes(right, centre, 1), *_nodes(left, centre, -1))
    unseen = sum(s.rest for group in entity.groups for s in group.statements)
    return Picture(
        nodes,
        height,
        tuple(
            Text(line, WIDTH / 2, centre + _LINE * (n - (len(lines) - 1) / 2) + 4)
            for n, line in enumerate(lines)
        ),
        tuple(_spine(side, centre) for side in (1, -1) if _at(nodes, side)),
        _head(_edge(-1), centre, 1)
        if any(one.neighbour.is_left for one in _at(nodes, -1))
        else "",
        (centre - tall / 2, tall),
        len(every) - len(shown) + unseen,
    )


def _nodes(side: Iterable[Neighbour], centre: float, way: int) -> Iterator[Node]:
    """The neighbours of one side: 1 is the right, -1 the left."""
    shown = list(side)
    for number, one in enumerate(shown):
        y = centre + ROW * (number - (len(shown) - 1) / 2)
        x = WIDTH - BOX if way > 0 else 0
        start = _edge(way) + way * _SPINE
        end = float(x if way > 0 else BOX)
        lines = wrapped(one.label, BOX - 2 * _PAD, SIZE, 2)
        over = wrapped(one.caption, abs(end - start) - 2 * _HEAD, SMALL, 2)
        yield Node(
            one,
            x,
            y,
            tuple(
                Text(line, x + _PAD, y + _LINE * (n - (len(lines) - 1) / 2) + 4)
                for n, line in enumerate(lines)
            ),
            tuple(
                Text(line, (start + end) / 2, y - 6 - _LOW * (len(over) - 1 - n))
                for n, line in enumerate(over)
            ),
            start,
            end,
            tuple(_heads(one, y, start, end, way)),
        )


def _heads(
    one: Neighbour, y: float, start: float, end: float, way: int
) -> Iterator[str]:
    if one.is_right:
        yield _head(end, y, way)
    if one.is_right and one.is_left:
        yield _head(start, y, -way)


def _at(nodes: Iterable[Node], way: int) -> list[Node]:
    return [one for one in nodes if (one.x > 0) == (way > 0)]


def _edge(way: int) -> float:
    """That edge of the box in the middle."""
    return WIDTH / 2 + way * MIDDLE / 2


def _spine(way: int, centre: float) -> str:
    return f"M{_edge(way):g} {centre:g}H{_edge(way) + way * _SPINE:g}"


def _head(x: float, y: float, way: int) -> str:
    """The corners of the head of an arrow that ends there; 1 points to the right."""
    back = x - way * _HEAD
    return f"{x:g},{y:g} {back:g},{y - 5:g} {back:g},{y + 5:g}"
