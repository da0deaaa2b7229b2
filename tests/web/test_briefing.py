"""The briefing says what the graph says, and each claim once in its notes."""

from __future__ import annotations

from tests.web.markup import Page
from vomkg.web import create_app
from vomkg.web.briefing import briefing


def test_notes_are_numbered_as_they_are_first_needed(kg):
    """From 1 without a gap, each claim once."""
    held = briefing(kg)
    needed = [
        number
        for part in (*held.short, *held.parts)
        for line in part.lines
        for number in line.notes
    ]
    assert list(dict.fromkeys(needed)) == [note.number for note in held.notes]
    assert [note.number for note in held.notes] == list(range(1, len(held.notes) + 1))
    assert len({note.said.iri for note in held.notes}) == len(held.notes)


def test_a_number_carries_its_caveat_and_the_warning_not_to_compare(kg):
    """What travels with the numbers on the overview travels here."""
    held = briefing(kg)
    assert any("self-selection" in caveat.label for caveat in held.caveats)
    assert held.incomparable is not None


def test_each_mark_leads_to_its_note(kg):
    """And each note to the page of its claim."""
    page = Page(create_app(kg).test_client().get("/briefing").text)
    ids = {e.attributes["id"] for e in page.elements if "id" in e.attributes}
    marks = [e for e in page.all("a") if e.attributes["href"].startswith("#note-")]
    assert len(marks) >= len(briefing(kg).notes)
    assert {e.attributes["href"][1:] for e in marks} <= ids


def test_a_graph_without_these_questions_has_an_honest_page(client):
    """Nothing is made up where nothing can be asked."""
    response = client.get("/briefing")
    assert response.status_code == 200
    assert "No question is loaded" in response.text or "note-1" in response.text
