"""Data of strangers are judged in a child process, within time and memory."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from vomkg.errors import (
    InputError,
    LimitError,
    MemoryLimitError,
    SizeLimitError,
    TimeLimitError,
)
from vomkg.workbench.submission import Submission, judged

PREFIXES = """@prefix id: <https://w3id.org/vomkg/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vom: <https://w3id.org/vomkg/ontology#> .
"""
CLAIM = f"{PREFIXES}id:c a vom:MechanismClaim ; vom:hedged true .\n"
CONCEPT = f'{PREFIXES}id:review-one skos:altLabel "the first review"@en .\n'
pytestmark = pytest.mark.slow


def asked(text, settings, **options):
    data = text if isinstance(text, bytes) else text.encode()
    submission = Submission(data, options.pop("name", "sent.ttl"), **options)
    return judged(submission, settings, settings.root)


def test_faults_come_with_place_and_mend_and_of_what_was_sent_alone(settings):
    found = asked(CLAIM, settings, changes=True)
    results = found.document["results"]
    assert {item["file"] for item in results} == {"sent.ttl"}
    assert {item["line"] for item in results} == {4}
    assert {item["focus"] for item in results} == {"https://w3id.org/vomkg/id/c"}
    assert all(item["mends"] for item in results)
    assert json.loads(found.report) == found.document
    assert not found.is_unreadable
    assert found.changes is None, "what breaks the shapes changes nothing"


def test_what_conforms_is_told_with_what_it_changes(settings):
    found = asked(CONCEPT, settings, changes=True)
    assert found.document["conforms"]
    assert found.changes is not None
    assert found.changes["counts"]["other things changed"] == 1
    [thing] = found.changes["things"]
    assert thing["changes"][0]["new"] == ['"the first review"@en']


def test_a_report_comes_in_the_format_asked_for(settings):
    found = asked(CLAIM, settings, format_name="sarif")
    assert json.loads(found.report)["version"] == "2.1.0"


def test_broken_turtle_is_a_report_of_each_broken_place(settings):
    found = asked(f"{PREFIXES}id:a a .\nid:b skos:note [ .\nid:c a .\n", settings)
    assert found.is_unreadable
    assert {item["line"] for item in found.document["results"]} == {4, 5, 6}
    assert {item["check"] for item in found.document["results"]} == {"syntax"}


@pytest.mark.parametrize("data", [b"\x1f\x8b\x08\x00junk", b"PK\x03\x04zip"])
def test_what_is_no_text_is_named_as_what_it_is(data, settings):
    with pytest.raises(InputError):
        asked(data, settings)


def test_brackets_may_not_nest_for_ever(settings):
    deep = f"{PREFIXES}id:c skos:note {'[ skos:note ' * 20_000}1{' ]' * 20_000} .\n"
    with pytest.raises(InputError, match="nest deeper than 100 levels"):
        asked(deep, settings)


def test_triples_are_bounded(settings):
    """A list of many items in few bytes is refused before anything judges it."""
    items = f"{PREFIXES}id:c skos:note ( {'1 ' * 50} ) .\n"
    few = replace(settings, check_triples=100)
    words = "101 triples are more than the 100 that are checked here"
    with pytest.raises(SizeLimitError, match=words) as caught:
        asked(items, few)
    assert (caught.value.exit_code, caught.value.status) == (4, 413)
    assert not asked(items.replace("1 1", "1"), few).is_unreadable


def test_time_is_bounded(settings):
    with pytest.raises(TimeLimitError, match=r"within 0\.1 seconds") as caught:
        asked(CLAIM, replace(settings, check_time=0.1))
    assert caught.value.exit_code == LimitError.exit_code == 4


def test_memory_is_bounded(settings):
    """More triples than fit are refused, and this process is none the worse."""
    many = "".join(f"id:c{n} a vom:MechanismClaim .\n" for n in range(60_000))
    with pytest.raises(MemoryLimitError, match="more than 256 MiB"):
        asked(
            PREFIXES + many, replace(settings, check_memory=256, check_triples=100_000)
        )


def test_nothing_is_left_behind(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    asked(CLAIM, settings)
    assert list(tmp_path.iterdir()) == []
