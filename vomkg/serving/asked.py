"""An engine seen from the server: what became of each query is counted."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final, cast

from vomkg.errors import (
    InputError,
    LimitError,
    MemoryLimitError,
    QueryError,
    QueueLimitError,
    TimeLimitError,
    UsageError,
    VomkgError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from vomkg.knowledge import KnowledgeGraph
    from vomkg.serving.counts import Counts

# What asks the engine, by any of its names; the rest is passed on as it is.
_ASKING: Final = frozenset({"query", "written"})
_OUTCOMES: Final = (
    (QueueLimitError, "queue"),
    (TimeLimitError, "time"),
    (MemoryLimitError, "memory"),
    (LimitError, "size"),
    (QueryError, "refused"),
    (UsageError, "refused"),
    (InputError, "refused"),
)


def outcome_of(error: VomkgError) -> str:
    """The outcome of a query that ended with that error."""
    found = (name for kind, name in _OUTCOMES if isinstance(error, kind))
    return next(found, "crashed")


def count_queries(kg: KnowledgeGraph, counts: Counts) -> None:
    """From now on, count how each query to that graph ends."""
    kg.engine = cast("Any", _Counted(kg.engine, counts))


class _Counted:
    """The engine, with what asks it wrapped."""

    def __init__(self, engine: object, counts: Counts) -> None:
        self._engine = engine
        self._counts = counts
        for name in _ASKING:
            asking = getattr(engine, name, None)
            if asking is not None:
                setattr(self, name, self._wrapped(asking))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  as the engine has it
        return getattr(self._engine, name)

    def _wrapped(self, asking: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(asking)
        def counted(*args: object, **options: object) -> object:
            outcome = "crashed"
            try:
                answer = asking(*args, **options)
                outcome = "answered"
            except VomkgError as error:
                outcome = outcome_of(error)
                raise
            finally:
                self._counts.query(outcome)
            return answer

        return counted
