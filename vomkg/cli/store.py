"""A knowledge graph over a remote store."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from vomkg.cli.files import GraphOfFiles
from vomkg.engine.source import Source

if TYPE_CHECKING:
    from vomkg.ask.reply import Reply
    from vomkg.config import Settings
    from vomkg.engine.local import Engine
    from vomkg.engine.workers import IsolatedEngine
    from vomkg.search.hits import Hits

# Labels change less often than answers do, and each costs a query.
_LABELS_LIVE: Final = 600.0


class GraphOfStore(GraphOfFiles):
    """Answers queries, and the shipped questions, over a store that may change."""

    def __init__(self, engine: Engine | IsolatedEngine) -> None:
        super().__init__(engine)
        self._until = monotonic() + _LABELS_LIVE

    def label(self, iri: str) -> str:
        """The name of a thing, as it was some minutes ago at most."""
        self._forget()
        return super().label(iri)

    def ask(self, text: str, /) -> Reply:
        """What the store answers, by its lexicon of some minutes ago at most."""
        self._forget()
        return super().ask(text)

    def search(
        self, text: str, kind: str | None = None, limit: int = 20, start: int = 0
    ) -> Hits:
        """What is found by the names and texts of some minutes ago at most."""
        self._forget()
        return super().search(text, kind, limit, start)

    def _forget(self) -> None:
        if monotonic() >= self._until:
            self._label.cache_clear()
            self.__dict__.pop("_asker", None)
            self.__dict__.pop("_searcher", None)
            self._until = monotonic() + _LABELS_LIVE


def store_source(settings: Settings, default_graph: str) -> Source:
    """The store of the settings with the graphs that it has for us.

    Args:
        settings: the store's address and who asks.
        default_graph: ``union``, or ``plain`` to leave the dataset to the store.

    Raises:
        UsageError: the credentials do not fit together or to the address.
        InputError: it holds none of our graphs, or some share a triple.
        UpstreamError: it cannot be asked.
    """
    from vomkg.engine.remote.discovery import discovered

    if default_graph == "plain":
        return Source((), is_remote=True)
    return Source((), is_remote=True, graphs=discovered(settings))
