"""Publishing: whole or not at all, from files of any size, in any number at once."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from tests.release.conftest import close, of_shipped
from vomkg.cli.live import open_published
from vomkg.engine.source import Source
from vomkg.errors import InputError
from vomkg.release.manifest import read_manifest
from vomkg.release.publish import publish

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.config import Settings
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.release.manifest import Published
    from vomkg.release.publish import DefaultGraph
    from vomkg.release.shelf import Shelf

# Builds a release and is stopped by a fault of the disk at the step that is named.
DYING = """
import os, signal, sys
from pathlib import Path
from vomkg.config import settings_from_environment
from vomkg.release import dumps, publish, shelf
def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
module, name = sys.argv[1].split(".")
setattr({"publish": publish, "shelf": shelf}[module], name, die)
publish.publish(settings_from_environment(), shelf.Shelf(Path(sys.argv[2])),
                [Path(sys.argv[3])], store="disk")
"""


def visible(shelf: Shelf) -> list[str]:
    return sorted(p.name for p in shelf.path.iterdir() if not p.name.startswith("."))


def test_dumps_hold_the_same_quads(shipped: Shelf, kg: KnowledgeGraph):
    """N-Quads and TriG, plain and packed, with their hashes in the manifest."""
    found = shipped.opened()
    assert (found.id, sum(kg.release.counts.values())) == (kg.release.id, found.quads)
    assert found.release.counts == kg.release.counts
    for name in ("dataset.nq", "dataset.trig"):
        data = (found.path / name).read_bytes()
        assert gzip.decompress((found.path / f"{name}.gz").read_bytes()) == data
        assert found.contents[name].sha256 == hashlib.sha256(data).hexdigest()
    quads = pyoxigraph.parse(path=found.path / "dataset.trig")
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    lines = "".join(sorted(f"{quad} .\n" for quad in dataset))
    assert hashlib.sha256(lines.encode()).hexdigest() == found.id


@pytest.mark.slow
def test_store_on_disk_answers_as_the_one_in_memory(
    kg: KnowledgeGraph, limits: Settings, tmp_path: Path
):
    """Every shipped question, by forked workers over a store opened for reading."""
    found = of_shipped(kg, limits, tmp_path, "disk").opened()
    assert found.store == "disk"
    disk = open_published(limits, found)
    try:
        for question in kg.questions:
            if not question.is_ready:
                continue
            here, there = kg.run(question.id), disk.run(question.id)
            rows = [
                [sorted(map(str, row.values())) for row in a.rows]
                for a in (here, there)
            ]
            if question.order == "any":
                rows = [sorted(found) for found in rows]
            assert rows[0] == rows[1], question.id
        whole = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
        assert list(kg.query(whole)) == list(disk.query(whole))
    finally:
        close(disk)
    found.check(whole=True)


def test_size_decides_between_memory_and_disk(
    shelf: Shelf, files: list[Path], limits: Settings
):
    """A store on disk from as many quads as the settings say."""
    small = replace(limits, disk_from=3)
    kinds = [publish(small, shelf, [path]).store for path in files]
    assert kinds == ["memory", "memory", "disk"]


@pytest.mark.parametrize("store", ["memory", "disk"])
def test_default_graph_is_the_union_or_plain(
    store, shelf: Shelf, limits: Settings, tmp_path: Path
):
    """Named graphs are part of the default graph, once a triple, if asked for."""
    path = tmp_path / "people.nq"
    path.write_text(
        "<urn:a> <urn:p> <urn:b> <urn:g> .\n<urn:a> <urn:p> <urn:b> <urn:h> .\n"
        "<urn:a> <urn:p> _:c .\n"
    )
    graphs: tuple[DefaultGraph, DefaultGraph] = ("union", "plain")
    for graph, other, expected in zip(graphs, graphs[::-1], (2, 1), strict=True):
        found = publish(limits, shelf, [path], default_graph=graph, store=store)
        kg = open_published(limits, found)
        try:
            assert len(kg.query("SELECT * { ?s ?p ?o }")) == expected
            assert len(kg.query("SELECT * { GRAPH ?g { ?s ?p ?o } }")) == 2
            assert kg.engine.release == found.id
        finally:
            close(kg)
        with pytest.raises(InputError, match="same release stands there"):
            publish(limits, shelf, [path], default_graph=other)
        shutil.rmtree(found.path)


@pytest.mark.slow
@pytest.mark.parametrize(
    "step", ["publish.write_dumps", "publish.copy_sources", "shelf._write_through"]
)
def test_killed_build_leaves_nothing_half(
    step: str, three: list[Published], shelf: Shelf, limits: Settings, tmp_path: Path
):
    """What was current stays; the next build sweeps the rests and succeeds."""
    path = tmp_path / "more.nt"
    path.write_text("<urn:new> <urn:p> <urn:o> .\n")
    before = visible(shelf)
    ended = subprocess.run(
        [sys.executable, "-c", DYING, step, str(shelf.path), str(path)], check=False
    )
    assert ended.returncode == -signal.SIGKILL
    assert visible(shelf) == before
    assert shelf.opened().id == three[0].id
    assert any(p.name.startswith(".draft-") for p in shelf.path.iterdir())
    found = publish(limits, shelf, [path])
    found.check(whole=True)
    assert not any(p.name.startswith(".draft-") for p in shelf.path.iterdir())


def test_builds_at_the_same_time_agree(
    shelf: Shelf, files: list[Path], limits: Settings
):
    """Several at once, of the same and of other data: each whole, and no rests."""

    def build(number: int) -> str:
        found = publish(limits, shelf, [files[number % 3]])
        shelf.switch(found)
        return found.path.name

    with ThreadPoolExecutor(6) as threads:
        names = set(threads.map(build, range(12)))
    assert set(shelf.names()) == names
    assert len(names) == 3
    for name in names:
        read_manifest(shelf.path / name).check(whole=True)
    assert {p.name for p in shelf.path.iterdir()} - names == {
        ".lock",
        ".drafts.lock",
        "current",
        "previous",
    }


def test_damaged_release_is_built_anew(
    three: list[Published], shelf: Shelf, files: list[Path], limits: Settings
):
    """Building the same again mends it."""
    (three[1].path / "dataset.nq").write_text("")
    with pytest.raises(InputError, match=r"dataset\.nq is not as it was written"):
        three[1].check(whole=False)
    publish(limits, shelf, [files[1]]).check(whole=True)


def test_store_that_is_none_is_an_error_of_input(limits: Settings, tmp_path: Path):
    """What cannot be opened is told as such."""
    source = Source((str(tmp_path / "none"),), release="x", kind="disk")
    with pytest.raises(InputError, match="cannot be opened"):
        source.engine(limits)
