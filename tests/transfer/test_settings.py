"""The settings of a load have ranges, and wrong values are refused."""

from __future__ import annotations

import pytest

from vomkg.config import load_settings
from vomkg.errors import UsageError


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("load_chunk", 1),
        ("load_insert", 1),
        ("load_retries", 0),
        ("load_timeout", 0.5),
        ("load_proof", 1),
    ],
)
def test_low_ends_are_allowed(name, value):
    found = load_settings({f"VOMKG_{name.upper()}": str(value)})
    assert getattr(found, name) == value


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("load_chunk", "0", "a whole number of at least 1, found '0'"),
        ("load_chunk", "many", "'many'"),
        ("load_retries", "101", "from 0 to 100"),
        ("load_timeout", "nan", "seconds from 0.05"),
        ("load_proof", "1.5", "whole number"),
    ],
)
def test_others_are_refused_by_name(name, value, said):
    with pytest.raises(UsageError, match=name) as fault:
        load_settings({f"VOMKG_{name.upper()}": value})
    assert said in str(fault.value)
