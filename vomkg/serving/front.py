"""What a server serves: one graph for as long as it runs, or a folder of releases."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from werkzeug.test import EnvironBuilder, run_wsgi_app

from vomkg.engine.workers import IsolatedEngine
from vomkg.web import create_app
from vomkg.web.alone import OneRelease
from vomkg.web.cache import ResponseCache, cached, lifetime_of, patience_of
from vomkg.web.direct import Direct

if TYPE_CHECKING:
    from collections.abc import Mapping
    from wsgiref.types import WSGIApplication

    from vomkg.errors import VomkgError
    from vomkg.knowledge import KnowledgeGraph

Watch = Callable[["KnowledgeGraph"], None]


class Front(Protocol):
    """A front end with its cache, and what there is to know of it."""

    @property
    def app(self) -> WSGIApplication:
        """What answers."""

    @property
    def kg(self) -> KnowledgeGraph:
        """The graph that is served now."""

    @property
    def lost(self) -> VomkgError | None:
        """Why no query can be answered any more, if that is so."""

    def figures(self) -> Mapping[str, int]:
        """The figures of the response cache that is in use now."""

    def look(self) -> bool:
        """Whether it looks for another release, now that it is told to."""

    def close(self) -> None:
        """End the worker processes."""


# Makes a front, given what to call when no query can be answered any more, and
# what to tell of each graph before anything asks it.
Opener = Callable[[Callable[[], None], Watch], Front]


class OneGraph:
    """The front end over one graph; see :class:`Front`."""

    def __init__(self, kg: KnowledgeGraph, watch: Watch) -> None:
        self._engine = kg.engine
        self.kg = kg
        app = _app(kg)
        if kg.release.id:
            _warm(app)
        watch(kg)
        self.app: WSGIApplication = app
        self.figures = app.figures

    @property
    def lost(self) -> VomkgError | None:
        """Why no query can be answered any more, if that is so."""
        engine = self._engine
        return engine.lost if isinstance(engine, IsolatedEngine) else None

    def look(self) -> bool:
        """False: there is nothing else to serve."""
        return False

    def close(self) -> None:
        """End the worker processes."""
        if isinstance(self._engine, IsolatedEngine):
            self._engine.close()


def _app(kg: KnowledgeGraph) -> OneRelease | ResponseCache:
    patience = patience_of(kg.settings)
    if kg.release.id:
        return OneRelease(kg, patience)
    return cached(
        Direct(create_app(kg), kg),
        release="",
        patience=patience,
        lifetime=lifetime_of(kg.settings),
    )


def _warm(app: WSGIApplication) -> None:
    """Show the overview to nobody.

    What all pages need is read then: questions, templates, names of classes. The
    first visitor would wait five times as long as the next.
    """
    browser = EnvironBuilder(path="/", headers=[("Accept", "text/html")])
    run_wsgi_app(app, browser.get_environ(), buffered=True)


def one_graph(
    opened: Callable[[Callable[[], None]], KnowledgeGraph],
    on_loss: Callable[[], None],
    watch: Watch,
) -> OneGraph:
    """A front over the graph that a function opens; an :data:`Opener` by its rest.

    Raises:
        VomkgError: the graph cannot be opened.
    """
    kg = opened(on_loss)
    try:
        return OneGraph(kg, watch)
    except BaseException:
        if isinstance(kg.engine, IsolatedEngine):
            kg.engine.close()
        raise
