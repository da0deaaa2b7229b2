"""Data for servers to serve."""

from __future__ import annotations

import pytest

from tests.web.conftest import client, tiny

__all__ = ["client", "people", "person", "tiny"]


@pytest.fixture
def people(tmp_path):
    """A file of three hundred triples."""
    path = tmp_path / "people.nt"
    lines = [f"<urn:{n}> <urn:{'ppq'[n % 3]}> <urn:{n}> .\n" for n in range(300)]
    path.write_text("".join(lines))
    return path


@pytest.fixture
def person(tmp_path):
    """A file of one triple."""
    path = tmp_path / "person.nt"
    path.write_text("<urn:a> <urn:p> <urn:b> .\n")
    return path
