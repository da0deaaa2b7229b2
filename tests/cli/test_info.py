"""What is installed and loaded is told, and a release can be built anywhere."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from vomkg.cli import main


def run(*words):
    return CliRunner().invoke(main, list(words))


def test_info_names_release_graphs_sources_and_tools(kg):
    """A report of a fault can begin with the output of this command."""
    result = run("info", "--format", "json")
    facts = json.loads(result.stdout)
    assert facts["release"]["id"] == kg.release.id
    assert facts["triples"] == dict(kg.release.counts)
    assert facts["versions"]["pyoxigraph"]
    assert "vom.ttl" in facts["sources"]["data"]
    assert facts["limits of serve"]["seconds"] == 10
    assert set(facts["optional tools"]) == {"java", "pandas"}


def test_info_is_readable(kg):
    """The text form has the same facts."""
    result = run("info")
    assert result.exit_code == 0
    assert kg.release.id in result.stdout
    assert "vom.ttl" in result.stdout


def test_info_says_how_to_get_what_is_missing(monkeypatch):
    """An optional tool that is absent is named with its package."""
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    tools = json.loads(run("info", "--format", "json").stdout)["optional tools"]
    assert "default-jre-headless" in tools["java"]
    assert "vomkg[analysis]" in tools["pandas"]


def test_build_finds_the_release_in_the_cache(kg):
    """Without a folder the release of the cache is given."""
    result = run("build")
    assert (result.exit_code, result.stdout) == (0, f"{kg.release.path}\n")


@pytest.mark.slow
def test_build_makes_the_same_release_elsewhere(kg, tmp_path):
    """The same sources give the same release in any folder."""
    folder = tmp_path / "release"
    result = run("build", str(folder))
    assert (result.exit_code, result.stdout) == (0, f"{folder}\n")
    made = json.loads((folder / "manifest.json").read_text())
    assert made["id"] == kg.release.id


def test_build_refuses_a_folder_that_holds_something(tmp_path):
    """Nothing of another kind is overwritten."""
    (tmp_path / "letter.txt").write_text("dear")
    result = run("build", str(tmp_path))
    assert result.exit_code == 3
    assert (tmp_path / "letter.txt").read_text() == "dear"
