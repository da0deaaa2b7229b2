"""Words, numbers and lengths of time are read; what is unknown is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vomkg.ask.lexicon import Lexicon
from vomkg.ask.reading import Reader
from vomkg.wording.spelling import Speller, distance
from vomkg.wording.words import joined, pieces, stem

READER = Reader(
    [("id:cost", "costs"), ("id:rj", "restorative justice"), ("id:j", "justice")],
    ["Does the effect fade?", "reoffending after mediation"],
    numbers=[34.0, 0.54],
    months=[6.0, 30.0],
)


@pytest.mark.parametrize(
    "words",
    [
        ("reduce", "reduces", "reduced", "reducing"),
        ("study", "studies"),
        ("stop", "stopped", "stopping", "stops"),
        ("offence", "offences"),
        ("mediator", "mediators", "mediator"),
    ],
)
def test_forms_of_one_word_have_one_stem(words):
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize("word", ["this", "less", "gas", "is", "red"])
def test_what_only_looks_like_an_ending_stays(word):
    assert stem(word) in {word, word[:-1]}
    assert len(stem(word)) >= 2


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("six months", 6),
        ("half a year", 6),
        ("2 years", 24),
        ("two and a half years", 30),
        ("a couple of years", 24),
        ("eighteen months", 18),
        ("one and a half years", 18),
        ("a year", 12),
    ],
)
def test_a_length_of_time_is_counted_in_months(text, months):
    (piece,) = joined(pieces(text))
    assert piece.number == months


def test_a_number_without_a_unit_of_time_is_no_length_of_time():
    assert [piece.key for piece in joined(pieces("two reviews"))] == ["two", "review"]


@pytest.mark.parametrize("text", ["34%", "34 %", "34 per cent", "34 percent"])
def test_a_percentage_is_one_number_however_it_is_written(text):
    (piece,) = pieces(text)
    assert piece.number == 34


def test_the_longest_label_is_taken():
    found = Lexicon([("a", "justice"), ("b", "restorative justice")])
    assert found.match(pieces("restorative justice works"), 0) == (2, "b")
    assert found.match(pieces("justice"), 0) == (1, "a")
    assert found.match(pieces("restorative practice"), 0) == (0, "")


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("effect", "effect", 0),
        ("effct", "effect", 1),
        ("efefct", "effect", 1),
        ("effects", "effect", 1),
        ("afect", "effect", 2),
        ("moderator", "mediator", 3),
    ],
)
def test_slips_are_counted(one, other, slips):
    assert distance(one, other, 2) == slips
    assert distance(other, one, 2) == slips


@given(st.text("abcde", max_size=7), st.text("abcde", max_size=7))
def test_slips_are_the_same_both_ways_and_none_only_for_equal_words(one, other):
    assert distance(one, other, 9) == distance(other, one, 9)
    assert (distance(one, other, 9) == 0) == (one == other)


def test_a_slip_is_mended_only_where_one_word_can_be_meant():
    speller = Speller(["effect", "mediation", "price", "rates", "rated"])
    assert speller.meant("efect") == "effect"
    assert speller.meant("meditaion") == "mediation"
    assert speller.meant("rice") is None  # short words have too many neighbours
    assert speller.meant("ratex") is None  # two words are equally near
    assert speller.meant("zffect") is None  # the first letter is rarely wrong


def test_known_words_become_notions_and_fillers_vanish():
    found = READER.read("So what are the costs, please?")
    assert found.notions == ("id:cost",)
    assert found.unknown == ()


def test_unknown_words_are_named_as_they_were_typed():
    found = READER.read("Does the effect of Bitcoin fade by 45%?")
    assert found.unknown == ("bitcoin", "45%")


def test_a_number_that_is_reported_is_known():
    assert READER.read("34%").notions == READER.read("34 per cent").notions
    assert READER.read("0.54:1").unknown == ()


def test_months_with_and_without_a_number_reported_are_told_apart():
    assert READER.read("after half a year").notions == READER.read("6 months").notions
    assert READER.read("6 months").notions != READER.read("7 months").notions
    assert READER.read("7 months").unknown == ()


def test_a_mended_word_is_told():
    found = READER.read("reofending")
    assert found.corrected == (("reofending", "reoffending"),)
    assert found.unknown == ()


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    """No text is a fault, and no word is both known and unknown."""
    found = READER.read(text)
    assert not set(found.notions) & set(found.unknown)
