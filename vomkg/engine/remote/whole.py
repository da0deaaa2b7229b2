"""A whole answer or an error, from a store that cuts long answers without a word.

Some servers give no more rows than a cap of theirs, with status 200 and at most a
header to tell; graphs are made of as many solutions, without any header. So a long
answer is counted by the store itself, and what is missing is fetched page by page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vomkg.engine.remote.faults import SortLimitError
from vomkg.engine.remote.outline import outline
from vomkg.engine.remote.pages import count_of, paged
from vomkg.engine.remote.rows import Table
from vomkg.engine.remote.template import made, most_triples
from vomkg.errors import LimitError

if TYPE_CHECKING:
    import pyoxigraph

    from vomkg.engine.remote.asking import Asking
    from vomkg.engine.remote.outline import Outline


class Whole:
    """Asks for whole answers, and learns how far a store can be trusted."""

    def __init__(self, trusted: int, row_limit: int) -> None:
        """The knowledge of a store that has not been asked yet.

        Args:
            trusted: rows that it is sure to give; fewer are taken for all.
            row_limit: most rows or triples of an answer.
        """
        self._trusted = trusted
        self._limit = row_limit

    def rows(self, query: str, parts: Outline, asking: Asking) -> Table:
        """All rows of a SELECT.

        Raises:
            LimitError: there are more than may be.
            UpstreamError: the store does not give them all.
        """
        try:
            table, cap = asking.rows(query)
        except SortLimitError as error:
            first = f"{parts.prologue}SELECT * WHERE {{{{ {parts.rows()} }}}} LIMIT 1"
            table, cap, count = asking.table(first), error.cap, -1
        else:
            count = len(table.rows)
            self._check_limit(count)
            is_cut = cap is not None and count >= cap
            if count == parts.limit or (count < self._trusted and not is_cut):
                return table
        total = count_of(parts, asking)
        wanted = parts.clamped(total)
        self._check_limit(wanted)
        if wanted != count:
            size = cap or max(count, self._trusted)
            return Table(
                table.columns, paged(parts, table.columns, total, size, asking)
            )
        self._trusted = max(self._trusted, count)
        return table

    def graph(
        self, query: str, parts: Outline, asking: Asking
    ) -> list[pyoxigraph.Triple]:
        """All triples of a CONSTRUCT or DESCRIBE.

        Raises:
            LimitError: there are more than may be, or than can be checked.
            UpstreamError: the store does not give them all.
        """
        triples = (self._described if parts.form == "DESCRIBE" else self._constructed)(
            query, parts, asking
        )
        self._check_limit(len(triples))
        return triples

    def _described(
        self, query: str, parts: Outline, asking: Asking
    ) -> list[pyoxigraph.Triple]:
        if parts.has_pattern and parts.has_variables:
            things = parts.clamped(count_of(parts, asking))
            if things >= self._trusted:
                raise LimitError(
                    f"the store may not describe all of {things} solutions",
                    fix=f"ask page by page: a SELECT with ORDER BY and LIMIT "
                    f"{self._trusted - 1}, then DESCRIBE of what it gives",
                )
        return asking.triples(query)

    def _constructed(
        self, query: str, parts: Outline, asking: Asking
    ) -> list[pyoxigraph.Triple]:
        if not parts.has_variables:
            return asking.triples(query)
        solutions = parts.clamped(count_of(parts, asking))
        try:
            triples = asking.triples(query)
        except SortLimitError:
            pass
        else:
            # So many triples cannot have come out of fewer solutions.
            if solutions < self._trusted or len(triples) > most_triples(
                parts.template
            ) * (solutions - 1):
                return triples
        select = parts.solutions()
        return made(parts, self.rows(select, outline(select), asking))

    def _check_limit(self, count: int) -> None:
        if count > self._limit:
            raise LimitError(
                f"the answer has more than {self._limit} rows",
                fix=f"ask page by page with ORDER BY, LIMIT {self._limit} and OFFSET, "
                "or raise row_limit",
            )
