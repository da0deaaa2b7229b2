"""The limits of the endpoint as words, for the pages and for its description.

Each number is read from the settings, so that nothing shown can differ from what
is enforced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from vomkg.engine.local import Engine

if TYPE_CHECKING:
    from vomkg.knowledge import KnowledgeGraph

_UNITS: Final = ("bytes", "KiB", "MiB", "GiB")


class Limit(NamedTuple):
    """One limit: what it bounds, and the bound with its unit."""

    name: str
    bound: str


def limits(kg: KnowledgeGraph) -> tuple[Limit, ...]:
    """Every limit that a query meets here, and the endpoints that it may name.

    An engine in the server's own process bounds neither time nor memory nor bytes,
    so these are left out.
    """
    settings = kg.settings
    found = [
        Limit("Length of a query", f"{settings.query_length:,} characters"),
        Limit("Nesting of brackets", f"{settings.query_depth:,} deep"),
        Limit("Operators and groups", f"{settings.query_operators:,} in a query"),
        Limit("Rows or triples of an answer", f"{settings.row_limit:,}"),
    ]
    if not isinstance(kg.engine, Engine):
        found += [
            Limit("Size of an answer", _bytes(settings.byte_limit)),
            Limit("Time for a query", f"{settings.time_limit:g} s"),
            Limit("Memory for a query", _bytes(settings.memory_limit << 20)),
            Limit("Queries at a time", f"{settings.workers:,}"),
            Limit("Queries that wait", f"{settings.queue:,}"),
        ]
    named = ", ".join(settings.service_endpoints)
    return (*found, Limit("Endpoints that SERVICE may name", named or "none"))


def _bytes(size: int) -> str:
    """The size in the largest unit that it has a whole number of."""
    power = 0
    while size and size % 1024 == 0 and power < len(_UNITS) - 1:
        size //= 1024
        power += 1
    return f"{size:,} {_UNITS[power]}"
