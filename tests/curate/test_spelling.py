"""How near names are, and when one is taken for a slip of another."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from vomkg.curate.mends.spelling import distance, meant, nearest

WORDS = st.text("abcAB", max_size=6)


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [
        ("limit", "limits", 1),
        ("limits", "limit", 1),
        ("reportedBy", "reportdeBy", 1),
        ("metric", "matric", 1),
        ("", "abc", 3),
        ("abc", "", 3),
        ("same", "same", 0),
        ("kitten", "sitting", 3),
    ],
)
def test_letters_between_two_words(one: str, other: str, letters: int):
    assert distance(one, other) == letters


@given(WORDS, WORDS)
def test_the_way_back_is_as_long(one: str, other: str):
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)


@given(WORDS, WORDS, st.integers(0, 4))
def test_a_limit_changes_no_distance_within_it(one: str, other: str, limit: int):
    far = distance(one, other)
    cut = distance(one, other, limit)
    assert cut == far if far <= limit else cut > limit


def test_the_nearest_goes_first_among_many():
    names = [f"somethingElse{number}" for number in range(100)]
    assert nearest("limit", [*names, "limits"], str)[0] == "limits"
    assert len(nearest("limit", [*names, "limits"], str)) == 101


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("limit", ["limits", "restates"], "limits"),
        ("risk3", ["risk1", "risk2"], None),  # either
        ("on", ["in"], None),  # half of it
        ("statedBy", ["reportedBy"], None),  # too far
        ("LowerRsik", ["LowerRisk", "HigherRisk"], "LowerRisk"),
        ("x", [], None),
    ],
)
def test_a_slip_is_near_one_name_only(word: str, known: list[str], found: str | None):
    assert meant(word, known, str) == found
