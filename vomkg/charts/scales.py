"""From values to places and back: straight scales and scales of ratios."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vomkg.errors import NoPictureError

if TYPE_CHECKING:
    from collections.abc import Iterable

_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
_MONTHS: Final = (1, 3, 6, 12, 24, 60, 120)
_RATIOS: Final = (
    *(0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
    *(1, 1.25, 1.5, 2, 3, 4, 5, 7, 10, 20, 50, 100),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from ``low`` to ``high`` on the pixels from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float
    is_log: bool = False

    def place(self, value: float) -> float:
        """The pixel of a value."""
        low, high, here = (self._even(v) for v in (self.low, self.high, value))
        return self.start + (here - low) / (high - low) * (self.end - self.start)

    def _even(self, value: float) -> float:
        return math.log(value) if self.is_log else value


def from_zero(values: Iterable[float], most: int = 6) -> tuple[float, float, float]:
    """Lowest and highest value of an axis that holds zero, and its step.

    Args:
        values: what it must hold.
        most: how many steps are still easy to read.

    Raises:
        NoPictureError: there would be more steps.
    """
    low, high = _span(values)
    step = next((s for s in _STEPS if (high - low) / s <= most), None)
    if step is None:
        raise _too_wide(low, high)
    return math.floor(low / step) * step, max(math.ceil(high / step), 1) * step, step


def months(values: Iterable[float], most: int = 6) -> tuple[float, float]:
    """Highest value of an axis of months that starts at zero, and its step.

    Raises:
        NoPictureError: there would be more than ``most`` steps.
    """
    low, high = _span(values)
    step = next((s for s in _MONTHS if high / s <= most), None)
    if step is None:
        raise _too_wide(low, high)
    return (math.floor(high / step) + 1) * step, step


def ratios(values: Iterable[float]) -> tuple[float, ...]:
    """The ticks of an axis of ratios: all round values about these and 1.

    Raises:
        NoPictureError: a value lies beyond the last of them.
    """
    wanted = [*values, 1.0]
    least, greatest = min(wanted), max(wanted)
    if least < _RATIOS[0] or greatest > _RATIOS[-1]:
        raise _too_wide(least, greatest)
    low = max((r for r in _RATIOS if r < least), default=least)
    high = min((r for r in _RATIOS if r > greatest), default=greatest)
    return tuple(r for r in _RATIOS if low <= r <= high)


def _too_wide(low: float, high: float) -> NoPictureError:
    return NoPictureError(
        f"values from {low:g} to {high:g} do not fit a scale that can be read"
    )


def _span(values: Iterable[float]) -> tuple[float, float]:
    found = [*values, 0.0]
    return min(found), max(found)
