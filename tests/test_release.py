"""A release: built once, the same everywhere, whole or not at all."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

from vomkg import release as release_module
from vomkg.errors import ConformanceError, InputError, QuestionFileError, TurtleError
from vomkg.graph.read import read
from vomkg.graph.terms import to_rdflib
from vomkg.namespaces import GraphName, Vom
from vomkg.release import Release, build, open_release

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.config import Settings
    from vomkg.knowledge import KnowledgeGraph

VOM = "https://w3id.org/vomkg/ontology#"
PREFIXES = f"""
@prefix id: <https://w3id.org/vomkg/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/vomkg/shapes#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vom: <{VOM}> .
"""
FILES = {
    "ontology/prefixes.ttl": PREFIXES
    + f"""
<{VOM[:-1]}> sh:declare <urn:p:vom>, <urn:p:id> .
<urn:p:vom> sh:prefix "vom" ; sh:namespace "{VOM}" .
<urn:p:id> sh:prefix "id" ; sh:namespace "https://w3id.org/vomkg/id/" .
""",
    "ontology/vomkg.ttl": PREFIXES
    + """
vom:Claim a owl:Class . vom:Finding a owl:Class ; rdfs:subClassOf vom:Claim .
vom:Thing a owl:Class ; owl:equivalentClass [ owl:oneOf ( id:a id:b ) ] .
vom:reportedBy a owl:ObjectProperty .
vom:ratioValue a owl:DatatypeProperty .
""",
    "data/vom.ttl": PREFIXES
    + "id:claim a vom:Finding ; vom:reportedBy id:a ; vom:ratioValue 0.540 .\n",
    "shapes/claim.ttl": PREFIXES
    + """
shape:Claim a sh:NodeShape ; sh:targetClass vom:Finding ;
  sh:property shape:Claim-speaker .
shape:Claim-speaker sh:path vom:reportedBy ; sh:minCount 1 ;
  sh:message "name who says so" ; sh:severity sh:Violation .
""",
    "queries/who.rq": """\
#+ summary: Who says what
#+ question: Who makes which claim?
#+ phrasings: []
#+ dimension: provenance
#+ parameters: []
#+ columns:
#+   - {name: claim, meaning: the claim}
#+ order: exact
#+ chart: table

