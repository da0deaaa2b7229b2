"""The runner tells right answers from wrong ones, or its green would mean nothing."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as og
import pytest

from tests.w3c.compare import ordered, same
from tests.w3c.conftest import OWN
from tests.w3c.judge import Grade, in_process, over_http
from tests.w3c.manifest import cases
from tests.w3c.test_suites import noted, outcome

A, C = og.NamedNode("urn:a"), og.NamedNode("urn:c")


def blank(name):
    return og.BlankNode(name)


@pytest.mark.parametrize(
    ("found", "expected", "equal"),
    [
        ([(A, C), (A, C)], [(A, C)], False),
        ([(A, None)], [(A, None)], True),
        ([(A, None)], [(A, C)], False),
        ([(blank("x"), blank("y"))], [(blank("y"), blank("x"))], True),
        ([(blank("x"), blank("x"))], [(blank("y"), blank("x"))], False),
        ([(blank("x"), blank("y"))], [(blank("z"), blank("z"))], False),
        (
            [(blank("x"), A), (blank("y"), C), (blank("x"), C)],
            [(blank("1"), C), (blank("2"), C), (blank("1"), A)],
            True,
        ),
        (
            [(blank("x"), A), (blank("x"), C)],
            [(blank("1"), A), (blank("2"), C)],
            False,
        ),
        (
            [(og.Triple(blank("x"), A, blank("y")), blank("y"))],
            [(og.Triple(blank("p"), A, blank("q")), blank("q"))],
            True,
        ),
        (
            [(og.Triple(blank("x"), A, blank("y")), blank("y"))],
            [(og.Triple(blank("p"), A, blank("q")), blank("p"))],
            False,
        ),
        ([(og.Literal("1.0", datatype=A),)], [(og.Literal("1", datatype=A),)], False),
        (
            [(og.Literal(1),)],
            [(og.Literal("01", datatype=og.Literal(1).datatype),)],
            True,
        ),
        ([(og.Literal("a", language="en"),)], [(og.Literal("a"),)], False),
        (ordered([(A,), (C,)]), ordered([(C,), (A,)]), False),
    ],
)
def test_rows_are_the_same_but_for_names_of_blank_nodes(found, expected, equal):
    assert same(found, expected) is equal


def test_two_rings_are_not_one():
    """Nodes that look alike from near are told apart by trying."""
    six = [(blank(str(i)), blank(str((i + 1) % 6))) for i in range(6)]
    threes = [
        (blank(f"{ring}{i}"), blank(f"{ring}{(i + 1) % 3}"))
        for ring in "ab"
        for i in range(3)
    ]
    assert same(six, [(y, x) for x, y in reversed(six)])
    assert not same(six, threes)


@pytest.fixture(scope="module")
def case():
    return next(case for case in cases(OWN.parent) if case.id == "own/values/order")


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("SELECT ?b {} ORDER BY ?b", Grade.WRONG),
        ("PREFIX : <http://boats.example/> SELECT ?c { ?c :crew ?n }", Grade.WRONG),
        (
            "PREFIX : <http://boats.example/> "
            "SELECT ?b { ?b :crew ?n } ORDER BY DESC(?n) ?b",
            Grade.UNORDERED,
        ),
        ("PREFIX : <http://boats.example/> ASK { ?b :crew 7 }", Grade.WRONG),
        ("SELECT", Grade.WRONG),
    ],
)
def test_another_answer_is_seen(text, grade, case, served):
    """A wrong column, a wrong order, another form and a fault, on both ways."""
    other = replace(case, text=text)
    assert in_process(other).grade == grade
    assert over_http(other, served).grade == grade


def test_a_loss_fails_and_is_named(case, served, monkeypatch):
    """What only the front end gets wrong is lost, unless it is known to be."""
    monkeypatch.setattr("tests.w3c.judge.text", lambda case: "SELECT ?b {}")
    found = outcome(case, served)
    assert found[0] == "LOST"
    seen = []
    with pytest.raises(AssertionError, match="own/values/order"):
        noted(case, *found, lambda *pair: seen.append(pair))
    monkeypatch.setitem(noted.__globals__["LOSSES"], case.id, "for a reason")
    noted(case, *found, lambda *pair: seen.append(pair))
    assert ("outcome", "LOST") in seen
    assert ("outcome", "known loss") in seen


def test_a_known_loss_that_is_none_any_more_fails(case, served, monkeypatch):
    """The list of losses cannot grow stale."""
    monkeypatch.setitem(noted.__globals__["LOSSES"], case.id, "for a reason")
    with pytest.raises(AssertionError, match="both"):
        noted(case, *outcome(case, served), lambda *_: None)
