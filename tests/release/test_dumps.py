"""Dumps: every graph in every syntax, the same bytes each time, and proven."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

from vomkg.errors import ConformanceError, InputError, UsageError
from vomkg.formats import by_media_type
from vomkg.graph.prefixes import load_prefixes
from vomkg.namespaces import GRAPHS
from vomkg.release.compression import compressions
from vomkg.release.distribution import distributions
from vomkg.release.dumping import write_distributions
from vomkg.release.publish import publish
from vomkg.release.takeaway import chosen, graph_hash, take, verify

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.config import Settings
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.release.shelf import Shelf

SYNTAXES = {"ttl", "nt", "jsonld", "rdf", "trig", "nq"}
# A blank node, a name that RDF/XML lacks, and the same triple in two graphs.
QUADS = f"""\
<urn:a> <urn:p> _:x <{GRAPHS}data> .
_:x <urn:p> "1.0"^^<http://www.w3.org/2001/XMLSchema#decimal> <{GRAPHS}data> .
<urn:a> <urn:p> "b"@en <{GRAPHS}data> .
<urn:a> <urn:p> "b"@en <{GRAPHS}ontology> .
<urn:a> <urn:p> "shape" <{GRAPHS}shapes> .
<urn:a> <urn:1> "one" <{GRAPHS}odd> .
<urn:a> <urn:p> "elsewhere" <urn:graph> .
<urn:a> <urn:p> "nowhere" .
"""


def silent(_: str) -> None:
    """Hears nothing."""


@pytest.fixture
def written(tmp_path: Path, settings: Settings) -> Path:
    """The dumps of a small dataset."""
    draft = tmp_path / "draft"
    draft.mkdir()
    (draft / "dataset.nq").write_text("".join(sorted(QUADS.splitlines(keepends=True))))
    write_distributions(draft, load_prefixes(settings.root))
    return draft


def test_shipped_release_has_every_graph_in_every_syntax(kg: KnowledgeGraph):
    found = distributions(kg.release)
    names = {item.name for item in found if not item.compression}
    graphs = [name for name, count in kg.release.counts.items() if count]
    assert len(graphs) >= 5
    assert names == {f"{graph}.{end}" for graph in graphs for end in SYNTAXES} | {
        "all.trig", "all.nq", "union.ttl", "union.nt", "union.jsonld", "union.rdf",
    }  # fmt: skip
    assert {item.compression for item in found} == set(compressions())
    assert len(found) == len(names) * len(compressions())


def test_list_tells_length_and_hash_of_each_file(kg: KnowledgeGraph):
    for item in distributions(kg.release):
        data = (kg.release.path / item.path).read_bytes()
        assert len(data) == item.bytes, item.name
        assert hashlib.sha256(data).hexdigest() == item.sha256, item.name
        if item.compression == "gzip":
            plain = kg.release.path / item.path.removesuffix(".gz")
            if item.name != "all.nq.gz":
                assert gzip.decompress(data) == plain.read_bytes()
            assert data[4:8] == bytes(4)


def test_sum_of_canonical_dump_is_the_hash_of_every_syntax(
    kg: KnowledgeGraph, settings: Settings
):
    """From any file two parties come to the same hash; the whole's is the id."""
    found = {item.name: item for item in distributions(kg.release)}
    assert found["all.nq"].sha256 == kg.release.id
    for name in (
        "ontology.ttl",
        "data.rdf",
        "data.jsonld",
        "data.ttl.gz",
        "shapes.rdf",
    ):
        path = kg.release.path / found[name].path
        expected = found[f"{found[name].graph}.nt"].sha256
        assert graph_hash(path, settings) == expected, name
    for name in ("questions.trig", "all.trig.gz"):
        expected = found[f"{found[name].graph}.nq"].sha256
        assert graph_hash(kg.release.path / found[name].path, settings) == expected


# rdflib warns at itself.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_rdflib_reads_each_syntax_as_the_same_graph(written: Path):
    """Read by another library than the one that wrote it."""
    graph = rdflib.Graph().parse(written / "dumps" / "data.nt")
    assert len(graph) == 3
    for name, form in (("ttl", "turtle"), ("jsonld", "json-ld"), ("rdf", "xml")):
        path = written / "dumps" / f"data.{name}"
        assert isomorphic(rdflib.Graph().parse(path, format=form), graph), name
    for name, form in (("trig", "trig"), ("nq", "nquads")):
        dataset = rdflib.Dataset()
        dataset.parse(written / "dumps" / f"data.{name}", format=form)
        assert isomorphic(dataset.graph(rdflib.URIRef(GRAPHS + "data")), graph), name


def test_union_is_what_queries_ask(written: Path):
    """Every graph but the shapes, each triple once."""
    text = (written / "dumps" / "union.nt").read_text()
    assert len(text.splitlines()) == 6
    assert '"shape"' not in text
    assert '"elsewhere"' in text
    assert '"nowhere"' in text


