"""Rows that a store has and does not give at once, fetched page by page.

Each page is cut out of a sub-select, which no cap concerns. Virtuoso refuses to
sort beyond its cap where LIMIT stands beside ORDER BY, but sorts a whole
sub-select.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode

from vomkg.engine.remote.rows import malformed
from vomkg.errors import UpstreamError

if TYPE_CHECKING:
    from vomkg.engine.remote.asking import Asking
    from vomkg.engine.remote.outline import Outline
    from vomkg.engine.results import Row, Term

_COUNT: Final = "SELECT (COUNT(*) AS ?count) WHERE {{ %s }}"
_DISTINCT: Final = "SELECT DISTINCT %s WHERE {{ %s }}"
_PAGE: Final = "SELECT %s WHERE {{ %s }} LIMIT %d OFFSET %d"
# Virtuoso's labels of blank nodes are the same in every answer.
_STABLE: Final = "x" + b"nodeID://".hex()


def count_of(parts: Outline, asking: Asking) -> int:
    """How many rows or solutions the store has for the query, without its LIMIT.

    Raises:
        UpstreamError: it does not count.
    """
    return _number(parts.prologue + _COUNT % parts.rows(), asking)


def paged(
    parts: Outline, columns: tuple[str, ...], total: int, size: int, asking: Asking
) -> list[Row]:
    """The rows of a SELECT, page by page, and compared with what the store counts.

    Args:
        parts: the query.
        columns: its columns.
        total: how many rows it has without its LIMIT.
        size: rows a page.
        asking: asks the store.

    Raises:
        UpstreamError: the pages do not make up the answer.
    """
    if not columns:
        raise UpstreamError("the store cuts the answer, which has no columns to sort")
    names = " ".join(f"?{name}" for name in columns)
    inner = parts.rows(columns)
    wanted = parts.clamped(total)
    rows: list[Row] = []
    while len(rows) < wanted:
        start, most = parts.offset + len(rows), min(size, wanted - len(rows))
        page = _PAGE % (names, inner, most, start)
        found = asking.table(parts.prologue + page).rows
        if len(found) != most:
            raise UpstreamError(
                f"the store has {total} rows and gives {len(found)} where {most} were "
                f"asked for, from row {start}",
                fix="ask again; if it stays so, lower store_rows",
            )
        rows += found
    distinct = _COUNT % (_DISTINCT % (names, parts.rows()))
    _check(rows, total, _number(parts.prologue + distinct, asking))
    return rows


def _check(rows: list[Row], total: int, different: int) -> None:
    """Nothing, if no row stands on two pages in place of another.

    Args:
        rows: those that were fetched.
        total: how many the store has.
        different: how many of them differ.

    Raises:
        UpstreamError: one does, or it cannot be known.
    """
    terms = [tuple(row.values()) for row in rows]
    if any(_is_unstable(term) for row in terms for term in row):
        raise UpstreamError(
            "the store cuts the answer, and blank nodes cannot be told apart from "
            "page to page",
            fix="leave them out of the columns, or ask for less at a time",
        )
    found = len(set(terms))
    # Of a part of the rows it is known only where all rows differ.
    if found != (different if len(rows) == total else len(rows)) and (
        len(rows) == total or different == total
    ):
        raise UpstreamError(
            f"the pages of the store overlap: of {len(rows)} rows {found} differ",
            fix="ask again, or add ORDER BY with a key that no two rows share",
        )


def _number(query: str, asking: Asking) -> int:
    rows = asking.table(query).rows
    term = next(iter(rows[0].values()), None) if len(rows) == 1 else None
    if term is None or not term.value.isdecimal():
        raise malformed("it does not count its rows")
    return int(term.value)


def _is_unstable(term: Term | None) -> bool:
    return isinstance(term, BlankNode) and not term.value.startswith(_STABLE)
