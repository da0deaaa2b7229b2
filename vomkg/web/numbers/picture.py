"""Where one number stands on the scale of its own kind, as a small picture.

A scale holds one number and its reference, and never another number. An interval
is drawn where the source prints one, and its absence is said where it does not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vomkg.namespaces import ONTOLOGY

if TYPE_CHECKING:
    from vomkg.web.numbers.number import Number

_REDUCTION: Final = ONTOLOGY + "PercentReductionToRatio"
# The picture in its own units: as wide as a small telephone, so its letters stay
# readable there.
_LEFT: Final = 24.0
_RIGHT: Final = 296.0
# About how wide one character of a label is.
_LETTER: Final = 7.2


@dataclass(frozen=True, slots=True)
class Scale:
    """One axis.

    Attributes:
        low: what its left end stands for.
        high: what its right end stands for.
        reference: the value that the number is seen against.
        meaning: what the reference stands for.
        is_logarithmic: whether half and twice are equally far from 1.
        unit: what follows each value.
    """

    low: float
    high: float
    reference: float
    meaning: str
    is_logarithmic: bool = False
    unit: str = ""

    def at(self, value: float) -> float:
        """Where a value stands, from the left edge of the picture."""
        low, high, here = self.low, self.high, value
        if self.is_logarithmic:
            low, high, here = math.log(low), math.log(high), math.log(here)
        return _LEFT + (_RIGHT - _LEFT) * (here - low) / (high - low)


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place of the picture, kept within its edges."""

    x: float
    words: str

    @property
    def anchor(self) -> str:
        """The side by which the words hang at their place."""
        half = len(self.words) * _LETTER / 2
        if self.x - half < 0:
            return "start"
        return "end" if self.x + half > _LEFT + _RIGHT else "middle"

    @property
    def left(self) -> float:
        """Where the words hang: at an edge they begin or end with it."""
        edge = {"start": 4.0, "end": _LEFT + _RIGHT - 4.0}
        return edge.get(self.anchor, self.x)


@dataclass(frozen=True, slots=True)
class Picture:
    """What a template draws.

    Attributes:
        title: the finding.
        description: all of the picture in words.
        value: the number as printed, where it stands.
        ticks: marks of the axis, the reference among them.
        reference: its meaning, where it stands.
        interval: both ends, if the source prints them.
    """

    title: str
    description: str
    value: Text
    ticks: tuple[Text, ...]
    reference: Text
    interval: tuple[float, float] | None


def picture(number: Number) -> Picture | None:
    """The picture of a number; None where the graph holds no value of it."""
    value = _value(number, "percent") or _value(number, "value")
    lower, upper = _value(number, "lower"), _value(number, "upper")
    given = [x for x in (value, lower, upper) if x is not None]
    scale = _scale(number, given)
    if value is None or scale is None:
        return None
    printed = number.cells["reported"].text
    has_interval = lower is not None and upper is not None
    return Picture(
        title=f"{printed} stands {_side(scale, value)} “{scale.meaning}”",
        description=_described(number, scale, value, given[1:]),
        value=Text(scale.at(value), _about(number, printed)),
        ticks=tuple(
            Text(scale.at(tick), f"{tick:g}{scale.unit}")
            for tick in sorted({scale.low, scale.reference, scale.high})
        ),
        reference=Text(scale.at(scale.reference), scale.meaning),
        interval=(scale.at(lower), scale.at(upper))  # type: ignore[arg-type]
        if has_interval
        else None,
    )


def _scale(number: Number, given: list[float]) -> Scale | None:
    """The scale of the number's kind, wide enough for all that is given."""
    if not given:
        return None
    if not number.cells["percent"].is_unbound:
        return Scale(0, 100, 0, "0%: in no case", unit="%")
    if number.cells["conversion"].iri == _REDUCTION:
        low = -100.0 if min(given) < 0 else 0.0
        return Scale(low, 100, 0, "0%: no difference", unit="%")
    if not number.cells["ratio"].is_unbound:
        if min(given) <= 0:
            return None
        most = max(*given, *(1 / x for x in given), 2.0)
        end = 2.0 ** math.ceil(math.log2(most))
        return Scale(1 / end, end, 1, "1: no difference", is_logarithmic=True)
    if number.kind is None:
        return None
    end = 10.0 ** math.ceil(math.log10(max(map(abs, given)) or 1))
    return Scale(-end, end, 0, "0: no difference")


def _described(
    number: Number, scale: Scale, value: float, interval: list[float]
) -> str:
    kind = "logarithmic scale" if scale.is_logarithmic else "scale"
    ends = f"{scale.low:g}{scale.unit} to {scale.high:g}{scale.unit}"
    printed = _about(number, number.cells["reported"].text)
    said = (
        f"The interval from {interval[0]:g} to {interval[1]:g} is drawn as a line."
        if len(interval) == 2
        else "The source prints no interval, so none is drawn."
    )
    return (
        f"A {kind} from {ends}. The number, {printed}, stands "
        f"{_side(scale, value)} the mark “{scale.meaning}”. {said}"
    )


def _side(scale: Scale, value: float) -> str:
    if value == scale.reference:
        return "at"
    return "left of" if value < scale.reference else "right of"


def _about(number: Number, printed: str) -> str:
    """The number as printed, with the word that the source puts before it."""
    return f"about {printed}" if number.cells["approximate"].text == "yes" else printed


def _value(number: Number, name: str) -> float | None:
    text = number.cells[name].text
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) else None
