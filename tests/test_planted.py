"""Planted faults of many kinds: each found at its place, with a mend that mends it.

The table is tests/planted.yaml; docs/faults.md is made of it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from rdflib import Literal, URIRef

from tests import bench
from tests.planting import Planted, mended_by_hand, place, plant, table
from vomkg.cli import main
from vomkg.curate.mends.fix import apply, replaced
from vomkg.curate.mends.world import node_of
from vomkg.graph.prefixes import load_prefixes

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib import Graph

    from vomkg.curate.mend import Mend, Patch
    from vomkg.curate.result import Report, Result

pytestmark = pytest.mark.slow  # the data is judged five times

SOURCE = (bench.ROOT / "data" / "vom.ttl").read_text(encoding="utf-8")
READABLE = [fault for fault in table() if fault.check != "syntax"]
BROKEN = [fault for fault in table() if fault.check == "syntax"]
SHAPE = "https://w3id.org/vomkg/shapes#"


def named(fault: Planted) -> str:
    return fault.kind.replace(" ", "-")


def spoilt_by(faults: list[Planted]) -> str:
    text = SOURCE
    for fault in faults:
        text = plant(text, fault)
    return text


SPOILT = spoilt_by(READABLE)


@pytest.fixture(scope="module")
def report() -> Report:
    """What is found in a copy of the data with all readable faults at once."""
    return bench.examined(SPOILT)


def told_of(fault: Planted, report: Report) -> list[Result]:
    """The results that the table expects of a fault."""
    finder = {"shape": SHAPE + fault.finder, "rule": fault.finder}.get(fault.check)
    slug = fault.put[0].partition(" ")[0] if fault.everywhere else f"id:{fault.block}"
    focus = slug.replace("id:", load_prefixes(bench.ROOT)["id"])
    is_blank = focus.startswith("_:")  # and has another label than in the text
    return [
        result
        for result in report.results
        if result.check == fault.check
        and (result.focus[:2] == "_:" if is_blank else result.focus == focus)
        and result.shape == (finder or result.shape)
        and fault.word in result.message
        and any(fault.mend in mend.words for mend in result.mends)
    ]


def mend_of(fault: Planted, results: list[Result]) -> tuple[Result, Mend]:
    """The first result with the mend that the table names, and that mend."""
    return next(
        (result, mend)
        for result in results
        for mend in result.mends
        if fault.mend in mend.words
    )


def test_there_are_thirty_of_different_kinds():
    assert len({fault.kind for fault in table()}) == len(table()) >= 30


@pytest.mark.parametrize("fault", READABLE, ids=named)
def test_fault_is_found_at_its_place_with_its_mend(fault: Planted, report: Report):
    found = told_of(fault, report)
    assert found, f"{fault.tells} says nothing of {fault.block}"
    result, mend = mend_of(fault, found)
    assert result.at is not None
    assert (result.at.line, result.at.column) == place(SPOILT, fault)
    assert (mend.patch is not None) == (fault.follow == "patch")


def test_followed_mends_make_the_copy_conform(report: Report):
    """Patches and hands change the text, then the Turtle of mends the graph."""
    by_hand = [fault for fault in READABLE if fault.follow == "hand"]
    patches = [patch_of(fault, report) for fault in READABLE if fault.follow == "patch"]
    text = replaced({bench.FILE: SPOILT}, patches)[bench.FILE]
    for fault in by_hand:
        text = mended_by_hand(text, fault)
    graph = bench.graph_of(text)
    for fault in READABLE:
        if fault.follow in {"add", "put", "remove"}:
            follow(graph, fault, *mend_of(fault, told_of(fault, report)))
    assert bench.faults_of(graph) == []


def test_all_safe_changes_are_made_at_once_and_make_no_new_fault(report: Report):
    patched = [fault for fault in READABLE if fault.follow == "patch"]
    texts = {bench.FILE: SPOILT}
    done = apply(report, texts, lambda changed: bench.examined(changed[bench.FILE]))
    assert set(done.applied) == {patch_of(fault, report) for fault in patched}
    assert done.refused == ()
    assert not [fault.kind for fault in patched if told_of(fault, done.report)]
    others = [fault for fault in READABLE if fault not in patched]
    assert all(told_of(fault, done.report) for fault in others)


def test_untouched_copy_conforms():
    """The faults above are what is found, not the copying."""
    assert bench.faults_of(bench.graph_of(SOURCE)) == []


@pytest.mark.parametrize("fault", BROKEN, ids=named)
def test_broken_text_is_mended(fault: Planted):
    text = plant(SOURCE, fault)
    (result,) = bench.unreadable(text).results
    _, mend = mend_of(fault, [result])
    assert fault.word in result.message
    assert result.at is not None
    assert (result.at.line, result.at.column) == place(text, fault)
    if fault.follow == "patch":
        assert mend.patch is not None
        text = replaced({bench.FILE: text}, [mend.patch])[bench.FILE]
    else:
        text = mended_by_hand(text, fault)
    assert set(bench.graph_of(text)) == set(bench.graph_of(SOURCE))


def test_the_command_line_names_each_fault_and_its_line(tmp_path: Path):
    faults = [fault for fault in READABLE if fault.check == "shape"]
    text = spoilt_by(faults)
    path = tmp_path / "vom.ttl"
    path.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["validate", str(path), "--format", "json"])
    assert done.exit_code == 1, done.output
    told = {
        (item["shape"], item["focus"]): (item["line"], item["column"])
        for item in json.loads(done.stdout)["results"]
    }
    for fault in faults:
        if not fault.everywhere:  # an engine may rename blank nodes
            focus = load_prefixes(bench.ROOT)["id"] + fault.block
            assert told[SHAPE + fault.finder, focus] == place(text, fault)


def patch_of(fault: Planted, report: Report) -> Patch:
    _, mend = mend_of(fault, told_of(fault, report))
    assert mend.patch is not None
    return mend.patch


def follow(graph: Graph, fault: Planted, result: Result, mend: Mend) -> None:
    """Do what the mend says, with the table's value where only a person knows it."""
    focus, path = URIRef(result.focus), URIRef(result.path or "")
    if fault.follow == "remove":
        value = node_of(result.value, result.value_type)
        assert value is not None
        assert (focus, path, value) in graph
        graph.remove((focus, path, value))
        return
    new = bench.triples_of(mend.snippet.replace("…", "".join(fault.value)))
    assert len(new), mend
    if fault.follow == "put":
        for s, p in {(s, p) for s, p, _ in new}:
            graph.remove((s, p, None))
    for triple in new:
        assert not isinstance(triple[2], Literal) or "…" not in triple[2]
        graph.add(triple)
