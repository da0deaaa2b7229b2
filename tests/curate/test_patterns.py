"""Regular expressions in words."""

import re

import pytest
from rdflib import SH

from vomkg.curate.mends.patterns import in_words
from vomkg.graph.read import read


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("^[0-9]+$", "one or more digits, such as '0'"),
        ("^https://", "text that begins with 'https://'"),
        ("org$", "text that ends with 'org'"),
        ("a|b", "text that contains either 'a' or 'b', such as 'a'"),
        (
            r"^\S.*\.$",
            "a character that is no blank, then any text, then '.', such as 'x.'",
        ),
        (
            "^[A-Z][a-z]{2,3}$",
            "a capital letter, then 2 to 3 small letters, such as 'Aaa'",
        ),
        ("^[^/]+$", "one or more of character other than '/', such as 'x'"),
        ("^(ab)?c{2}$", "perhaps 'ab', then 2 of 'c', such as 'cc'"),
        ("^(?:x|y)$", "either 'x' or 'y', such as 'x'"),
    ],
)
def test_pattern_is_told_with_a_text_that_fits(pattern: str, words: str):
    assert in_words(pattern) == words


@pytest.mark.parametrize(
    "pattern", ["(?=x)a", "[", "(a", "x+?", r"\1", r"(?i)a", "a**"]
)
def test_what_has_no_words_is_shown_as_it_is(pattern: str):
    assert in_words(pattern) == f"text that fits the pattern {pattern}"


def test_every_example_for_our_shapes_fits(settings):
    """What the words give as an example, the pattern lets through."""
    patterns = {str(o) for o in read(settings.shapes_files()).objects(None, SH.pattern)}
    assert len(patterns) > 10
    for pattern in patterns:
        example = re.search(r"such as '([^']*)'", in_words(pattern))
        assert example is None or re.search(pattern, example[1]), pattern
