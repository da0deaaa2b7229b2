"""Reading triples and counts of a remote store's named graphs."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

import pyoxigraph

from vomkg.errors import UpstreamError
from vomkg.transfer.normal import normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vomkg.transfer.addresses import Addresses
    from vomkg.transfer.connection import Connection
    from vomkg.transfer.normal import Normal

# Rows asked for at a time: below the cap of any server that is known to have one.
PAGE: Final = 1_000


class Reader:
    """Asks one store about its named graphs, each named explicitly."""

    def __init__(self, connection: Connection, places: Addresses) -> None:
        self._connection = connection
        self._url = places.query

    def count(self, graph: str) -> int:
        """The number of triples in the graph; 0 if there is none.

        Raises:
            UpstreamError: the store refuses, fails or cannot be reached.
        """
        rows = self._rows(
            f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        )
        return _number(rows[0][0]) if rows else 0

    def counts(self, graph: str) -> dict[str, int]:
        """The number of triples in the graph by predicate.

        Raises:
            UpstreamError: the store refuses, fails or cannot be reached.
        """
        rows = self._rows(
            f"SELECT ?p (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} "
            "GROUP BY ?p"
        )
        return {str(predicate): _number(number) for predicate, number in rows}

    def triples(self, graph: str, subjects: Sequence[str], rows: int) -> set[Normal]:
        """The triples of these subjects in the graph, in normal form.

        Args:
            graph: IRI of the graph.
            subjects: the subjects, as in N-Triples.
            rows: how many triples there should be; above a page they are read
                page by page, without an order, which stores limit. A store that
                gives a row twice and another never is found out by comparison.

        Raises:
            UpstreamError: the store refuses, fails or cannot be reached.
        """
        text = (
            f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> "
            f"{{ VALUES ?s {{ {' '.join(subjects)} }} ?s ?p ?o }} }}"
        )
        if rows <= PAGE:
            return {_normal(row) for row in self._rows(text)}
        found: set[Normal] = set()
        for start in count(0, PAGE):
            page = self._rows(f"{text} LIMIT {PAGE} OFFSET {start}")
            found.update(map(_normal, page))
            if len(page) < PAGE:
                return found
        raise AssertionError("a store has an end")

    def _rows(self, text: str) -> list[tuple[object, ...]]:
        body = self._connection.query(self._url, text)
        try:
            found = pyoxigraph.parse_query_results(
                body, format=pyoxigraph.QueryResultsFormat.JSON
            )
            if not isinstance(found, pyoxigraph.QuerySolutions):
                raise ValueError("no rows")  # noqa: TRY301, TRY004  # as if unreadable
            return [tuple(row) for row in found]
        except (SyntaxError, ValueError, OSError) as error:
            raise UpstreamError(
                f"{self._url} answered something that is no result of a query",
                fix="check that this is the address for SPARQL queries",
            ) from error


def _normal(row: tuple[object, ...]) -> Normal:
    return normal(pyoxigraph.Triple(*row))  # type: ignore[arg-type]  # as the store says


def _number(term: object) -> int:
    if isinstance(term, pyoxigraph.Literal) and term.value.isdecimal():
        return int(term.value)
    raise UpstreamError(f"the store counts {term} triples, which is no number")
