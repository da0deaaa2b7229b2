"""``vomkg dump`` and ``vomkg hash``, as a user runs them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from vomkg.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.knowledge import KnowledgeGraph


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def folder(kg: KnowledgeGraph, tmp_path: Path) -> Path:
    """Where some dumps of the shipped release have been written."""
    found = tmp_path / "dumps"
    done = run("dump", found, "--graph", "data", "--graph", "all", "--compress", "none")
    assert (done.exit_code, done.stdout.count("\n")) == (0, 8), done.stderr
    assert kg.release.id in done.stdout
    return found


def test_dump_says_what_it_wrote_and_proves_it(folder: Path):
    done = run("dump", folder, "--verify")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "8 files hold the graphs of the release" in done.stderr


def test_verify_fails_on_other_bytes_and_missing_files(folder: Path):
    (folder / "data.rdf").write_text("")
    done = run("dump", folder, "--verify")
    assert done.exit_code == 1
    assert "data.rdf: is not as it was written" in done.stderr
    (folder / "data.rdf").unlink()
    assert run("dump", folder, "--verify").exit_code == 3
    shutil.rmtree(folder)
    assert run("dump", folder, "--verify").exit_code == 3


def test_choices_that_fit_nothing_are_wrong_usage(folder: Path):
    assert run("dump", folder, "--graph", "none").exit_code == 2
    assert run("dump", folder, "--verify", "--graph", "data").exit_code == 2
    assert run("dump", folder, "--graph", "all", "--format", "turtle").exit_code == 2


def test_hash_is_the_same_from_each_syntax(folder: Path, kg: KnowledgeGraph):
    files = [folder / f"data.{end}" for end in ("ttl", "nt", "rdf", "jsonld")]
    done = run("hash", "--same", *files)
    assert done.exit_code == 0
    assert len({line.split()[0] for line in done.stdout.splitlines()}) == 1
    whole = run("hash", folder / "all.trig", folder / "all.nq")
    assert [line.split()[0] for line in whole.stdout.splitlines()] == [
        kg.release.id
    ] * 2


def test_different_graphs_are_told(folder: Path, tmp_path: Path):
    other = tmp_path / "other.ttl"
    other.write_text("<urn:a> <urn:b> <urn:c> .")
    done = run("hash", "--same", folder / "data.ttl", other)
    assert done.exit_code == 1
    assert "2 different graphs" in done.stderr
    assert run("hash", tmp_path / "none.ttl").exit_code == 3
    assert run("hash", folder / "SHA256SUMS").exit_code == 2
