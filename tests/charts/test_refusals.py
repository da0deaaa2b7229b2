"""What must not be drawn is not drawn, and why is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import NamedNode

from tests.charts.drawing import Drawing
from tests.web.conftest import BROWSER
from vomkg.charts import drawn, figure
from vomkg.errors import NoPictureError
from vomkg.namespaces import ONTOLOGY, THINGS
from vomkg.web import create_app


def test_numbers_of_two_families_never_stand_on_one_axis(kg):
    """Reductions of a rate and ratios of unnamed metric may not be compared."""
    answer = kg.run("effect-estimates")
    with pytest.raises(NoPictureError, match="2 families of metric"):
        drawn(kg, "effect-estimates", answer)
    assert figure(kg, "effect-estimates", answer) is None


@pytest.mark.parametrize("name", ["effect-by-follow-up", "effect-by-study-quality"])
def test_a_question_that_is_drawn_refuses_a_second_family(kg, name):
    """The guard looks at the rows, not at the name of the question."""
    answer = kg.run(name)
    others = kg.run("effect-estimates").rows
    strangers = [dict.fromkeys(answer.columns) | {"claim": r["claim"]} for r in others]
    mixed = replace(answer, rows=[*answer.rows, *strangers])
    with pytest.raises(NoPictureError, match="2 families of metric"):
        drawn(kg, name, mixed)


def test_unnamed_ratios_of_two_speakers_are_not_compared(kg):
    """Nothing says that two speakers mean the same ratio."""
    answer = kg.run("effect-by-follow-up")
    first, second = answer.rows
    other = dict(second) | {"speaker": NamedNode(THINGS + "review-one")}
    with pytest.raises(NoPictureError, match="Review one and Review two"):
        drawn(kg, "effect-by-follow-up", replace(answer, rows=[first, other]))


def test_what_is_no_percentage_is_not_put_on_a_scale_of_percent(kg):
    answer = kg.run("effect-by-study-quality")
    rows = [
        dict(row) | {"metric": NamedNode(ONTOLOGY + "RiskDifference")}
        for row in answer.rows
    ]
    for row in rows:
        row["claim"] = None
    with pytest.raises(NoPictureError):
        drawn(kg, "effect-by-study-quality", replace(answer, rows=rows))


def test_a_row_without_a_number_is_left_out_and_that_is_said(kg, with_values):
    answer = kg.run("effect-by-follow-up")
    gone = with_values(answer, ratio=(None, "0.87"))
    found = drawn(kg, "effect-by-follow-up", gone)
    assert len(Drawing(found.svg).dots) == 1
    assert any("1 row of the answer has no number" in note for note in found.notes)
    assert not any("joiner" in note for note in found.notes)


@pytest.mark.parametrize(
    "ratio", [None, "", "many", "NaN", "INF", "0", "-1", "0.001", "1000", "1e-999"]
)
def test_values_that_cannot_be_drawn_are_refused(kg, with_values, ratio):
    answer = kg.run("effect-by-follow-up")
    broken = with_values(answer, ratio=(ratio, ratio))
    with pytest.raises(NoPictureError):
        drawn(kg, "effect-by-follow-up", broken)


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("effect-by-follow-up", "months", "1e12"),
        ("effect-by-study-quality", "ratio", "1e12"),
    ],
)
def test_values_too_far_apart_for_one_scale_are_refused(
    kg, with_values, name, column, value
):
    """An axis of a million ticks would take the memory, and tell nothing."""
    answer = kg.run(name)
    far = with_values(answer, **{column: (value,) * len(answer.rows)})
    with pytest.raises(NoPictureError, match="do not fit a scale"):
        drawn(kg, name, far)


@pytest.mark.parametrize(
    ("column", "value"),
    [("metric", ONTOLOGY + "RiskRatio"), ("speaker", THINGS + "review-one")],
)
def test_what_is_of_two_kinds_is_not_joined(kg, column, value):
    """Also where the graph has no families of metric, being data alone."""
    answer = kg.run("effect-by-follow-up")
    first, second = (dict(row) | {"claim": None} for row in answer.rows)
    second[column] = NamedNode(value)
    with pytest.raises(NoPictureError, match=f"more than one {column}"):
        drawn(kg, "effect-by-follow-up", replace(answer, rows=[first, second]))


def test_two_values_of_one_time_are_not_joined(kg, with_values):
    answer = with_values(kg.run("effect-by-follow-up"), months=("6", "6"))
    with pytest.raises(NoPictureError, match="more than one value"):
        drawn(kg, "effect-by-follow-up", answer)


@pytest.mark.parametrize("name", ["emmie-matrix", "effect-by-follow-up"])
def test_an_answer_without_rows_has_no_picture(kg, name):
    answer = replace(kg.run(name), rows=[])
    with pytest.raises(NoPictureError, match="nothing to draw"):
        drawn(kg, name, answer)


def test_a_table_says_which_questions_have_pictures(kg):
    with pytest.raises(NoPictureError) as caught:
        drawn(kg, "who-delivers", kg.run("who-delivers"))
    assert "effect-by-follow-up" in str(caught.value)


def test_more_rows_than_can_be_seen_are_refused_before_they_are_drawn(kg):
    """No answer, however long, makes a picture that fills the memory."""
    answer = kg.run("moderator-findings")
    many = replace(answer, rows=answer.rows * 10_000)
    with pytest.raises(NoPictureError, match="90,000 rows"):
        drawn(kg, "moderator-findings", many)


def test_a_picture_that_words_would_make_too_high_is_refused(changed):
    other = changed(
        ('skos:prefLabel "Review one"@en', f'skos:prefLabel "{"long " * 4_000}"@en')
    )
    answer = other.run("effect-by-study-quality")
    found = drawn(other, "effect-by-study-quality", answer)
    for kind in ("svg", "png"):
        with pytest.raises(NoPictureError, match="pixels high"):
            getattr(found, kind)


def test_a_page_says_why_it_has_no_picture(changed):
    other = changed(("vom:ratioValue 0.87", "vom:ratioValue 0.0"))
    client = create_app(other).test_client()
    page = client.get("/questions/effect-by-follow-up", headers=BROWSER).text
    assert "There is no picture: a value of zero or less" in page
    plain = client.get("/questions/review-profiles", headers=BROWSER).text
    assert "There is no picture" not in plain
