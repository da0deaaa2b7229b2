"""Lint, literals, prefixes and hygiene as results of one kind, with their places."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from vomkg.config import load_settings
from vomkg.engine.guard import check_query
from vomkg.graph.read import read
from vomkg.namespaces import SH, THINGS
from vomkg.workbench.draft import Draft
from vomkg.workbench.rules import (
    hygiene_results,
    lint_results,
    literal_results,
    prefix_results,
)

PROJECT = Path(__file__).parents[1] / "cli" / "project"


@pytest.fixture
def draft(tmp_path, monkeypatch):
    """A draft over a copy of the small project, whose files can be edited."""
    folder = tmp_path / "project"
    shutil.copytree(PROJECT, folder)
    monkeypatch.chdir(folder)
    return Draft(load_settings({}, root=folder, cache=tmp_path / "cache"))


def edit(path: str, old: str, new: str) -> None:
    text = Path(path).read_text("utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new), "utf-8")


def test_a_hygiene_fault_names_its_node_and_its_rule(draft):
    edit("data/small.ttl", '    skos:prefLabel "the source"@en ;\n', "")
    [result] = hygiene_results(draft)
    assert (result.check, result.shape, result.severity) == (
        "rule",
        "speaker-labelled",
        "violation",
    )
    assert result.focus == THINGS + "source"
    assert result.message.startswith("id:source has no label")
    assert str(result.shape_at) == "queries/hygiene/speaker-labelled.rq:1:1"


def test_a_mild_rule_gives_warnings(draft):
    edit("data/small.ttl", '    skos:prefLabel "the source"@en ;\n', "")
    edit("queries/hygiene/speaker-labelled.rq", "severity: error", "severity: warning")
    [result] = hygiene_results(draft)
    assert result.severity == "warning"


def test_a_prefix_that_differs_is_placed_at_its_line(draft):
    """In Turtle and in SPARQL; the word in a text or remark is none."""
    edit(
        "data/small.ttl",
        "@prefix id: <https://w3id.org/vomkg/id/>",
        "@prefix id: <urn:id:>",
    )
    text = Path("queries/estimates.rq").read_text("utf-8")
    Path("queries/estimates.rq").write_text(
        f"{text}# PREFIX x: <urn:x>\n# 'PREFIX y: <urn:y>'\n  prefix\n z: <urn:z>\n",
        "utf-8",
    )
    found = prefix_results(draft)
    line = text.count("\n") + 3
    assert [(r.shape, r.focus, r.place) for r in found] == [
        ("prefix-differs", "urn:id:", "data/small.ttl:3:1"),
        ("prefix-differs", "urn:z", f"queries/estimates.rq:{line}:3"),
    ]
    assert found[0].at is not None
    assert found[0].at.end_column == len("@prefix id: <urn:id:>") + 1
    assert "for <https://w3id.org/vomkg/id/>; write" in found[0].message
    assert "for nothing; add it to the list" in found[1].message


def test_a_prefix_without_use_is_placed_in_the_list(draft):
    lines = Path("ontology/prefixes.ttl").read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines, 1) if 'sh:prefix "owl"' in line)
    lines[at - 1] = lines[at - 1].replace('"owl"', '"never"')
    Path("ontology/prefixes.ttl").write_text("\n".join(lines) + "\n", "utf-8")
    unused = [r for r in prefix_results(draft) if r.shape == "prefix-unused"]
    assert [result.message for result in unused] == [
        "no file uses never:; take it off the list"
    ]
    column = lines[at - 1].index('"never"') + 1
    assert unused[0].place == f"ontology/prefixes.ttl:{at}:{column}"


def test_a_lint_fault_is_placed_in_the_shapes(draft):
    edit("shapes/small.ttl", "    sh:maxCount 1 ;", "    sh:maxCount 0 ;")
    [result] = [r for r in lint_results(draft) if r.severity == "violation"]
    assert (result.component, result.path) == ("Unsatisfiable", SH + "minCount")
    assert result.place == "shapes/small.ttl:25:17"


def test_a_class_that_has_members_by_inference_is_matched(draft):
    """The shape for it is not called out, and with other data it is."""
    assert not [r for r in lint_results(draft) if r.component == "NoMatch"]
    edit("data/small.ttl", "vom:reportedBy id:source", "vom:reportedBy id:other")
    other = Draft(draft.settings)
    assert [r.component for r in lint_results(other) if "NoMatch" in r.component]
    assert not [r for r in lint_results(other, whole=False) if "NoMatch" in r.component]


def test_literals_of_all_files_are_looked_at(draft):
    for file in ("data", "shapes", "ontology"):
        path = Path(file, "small.ttl")
        text = path.read_text("utf-8")
        more = f'{text}<urn:s> <urn:p> "x"^^<http://www.w3.org/2001/XMLSchema#byte> .\n'
        path.write_text(more, "utf-8")
    assert sorted(str(result.file) for result in literal_results(draft)) == [
        "data/small.ttl",
        "ontology/small.ttl",
        "shapes/small.ttl",
    ]


def test_shipped_rules_and_shapes_ask_queries_of_bounded_size(settings):
    """None would be refused at the endpoint: by depth, length or number of terms."""
    from rdflib import SH as SHACL

    shapes = read(settings.shapes_files())
    texts = [str(text) for text in shapes.objects(predicate=SHACL.select)]
    texts += [path.read_text("utf-8") for path in settings.hygiene_files()]
    assert texts
    for text in texts:
        check_query(text, settings)
