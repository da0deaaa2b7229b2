"""``/search`` shows, page by page, what kg.search finds."""

from __future__ import annotations

import csv
import io

import pytest

from tests.web.conftest import BROWSER
from tests.web.markup import Page
from vomkg.web import create_app


@pytest.fixture(scope="module")
def shipped(kg):
    found = create_app(kg).test_client()
    found.environ_base["HTTP_ACCEPT"] = BROWSER["Accept"]
    return found


def hits_of(response):
    found = Page(response.text)
    return [
        e.attributes["href"]
        for e in found.all("a")
        if "li" in e.parents and "ol" in e.parents and "nav" not in e.parents
    ]


def test_without_words_there_is_a_form(shipped):
    response = shipped.get("/search")
    assert response.status_code == 200
    (field,) = Page(response.text).all("input")
    assert field.attributes["maxlength"] == "200"


def test_hits_link_to_their_pages_and_mark_the_words(shipped, kg):
    """As many as are told, in the order of kg.search, each page there."""
    response = shipped.get("/search?q=apologies")
    page = Page(response.text)
    assert set(page.texts("mark")) == {"apology"}
    links = hits_of(response)
    assert len(links) == kg.search("apologies").total
    assert f"{len(links)} hits." in page.texts("p")
    for link in links:
        assert shipped.get(link).status_code == 200


def test_pages_and_classes_keep_what_was_asked(shipped, kg):
    """The second page goes on, a class confines, and each link says so."""
    response = shipped.get("/search?q=offenders&class=Claim")
    total = kg.search("offenders", "Claim").total
    first = hits_of(response)
    assert len(first) == min(total, kg.settings.list_page)
    wide = shipped.get("/search?q=offenders&page=2")
    assert not set(hits_of(shipped.get("/search?q=offenders"))) & set(hits_of(wide))
    for e in Page(response.text).all("a"):
        href = e.attributes["href"]
        if href.startswith("/search?q=offenders"):
            assert shipped.get(href).status_code == 200, href


def test_nothing_found_is_said_with_ways_on(shipped):
    """A page with status 200: the answer is that there is nothing."""
    response = shipped.get("/search?q=moderatr")
    assert response.status_code == 200
    page = Page(response.text)
    assert "Nothing was found" in page.texts("h2")
    links = {e.attributes["href"] for e in page.all("a")}
    assert {"/search?q=moderate", "/search?q=moderator", "/browse"} <= links
    assert "/ask?q=moderatr" in links


def test_hits_as_data(shipped, kg):
    """JSON by page with totals, CSV with every hit."""
    total = kg.search("offenders").total
    size = kg.settings.list_page
    data = shipped.get("/search?q=offenders&format=json&page=2").get_json()
    assert (data["total"], data["page"]) == (total, 2)
    assert data["hits"][0]["rank"] == size + 1
    rows = csv.DictReader(
        io.StringIO(shipped.get("/search?q=offenders&format=csv").text)
    )
    assert len(list(rows)) == total
    accept = {"Accept": "application/json"}
    assert shipped.get("/search?q=offenders", headers=accept).get_json()["page"] == 1


@pytest.mark.parametrize(
    "query",
    [
        "q=",
        "q=%3F",
        "q=" + "a" * 300,
        "q=red&q=blue",
        "q=red&page=0",
        "q=red&page=x",
        "q=red&page=99999999999999999999",
        "q=apology&page=2",
        "q=red&class=Nothing",
        "q=red&colour=red",
        "q=%00",
    ],
)
@pytest.mark.parametrize("kind", ["page", "data"])
def test_what_cannot_be_searched_for_is_400_in_both_forms(shipped, query, kind):
    """A page that keeps the field, or a problem; nothing of endless words comes back."""
    accept = BROWSER["Accept"] if kind == "page" else "application/json"
    response = shipped.get(f"/search?{query}", headers={"Accept": accept})
    assert response.status_code == 400
    assert "a" * 201 not in response.text
    if kind == "data":
        assert response.content_type == "application/problem+json"
    else:
        assert Page(response.text).all("input")


def test_hostile_words_and_labels_are_text(browser, shipped):
    """What is typed and what the graph holds is escaped within its marks."""
    for found in (
        browser.get("/search?q=blue"),
        browser.get("/search?q=<b>bold</b>&class="),
        shipped.get('/search?q="><script>alert(1)</script>'),
    ):
        assert found.status_code == 200
        assert "<b>" not in found.text
        assert "<script>" not in found.text
    assert "&lt;b&gt;&amp; <mark>" not in browser.get("/search?q=blue").text
    assert "<mark>Blue</mark> &lt;b&gt;&amp; bold&lt;/b&gt;" in (
        browser.get("/search?q=blue").text
    )


def test_a_wrong_format_is_406(shipped):
    assert shipped.get("/search?q=red&format=turtle").status_code == 406
