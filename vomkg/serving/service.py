"""What is served: the graph opened, the front end before it, all that watches it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Self

from vomkg.engine.workers import IsolatedEngine
from vomkg.serving.address import addressed
from vomkg.serving.asked import count_queries
from vomkg.serving.counts import Counts
from vomkg.serving.edge import Edge, logger
from vomkg.serving.journal import Journal
from vomkg.serving.metrics import metrics_of
from vomkg.serving.routes import routes
from vomkg.web import create_app
from vomkg.web.cache import cached

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from vomkg.errors import VomkgError
    from vomkg.knowledge import KnowledgeGraph

Opener = Callable[[Callable[[], None]], "KnowledgeGraph"]


class Service:
    """The front end with all it needs; close it when the server has stopped.

    Attributes:
        app: the WSGI application.
        counts: what it counts.
    """

    app: WSGIApplication

    def __init__(
        self, opener: Opener, server: str, on_loss: Callable[[VomkgError], None]
    ) -> None:
        """The service over the graph that the opener opens.

        Args:
            opener: opens the graph; what it is given must be called when no query
                can be answered any more.
            server: name of the HTTP server.
            on_loss: told why no query can be answered any more.

        Raises:
            VomkgError: the graph cannot be opened.
            UsageError: the access log cannot be written.
        """
        self._on_loss = on_loss
        self._kg: KnowledgeGraph | None = None
        self._kg = kg = opener(self._lost)
        self._engine = kg.engine
        self.counts = Counts()
        self._journal: Journal | None = None
        try:
            self.app = self._application(kg, server)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def reopen_log(self) -> None:
        """Write the access log to the file that now has its name."""
        if self._journal is not None:
            self._journal.reopen()

    def close(self) -> None:
        """End the worker processes and close the access log."""
        if isinstance(self._engine, IsolatedEngine):
            self._engine.close()
        if self._journal is not None:
            self._journal.close()

    def _application(self, kg: KnowledgeGraph, server: str) -> WSGIApplication:
        settings = kg.settings
        count_queries(kg, self.counts)
        app = create_app(kg)
        # Whoever waits for another's evaluation waits for its queue too.
        patience = max(60.0, 6 * settings.time_limit)
        cache = cached(app, release=kg.release.id, patience=patience)
        log = None
        if settings.access_log:
            self._journal = Journal(settings.access_log)
            log = logger(
                self._journal, kg.release.id, with_queries=settings.log_queries
            )
        metrics = metrics_of(kg, self.counts, cache.figures, self._unlogged, server)
        front = addressed(cache, settings)
        return Edge(front, self.counts, routes(app), metrics, log)

    def _unlogged(self) -> int:
        return self._journal.lost if self._journal else 0

    def _lost(self) -> None:
        engine = self._engine if self._kg is not None else None
        if isinstance(engine, IsolatedEngine) and engine.lost is not None:
            self._on_loss(engine.lost)
