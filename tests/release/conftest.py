"""Releases to serve: of two small files, and of the shipped graph."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from wsgiref.util import setup_testing_defaults

import pytest

from vomkg.release.manifest import read_manifest
from vomkg.release.publish import publish
from vomkg.release.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.config import Settings
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.release.manifest import Published

COUNT = "/sparql?query=SELECT+(COUNT(*)+AS+?n)+%7B?s+?p+?o%7D"


@pytest.fixture(scope="session")
def limits(settings: Settings) -> Settings:
    """The settings, with one worker: tests need no more."""
    return replace(settings, workers=1)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An empty shelf."""
    return Shelf(tmp_path / "shelf")


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three files of one, two and three triples."""
    folder = tmp_path_factory.mktemp("files")
    found = [folder / f"{name}.nt" for name in ("one", "two", "three")]
    for size, path in enumerate(found, 1):
        path.write_text("".join(f"<urn:{n}> <urn:p> <urn:o> .\n" for n in range(size)))
    return found


@pytest.fixture(scope="session")
def built(
    files: list[Path], limits: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Shelf:
    """A release of each file; the first is current. Only to be copied."""
    shelf = Shelf(tmp_path_factory.mktemp("built"))
    first, *_ = [publish(limits, shelf, [path]) for path in files]
    shelf.switch(first)
    return shelf


@pytest.fixture
def three(built: Shelf, shelf: Shelf) -> list[Published]:
    """A release of each of the three files; the first is current."""
    shutil.copytree(built.path, shelf.path, symlinks=True)
    found = [read_manifest(shelf.path / name) for name in shelf.names()]
    return sorted(found, key=lambda release: release.quads)


@pytest.fixture(scope="session")
def shipped(
    kg: KnowledgeGraph, limits: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Shelf:
    """The shipped graph, published to be loaded; it is current."""
    found: Shelf = of_shipped(kg, limits, tmp_path_factory.mktemp("shelf"), "memory")
    return found


def of_shipped(kg, limits, folder, store):
    """A shelf with the shipped release, which is not inferred once more for it."""
    found = Shelf(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "vomkg.release.contents.lines",
            lambda *_: kg.release.dataset.read_text("utf-8").splitlines(keepends=True),
        )
        found.switch(publish(limits, found, store=store))
    return found


def close(kg):
    """End the processes behind a graph that was opened."""
    kg.engine.close()


class Reply:
    """What a WSGI application answered."""

    def __init__(self, app, address, accept="", **more):
        path, _, query = address.partition("?")
        environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_ACCEPT": accept}
        setup_testing_defaults(environ)
        environ |= {"wsgi.input": BytesIO(), **more}
        chunks = app(environ, self._start)
        try:
            self.body = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()

    def _start(self, status, headers, exc_info=None):
        self.status = int(status.split()[0])
        self.headers = {name.lower(): text for name, text in headers}
        self.links = [text for name, text in headers if name.lower() == "link"]

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def count(self):
        """The one number in the answer."""
        [row] = self.json["results"]["bindings"]
        return int(row["n"]["value"])
