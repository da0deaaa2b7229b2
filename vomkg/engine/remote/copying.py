"""A graph of a store, copied whole or not at all.

What the shapes ask of a graph cannot be asked of a part of it. So it is counted
first, read page by page, and compared with what the store counts before and after:
a store that changes meanwhile, or gives a row twice and another never, is an error.
"""

from __future__ import annotations

from collections import Counter
from time import monotonic
from typing import TYPE_CHECKING, Final

import pyoxigraph

from vomkg.engine.remote.asking import Asking
from vomkg.engine.remote.client import Client
from vomkg.engine.remote.rows import malformed
from vomkg.errors import InputError, LimitError, UpstreamError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vomkg.config import Settings
    from vomkg.engine.results import Row

_COUNTS: Final = (
    "SELECT ?p (COUNT(*) AS ?n) WHERE { GRAPH <%s> { ?s ?p ?o } } GROUP BY ?p"
)
_PAGE: Final = (
    "SELECT ?s ?p ?o WHERE { { SELECT ?s ?p ?o WHERE { GRAPH <%s> { ?s ?p ?o } } "
    "ORDER BY ?s ?p ?o } } LIMIT %d OFFSET %d"
)
_WHOLE: Final = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <%s> { ?s ?p ?o } }"


def copied(
    settings: Settings,
    graphs: Sequence[str],
    tell: Callable[[str], None] = lambda words: None,
) -> list[pyoxigraph.Triple]:
    """All triples of these graphs of the store.

    Args:
        settings: the store, its page of ``store_rows`` and the most triples that
            are copied, ``store_copy``.
        graphs: IRIs of the graphs.
        tell: is told how far it is.

    Raises:
        InputError: the graphs are empty.
        LimitError: they hold more triples than are copied.
        UpstreamError: the store fails, changes meanwhile, or does not give all
            that it counts.
    """
    client = Client(settings)
    try:
        return [
            triple
            for graph in graphs
            for triple in _Copy(client, settings, graph, tell).triples()
        ] or _nothing(graphs)
    finally:
        client.close()


def _nothing(graphs: Sequence[str]) -> list[pyoxigraph.Triple]:
    names = ", ".join(f"<{graph}>" for graph in graphs)
    raise InputError(
        f"the store holds nothing in {names}",
        fix="fill it by `vomkg load`, or name its graphs in store_graphs",
    )


class _Copy:
    """One graph on its way."""

    def __init__(
        self,
        client: Client,
        settings: Settings,
        graph: str,
        tell: Callable[[str], None],
    ) -> None:
        self._client = client
        self._settings = settings
        self._graph = graph
        self._tell = tell

    def triples(self) -> list[pyoxigraph.Triple]:
        """All triples of the graph."""
        before = self._counts()
        total = before.total()
        if total > self._settings.store_copy:
            raise LimitError(
                f"the store holds {total} triples in <{self._graph}>, more than the "
                f"{self._settings.store_copy} that are copied; a part of them cannot "
                "be judged for the whole",
                fix="raise store_copy, or name a smaller graph in store_graphs",
            )
        found = self._paged(total)
        if total > self._settings.store_rows and any(map(_has_blank, found)):
            # Servers may name blank nodes anew on each page.
            found = self._asking().triples(_WHOLE % self._graph)
        self._check(found, before)
        return found

    def _paged(self, total: int) -> list[pyoxigraph.Triple]:
        found: dict[pyoxigraph.Triple, None] = {}
        size = self._settings.store_rows
        for start in range(0, total, size):
            rows = self._asking().table(_PAGE % (self._graph, size, start)).rows
            if len(rows) != min(size, total - start):
                raise _uneven(
                    f"it counts {total} triples and gives {len(rows)} where "
                    f"{min(size, total - start)} were asked for, from {start}"
                )
            for row in rows:
                found[_triple(row)] = None
            self._tell(f"copied {min(start + size, total)} of {total} triples")
        return list(found)

    def _check(self, found: Sequence[pyoxigraph.Triple], before: Counter[str]) -> None:
        """Nothing, if the copy is what the store counted, then and now."""
        ours = Counter(triple.predicate.value for triple in found)
        if ours != before:
            raise _uneven(
                f"it counts {before.total()} triples and gave {ours.total()} different "
                "ones, or not of the same predicates"
            )
        if self._counts() != before:
            raise _uneven("it changed while it was read")

    def _counts(self) -> Counter[str]:
        rows = self._asking().table(_COUNTS % self._graph).rows
        found: Counter[str] = Counter()
        for row in rows:
            predicate, number = row.get("p"), row.get("n")
            if predicate is None or number is None or not number.value.isdecimal():
                raise malformed("it does not count its triples")
            found[predicate.value] = int(number.value)
        return found

    def _asking(self) -> Asking:
        return Asking(self._client, (), 0, monotonic() + self._settings.time_limit)


def _triple(row: Row) -> pyoxigraph.Triple:
    try:
        return pyoxigraph.Triple(row["s"], row["p"], row["o"])  # type: ignore[arg-type]
    except (KeyError, TypeError) as error:
        raise malformed("a row is no triple") from error


def _has_blank(triple: pyoxigraph.Triple) -> bool:
    return isinstance(triple.subject, pyoxigraph.BlankNode) or isinstance(
        triple.object, pyoxigraph.BlankNode
    )


def _uneven(words: str) -> UpstreamError:
    return UpstreamError(
        f"the store cannot be judged: {words}",
        fix="try again when nobody writes to it, or lower store_rows",
    )
