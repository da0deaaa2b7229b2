"""The briefing as paper: a PDF made by Chromium, read again."""

from __future__ import annotations

import io
import re
import unicodedata
from importlib import import_module

import pytest

from tests.browser.conftest import missing
from vomkg.web.briefing import briefing
from vomkg.web.overview import HEADLINES

pytestmark = pytest.mark.slow

_A4 = (595, 842)  # points


def packed(text):
    """Text without blanks, joined letters taken apart: lines break anywhere."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@pytest.fixture(scope="module")
def reader():
    """The library that reads PDF."""
    try:
        return import_module("pypdf")
    except ImportError:
        missing("pypdf is not installed: pip install pypdf")


@pytest.fixture(scope="module")
def paper(browser, site, reader):
    """The pages of the PDF that a browser prints."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    page.goto("/")
    # As a reader comes to it.
    page.get_by_text("Print this as a two-page briefing").click()
    page.wait_for_url("**/briefing")
    found = reader.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    context.close()
    return found.pages


@pytest.fixture(scope="module")
def text(paper):
    """All that is printed, without blanks."""
    return packed("".join(page.extract_text() for page in paper))


def test_it_is_two_pages_of_a4(paper):
    """No more, and the second is not nearly empty."""
    assert len(paper) == 2
    for page in paper:
        size = (round(float(page.mediabox.width)), round(float(page.mediabox.height)))
        assert size == _A4
    assert len(paper[1].extract_text()) > 1000


def test_every_headline_number_is_on_the_first_page(paper, kg):
    """As it is printed in the source, with what it says beside it."""
    first = packed(paper[0].extract_text())
    printed = [
        str(row["reported"].value)
        for name in HEADLINES
        for row in kg.run(name).rows
        if row.get("reported") is not None
    ]
    assert len(printed) >= 5
    for number in printed:
        assert packed(number) in first, number


def test_every_statement_has_its_note_with_the_characters(text, kg):
    """Claim, speaker, section, characters and address, equal to the graph's."""
    held = briefing(kg)
    marked = {
        number
        for part in (*held.short, *held.parts)
        for line in part.lines
        for number in line.notes
    }
    assert marked == {note.number for note in held.notes}
    trails = kg.run("overall-effect").trails
    for note in held.notes:
        start = text.index(packed(f"{note.number}. {note.said.label} ("))
        behind = text[start : text.index(packed(note.said.iri), start)]
        assert packed(note.said.speaker) in behind, note
        assert len(behind) < 400, note
        places = trails(note.said.iri)
        for place in places:
            assert packed(place.section_label) in behind, note
            assert f"{place.start}–{place.end}" in behind, note
        assert places or "noplaceinthesource" in behind, note


def test_it_says_which_release_and_licence(text, kg):
    """So that a sheet of paper can be traced."""
    assert kg.release.id in text
    assert "Licenceofthedata:https://" in text


def test_nothing_of_the_screen_is_on_it(text):
    """No navigation, no advice on printing."""
    assert packed("Skip to the content") not in text
    assert packed("Print this page from your browser") not in text
