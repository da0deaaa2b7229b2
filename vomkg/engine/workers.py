"""An engine whose queries run in worker processes, each killed at its limit.

The engine in this process cannot be told to stop, and takes the process with it
when it crashes. Here the server only checks a query, waits for a worker, and
reads its answer; whatever a query does, it does to one worker.
"""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Self

from vomkg.engine.parcels import unpack_answer
from vomkg.engine.pool import Pool
from vomkg.engine.preparation import prepared
from vomkg.engine.trail import trails
from vomkg.engine.wire import (
    pack_query,
    unpack_written,
)
from vomkg.errors import MissingToolError, VomkgError
from vomkg.graph.prefixes import load_prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vomkg.config import Settings
    from vomkg.engine.answer import Answer
    from vomkg.engine.results import Term
    from vomkg.engine.source import Source
    from vomkg.engine.writing import Forms, Written


class IsolatedEngine:
    """Answers queries as :class:`~vomkg.engine.local.Engine` does, within limits.

    Any thread may ask. Close it, or its processes end with this one.
    """

    def __init__(
        self,
        source: Source,
        settings: Settings,
        *,
        on_loss: Callable[[], None] | None = None,
    ) -> None:
        """An engine with its processes started and the source loaded.

        Args:
            source: what to load.
            settings: limits and prefixes.
            on_loss: called once if no query can be answered any more.

        Raises:
            MissingToolError: this system has no fork, or forbids it.
            InputError: the source cannot be read.
            EngineError: the mother process ended at once.
        """
        if not (hasattr(os, "fork") and hasattr(socket, "recv_fds")):
            raise MissingToolError("this system cannot fork worker processes")
        self.settings = settings
        self.prefixes = load_prefixes(settings.root)
        self.release = source.release
        self._pool = Pool(source, settings, on_loss)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def query(self, text: str, *, bindings: Mapping[str, Term] | None = None) -> Answer:
        """The complete answer of a SPARQL 1.1 query.

        Args:
            text: the query; the prefixes of the graph need no declaration.
            bindings: values for variables of the query, by name without ``?``.

        Raises:
            QueryRefusedError: it asks for what is not allowed here.
            QuerySyntaxError: it is not SPARQL.
            ParameterError: a binding has no variable, or is a blank node.
            LimitError: it takes too long or too much memory, its answer is too
                large, or too many queries are waiting.
            EngineError: the worker died.
        """
        ready = prepared(text, bindings, self.settings, self.prefixes)
        reply = self._pool.ask(pack_query(ready, None))
        found = unpack_answer(reply, text, self.release, self.prefixes)
        if found.boolean is not None:
            return found
        return replace(found, trails=partial(trails, ask=self._ask))

    def written(self, text: str, forms: Forms) -> Written:
        """The bytes of the complete answer of a query, written by the worker.

        Args:
            text: as for :meth:`query`.
            forms: the format wanted for rows and for a graph, as far as any is.

        Raises:
            FormatError: the format cannot hold a character or property of it.
            VomkgError: as for :meth:`query`.
        """
        ready = prepared(text, None, self.settings, self.prefixes)
        return unpack_written(self._pool.ask(pack_query(ready, forms)))

    @property
    def lost(self) -> VomkgError | None:
        """Why no query can be answered any more, if that is so."""
        return self._pool.lost

    def pids(self) -> list[int]:
        """The mother's process number, then those of the workers."""
        return self._pool.pids()

    def figures(self) -> Mapping[str, int]:
        """What there is to watch: workers alive, queries waiting, ends by cause."""
        return self._pool.figures()

    def close(self) -> None:
        """End all processes; queries that run or wait get an error."""
        self._pool.close()

    def _ask(self, text: str, bindings: Mapping[str, Term]) -> Answer:
        return self.query(text, bindings=bindings)
