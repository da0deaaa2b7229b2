"""The shipped graph with other data, and answers with other values."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Literal

from vomkg.cli.files import GraphOfFiles
from vomkg.engine.local import Engine


@pytest.fixture(scope="session")
def changed(settings, tmp_path_factory):
    """Make the shipped graph with each text of the data replaced by another."""

    def make(*pairs):
        folder = tmp_path_factory.mktemp("changed")
        files = []
        for path in settings.data_files():
            text = path.read_text(encoding="utf-8")
            for old, new in pairs:
                text = text.replace(old, new)
            files.append(folder / path.name)
            files[-1].write_text(text, encoding="utf-8")
        return GraphOfFiles(
            Engine.from_files([*settings.ontology_files(), *files], settings)
        )

    return make


@pytest.fixture
def with_values():
    """An answer with other literals in one column, row by row; None is no value."""

    def make(answer, **columns):
        rows = [dict(row) for row in answer.rows]
        for name, values in columns.items():
            for row, value in zip(rows, values, strict=True):
                row[name] = Literal(value) if isinstance(value, str) else value
        return replace(answer, rows=rows)

    return make