PREFIX vom: <https://w3id.org/vomkg/ontology#>
SELECT ?claim WHERE { ?claim vom:reportedBy ?who } ORDER BY ?claim
""",
}


@pytest.fixture
def small(tmp_path: Path, settings: Settings) -> Settings:
    """Settings over a graph of one claim, with an empty cache."""
    root = tmp_path / "root"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return dataclasses.replace(settings, root=root, cache=tmp_path / "cache")


def _edit(settings: Settings, name: str, old: str, new: str) -> None:
    path = settings.root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _graph(found: Release, name: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    for quad in pyoxigraph.parse(path=found.dataset):
        if getattr(quad.graph_name, "value", "") == name:
            graph.add(tuple(to_rdflib(term) for term in quad.triple))  # type: ignore[arg-type]
    return graph


def test_release_holds_every_graph(small: Settings, tmp_path: Path):
    """Data, ontology, shapes and questions go in; what follows stands apart."""
    found = build(small, tmp_path / "out")
    assert isomorphic(read(small.data_files()), _graph(found, GraphName.data))
    assert isomorphic(read(small.ontology_files()), _graph(found, GraphName.ontology))
    assert isomorphic(read(small.shapes_files()), _graph(found, GraphName.shapes))
    claim = rdflib.URIRef("https://w3id.org/vomkg/id/claim")
    inferred = _graph(found, GraphName.inferred)
    assert (claim, rdflib.RDF.type, rdflib.URIRef(VOM + "Claim")) in inferred
    assert (claim, rdflib.RDF.type, rdflib.URIRef(VOM + "Finding")) not in inferred


def test_numbers_keep_their_form_in_the_dump(small: Settings, tmp_path: Path):
    """The dataset file holds what the Turtle file says, digit for digit."""
    dump = build(small, tmp_path / "out").dataset.read_text(encoding="utf-8")
    assert f'<{Vom.reportedBy.replace("reportedBy", "ratioValue")}> "0.540"^^' in dump


def test_question_is_an_executable_of_shacl(small: Settings, tmp_path: Path):
    """Editors that read sh:SPARQLExecutable find the questions as examples."""
    graph = _graph(build(small, tmp_path / "out"), GraphName.questions)
    who = rdflib.URIRef("https://w3id.org/vomkg/question/who")
    assert (who, rdflib.RDF.type, rdflib.SH.SPARQLExecutable) in graph
    assert "SELECT ?claim" in str(graph.value(who, rdflib.SH.select))
    assert str(graph.value(who, rdflib.RDFS.comment)) == "Who makes which claim?"


def test_manifest_says_what_is_inside(small: Settings, tmp_path: Path):
    """Id, counts, versions and sources can be read without the package."""
    found = build(small, tmp_path / "out")
    lines = found.dataset.read_bytes().splitlines(keepends=True)
    facts = json.loads((found.path / "manifest.json").read_text())
    assert facts["id"] == found.id == hashlib.sha256(b"".join(lines)).hexdigest()
    assert lines == sorted(lines)
    assert facts["counts"] == found.counts
    assert sum(found.counts.values()) == len(lines)
    assert found.counts["data"] == 3
    assert {"vomkg", "pyoxigraph", "owlrl"} <= set(facts["versions"])
    data = (small.root / "data" / "vom.ttl").read_bytes()
    assert facts["files"]["data/vom.ttl"] == hashlib.sha256(data).hexdigest()


def test_same_sources_give_the_same_bytes(small: Settings, tmp_path: Path):
    """Two builds differ in nothing; blank nodes and time leave no trace."""
    one, two = build(small, tmp_path / "one"), build(small, tmp_path / "two")
    assert one.id == two.id
    for name in ("dataset.nq", "manifest.json"):
        assert (one.path / name).read_bytes() == (two.path / name).read_bytes()


def test_order_of_statements_does_not_change_the_id(small: Settings, tmp_path: Path):
    """The id is of what is said, not of how the file is laid out."""
    before = build(small, tmp_path / "one").id
    _edit(
        small,
        "data/vom.ttl",
        "a vom:Finding ; vom:reportedBy id:a",
        "vom:reportedBy id:a ; a vom:Finding",
    )
    assert build(small, tmp_path / "two").id == before


def test_changed_fact_changes_the_id(small: Settings, tmp_path: Path):
    """A digit more is another release."""
    before = build(small, tmp_path / "one").id
    _edit(small, "data/vom.ttl", "0.540", "0.54")
    assert build(small, tmp_path / "two").id != before


def test_steps_are_told(small: Settings, tmp_path: Path):
    """A caller can show progress; one line a step."""
    told: list[str] = []
    build(small, tmp_path / "out", progress=told.append)
    assert told == [
        "reading the graph",
        "checking it against its shapes",
        "inferring what follows",
        "describing the whole",
        "writing the release",
    ]


def test_release_is_built_once_and_then_opened(small: Settings):
    """The second opening builds nothing."""
    told: list[str] = []
    first = open_release(small, told.append)
    steps = len(told)
    assert open_release(small, told.append) == first
    assert steps == len(told) > 0


def test_edited_source_is_built_anew_beside_the_old(small: Settings):
    """An open release never changes under its reader."""
    first = open_release(small)
    _edit(small, "data/vom.ttl", "0.540", "0.87")
    second = open_release(small)
    assert first.id != second.id
    assert hashlib.sha256(first.dataset.read_bytes()).hexdigest() == first.id
    assert len(list(small.cache.iterdir())) == 2


@pytest.mark.parametrize("name", ["dataset.nq", "manifest.json"])
@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_damaged_cache_is_built_anew(small: Settings, name: str, damage: str):
    """A release that does not match its own hash is never served."""
    first = open_release(small)
    path = first.path / name
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-20])
    else:
        path.unlink()
    second = open_release(small)
    assert second == first
    assert hashlib.sha256(second.dataset.read_bytes()).hexdigest() == first.id


def test_builds_at_the_same_time_agree(small: Settings):
    """Several processes may start at once: one release, no rests."""
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda _: open_release(small), range(3)))
    assert len({item.id for item in found}) == 1
    assert [path.name for path in small.cache.iterdir()] == [found[0].path.name]


def test_late_twin_keeps_what_is_there(small: Settings, tmp_path: Path):
    """Building into a folder that holds the same release is no error."""
    first = build(small, tmp_path / "out")
    before = first.dataset.stat().st_ino
    assert build(small, tmp_path / "out").id == first.id
    assert first.dataset.stat().st_ino == before


def test_folder_with_something_else_is_left_alone(small: Settings, tmp_path: Path):
    """Nothing that is not ours is overwritten, and no draft stays behind."""
    dest = tmp_path / "out"
    dest.mkdir()
    (dest / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="cannot be written"):
        build(small, dest)
    assert [path.name for path in dest.iterdir()] == ["thesis.txt"]
    assert {path.name for path in tmp_path.iterdir()} == {"root", "out"}


def test_other_release_is_not_overwritten(small: Settings, tmp_path: Path):
    """A release never changes: another one needs another folder."""
    first = build(small, tmp_path / "out")
    _edit(small, "data/vom.ttl", "0.540", "0.87")
    with pytest.raises(InputError, match="choose another folder"):
        build(small, tmp_path / "out")
    assert hashlib.sha256(first.dataset.read_bytes()).hexdigest() == first.id


def test_cache_that_cannot_be_written_is_named(small: Settings, tmp_path: Path):
    """The error names the folder and the setting that moves it."""
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="VOMKG_CACHE"):
        open_release(dataclasses.replace(small, cache=tmp_path / "file" / "cache"))


def test_data_that_breaks_a_shape_is_no_release(small: Settings):
    """A claim without a speaker stops the build, with the shape's own words."""
    _edit(small, "data/vom.ttl", "vom:reportedBy id:a ;", "")
    with pytest.raises(
        ConformanceError, match="1 place, first at id:claim: name who says so"
    ) as caught:
        open_release(small)
    assert "vomkg validate" in str(caught.value)
    assert not small.cache.exists()


