"""Where an engine's triples come from: a release's dataset, files, or a store."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyoxigraph

from vomkg.config import Settings
from vomkg.engine.local import Engine
from vomkg.engine.remote.graphs import Graphs
from vomkg.errors import InputError

if TYPE_CHECKING:
    from vomkg.engine.stores import DefaultGraph


@dataclass(frozen=True, slots=True)
class Source:
    """What to load, in terms that another process understands.

    Attributes:
        paths: the files.
        default_graph: as in :meth:`Engine.from_files`; None takes the one path as
            a release's N-Quads, which are not checked again.
        release: id of the release, empty for files.
        kind: ``files`` are read; ``disk`` is a store in one directory, opened
            for reading; ``plain`` is a release's N-Quads as they are.
        is_remote: whether it is the store of the settings, and no file.
        graphs: what is asked of that store; None leaves it to store and query.
    """

    paths: tuple[str, ...]
    default_graph: DefaultGraph | None = None
    release: str = ""
    kind: Literal["files", "disk", "plain"] = "files"
    is_remote: bool = False
    graphs: Graphs | None = None

    def engine(self, settings: Settings) -> Engine:
        """An engine over it, in this process.

        Raises:
            FormatError: an extension is not one of RDF.
            InputError: a file cannot be read or is not well-formed.
            UsageError: the credentials of a store do not fit.
        """
        if self.is_remote:
            from vomkg.engine.remote.engine import RemoteEngine

            return RemoteEngine(settings, self.graphs)
        paths = [Path(path) for path in self.paths]
        if self.kind != "files":
            is_disk = self.kind == "disk"
            store = _opened(paths[0], is_disk=is_disk)
            engine = Engine(store, settings, release=self.release)
            engine.opens_files = is_disk
            return engine
        if self.default_graph is None:
            return Engine.from_nquads(paths[0], settings, release=self.release)
        return Engine.from_files(paths, settings, default_graph=self.default_graph)

    def stamp(self) -> list[tuple[int, int, int] | None]:
        """What changes when a file does; None for one that is not there."""
        return [_stamp(Path(path)) for path in self.paths]


def to_order(source: Source, settings: Settings) -> bytes:
    """The source and the settings, for another process of ours."""
    return json.dumps([asdict(source), asdict(settings)], default=str).encode()


def from_order(text: bytes) -> tuple[Source, Settings]:
    """What :func:`to_order` was given."""
    source, settings = json.loads(text)
    source["paths"] = tuple(source["paths"])
    if source["graphs"] is not None:
        source["graphs"] = Graphs(*map(tuple, source["graphs"]))
    settings["store_graphs"] = tuple(settings["store_graphs"])
    for name in ("root", "cache"):
        settings[name] = Path(settings[name])
    settings["service_endpoints"] = tuple(settings["service_endpoints"])
    return Source(**source), Settings(**settings)


def _opened(path: Path, *, is_disk: bool) -> pyoxigraph.Store:
    try:
        if is_disk:
            return pyoxigraph.Store.read_only(str(path))
        store = pyoxigraph.Store()
        store.bulk_load(path=path, format=pyoxigraph.RdfFormat.N_QUADS)
    except (OSError, SyntaxError) as error:
        raise InputError(f"cannot be opened: {error}", path=path) from error
    return store


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
