"""The settings of checks: how much is told, when it is repeated, what it may cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Final

from vomkg.settings.kinds import Check, number, seconds
from vomkg.settings.machine import cores


@dataclass(frozen=True, kw_only=True)
class CheckSettings:
    """How faults are told, how files are watched, and what is taken from strangers.

    Attributes:
        faults_shown: most faults that people are told at length; 0 is all.
        watch_pause: seconds without a change after which watched files are judged.
        watch_look: seconds after which they are looked at though no change was told.
        validate_time: seconds that judging files may take, by 'vomkg validate' and
            'vomkg check'.
        check_bytes: most bytes that may be sent to be checked; 0 for nothing at all.
        check_time: seconds that such a check may take.
        check_memory: MiB of address space that it may need.
        check_triples: most triples that may be sent to be checked.
        check_at_once: most such checks that one server process runs at a time; by
            default one for each core, up to four.
        check_queue: most of them that may wait for their turn.
        check_wait: seconds that one may wait for it.
    """

    faults_shown: int = 100
    watch_pause: float = 0.05
    watch_look: float = 1.0
    validate_time: float = 600.0
    check_bytes: int = 1 << 20
    check_time: float = 60.0
    check_memory: int = 2048
    check_triples: int = 25_000
    check_at_once: int = field(default_factory=partial(cores, 4))
    check_queue: int = 8
    check_wait: float = 20.0


CHECKS: Final[dict[str, Check]] = {
    "faults_shown": partial(number, limits=(0, None)),
    "watch_pause": partial(seconds, limits=(0.01, 60.0)),
    "watch_look": partial(seconds, limits=(0.05, 3_600.0)),
    "validate_time": partial(seconds, limits=(0.05, 86_400.0)),
    "check_bytes": partial(number, limits=(0, 64 << 20)),
    "check_time": partial(seconds, limits=(0.05, 3_600.0)),
    "check_memory": partial(number, limits=(256, 1 << 20)),
    "check_triples": partial(number, limits=(1, None)),
    "check_queue": partial(number, limits=(0, 64)),
    "check_wait": partial(seconds, limits=(0.05, 600.0)),
    "check_at_once": partial(number, limits=(1, 64)),
}
