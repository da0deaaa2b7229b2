"""The settings of a check of files: how much of it is told, and when it is repeated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from vomkg.settings.kinds import Check, number, seconds


@dataclass(frozen=True, kw_only=True)
class CheckSettings:
    """How faults are told, and how files are watched.

    Attributes:
        faults_shown: most faults that people are told at length; 0 is all.
        watch_pause: seconds without a change after which watched files are judged.
        watch_look: seconds after which they are looked at though no change was told.
    """

    faults_shown: int = 100
    watch_pause: float = 0.05
    watch_look: float = 1.0


CHECKS: Final[dict[str, Check]] = {
    "faults_shown": partial(number, limits=(0, None)),
    "watch_pause": partial(seconds, limits=(0.01, 60.0)),
    "watch_look": partial(seconds, limits=(0.05, 3_600.0)),
}
