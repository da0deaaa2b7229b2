"""A tiny graph with its own questions, and a client of the front end over it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vomkg.cli.files import GraphOfFiles
from vomkg.config import Settings
from vomkg.engine.local import Engine
from vomkg.web import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from vomkg.knowledge import KnowledgeGraph

SAMPLE = Path(__file__).parent / "sample"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="session")
def tiny(settings: Settings, tmp_path_factory: pytest.TempPathFactory):
    """The sample graph, with the shipped prefixes and its own questions."""
    root = tmp_path_factory.mktemp("sample")
    shutil.copytree(SAMPLE / "queries", root / "queries")
    (root / "ontology").mkdir()
    shutil.copy(settings.root / "ontology" / "prefixes.ttl", root / "ontology")
    sample = Settings(root=root, cache=root, row_limit=50, query_length=2000)
    return GraphOfFiles(Engine.from_files([SAMPLE / "data.trig"], sample))


@pytest.fixture
def client(tiny: KnowledgeGraph) -> FlaskClient:
    """A program that talks to the front end over the sample."""
    return create_app(tiny).test_client()


@pytest.fixture
def browser(tiny: KnowledgeGraph) -> FlaskClient:
    """A browser that does so."""
    found = create_app(tiny).test_client()
    found.environ_base["HTTP_ACCEPT"] = BROWSER["Accept"]
    return found
