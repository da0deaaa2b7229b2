"""Labels and places in each picture are the values of the answer behind it."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.charts.drawing import Drawing
from vomkg.charts import drawn

if TYPE_CHECKING:
    from vomkg.charts.figure import Figure

NEAR = 0.5  # pixels


def variants(figure: Figure):
    return [
        Drawing(figure.svg),
        Drawing(figure.inline()),
        Drawing(figure.inline(narrow=True)),
    ]


def scale(pairs):
    """Value to pixel and back, by the first and the last tick; all lie on it."""
    (low, start), *between, (high, end) = sorted(pairs)

    def place(value):
        return start + (value - low) / (high - low) * (end - start)

    for value, pixel in between:
        assert abs(place(value) - pixel) <= NEAR
    return place


@pytest.fixture(scope="module")
def quality(kg):
    return kg.run("effect-by-study-quality")


@pytest.fixture(scope="module")
def follow_up(kg):
    return kg.run("effect-by-follow-up")


def check_dots(figure, answer):
    wanted = [100 * (1 - Decimal(row["ratio"].value)) for row in answer.rows]
    for drawing in variants(figure):
        ticks = [w for w in drawing.words if "tick" in w.role]
        place = scale([(float(w.text.rstrip("%")), w.x) for w in ticks])
        assert min(float(w.text.rstrip("%")) for w in ticks) <= 0
        assert len(drawing.dots) == len(wanted)
        for (x, y, _), value, stem in zip(
            drawing.dots, wanted, drawing.all("line", "stem"), strict=True
        ):
            assert abs(x - place(float(value))) <= NEAR
            assert abs(float(stem.get("x1")) - place(0)) <= NEAR
            assert float(stem.get("x2")) == x
            assert float(stem.get("y1")) == y
        assert drawing.texts("value") == [r["reported"].value for r in answer.rows]


def check_points(figure, answer):
    for drawing in variants(figure):
        up = [w for w in drawing.words if {"tick", "up"} <= w.role]
        along = [w for w in drawing.words if {"tick", "along"} <= w.role]
        # The words of a tick stand a little below its line.
        upright = scale([(math.log(float(w.text)), w.y - 5) for w in up])
        months = scale([(float(w.text), w.x) for w in along])
        labels = drawing.texts("value")
        for row in answer.rows:
            wanted = (
                months(float(row["months"].value)),
                upright(math.log(float(row["ratio"].value))),
            )
            index, (x, y, _) = min(
                enumerate(drawing.dots), key=lambda item: math.dist(item[1][:2], wanted)
            )
            assert abs(x - wanted[0]) <= NEAR
            assert abs(y - wanted[1]) <= NEAR
            assert labels[index] == row["reported"].value
        assert len(labels) == len(drawing.dots) == len(answer.rows)
        (rule,) = [e for e in drawing.all("line", "frame") if "s-ink" in e.get("class")]
        assert abs(float(rule.get("y1")) - upright(0)) <= NEAR


def test_each_dot_lies_at_its_percentage_on_a_scale_from_zero(kg, quality):
    check_dots(drawn(kg, "effect-by-study-quality", quality), quality)


def test_a_hollow_dot_is_a_part_of_the_studies(kg, quality):
    figure = drawn(kg, "effect-by-study-quality", quality)
    hollow = [row["level"] is not None for row in quality.rows]
    assert sorted(hollow) == [False, True, True]
    for drawing in variants(figure):
        assert [is_hollow for _, _, is_hollow in drawing.dots] == hollow
        (whole,) = [t for t in drawing.texts("name") if t.startswith("All studies")]
        assert "Review one" in whole


def test_each_point_lies_at_its_ratio_and_its_months(kg, follow_up):
    check_points(drawn(kg, "effect-by-follow-up", follow_up), follow_up)


def test_a_joiner_is_dashed_and_is_called_a_joiner(kg, follow_up):
    figure = drawn(kg, "effect-by-follow-up", follow_up)
    assert any("joiner" in note for note in figure.notes)
    for drawing in variants(figure):
        (joiner,) = drawing.all("line", "joiner")
        assert joiner.get("stroke-dasharray")
        ends = {(float(joiner.get(f"x{n}")), float(joiner.get(f"y{n}"))) for n in "12"}
        assert ends == {(x, y) for x, y, _ in drawing.dots}


@pytest.mark.parametrize(
    ("ratios", "months"),
    [
        (("0.02", "40"), ("1", "120")),
        (("0.5", "0.5"), ("3", "4")),
        (("1", "1"), ("0", "24")),
        (("1.9", "1.1"), ("6", "30")),
    ],
)
def test_other_ratios_lie_where_they_belong(kg, follow_up, with_values, ratios, months):
    answer = with_values(follow_up, ratio=ratios, months=months)
    check_points(drawn(kg, "effect-by-follow-up", answer), answer)


@pytest.mark.parametrize(
    "ratios", [("0.1", "0.2", "0.3"), ("0.999", "1", "1.4"), ("3", "0.5", "0.01")]
)
def test_other_percentages_lie_where_they_belong(kg, quality, with_values, ratios):
    answer = with_values(quality, ratio=ratios)
    check_dots(drawn(kg, "effect-by-study-quality", answer), answer)


def test_a_number_changed_in_the_graph_changes_the_picture(changed):
    """Value, place and title follow the data; nothing is copied by hand."""
    other = changed(
        ('"52%"', '"12%"'),
        ("vom:ratioValue 0.48", "vom:ratioValue 0.88"),
        ('"0.87:1"', '"0.34:1"'),
        ("vom:ratioValue 0.87", "vom:ratioValue 0.34"),
    )
    quality = other.run("effect-by-study-quality")
    figure = drawn(other, "effect-by-study-quality", quality)
    check_dots(figure, quality)
    assert figure.title == (
        "Smaller effect with lower methodological quality: "
        "12%, against 27% with higher methodological quality"
    )
    later = other.run("effect-by-follow-up")
    figure = drawn(other, "effect-by-follow-up", later)
    check_points(figure, later)
    assert figure.title == (
        "The effect is larger later: 0.54:1 at 6 months and 0.34:1 at 30 months"
    )
    matrix = drawn(other, "emmie-matrix", other.run("emmie-matrix"))
    for picture in (figure, matrix):
        words = " ".join(w.text for w in Drawing(picture.svg).words)
        assert "0.34:1" in words
        assert "0.87" not in words


def test_a_title_that_the_data_does_not_bear_out_is_neutral(
    kg, quality, follow_up, with_values
):
    even = with_values(quality, ratio=("0.5", "0.5", "0.5"))
    assert (
        drawn(kg, "effect-by-study-quality", even).title
        == kg.questions["effect-by-study-quality"].summary
    )
    across = with_values(follow_up, ratio=("0.5", "1.5"))
    same = with_values(follow_up, ratio=("0.5", "0.5"))
    for answer in (across, same):
        assert (
            drawn(kg, "effect-by-follow-up", answer).title
            == kg.questions["effect-by-follow-up"].summary
        )
