"""Graphs to be asked besides the shipped one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vomkg.cli.files import GraphOfFiles
from vomkg.engine.local import Engine
from vomkg.knowledge import KnowledgeGraph


@pytest.fixture
def tiny_files(settings, tmp_path):
    """One triple in a file, with the shipped questions."""
    file = tmp_path / "one.nt"
    file.write_text("<urn:a> <urn:b> <urn:c> .\n", encoding="utf-8")
    return GraphOfFiles(Engine.from_files([file], settings))


@pytest.fixture
def few_rows(settings, kg):
    """The shipped graph where no answer may have more than 200 rows."""
    return KnowledgeGraph(replace(settings, row_limit=200), kg.release)
