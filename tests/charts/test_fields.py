"""A matrix has a field for each pair: what the answer says, or that nothing is."""

from __future__ import annotations

import pytest

from tests.charts.drawing import Drawing
from vomkg.charts import drawn
from vomkg.charts.grid import ABSENT, UNSAID


def words(figure) -> str:
    return " ".join(w.text for w in Drawing(figure.svg).words)


def fields(figure):
    return {
        (side.text, head.text): square
        for side, squares in figure.grid.rows
        for head, square in zip(figure.grid.columns, squares, strict=True)
    }


def test_each_finding_stands_in_its_field_and_the_rest_is_not_reported(kg):
    answer = kg.run("moderator-findings")
    figure = drawn(kg, "moderator-findings", answer)
    found = fields(figure)
    filled = {}
    for row in answer.rows:
        key = kg.label(row["moderator"].value), kg.label(row["speaker"].value)
        filled[key] = row
    for key, square in found.items():
        if key not in filled:
            assert (square.word, square.is_absent) == (ABSENT, True)
            continue
        row = filled[key]
        assert row["claim"].value in square.claims
        said = {
            kg.label(row[n].value) for n in ("effect_direction", "outcome_direction")
        }
        assert square.word.lower() in said
        assert square.value.lower() == kg.label(row["significance"].value)
    shown = words(figure)
    assert shown.count(ABSENT) == len(found) - len(filled)


def test_pairs_that_do_not_line_up_are_marked_and_explained(kg):
    """A tension between two findings marks both fields; its words stand below."""
    figure = drawn(kg, "moderator-findings", kg.run("moderator-findings"))
    related: dict[str, set[str]] = {}
    for row in kg.run("where-reviews-disagree").rows:
        related.setdefault(row["tension"].value, set()).add(row["claim"].value)
    assert figure.grid
    squares = fields(figure).values()
    shown = {iri for square in squares for iri in square.claims}
    marked = {t.iri for t in figure.grid.tensions}
    assert marked == {t for t, claims in related.items() if len(claims & shown) > 1}
    assert marked
    for number, tension in enumerate(figure.grid.tensions, 1):
        claims = {i for s in squares if number in s.notes for i in s.claims}
        assert claims >= related[tension.iri] & shown
        assert tension.text in words(figure)


def test_the_fields_of_emmie_have_the_counts_of_the_answer(kg):
    answer = kg.run("emmie-matrix")
    figure = drawn(kg, "emmie-matrix", answer)
    found = fields(figure)
    for row in answer.rows:
        key = kg.label(row["dimension"].value), kg.label(row["review"].value)
        claims, absences = int(row["claims"].value), int(row["absences"].value)
        assert found[key].count == f"claims {claims}, absences {absences}"
        assert found[key].is_absent == (claims == 0)
        behind = figure.behind[row["dimension"].value, row["review"].value]
        assert len(behind) == claims + absences
        assert all(item.said.text and item.said.speaker for item in behind)


def test_the_short_value_is_made_of_the_forms_as_printed(kg):
    """Each number in a field is a reported form of one of its claims."""
    figure = drawn(kg, "emmie-matrix", kg.run("emmie-matrix"))
    forms = {row["reported"].value for row in kg.run("effect-estimates").rows}
    assert figure.grid
    effect, squares = figure.grid.rows[0]
    assert effect.text == "effect"
    values = " ".join(square.value for square in squares)
    assert all(form in values for form in forms)
    assert "34% lower" in values
    assert "0.54:1 at 6 months" in values


def test_numbers_that_do_not_compare_are_said_not_to(kg):
    figure = drawn(kg, "emmie-matrix", kg.run("emmie-matrix"))
    assert any(note.startswith("Not comparable: ") for note in figure.notes)


def test_an_empty_field_among_absences_is_not_one_more_absence(kg):
    figure = drawn(kg, "evidence-gaps", kg.run("evidence-gaps"))
    rows = kg.run("evidence-gaps").rows
    squares = list(fields(figure).values())
    assert sum(square.word == UNSAID for square in squares) == len(squares) - len(rows)
    assert all(square.is_absent for square in squares)


@pytest.mark.parametrize("number", ["id:est-r1-overall", "id:est-r2-6-months"])
def test_the_way_of_a_number_has_its_characters(kg, number):
    answer = kg.run("trail-of-a-number", number=number)
    figure = drawn(kg, "trail-of-a-number", answer)
    shown = words(figure)
    for row in answer.rows:
        assert f"{row['start'].value}–{row['end'].value}" in shown
        assert row["reported"].value in figure.title


def test_the_steps_of_delivery_stand_in_their_order(kg):
    answer = kg.run("implementation-steps")
    figure = drawn(kg, "implementation-steps", answer)
    numbers = [head for head, _ in figure.steps]
    assert numbers == sorted(numbers)
    named = {kg.label(row["step"].value) for row in answer.rows}
    assert len(figure.steps) == len(named)
    assert all(any(name in text for _, text in figure.steps) for name in named)
