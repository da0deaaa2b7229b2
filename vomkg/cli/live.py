"""A folder of releases as one WSGI application, for whatever server runs it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vomkg.cli.isolated import isolated

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vomkg.config import Settings
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.release.manifest import Published
    from vomkg.web.releases import Opened, Releases


def live_app(
    settings: Settings,
    folder: Path,
    on_loss: Callable[[], object] | None = None,
    watch: Callable[[KnowledgeGraph], None] | None = None,
) -> Releases:
    """The front end over the folder's current release; the others by their id.

    Args:
        settings: limits, and how many other releases may be open.
        folder: the releases, as 'vomkg build --to' makes them.
        on_loss: called if the current release can answer no query any more.
        watch: told of each graph that is opened, before anything asks it.

    Returns:
        A WSGI application with ``look()``, to be called when another release may
        be current (it looks by itself about once a second), and ``close()``.

    Raises:
        VomkgError: no release is current, or it cannot be opened.
    """
    from vomkg.release.shelf import Shelf
    from vomkg.web.cache import patience_of
    from vomkg.web.releases import Releases

    def opened(found: Published, is_current: bool, lost: Callable[[], None]) -> Opened:
        from vomkg.engine.workers import IsolatedEngine
        from vomkg.web.releases import Opened

        own = settings if is_current else replace(settings, workers=1)
        kg = open_published(own, found, lost)
        engine = kg.engine
        close = engine.close if isinstance(engine, IsolatedEngine) else _nothing
        if watch is not None:
            watch(kg)
        return Opened(kg, close)

    return Releases(
        Shelf(folder.resolve()),
        opened,
        others=settings.pinned_open,
        patience=patience_of(settings),
        on_loss=on_loss,
    )


def _nothing() -> None:
    """Ends nothing: an engine in this process ends with it."""


def open_published(
    settings: Settings, found: Published, on_loss: Callable[[], None] | None = None
) -> KnowledgeGraph:
    """The graph of a published release, its queries answered as above.

    Questions and prefixes are those that the release brings.

    Args:
        settings: limits, and up to which size every hash is compared.
        found: the release.
        on_loss: called if no query can be answered any more.

    Raises:
        InputError: a file of the release is damaged.
        EngineError: the engine's process ended while it loaded the data.
    """
    from dataclasses import replace

    from vomkg.cli.files import GraphOfFiles
    from vomkg.engine.source import Source
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.release.manifest import SOURCES, STORE

    found.check(whole=found.bytes <= settings.checked_bytes)
    own = replace(settings, root=found.path / SOURCES)
    if found.store == "disk":
        source = Source((str(found.path / STORE),), release=found.id, kind="disk")
    else:
        kind = "plain" if found.default_graph == "plain" else "files"
        paths = (str(found.release.dataset),)
        source = Source(paths, release=found.id, kind=kind)  # type: ignore[arg-type]
    engine = isolated(source, own, on_loss)
    if found.is_of_files:
        return GraphOfFiles(engine, found.release)
    return KnowledgeGraph(own, found.release, engine)
