"""The shipped questions, held against answers written from the narrative by hand."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vomkg.config import graph_root

if TYPE_CHECKING:
    from vomkg.engine.answer import Answer
    from vomkg.knowledge import KnowledgeGraph

EXPECTED = Path(__file__).parent / "expected"
STEMS = sorted(path.stem for path in (graph_root() / "queries").glob("*.rq"))


def _expected(stem: str) -> tuple[tuple[str, ...], list[list[str]]]:
    with (EXPECTED / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    return tuple(head), rows


def _matches(found: list[str], wanted: list[str]) -> bool:
    """Cell by cell; ``*`` stands for any text, but not for nothing."""
    return len(found) == len(wanted) and all(
        bool(cell) if want == "*" else cell == want
        for cell, want in zip(found, wanted, strict=True)
    )


def _cells(answer: Answer) -> list[list[str]]:
    return [[answer.short(cell) for cell in row.values()] for row in answer.rows]


@pytest.mark.parametrize("stem", STEMS)
def test_answer_is_what_the_narrative_says(stem: str, kg: KnowledgeGraph):
    """Each question gives the rows that were written down from the narrative."""
    columns, wanted = _expected(stem)
    answer = kg.run(stem)
    found = _cells(answer)
    assert columns == answer.columns
    if kg.questions[stem].order == "any":
        found, wanted = sorted(found), sorted(wanted)
    unmatched = [
        pair for pair in zip(found, wanted, strict=False) if not _matches(*pair)
    ]
    assert unmatched == []
    assert len(wanted) == len(found)


def test_every_question_has_an_expected_answer_and_no_answer_is_left_over():
    """Questions and expected answers come in pairs."""
    assert sorted(path.stem for path in EXPECTED.glob("*.csv")) == STEMS


def test_there_are_at_least_25_questions_over_every_dimension(kg: KnowledgeGraph):
    """The catalogue spans EMMIE, trust, disagreement, absence and provenance."""
    dimensions = {question.dimension for question in kg.questions}
    assert len(STEMS) >= 25
    assert {
        "effect",
        "mechanism",
        "moderator",
        "implementation",
        "economics",
        "trust",
        "disagreement",
        "absence",
        "provenance",
    } <= dimensions


@pytest.mark.parametrize("stem", STEMS)
def test_answer_does_not_lean_on_inference(
    stem: str, kg: KnowledgeGraph, asserted: KnowledgeGraph
):
    """A question gives the same rows on the asserted graph alone."""
    assert _cells(kg.run(stem)) == _cells(asserted.run(stem))


def test_what_does_not_reduce_the_effect_is_not_said_to(kg: KnowledgeGraph):
    """Re-arrest, share of violent offenders and comparability stay out."""
    named = {
        str(row["moderator"]).rsplit("/", 1)[-1]
        for row in kg.run("moderators-that-reduce-effect")
    }
    assert not named & {
        "moderator-reoffence-definition",
        "moderator-violent-offender-share",
        "moderator-control-comparability",
    }


def test_at_least_two_propositions_are_contested(kg: KnowledgeGraph):
    """Disagreement is in the graph, not averaged away."""
    propositions = {row["proposition"] for row in kg.run("contested-propositions")}
    assert len(propositions) >= 2
