"""A small project that is green, to be spoilt."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A copy of the small project, which is green, as working directory."""
    folder = tmp_path / "project"
    shutil.copytree(Path(__file__).with_name("project"), folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("VOMKG_ROOT", str(folder))
    return folder


@pytest.fixture
def data(project):
    """The project's data file."""
    return project / "data" / "small.ttl"
