"""Running HermiT: what is missing is named, and nothing leaks."""

import tempfile
from pathlib import Path

import pytest

from vomkg.errors import InputError, LimitError, MissingToolError
from vomkg.reason import check_consistency, hermit

INCONSISTENT = """
vom:A a owl:Class ; owl:disjointWith vom:B . vom:B a owl:Class . id:a a vom:A , vom:B .
"""


def test_missing_java_names_the_package(monkeypatch, tmp_path, turtle):
    """Whoever has no Java is told which package brings it."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        MissingToolError, match="apt-get install default-jre-headless"
    ) as caught:
        check_consistency(turtle(INCONSISTENT))
    assert caught.value.exit_code == 2


def test_java_named_by_the_environment_is_used_or_refused(monkeypatch, tmp_path):
    """A wrong JAVA_HOME is an error, not a reason to take another Java."""
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "no-java"))
    with pytest.raises(MissingToolError, match=r"no-java.*JAVA_HOME"):
        hermit.find_java()


def test_java_that_does_not_start_is_reported_as_missing(monkeypatch, tmp_path, turtle):
    """A file that is no program for this machine is told apart from a bad graph."""
    fake = tmp_path / "bin" / "java"
    fake.parent.mkdir()
    fake.write_bytes(b"\x7fELF not really")
    fake.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(MissingToolError, match="does not start"):
        check_consistency(turtle(INCONSISTENT))


@pytest.mark.parametrize(
    ("output", "error", "words"),
    [
        ("UnsupportedClassVersionError: too old", MissingToolError, "cannot run.*old"),
        ("", MissingToolError, "cannot run HermiT: it says nothing"),
        (
            "Error occurred during initialization of VM",
            LimitError,
            "too little memory",
        ),
        ("SomeException: odd axiom", InputError, "cannot read the graph.*odd axiom"),
    ],
)
def test_failure_of_java_is_told_by_its_kind(
    output, error, words, monkeypatch, tmp_path, turtle
):
    """A fault of the set-up, of the machine and of the graph are told apart."""
    fake = tmp_path / "bin" / "java"
    fake.parent.mkdir()
    fake.write_text(f"#!/bin/sh\necho '{output}'\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(error, match=words):
        check_consistency(turtle(INCONSISTENT))


@pytest.mark.slow
def test_inconsistency_is_a_verdict_and_not_missing_java(java, turtle):
    """An inconsistent graph comes back as such, whatever Java's exit code was."""
    assert not check_consistency(turtle(INCONSISTENT)).consistent


@pytest.mark.slow
def test_unknown_literal_type_is_explained(java, turtle):
    """A date on a declared data property stops HermiT; the mend is named."""
    graph = turtle(
        'vom:day a owl:DatatypeProperty . id:a vom:day "2026-01-01"^^xsd:date .'
    )
    with pytest.raises(InputError, match=r"literal.*AnnotationProperty"):
        check_consistency(graph)


@pytest.mark.slow
def test_prints_nothing_and_leaves_no_file(java, capfd, monkeypatch, tmp_path, turtle):
    """owlready2's talk and its scratch files stay out of sight, also on failure."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    check_consistency(turtle(INCONSISTENT))
    check_consistency(turtle("vom:A a owl:Class ."))
    assert tuple(capfd.readouterr()) == ("", "")
    assert list(Path(tmp_path).iterdir()) == []
    assert tempfile.tempdir == str(tmp_path)
