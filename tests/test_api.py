"""What the package offers to Python: loading is free, asking is short."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

import vomkg
from vomkg.errors import ParameterError, UnknownNameError
from vomkg.namespaces import GRAPHS, ONTOLOGY, THINGS

if TYPE_CHECKING:
    from vomkg.config import Settings
    from vomkg.knowledge import KnowledgeGraph

HEAVY = (
    "rdflib",
    "pyshacl",
    "owlready2",
    "owlrl",
    "flask",
    "rich",
    "pandas",
    "pyoxigraph",
)


def _loaded(code: str) -> set[str]:
    """The heavy libraries that a fresh process has after running the code."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(HEAVY) & set(done.stdout.split("\n")[-2].split())


def test_importing_the_package_loads_nothing():
    """Import vomkg costs nothing until something is used."""
    assert _loaded("import vomkg") == set()


def test_asking_a_release_loads_no_curator_library(kg: KnowledgeGraph):
    """With the release in the cache a question needs pyoxigraph alone."""
    code = "import vomkg; vomkg.load().run('moderators-that-reduce-effect').to_csv()"
    assert _loaded(code) == {"pyoxigraph"}


def test_public_names_are_listed_and_exist():
    """Each promised name is there, and dir() lists no more than the promise."""
    assert dir(vomkg) == sorted(vomkg.__all__)
    for name in vomkg.__all__:
        assert getattr(vomkg, name) is not None


def test_unknown_name_raises():
    """A misspelt name of the package is an AttributeError as ever."""
    name = "laod"
    with pytest.raises(AttributeError, match="laod"):
        getattr(vomkg, name)


def test_version_is_that_of_the_package():
    """The version is written once, in the project's metadata."""
    from importlib.metadata import version

    assert vomkg.__version__ == version("vomkg")


def test_load_takes_settings_from_the_environment(
    kg: KnowledgeGraph, settings: Settings
):
    """Without arguments the environment decides; the cache is reused."""
    found = vomkg.load()
    assert found.release == kg.release
    assert found.settings.cache == settings.cache


def test_question_is_run_by_name(kg: KnowledgeGraph):
    """The first question of the project has its answer, with its columns."""
    answer = kg.run("moderators-that-reduce-effect")
    assert answer.columns == tuple(
        column.name for column in kg.questions["moderators-that-reduce-effect"].columns
    )
    found = {(row["moderator"], row["speaker"]) for row in answer}
    assert found == {
        (THINGS + "moderator-methodological-quality", THINGS + "review-one"),
        (THINGS + "moderator-follow-up-length", THINGS + "review-one"),
        (THINGS + "moderator-follow-up-length", THINGS + "review-two"),
        (THINGS + "moderator-violent-offenders", THINGS + "source-narrative"),
    }
    assert answer.release == kg.release.id


def test_question_takes_parameters(kg: KnowledgeGraph):
    """A parameter narrows the answer; the number may be a number or a text."""
    for months in (6, "6", Decimal(6)):
        (row,) = kg.run("effect-at-follow-up", follow_up=months)
        assert row["ratio"] == Decimal("0.54")
        assert row["follow_up"] == Decimal(6)


@pytest.mark.parametrize("months", [7, "six"])
def test_value_outside_the_choices_is_refused(months: object, kg: KnowledgeGraph):
    """A value that the graph does not have is an error that lists those it has."""
    with pytest.raises(ParameterError, match="30"):
        kg.run("effect-at-follow-up", follow_up=months)


def test_unknown_parameter_and_question_are_refused(kg: KnowledgeGraph):
    """Misspelt names are errors with the nearest right ones."""
    with pytest.raises(ParameterError, match="follow_up"):
        kg.run("effect-at-follow-up", followup=6)
    with pytest.raises(UnknownNameError, match="effect-at-follow-up"):
        kg.run("effect-at-followup")


def test_choices_come_from_the_graph(kg: KnowledgeGraph):
    """What a form offers is what the graph holds."""
    choices = kg.choices(kg.questions["effect-at-follow-up"])
    assert [choice.value for choice in choices["follow_up"]] == ["6", "30"]
    assert kg.choices(kg.questions["moderators-that-reduce-effect"]) == {}


def test_question_and_its_text_give_the_same(kg: KnowledgeGraph):
    """Running a question is running its SPARQL."""
    question = kg.questions["null-moderators"]
    assert kg.run("null-moderators").to_csv() == kg.query(question.text).to_csv()


@pytest.mark.parametrize(
    ("iri", "label"),
    [
        (THINGS + "review-one", "Review one"),
        (ONTOLOGY + "Significant", "significant"),
        (THINGS + "nobody", "id:nobody"),
        ("https://example.org/x", "https://example.org/x"),
        ("", ""),
    ],
)
def test_label_is_the_name_or_the_short_iri(iri: str, label: str, kg: KnowledgeGraph):
    """Things and terms are called by their name; strangers by their IRI."""
    assert label == kg.label(iri)


def test_inferred_can_be_told_from_asserted(kg: KnowledgeGraph):
    """What follows stands in a graph of its own, and shares nothing with the data."""
    query = f"""
    ASK {{
      GRAPH <{GRAPHS}inferred> {{ ?s ?p ?o }}
      {{ GRAPH <{GRAPHS}data> {{ ?s ?p ?o }} }} UNION {{ GRAPH <{GRAPHS}ontology> {{ ?s ?p ?o }} }}
    }}
    """
    assert kg.query(query).boolean is False


def test_trail_of_an_answer_ends_in_the_source(kg: KnowledgeGraph, settings: Settings):
    """Every claim in the answer leads to a section and a range of characters."""
    answer = kg.run("moderators-that-reduce-effect")
    for number in range(len(answer)):
        places = answer.trail(number)
        assert places
        assert [place.start for place in places] == sorted(p.start for p in places)
        assert all(0 <= place.start < place.end for place in places)
        assert {place.source for place in places} == {THINGS + "source-narrative"}


def test_integers_beyond_64_bits_are_kept_whole(kg):
    """A frame holds the number itself where pandas has no type for it."""
    frame = kg.query("SELECT (99999999999999999999999 AS ?n) {}").df()
    assert frame["n"].tolist() == [99999999999999999999999]
