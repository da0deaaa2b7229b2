"""SPARQL servers of others, for tests that ask or fill them."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.remote.filling import load
from tests.remote.servers import MissingServerError, Server, locked, shared, started
from vomkg.transfer.contents import of_release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.remote.servers import Kind
    from vomkg.knowledge import KnowledgeGraph


@pytest.fixture(scope="session")
def servers_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the workers of pytest-xdist find the servers they share."""
    base = tmp_path_factory.getbasetemp()
    common = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return common / "servers"


@pytest.fixture(scope="session")
def oxigraph(servers_folder: Path) -> Iterator[Server]:
    """``oxigraph serve`` in memory, shared: write to graphs of your own names."""
    yield from _shared("oxigraph", servers_folder)


@pytest.fixture(scope="session")
def virtuoso(servers_folder: Path) -> Iterator[Server]:
    """Virtuoso, shared: write to graphs of your own names."""
    yield from _shared("virtuoso", servers_folder)


@pytest.fixture(scope="session")
def filled(
    kg: KnowledgeGraph, servers_folder: Path
) -> Callable[[Server], tuple[Server, dict[str, object]]]:
    """Fills a shared server with the shipped release, once for all workers.

    Gives the server, and what the proof of that load said.
    """

    @cache
    def fill(server: Server) -> tuple[Server, dict[str, object]]:
        done = servers_folder / f"{server.kind}-{server.pid}-filled.json"
        with locked(done):
            if not done.exists():
                outcome = load(server, of_release(kg.release), kg.settings)
                done.write_text(json.dumps(asdict(outcome.proof)), encoding="utf-8")
        return server, json.loads(done.read_text(encoding="utf-8"))

    return fill


@pytest.fixture
def own_oxigraph(tmp_path: Path) -> Iterator[Server]:
    """An empty ``oxigraph serve`` for one test alone."""
    with _or_skipped(), started("oxigraph", tmp_path / "oxigraph") as server:
        yield server


def _shared(kind: Kind, folder: Path) -> Iterator[Server]:
    with _or_skipped(), shared(kind, folder) as server:
        yield server


@contextmanager
def _or_skipped() -> Iterator[None]:
    """Without the program the test is skipped aloud; in CI it fails."""
    try:
        yield
    except MissingServerError as missing:
        if os.environ.get("CI"):
            pytest.fail(f"CI must have the servers: {missing}")
        pytest.skip(f"NOT TESTED, NO SERVER: {missing}")
