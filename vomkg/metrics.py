"""Conversions between the ways in which an effect is reported.

Every function is pure. Where a conversion is exact in decimals it takes and gives
``Decimal`` and never rounds; where it cannot be exact (a reciprocal, a logarithm)
the rounding is said. No function guesses: a step from odds to risks needs the
baseline risk, and there is no default for it.
"""

from __future__ import annotations

from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation

from vomkg.errors import UsageError


def ratio_from_reduction(percent: Decimal) -> Decimal:
    """The ratio treated:control that a percent reduction stands for, exactly.

    A negative reduction is an increase and gives a ratio above 1.

    Raises:
        UsageError: for more than 100 percent, or a value that is no finite number.

    >>> ratio_from_reduction(Decimal("34"))
    Decimal('0.66')
    >>> ratio_from_reduction(Decimal("-20"))
    Decimal('1.20')
    """
    _check_finite(percent, "percent reduction")
    if percent > 100:
        raise UsageError(
            f"a reduction cannot exceed 100 percent, found {percent}",
            fix="check whether the source gives a ratio instead",
        )
    return _minus(Decimal(1), percent.scaleb(-2, _exact()))


def reduction_from_ratio(ratio: Decimal) -> Decimal:
    """The percent reduction that a ratio treated:control stands for, exactly.

    Negative where the ratio is above 1, which is an increase.

    Raises:
        UsageError: for a negative ratio, or a value that is no finite number.

    >>> reduction_from_ratio(Decimal("0.73"))
    Decimal('27')
    """
    _check_finite(ratio, "ratio")
    if ratio < 0:
        raise UsageError(f"a ratio cannot be negative, found {ratio}")
    return _minus(Decimal(100), ratio.scaleb(2, _exact()))


def inverse(ratio: Decimal) -> Decimal:
    """The same effect read the other way round (control:treated), to 28 digits.

    Raises:
        UsageError: for a ratio that is not above zero, or is no finite number.

    >>> round(inverse(Decimal("0.54")), 2)
    Decimal('1.85')
    """
    _check_positive(ratio, "ratio")
    return _rounded().divide(1, ratio)


def log_ratio(ratio: Decimal) -> float:
    """The natural logarithm of a ratio, as a float: below 0 favours the treated.

    Raises:
        UsageError: for a ratio that is not above zero, or is no finite number.

    >>> round(log_ratio(Decimal("0.66")), 3)
    -0.416
    """
    _check_positive(ratio, "ratio")
    return float(ratio.ln(_rounded()))


def risk_ratio_from_odds_ratio(odds_ratio: Decimal, baseline_risk: Decimal) -> Decimal:
    """The risk ratio that an odds ratio means at a given risk among controls.

    ``RR = OR / (1 - p0 + p0 * OR)``, rounded to 28 digits. The narrative gives no
    baseline risk, so nothing of it may be converted with this function.

    Args:
        odds_ratio: treated:control, above zero.
        baseline_risk: share of controls with the outcome, between 0 and 1.

    Raises:
        UsageError: for values outside these ranges.

    >>> round(risk_ratio_from_odds_ratio(Decimal("0.54"), Decimal("0.4")), 2)
    Decimal('0.66')
    """
    _check_positive(odds_ratio, "odds ratio")
    _check_finite(baseline_risk, "baseline risk")
    if not 0 < baseline_risk < 1:
        raise UsageError(
            f"a baseline risk lies between 0 and 1, found {baseline_risk}",
            fix="give it as a share: 40 percent is 0.4",
        )
    c = _rounded()
    spread = c.add(c.subtract(1, baseline_risk), c.multiply(baseline_risk, odds_ratio))
    return c.divide(odds_ratio, spread)


def _exact() -> Context:
    """Arithmetic that refuses to round, far beyond the digits of any effect."""
    return Context(prec=60, traps=[Inexact, InvalidOperation])


def _rounded() -> Context:
    return Context(prec=28, traps=[InvalidOperation, DivisionByZero])


def _minus(left: Decimal, right: Decimal) -> Decimal:
    try:
        return _exact().subtract(left, right)
    except Inexact as fault:
        raise UsageError(
            f"{right} has more digits than an exact conversion can keep",
            fix="give the value as the source prints it",
        ) from fault


def _check_finite(value: Decimal, what: str) -> None:
    if not value.is_finite():
        raise UsageError(f"a {what} is a finite number, found {value}")


def _check_positive(value: Decimal, what: str) -> None:
    _check_finite(value, what)
    if value <= 0:
        raise UsageError(f"a {what} lies above zero, found {value}")
