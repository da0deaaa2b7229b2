"""One call gives every fault of a curator's files, whichever check finds it."""

import shutil
from pathlib import Path

import pytest

from vomkg.config import load_settings
from vomkg.workbench.draft import Draft
from vomkg.workbench.examine import examine, is_unreadable
from vomkg.workbench.reading import Reading
from vomkg.workbench.workspace import Workspace

PROJECT = Path(__file__).parents[1] / "cli" / "project"
DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"


@pytest.fixture
def project(tmp_path, monkeypatch, settings):
    """Settings of a copy of the small project, which is green."""
    folder = tmp_path / "project"
    shutil.copytree(PROJECT, folder)
    monkeypatch.chdir(folder)
    return load_settings({}, root=folder, cache=settings.cache)


def spoil(project, *changes):
    """Replace pieces of the data, each of which must be there."""
    path = project.root / "data" / "small.ttl"
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def test_faults_of_every_check_stand_in_one_report(project):
    spoil(
        project,
        ("    vom:reportedBy id:source ;\n", ""),
        ('    skos:prefLabel "the source"@en ;\n', ""),
    )
    report = examine(Draft(project))
    found = {(result.check, result.place) for result in report.results}
    assert found == {
        ("shape", "data/small.ttl:8:1"),
        ("rule", "data/small.ttl:30:1"),
    }
    assert report.files == (
        "data/small.ttl",
        "ontology/prefixes.ttl",
        "ontology/small.ttl",
    )
    assert [result.order for result in report.results] == sorted(
        result.order for result in report.results
    )


def test_rules_wait_until_literals_have_values(project):
    """The rules see what follows from the data, and nothing follows from those."""
    spoil(
        project,
        ("34.0", f'"34,0"^^<{DECIMAL}>'),
        ('    skos:prefLabel "the source"@en ;\n', ""),
    )
    (result,) = examine(Draft(project)).results
    assert (result.check, result.place) == ("literal", "data/small.ttl:12:23")
    assert "no rule asked" in result.details[0]


def test_a_workspace_is_not_asked_the_rules(project):
    spoil(project, ('    skos:prefLabel "the source"@en ;\n', ""))
    assert examine(Workspace(project)).results == ()


def test_what_cannot_be_read_hides_the_rest(project):
    spoil(project, ("id:source a vom:Speaker ;", "id:source a vom:Speaker ; ("))
    report = examine(Workspace(project))
    assert [result.check for result in report.results] == ["syntax"]
    assert is_unreadable(report)


def test_files_are_read_again_when_they_change(project):
    reading = Reading()
    assert examine(Workspace(project, reading=reading)).results == ()
    spoil(project, ("    vom:reportedBy id:source ;\n", ""))
    results = examine(Workspace(project, reading=reading)).results
    assert [r.focus for r in results if r.check == "shape"] == [
        "https://w3id.org/vomkg/id/estimate"
    ]


def test_the_same_graph_is_given_while_files_stay_the_same(project):
    reading = Reading()
    first = Workspace(project, reading=reading)
    again = Workspace(project, reading=reading)
    assert first.data is again.data
    spoil(project, ("34.0", "35.0"))
    third = Workspace(project, reading=reading)
    assert third.data is not first.data
    assert third.ontology is first.ontology
