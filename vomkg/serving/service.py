"""What is served: the graph opened, the front end before it, all that watches it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Self

from vomkg.errors import EngineError
from vomkg.serving.address import addressed
from vomkg.serving.asked import count_queries
from vomkg.serving.bodies import Bodies
from vomkg.serving.counts import Counts
from vomkg.serving.edge import Edge, logger
from vomkg.serving.journal import Journal
from vomkg.serving.metrics import metrics_of
from vomkg.serving.routes import routes
from vomkg.web import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from wsgiref.types import WSGIApplication

    from vomkg.config import Settings
    from vomkg.errors import VomkgError
    from vomkg.serving.front import Front, Opener


class Service:
    """The front end with all it needs; close it when the server has stopped.

    Attributes:
        app: the WSGI application.
        counts: what it counts.
    """

    app: WSGIApplication

    def __init__(
        self,
        settings: Settings,
        opener: Opener,
        server: str,
        on_loss: Callable[[VomkgError], None],
    ) -> None:
        """The service over what the opener opens.

        Args:
            settings: limits and the like.
            opener: opens what is served.
            server: name of the HTTP server.
            on_loss: told why no query can be answered any more.

        Raises:
            VomkgError: it cannot be opened.
            UsageError: the access log cannot be written.
        """
        self._on_loss = on_loss
        self.counts = Counts()
        self._journal: Journal | None = None
        self._front: Front | None = None
        self._front = opener(self._lost, partial(count_queries, counts=self.counts))
        try:
            self.app = self._application(self._front, settings, server)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def hang_up(self) -> bool:
        """Write the access log to the file that now has its name, look for a release.

        False if there is neither a log nor a release to look for.
        """
        if self._journal is not None:
            self._journal.reopen()
        looks = self._front is not None and self._front.look()
        return looks or self._journal is not None

    def close(self) -> None:
        """End the worker processes and close the access log."""
        if self._front is not None:
            self._front.close()
        if self._journal is not None:
            self._journal.close()

    def _application(
        self, front: Front, settings: Settings, server: str
    ) -> WSGIApplication:
        log = None
        if settings.access_log:
            self._journal = Journal(settings.access_log)
            log = logger(
                self._journal,
                lambda: front.kg.release.id,
                with_queries=settings.log_queries,
            )
        metrics = metrics_of(front, self.counts, self._unlogged, server)
        # Every front has the same addresses.
        route = routes(create_app(front.kg))
        # As many as may ask a query, or wait to; the threads beside stay free.
        app = Bodies(front.app, settings.workers + settings.queue)
        return Edge(addressed(app, settings), self.counts, route, metrics, log)

    def _unlogged(self) -> int:
        return self._journal.lost if self._journal else 0

    def _lost(self) -> None:
        lost = self._front.lost if self._front is not None else None
        self._on_loss(lost or EngineError("the query engine was lost"))
