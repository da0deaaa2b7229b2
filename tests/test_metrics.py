"""Conversions of effect metrics: exact where they can be, refused where not."""

import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vomkg import metrics
from vomkg.errors import UsageError
from vomkg.metrics import (
    inverse,
    log_ratio,
    ratio_from_reduction,
    reduction_from_ratio,
    risk_ratio_from_odds_ratio,
)

reductions = st.decimals(-1000, 100, places=6)
ratios = st.decimals("0.000001", 1000, places=6)
risks = st.decimals("0.0001", "0.9999", places=4)
close = Decimal("1e-20")


def test_doctests_hold():
    """The examples in the documentation are what the code gives."""
    result = doctest.testmod(metrics)
    assert result.attempted >= 6
    assert result.failed == 0


@pytest.mark.parametrize(
    ("percent", "ratio"),
    [("34", "0.66"), ("27", "0.73"), ("52", "0.48"), ("0", "1"), ("100", "0")],
)
def test_reductions_of_the_narrative_become_ratios(percent, ratio):
    """A percent reduction and its ratio are the same number said twice."""
    assert ratio_from_reduction(Decimal(percent)) == Decimal(ratio)


@given(reductions)
def test_reduction_survives_the_round_trip_exactly(percent):
    """No digit is lost on the way to a ratio and back."""
    assert reduction_from_ratio(ratio_from_reduction(percent)) == percent


@given(ratios)
def test_ratio_survives_the_round_trip_exactly(ratio):
    """No digit is lost on the way to a percentage and back."""
    assert ratio_from_reduction(reduction_from_ratio(ratio)) == ratio


@given(ratios)
def test_inverse_undoes_itself(ratio):
    """Reading an effect the other way round twice gives the first reading."""
    assert abs(inverse(inverse(ratio)) / ratio - 1) < close


@given(ratios)
def test_log_of_the_inverse_is_the_negative_log(ratio):
    """Polarity changes the sign of a log ratio and not its size."""
    assert log_ratio(inverse(ratio)) == pytest.approx(-log_ratio(ratio), abs=1e-12)


@given(reductions, reductions)
def test_larger_reduction_means_smaller_ratio(one, other):
    """The order of effects turns round exactly between the two scales."""
    assert (one < other) == (ratio_from_reduction(one) > ratio_from_reduction(other))


@given(ratios, ratios)
def test_log_and_inverse_keep_and_turn_the_order(one, other):
    """The logarithm keeps the order of ratios, the inverse reverses it."""
    if one < other:
        assert log_ratio(one) < log_ratio(other)
        assert inverse(one) > inverse(other)


@given(ratios, risks)
def test_risk_ratio_lies_between_odds_ratio_and_one(odds, risk):
    """An odds ratio always overstates the risk ratio, on the same side of 1."""
    risk_ratio = risk_ratio_from_odds_ratio(odds, risk)
    assert min(odds, 1) - close <= risk_ratio <= max(odds, 1) + close


@given(ratios, ratios, risks)
def test_risk_ratio_grows_with_the_odds_ratio(one, other, risk):
    """At one baseline risk the order of odds ratios is the order of risk ratios."""
    if one < other:
        assert risk_ratio_from_odds_ratio(one, risk) < risk_ratio_from_odds_ratio(
            other, risk
        )


@pytest.mark.parametrize(("risk", "expected"), [("0.2", "0.59"), ("0.5", "0.70")])
def test_risk_ratio_depends_on_the_baseline(risk, expected):
    """One odds ratio means different risk ratios at different baseline risks."""
    found = risk_ratio_from_odds_ratio(Decimal("0.54"), Decimal(risk))
    assert Decimal(expected) == round(found, 2)


@pytest.mark.parametrize(
    ("convert", "values", "part"),
    [
        (ratio_from_reduction, ["100.01"], "cannot exceed 100 percent"),
        (ratio_from_reduction, ["NaN"], "finite number, found NaN"),
        (ratio_from_reduction, ["-Infinity"], "finite number"),
        (ratio_from_reduction, ["1e-70"], "more digits"),
        (reduction_from_ratio, ["-0.01"], "cannot be negative"),
        (reduction_from_ratio, ["Infinity"], "finite number"),
        (inverse, ["0"], "above zero"),
        (inverse, ["-2"], "above zero"),
        (log_ratio, ["0"], "above zero"),
        (log_ratio, ["sNaN"], "finite number"),
        (risk_ratio_from_odds_ratio, ["0.5", "0"], "between 0 and 1, found 0"),
        (risk_ratio_from_odds_ratio, ["0.5", "40"], "40 percent is 0.4"),
        (risk_ratio_from_odds_ratio, ["0", "0.4"], "odds ratio lies above zero"),
        (risk_ratio_from_odds_ratio, ["0.5", "NaN"], "baseline risk is a finite"),
    ],
)
def test_refuses_impossible_values(convert, values, part):
    """A value that no effect can have is refused and named."""
    with pytest.raises(UsageError, match=part):
        convert(*map(Decimal, values))
