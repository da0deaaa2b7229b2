"""The published figures hold on the half of the bank that nothing was tuned on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.ask.bank import figures, items

DOCS = Path(__file__).parents[2] / "docs" / "analysts.md"
PUBLISHED = {
    "answerable: the right question comes first": "first",
    "answerable: the right question is among the three named": "offered",
    "answerable: answered, and rightly": "answered",
    "answerable: a wrong word given outright": "wrong",
    "answerable: refused all the same": "refused_though_answerable",
    "not reported: said to be so, of the right topic": "absent_right",
    "not reported: answered with a question": "absent_answered",
    "about other things: refused": "outside_refused",
}


@pytest.fixture(scope="module")
def found(kg):
    return figures(kg, "test")


def test_the_bank_is_as_large_as_it_is_said_to_be():
    """At least 120 paraphrases and 60 questions from outside, none of them twice."""
    bank = items()
    kinds = Counter(item.kind for item in bank)
    assert kinds["answerable"] >= 120
    assert kinds["outside"] >= 60
    assert len({item.text for item in bank}) == len(bank)


def test_every_expectation_of_the_bank_exists(kg):
    """Each line names a question, or a topic of which an absence is stated."""
    query = "SELECT DISTINCT ?topic WHERE { ?claim vom:aboutTopic ?topic }"
    topics = {row["topic"].value.rsplit("/", 1)[-1] for row in kg.query(query).rows}
    for item in items():
        if item.kind == "absent":
            assert item.expected.removeprefix("absent:") in topics
        elif item.kind == "answerable":
            names = {
                parameter.name for parameter in kg.questions[item.expected].parameters
            }
            assert set(item.parameters) <= names


def test_every_question_is_asked_for_in_the_bank(kg):
    asked = {item.expected for item in items()}
    assert asked >= {question.id for question in kg.questions}


def test_the_right_question_stands_first(found):
    assert found["first"] >= 0.75


def test_a_wrong_answer_is_rarely_given_outright(found):
    """Wrong is another question answered, and a wrong word that it is not reported."""
    assert found["wrong"] <= 0.05


def test_the_right_question_is_among_the_three_named(found):
    assert found["offered"] >= 0.92


def test_what_is_out_of_scope_is_refused(found):
    assert found["outside_refused"] >= 0.95


def test_what_is_not_reported_is_never_answered(found):
    assert found["absent_answered"] <= 0.05


def test_values_of_parameters_are_found_among_the_words(found):
    assert found["values"] >= 0.9


def test_the_published_figures_are_those_of_the_bank(kg, found):
    """Who changes words or thresholds writes the figures anew."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in DOCS.read_text(encoding="utf-8").splitlines()
    ]
    shown = {row[0]: row[1:] for row in rows if row[0] in PUBLISHED}
    tuning = figures(kg, "tuning")
    assert shown == {
        title: [f"{tuning[name]:.2f}", f"{found[name]:.2f}"]
        for title, name in PUBLISHED.items()
    }