def test_syntax_that_cannot_hold_a_graph_is_left_out(written: Path):
    names = {path.name for path in (written / "dumps").iterdir()}
    assert {"odd.ttl", "odd.jsonld", "all.trig"} <= names
    assert not {"odd.rdf", "union.rdf"} & names


def test_equal_quads_give_equal_files(
    written: Path, tmp_path: Path, settings: Settings
):
    """Whatever the blank nodes were called and in whatever order the lines came."""
    again = tmp_path / "again"
    again.mkdir()
    lines = QUADS.replace("_:x", "_:y").splitlines(keepends=True)
    (again / "dataset.nq").write_text("".join(lines))
    found = write_distributions(again, load_prefixes(settings.root))
    same = json.loads((written / "dumps.json").read_text())
    assert {i.name: i.sha256 for i in found if i.graph != "all"} == {
        i["name"]: i["sha256"] for i in same if i["graph"] != "all"
    }


def test_large_releases_have_the_whole_alone(
    shelf: Shelf, files: list[Path], limits: Settings
):
    """Above the limit nothing is held in memory to be written."""
    found = publish(replace(limits, dump_limit=1), shelf, [files[1]])
    listed = distributions(found.release)
    assert [item.name for item in listed] == [
        "all.trig", "all.trig.gz", "all.nq", "all.nq.gz",
    ]  # fmt: skip
    for item in listed:
        assert found.contents[item.path].sha256 == item.sha256


def test_sha256sum_accepts_what_is_taken(kg: KnowledgeGraph, tmp_path: Path):
    folder = tmp_path / "taken"
    picked = chosen(kg.release, ["data"], ["turtle", "ntriples"], ["none", "gzip"])
    assert [item.name for item in picked] == [
        "data.ttl", "data.ttl.gz", "data.nt", "data.nt.gz",
    ]  # fmt: skip
    take(kg.release, picked, folder, silent)
    tool = shutil.which("sha256sum")
    assert tool is not None, "install coreutils"
    words = [tool, "--strict", "-c", "SHA256SUMS"]
    done = subprocess.run(
        words, cwd=folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.count(": OK")) == (0, 5), done.stderr
    assert {path.name for path in folder.iterdir()} == {
        *(item.name for item in picked), "dumps.json", "SHA256SUMS",
    }  # fmt: skip


def test_taken_graphs_are_proven(
    kg: KnowledgeGraph, settings: Settings, tmp_path: Path
):
    """Other bytes are told, and so is another graph under a sum that fits it."""
    folder = tmp_path / "taken"
    picked = chosen(kg.release, ["data"], ["turtle", "trig"], ["none"])
    take(kg.release, picked, folder, silent)
    assert verify(folder, settings, silent) == 3
    path = folder / "data.ttl"
    old = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_text(path.read_text() + "<urn:a> <urn:b> <urn:c> .\n")
    with pytest.raises(ConformanceError, match="not as it was written"):
        verify(folder, settings, silent)
    new = hashlib.sha256(path.read_bytes()).hexdigest()
    sums = folder / "SHA256SUMS"
    sums.write_text(sums.read_text().replace(old, new))
    with pytest.raises(ConformanceError, match="another graph"):
        verify(folder, settings, silent)


def test_files_of_others_are_never_replaced(kg: KnowledgeGraph, tmp_path: Path):
    picked = chosen(kg.release, ["data"], ["turtle"], ["none"])
    mine = tmp_path / "data.ttl"
    mine.write_text("mine")
    with pytest.raises(InputError, match="stands there"):
        take(kg.release, picked, tmp_path, silent)
    assert [path.name for path in tmp_path.iterdir()] == ["data.ttl"]
    assert mine.read_text() == "mine"
    mine.unlink()
    take(kg.release, picked, tmp_path, silent)
    take(kg.release, picked, tmp_path, silent)


def test_unknown_graph_and_empty_choice_are_told(kg: KnowledgeGraph):
    with pytest.raises(UsageError, match="no dump of a graph 'none'"):
        chosen(kg.release, ["none"], [], [])
    with pytest.raises(UsageError, match="no dump fits"):
        chosen(kg.release, ["all"], ["turtle"], [])


def test_damaged_archive_is_told(tmp_path: Path, settings: Settings):
    path = tmp_path / "half.nt.gz"
    path.write_bytes(gzip.compress(b"<urn:a> <urn:b> <urn:c> .\n" * 99)[:-9])
    with pytest.raises(InputError, match="ends too early"):
        graph_hash(path, settings)


def test_media_types_are_those_of_the_table(kg: KnowledgeGraph):
    for item in distributions(kg.release):
        end = by_media_type(item.media_type).extension
        assert item.plain_name == f"{item.graph}.{end}"


def test_dumps_of_the_whole_hold_every_quad(kg: KnowledgeGraph):
    path = kg.release.path / "dumps" / "all.trig"
    quads = set(pyoxigraph.parse(path=path))
    assert len(quads) == sum(kg.release.counts.values())
