"""Patterns that a backtracking engine may never be done with."""

import pytest

from vomkg.curate.lint.backtracking import doubles
from vomkg.curate.lint.cycles import components


@pytest.mark.parametrize(
    "pattern",
    [
        "^(a+)+$",
        "(a|aa)+$",
        "(a*)*b",
        "(a|a)*b",
        r"^(\s*a\s*)*$",
        "(x+x+)+y",
        "([a-z]+ ?){1,30}$",
        r"(\d\d?){1,40}$",
        "(a{2,3})*b",
        "(?:.*a){12}b",
        "(a|[a-c])+$",
        r"^(\w+\s?)*$",
        "([a-z]?" * 20 + ")?" * 19 + ")*b",
    ],
)
def test_two_ways_for_one_text_are_found(pattern):
    assert doubles(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "^$",
        r"^\S+( \S+)*$",
        "^[a-z]+(-[a-z]+)*$",
        r"(\d{1,3}\.){3}\d{1,3}",
        r"(\d{4}-?){4,10}",
        r"^10\.\d{4,9}/\S+$",
        "(ab|ac)*$",
        "(a?b)*c",
        "(a{1,4}b){1,100}",
        "(a|b)*",
        "(a{2})*",
        "(a(b(c)?)?d)*",
        "([a-z]{1,3} )*x",
        r"(a)(\1b)*",
    ],
)
def test_one_way_for_each_text_is_no_fault(pattern):
    assert not doubles(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "(" * 80 + "a" + "){8}" * 80,
        "(" * 15 + "){8}" * 15,
        "(" + "[a-z]" * 500 + ")*",
        "(" + "|".join(["[a-z]"] * 390) + ")*",
        "(" * 5000 + "a" + ")" * 5000,
    ],
)
def test_a_huge_pattern_ends_without_a_verdict_or_with_one(pattern):
    assert doubles(pattern) in {True, False}


def test_components_are_the_nodes_that_lead_to_each_other():
    steps = {1: [2], 2: [3], 3: [1, 4], 4: [5], 5: [4, 6], 7: [7]}
    found = sorted(sorted(part) for part in components(steps))
    assert found == [[1, 2, 3], [4, 5], [6], [7]]