def test_data_that_contradicts_the_ontology_is_no_release(small: Settings):
    """A contradiction stops the build."""
    _edit(
        small,
        "ontology/vomkg.ttl",
        "vom:reportedBy a",
        "vom:Finding owl:disjointWith vom:Claim . vom:reportedBy a",
    )
    with pytest.raises(ConformanceError, match="contradicts itself"):
        open_release(small)


@pytest.mark.parametrize(
    ("name", "old", "new", "kind"),
    [
        ("data/vom.ttl", "0.540 .", "0.540", TurtleError),
        (
            "data/vom.ttl",
            "0.540",
            '"half"^^<http://www.w3.org/2001/XMLSchema#decimal>',
            TurtleError,
        ),
        ("queries/who.rq", "#+ summary", "#+ sumary", QuestionFileError),
    ],
)
def test_broken_source_is_no_release(
    small: Settings, name: str, old: str, new: str, kind: type[Exception]
):
    """A file that cannot be read stops the build and is named."""
    _edit(small, name, old, new)
    with pytest.raises(kind) as caught:
        open_release(small)
    assert name in str(caught.value)


def test_source_that_cannot_be_read_is_named(
    small: Settings, monkeypatch: pytest.MonkeyPatch
):
    """A source that vanishes between listing and reading is an error of input."""
    gone = small.root / "data" / "gone.ttl"
    monkeypatch.setattr(type(small), "data_files", lambda _: [gone])
    with pytest.raises(InputError, match=r"gone\.ttl"):
        open_release(small)


def test_source_edited_during_the_build_is_noticed(small: Settings):
    """A release never stands under the key of sources that it was not built from."""

    def edit(step: str) -> None:
        if step.startswith("inferring"):
            _edit(small, "data/vom.ttl", "0.540", "0.87")

    with pytest.raises(InputError, match="changed while the release was built"):
        open_release(small, edit)
    assert open_release(small).id == build(small, small.cache / "again").id


def test_layout_and_versions_are_part_of_the_key(
    small: Settings, monkeypatch: pytest.MonkeyPatch
):
    """Another version of the package does not open what this one built."""
    first = open_release(small)
    monkeypatch.setattr(release_module, "_LAYOUT", 99)
    assert open_release(small).path != first.path


def test_shipped_release_is_complete(kg: KnowledgeGraph):
    """The shipped graph builds, with every graph filled."""
    counts = kg.release.counts
    assert set(counts) == {
        "data",
        "ontology",
        "shapes",
        "questions",
        "inferred",
        "void",
    }
    assert all(number > 0 for number in counts.values())


def test_release_can_be_moved(small: Settings, tmp_path: Path):
    """A release names no path of the machine that built it."""
    found = build(small, tmp_path / "out")
    text = (found.path / "manifest.json").read_text() + found.dataset.read_text()
    assert str(tmp_path) not in text
    shutil.rmtree(found.path)
