"""Known faults do not count, new ones do, and those that vanished are told."""

import json
from dataclasses import replace

import pytest

from tests.curate.reports import CONTEXT, MISSING, NAMES, REPORT, TOO_HIGH
from vomkg.curate.place import Place
from vomkg.curate.report import written
from vomkg.curate.report.comparison import (
    as_json,
    compared,
    in_words,
    matched,
    told_of,
)
from vomkg.curate.report.saved import baseline, read_faults
from vomkg.curate.result import Report
from vomkg.errors import InputError

MOVED = replace(MISSING, at=Place("data/other.ttl", 90, 1), message="reworded")


@pytest.mark.parametrize("form", ["baseline", "report"])
def test_what_is_written_is_read_again(form, tmp_path):
    path = tmp_path / "known.json"
    text = baseline(REPORT) if form == "baseline" else written(REPORT, "json", CONTEXT)
    path.write_text(text, encoding="utf-8")
    found = compared(Report((MOVED, TOO_HIGH)), read_faults(path))
    assert (found.new, found.gone) == ((), ())
    assert found.known == {MOVED, TOO_HIGH}


def test_baseline_is_the_same_whatever_the_order():
    assert baseline(REPORT) == baseline(Report(REPORT.results[::-1]))


def test_faults_of_one_fingerprint_are_counted():
    twin = replace(MISSING, message="another constraint of the same shape")
    found = compared(Report((MISSING, twin)), [told_of(MISSING)])
    assert found.known == {MISSING}
    assert [told.message for told in found.new] == [twin.message]
    again = compared(Report((MISSING,)), [told_of(MISSING), told_of(twin)])
    assert [told.message for told in again.gone] == [twin.message]


def test_known_faults_are_left_out_of_words_and_verdict():
    known = replace(CONTEXT, comparison=compared(REPORT, [told_of(MISSING)]))
    text = written(REPORT, "text", known)
    assert "name the speaker" not in text
    assert text.endswith(
        "0 violations, 1 warning, 0 infos in 1 file; "
        "1 known and 0 gone since the baseline\n"
    )
    assert known.failing(REPORT) == ()
    assert "::error" not in written(REPORT, "github", known)
    flags = [
        item["known"] for item in json.loads(written(REPORT, "json", known))["results"]
    ]
    assert flags == [True, False]


def test_vanished_faults_are_told():
    gone = replace(
        CONTEXT, comparison=compared(Report((MISSING,)), [told_of(TOO_HIGH)])
    )
    text = written(Report((MISSING,)), "text", gone)
    assert "gone since the baseline:\n  warning on id:b: too high\n" in text


def test_comparison_is_told_in_words_and_json():
    found = matched([told_of(MISSING)], [told_of(TOO_HIGH), told_of(MOVED)])
    assert in_words(found, NAMES) == (
        "- warning on id:b: too high\n0 new, 1 gone, 1 remaining\n"
    )
    parsed = json.loads(as_json(found))
    assert [len(parsed[name]) for name in ("new", "gone", "remaining")] == [0, 1, 1]
    assert parsed["gone"][0]["message"] == "too high"
    turned = matched([told_of(TOO_HIGH)], [])
    assert in_words(turned, NAMES).startswith("+ warning on id:b: too high\n1 new")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "neither a baseline nor a report"),
        ('{"format": "vomkg-baseline/2", "faults": []}', "neither a baseline"),
        ('{"format": [], "faults": []}', "neither a baseline"),
        ('{"format": "vomkg-baseline/1", "faults": [1]}', "fault 1 has no text"),
        (
            '{"format": "vomkg-baseline/1", "faults": [{"fingerprint": 1}]}',
            "fault 1 has no text as its fingerprint",
        ),
    ],
)
def test_other_files_are_refused_with_a_reason(text, words, tmp_path):
    path = tmp_path / "known.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_faults(path)
