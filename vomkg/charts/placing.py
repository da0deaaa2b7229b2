"""Where the words of a mark can stand so that they cover nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vomkg.charts.scene import Anchor, Area, Line, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vomkg.charts.scene import Dot

# Steps along a line at which it is asked whether it is covered.
_PIECES: Final = 60


def label(
    dot: Dot,
    words: str,
    *,
    size: float,
    within: Area,
    lines: Sequence[Line],
    taken: Sequence[Area],
    rules: Sequence[Line] = (),
) -> Text:
    """The words of a dot at the first side where they cover nothing.

    Args:
        dot: what is named.
        words: its name.
        size: of the letters.
        within: where words may stand.
        lines: lines that may not be covered.
        taken: areas that may not be covered.
        rules: lines that are covered only where no side is free of them.

    Returns:
        The words; to the right of the dot where no side is free.
    """
    gap = dot.radius + 5
    sides: tuple[tuple[Anchor, float, float], ...] = (
        ("start", dot.x + gap, dot.y + 0.35 * size),
        ("middle", dot.x, dot.y + gap + 0.8 * size),
        ("middle", dot.x, dot.y - gap - 0.25 * size),
        ("end", dot.x - gap, dot.y + 0.35 * size),
        ("start", dot.x + gap, dot.y + gap + 0.5 * size),
        ("start", dot.x + gap, dot.y - gap - 0.25 * size),
    )
    choices = [
        Text(x, y, words, size=size, weight=600, anchor=anchor, role="value")
        for anchor, x, y in sides
    ]
    free = [c for c in choices if _is_free(c.area, within, lines, taken)]
    clear = [c for c in free if not any(crosses(c.area, rule) for rule in rules)]
    return next(iter([*clear, *free]), choices[0])


def crosses(area: Area, line: Line) -> bool:
    """Whether a line runs through an area."""
    for step in range(_PIECES + 1):
        part = step / _PIECES
        x = line.x1 + part * (line.x2 - line.x1)
        y = line.y1 + part * (line.y2 - line.y1)
        if area.left <= x <= area.right and area.top <= y <= area.bottom:
            return True
    return False


def _is_free(
    area: Area, within: Area, lines: Sequence[Line], taken: Sequence[Area]
) -> bool:
    inside = (
        area.left >= within.left
        and area.right <= within.right
        and area.top >= within.top
        and area.bottom <= within.bottom
    )
    return (
        inside
        and not any(crosses(area, line) for line in lines)
        and not any(area.meets(other) for other in taken)
    )
