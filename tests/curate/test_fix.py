"""Safe changes: made together, refused where they do harm, nothing lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vomkg.curate.mend import Mend, Patch
from vomkg.curate.mends.fix import Fixed, apply, better, replaced
from vomkg.curate.place import Place
from vomkg.curate.result import Report, Result, Severity
from vomkg.errors import TurtleError

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "a.ttl"


def fault(
    focus: str, patch: Patch | None = None, severity: Severity = "violation"
) -> Result:
    mends = (Mend("by hand"), Mend("by a patch", "", patch)) if patch else ()
    return Result(severity, "shape", focus, None, None, None, "", "bad", mends=mends)


def patch(line: int, column: int, end: int, text: str) -> Patch:
    return Patch(Place(FILE, line, column, line, end), text)


def judge(texts: Mapping[str, str]) -> Report:
    """Each word in capitals is a fault; BOMB cannot be read."""
    words = texts[FILE].split()
    if "BOMB" in words:
        raise TurtleError("no Turtle")
    return Report(tuple(fault(word) for word in words if word.isupper()))


def fixed(text: str, *patches: Patch) -> Fixed:
    before = judge({FILE: text})
    offered = tuple(fault(item.focus) for item in before.results)
    with_patches = tuple(fault(f"patch {n}", item) for n, item in enumerate(patches))
    report = Report((*offered, *with_patches))
    return apply(report, {FILE: text}, judge)


def test_all_good_changes_are_made_from_the_end_to_the_start():
    done = fixed(
        "ONE two\nTHREE\n", patch(1, 1, 4, "longer than one"), patch(2, 1, 6, "b")
    )
    assert done.texts == {FILE: "longer than one two\nb\n"}
    assert len(done.applied) == 2
    assert done.refused == ()
    assert done.report.conforms


def test_a_change_that_makes_a_new_fault_is_refused_and_the_others_are_made():
    done = fixed(
        "ONE TWO THREE FOUR\n",
        patch(1, 1, 4, "a"),
        patch(1, 5, 8, "NEW OTHER"),
        patch(1, 9, 14, "c"),
        patch(1, 15, 19, "d"),
    )
    assert done.texts == {FILE: "a TWO c d\n"}
    (refusal,) = done.refused
    assert refusal.patch.text == "NEW OTHER"
    assert "other ones" in refusal.reason


def test_a_change_after_which_nothing_can_be_read_is_refused():
    done = fixed("ONE TWO\n", patch(1, 1, 4, "BOMB"), patch(1, 5, 8, "b"))
    assert done.texts == {FILE: "ONE b\n"}
    assert "cannot be judged: no Turtle" in done.refused[0].reason


def test_a_change_without_effect_is_refused():
    report = Report((fault("ONE", patch(1, 5, 8, "three")),))
    done = apply(report, {FILE: "ONE two\n"}, judge)
    assert done.texts == {}
    assert done.applied == ()
    assert "as many faults" in done.refused[0].reason
    assert done.report == report


def test_the_second_of_two_overlapping_changes_is_refused():
    done = fixed("ONE two\n", patch(1, 1, 4, "a"), patch(1, 2, 5, "b"))
    assert done.texts == {FILE: "a two\n"}
    assert "same place" in done.refused[0].reason


def test_the_same_change_for_two_faults_is_made_once():
    same = patch(1, 1, 4, "a")
    done = fixed("ONE two\n", same, same)
    assert done.applied == (same,)
    assert done.refused == ()


def test_two_different_additions_at_one_point_are_not_both_made():
    done = fixed("ONE\n", patch(1, 1, 1, "a "), patch(1, 1, 1, "b "))
    assert len(done.refused) == 1


def test_a_change_never_swallows_a_comment():
    text = "ONE # a remark\nTWO\n"
    whole = Patch(Place(FILE, 1, 1, 2, 4), "a b")
    done = fixed(text, whole)
    assert done.texts == {}
    assert "comment" in done.refused[0].reason


def test_a_hash_inside_a_literal_is_no_comment():
    done = fixed('"ONE#x" TWO\n', patch(1, 1, 12, '"one#x" two'))
    assert done.texts == {FILE: '"one#x" two\n'}


def test_a_file_that_is_not_at_hand_is_not_touched():
    elsewhere = Patch(Place("b.ttl", 1, 1, 1, 2), "x")
    done = fixed("ONE\n", elsewhere)
    assert done.texts == {}
    assert "b.ttl is not at hand" in done.refused[0].reason


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_they_like(end: str):
    text = f"one{end}TWO three{end}"
    new = replaced({FILE: text}, [patch(2, 1, 4, "two")])
    assert new == {FILE: f"one{end}two three{end}"}


def test_fewer_faults_are_not_better_if_one_is_worse():
    mild = Report((fault("a", severity="info"), fault("b", severity="info")))
    assert not better(mild, Report((fault("a"),)))
    assert better(mild, Report((fault("b", severity="info"),)))
    assert not better(mild, Report((fault("c", severity="info"),)))
    assert not better(mild, mild)
