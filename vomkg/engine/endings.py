"""What a query is told that ended without an answer."""

from __future__ import annotations

import math
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vomkg.errors import EngineError, MemoryLimitError, TimeLimitError

if TYPE_CHECKING:
    from vomkg.config import Settings
    from vomkg.errors import LimitError, VomkgError


@dataclass(frozen=True, slots=True)
class Death:
    """How a worker ended.

    Attributes:
        status: its exit code, or minus the signal.
        memory: whether it was for want of memory.
    """

    status: int
    memory: bool


def death_fault(death: Death | None, settings: Settings) -> VomkgError:
    """The error of a query whose worker died; None if the mother did."""
    if death is None:
        return EngineError(
            "the query engine was ended from outside, and has been started again",
            fix="ask again",
            retry_after=1,
        )
    if death.memory:
        return memory_fault(settings)
    if death.status == -signal.SIGALRM:
        return time_fault(settings)
    how = (
        f"was ended by {signal.Signals(-death.status).name}"
        if death.status < 0
        else f"ended with status {death.status}"
    )
    return EngineError(
        f"the worker that ran the query {how}; no other query is concerned",
        fix="report the query if it happens again",
    )


def time_fault(settings: Settings) -> LimitError:
    """The error of a query that takes more time than it may."""
    return TimeLimitError(
        f"the query took longer than {settings.time_limit:g} s",
        fix="ask for less at a time, or raise time_limit",
        retry_after=math.ceil(settings.time_limit),
    )


def memory_fault(settings: Settings) -> LimitError:
    """The error of a query that needs more memory than it may have."""
    return MemoryLimitError(
        f"the query needs more than {settings.memory_limit} MiB of memory",
        fix="ask for less at a time, or raise memory_limit",
    )


def stopping_fault() -> EngineError:
    """The error of a query that comes when the server goes."""
    return EngineError("the server is stopping", fix="ask again later")
