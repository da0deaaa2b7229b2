"""All rows of a query, however many an answer may have.

The limit on rows is for those who ask, not for what reads the graph's own names.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.config import Settings
    from vomkg.engine.answer import Answer
    from vomkg.engine.results import Row

    class Graph(Protocol):
        """What answers queries within settings."""

        settings: Settings

        def query(self, text: str, /) -> Answer:
            """The answer to a SPARQL text."""
            ...


_PAGE: Final = 10_000


def all_rows(kg: Graph, query: str) -> Iterator[Row]:
    """The rows of a query, page by page.

    Args:
        kg: what answers.
        query: whose order settles which row stands on which page; without slice.

    Raises:
        VomkgError: the graph cannot be asked.
    """
    size = min(kg.settings.row_limit, _PAGE)
    for start in count(0, size):
        rows = kg.query(f"{query}\nLIMIT {size} OFFSET {start}").rows
        yield from rows
        if len(rows) < size:
            return
