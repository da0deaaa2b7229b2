"""The page of changes tells them apart, and has every form that it offers."""

from __future__ import annotations

import pytest

from tests.web import test_frame as frame
from tests.web.conftest import BROWSER
from tests.web.markup import Page
from vomkg.formats import offered
from vomkg.namespaces import THINGS
from vomkg.release.changes import Changes, Claim
from vomkg.web import changes, create_app

TOLD = Changes(
    previous="f" * 64,
    added=(Claim(THINGS + "abs-two", "outliers"),),
    removed=(Claim(THINGS + "abs-one", "outliers"),),
    changed=(),
)


@pytest.fixture
def client(kg, monkeypatch):
    """A client of a release that came after another."""
    monkeypatch.setattr(changes, "changes_of", lambda _: TOLD)
    return create_app(kg).test_client()


@pytest.fixture
def page(client):
    return Page(client.get("/changes", headers=BROWSER).text)


# The frame of every page, tested on this one too.
test_has_one_heading = frame.test_has_one_heading_and_no_gap_in_the_levels
test_has_language = frame.test_has_language_title_and_landmarks
test_landmarks_have_names = frame.test_landmarks_have_names_of_their_own


def test_claims_of_one_name_are_told_apart(page):
    """Each has its IRI beside its name; one claim is not called claims."""
    assert "1 claim added, 1 removed, 0 changed." in page.texts("p")[0]
    items = page.texts("li")
    assert f"outliers {THINGS}abs-two" in items
    assert f"outliers {THINGS}abs-one" in items
    assert page.texts("h2") == ["Added", "Removed"]


def test_the_page_offers_each_form_that_it_has(client, page):
    """In its head and to the eye, and each is there."""
    types = [form.media_type for form in offered("graph")]
    shown = [a.attributes for a in page.all("a") if "type" in a.attributes]
    heads = [e.attributes for e in page.all("link")]
    assert [link["type"] for link in shown] == types
    assert [e["type"] for e in heads if e["rel"] == "alternate"] == types
    for link in shown:
        answer = client.get(link["href"], headers=BROWSER)
        assert answer.status_code == 200
        assert answer.content_type.partition(";")[0] == link["type"]
