"""What all tests share: settings on a cache of their own, and the shipped graph."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import hypothesis
import pytest

from vomkg.config import ENVIRONMENT_PREFIX, Settings, load_settings
from vomkg.engine.local import Engine
from vomkg.errors import MissingToolError
from vomkg.graph.prefixes import load_prefixes
from vomkg.graph.read import read
from vomkg.knowledge import KnowledgeGraph, load
from vomkg.reason.hermit import find_java

if TYPE_CHECKING:
    import rdflib

# Machines are shared: how long an example takes says nothing.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def clean_environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of whoever runs it, or writes to their cache."""
    for name in list(os.environ):
        if name.startswith(ENVIRONMENT_PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.setenv("VOMKG_CACHE", str(settings.cache))
    # Tests that call pySHACL themselves leave rdflib rewriting what it reads.
    monkeypatch.setattr("rdflib.NORMALIZE_LITERALS", False)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The default settings, with a cache that this run of the tests keeps."""
    base = tmp_path_factory.getbasetemp()
    # The workers of pytest-xdist share one cache, so the release is built once.
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return load_settings({}, cache=shared / "vomkg-cache")


@pytest.fixture(scope="session")
def prefixes(settings: Settings) -> dict[str, str]:
    """The shipped prefix list."""
    return load_prefixes(settings.root)


@pytest.fixture(scope="session")
def graph(settings: Settings) -> rdflib.Graph:
    """The shipped ontology and data as asserted; never change it."""
    return read([*settings.ontology_files(), *settings.data_files()])


@pytest.fixture(scope="session")
def engine(settings: Settings) -> Engine:
    """An engine over the shipped ontology and data as asserted."""
    files = [*settings.ontology_files(), *settings.data_files()]
    return Engine.from_files(files, settings)


@pytest.fixture(scope="session")
def kg(settings: Settings) -> KnowledgeGraph:
    """The knowledge graph of the shipped release."""
    return load(settings)


@pytest.fixture(scope="session")
def java() -> str:
    """The Java to run; without it the test is skipped, and in CI it fails."""
    try:
        return find_java()
    except MissingToolError as missing:
        if os.environ.get("CI"):
            pytest.fail(f"CI must have Java: {missing}")
        pytest.skip(f"NOT TESTED, HermiT DID NOT RUN: {missing}")
