"""The engine over a remote store: asks it what the engine here would be asked.

What may be asked is decided here and before anything is sent: the same guard, and
the same parser, over an empty store. So whatever server stands behind, the same
texts are queries, faults have the same words and places, and no function of the
server's own is reached.
"""

from __future__ import annotations

from functools import partial
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final

import pyoxigraph

from vomkg.engine.answer import Answer
from vomkg.engine.faults import run_fault, syntax_fault
from vomkg.engine.local import Engine
from vomkg.engine.remote.asking import Asking
from vomkg.engine.remote.client import Client
from vomkg.engine.remote.faults import SortLimitError
from vomkg.engine.remote.graphs import request_of
from vomkg.engine.remote.outline import outline
from vomkg.engine.remote.whole import Whole
from vomkg.engine.trail import trails
from vomkg.engine.writing import written_answer
from vomkg.errors import LimitError
from vomkg.namespaces import BASE

if TYPE_CHECKING:
    from vomkg.config import Settings
    from vomkg.engine.remote.graphs import Graphs
    from vomkg.engine.results import Row
    from vomkg.engine.writing import Forms, Written

_TRIPLE: Final = ("subject", "predicate", "object")


class RemoteEngine(Engine):
    """Answers queries as :class:`Engine` does, out of a store elsewhere.

    It connects when it is first asked. It belongs to one process, and one query
    goes at a time.
    """

    opens_files = True

    def __init__(self, settings: Settings, graphs: Graphs | None) -> None:
        """An engine over the store of the settings, not yet connected.

        Args:
            settings: the store's address, who asks, limits and prefixes.
            graphs: what is asked of it; None leaves that to store and query.

        Raises:
            UsageError: the credentials do not fit together or to the address.
        """
        super().__init__(pyoxigraph.Store(), settings)
        self._graphs = graphs
        self._client = Client(settings)
        self._turn = Lock()
        self._whole = Whole(settings.store_rows, settings.row_limit)

    def close(self) -> None:
        """Close the connection, if there is one."""
        self._client.close()

    def run(self, ready: str, text: str | None = None) -> Answer:
        """The answer of a query that has passed :func:`prepared`.

        Args:
            ready: the query with its values in place.
            text: the query as it was asked, if that is another.

        Raises:
            QueryRefusedError: it asks for what is not had here.
            QuerySyntaxError: it is not SPARQL, or not to the store.
            LimitError: a limit of ours or of the store's was reached.
            UpstreamError: the store failed, or its answer cannot be trusted.
        """
        self._check_query(ready)
        make = partial(
            Answer,
            query=ready if text is None else text,
            release=self.release,
            prefixes=self.prefixes,
        )
        try:
            with self._turn:
                deadline = monotonic() + self.settings.time_limit
                return self._answered(ready, deadline, make)
        except SortLimitError as error:
            raise LimitError(
                "the store does not sort as many rows as LIMIT and OFFSET reach",
                fix="take ORDER BY out, or ask for fewer rows",
            ) from error

    def write(self, ready: str, forms: Forms) -> Written:
        """The bytes of that answer; see :meth:`Engine.written`."""
        return written_answer(self.run(ready), forms, self.settings.byte_limit)

    def _check_query(self, ready: str) -> None:
        """Nothing, if the engine here would take the query."""
        try:
            self._store.query(ready, base_iri=BASE, prefixes=self.prefixes)
        except SyntaxError as error:
            raise syntax_fault(error, ready, self.prefixes) from error
        except (RuntimeError, OSError, ValueError) as error:
            raise run_fault(error, ready) from error

    def _answered(self, ready: str, deadline: float, make: partial[Answer]) -> Answer:
        request = request_of(ready, self.prefixes, self._graphs)
        parts = outline(request.query)
        asking = Asking(self._client, request.fields, request.shift, deadline)
        if parts.form == "ASK":
            return make("boolean", boolean=asking.boolean(request.query))
        link = partial(trails, ask=self._ask)
        if parts.form == "SELECT":
            table = self._whole.rows(request.query, parts, asking)
            return make("bindings", table.columns, table.rows, trails=link)
        triples = tuple(self._whole.graph(request.query, parts, asking))
        cells = [_cells(triple) for triple in triples]
        return make("graph", _TRIPLE, cells, triples=triples, trails=link)


def _cells(triple: pyoxigraph.Triple) -> Row:
    subject, predicate, value = triple
    return {"subject": subject, "predicate": predicate, "object": value}
