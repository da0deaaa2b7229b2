"""Plain words are asked over HTTP, by people and by programs."""

from __future__ import annotations

import pytest

from tests.web.conftest import BROWSER
from tests.web.markup import Page
from vomkg.web import create_app

TWO_YEARS = "does it still work after two years?"
HOSTILE = """"><script>alert(1)</script><img src=x onerror=alert(1)>'"""


@pytest.fixture(scope="module")
def shipped(kg):
    return create_app(kg).test_client()


def page(client, status=200, **query):
    """The page that a browser gets for a query; its tags are checked."""
    response = client.get("/ask", query_string=query, headers=BROWSER)
    assert response.status_code == status
    assert response.mimetype == "text/html"
    return Page(response.text)


def words(found):
    return " ".join(found.texts("main"))


def links(found):
    return [element.attributes.get("href", "") for element in found.all("a")]


def test_the_bare_page_is_a_labelled_form_that_needs_no_script(shipped):
    found = page(shipped)
    (form,) = found.all("form")
    (field,) = found.all("input")
    assert (form.attributes["method"], form.attributes["action"]) == ("get", "/ask")
    assert field.attributes["name"] == "q"
    assert field.attributes["maxlength"] == "500"
    assert field.attributes["id"] in {
        e.attributes.get("for") for e in found.all("label")
    }
    assert not found.all("script")


def test_the_questions_have_the_same_form(shipped):
    found = Page(shipped.get("/questions", headers=BROWSER).text)
    assert [form.attributes["action"] for form in found.all("form")] == ["/ask"]


def test_an_answer_shows_what_was_read_and_what_else_may_be_meant(shipped):
    found = page(shipped, q=TWO_YEARS)
    assert "We read this as: How does the effect change" in words(found)
    assert "0.87:1" in words(found)
    assert "Caveat: self-selection." in words(found)
    assert "/questions/effect-by-follow-up" in links(found)
    assert "/questions/effect-by-follow-up.csv" in links(found)
    assert "/questions/effect-at-follow-up" in links(found)


def test_the_values_that_were_read_are_in_the_links(shipped):
    found = page(shipped, q="What is the ratio half a year later?")
    assert "/questions/effect-at-follow-up?follow_up=6" in links(found)
    assert "/questions/effect-at-follow-up.csv?follow_up=6" in links(found)


def test_every_link_of_a_page_leads_somewhere(shipped):
    """Suggestions with values, statements of absence and all."""
    for text in (TWO_YEARS, "how much does it cost", "long term effects of mediation"):
        for link in {link for link in links(page(shipped, q=text)) if link[:1] == "/"}:
            status = shipped.get(
                link, headers=BROWSER, follow_redirects=True
            ).status_code
            assert status == 200, link


def test_what_is_not_reported_is_said_with_its_place(shipped):
    found = page(shipped, q="how much does it cost")
    assert "The reviews do not report this." in words(found)
    assert "costs not mentioned" in words(found)
    assert "economic considerations, characters" in words(found)
    assert "/doc/abs-costs" in " ".join(links(found))


def test_a_refusal_names_the_unknown_words(shipped):
    found = page(shipped, q="bitcoin price")
    assert "nothing here: bitcoin." in words(found)
    assert "/questions/economic-evidence" in links(found)


def test_suggestions_are_three_links(shipped):
    found = page(shipped, q="long term effects of mediation")
    assert "It is not clear what is meant." in words(found)
    asked = [link for link in links(found) if link.startswith("/questions/")]
    assert len(asked) == 3


def test_hostile_text_is_shown_as_text(shipped):
    found = page(shipped, q=HOSTILE)
    assert not found.all("script")
    assert not found.all("img")
    (field,) = found.all("input")
    assert field.attributes["value"] == HOSTILE
    assert "nothing here: script, alert, 1, img" in words(found)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"q": ""}, "Nothing is asked."),
        ({"q": "  "}, "Nothing is asked."),
        ({"q": "a " * 400}, "799 characters"),
        ({"q": ["a", "b"]}, "given 2 times"),
        ({"query": "a"}, "There is no parameter"),
    ],
)
def test_a_fault_in_the_request_is_told_on_the_page(shipped, query, said):
    found = page(shipped, 400, **query)
    assert said in words(found)
    assert found.all("input"), "the form stays"


def test_of_a_text_without_end_only_so_much_comes_back(shipped):
    (field,) = page(shipped, 400, q="x" * 5000).all("input")
    assert len(field.attributes["value"]) == 500


@pytest.mark.parametrize("by", ["format", "accept"])
@pytest.mark.parametrize("text", [TWO_YEARS, "how much does it cost", "bitcoin price"])
def test_a_program_gets_the_record_of_the_call(shipped, kg, by, text):
    named = {"format": "json"} if by == "format" else {}
    headers = {"Accept": "application/json"} if by == "accept" else {}
    response = shipped.get("/ask", query_string={"q": text, **named}, headers=headers)
    assert (response.status_code, response.mimetype) == (200, "application/json")
    assert response.json == kg.ask(text).fields()
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "x" * 501}, {"q": ["a", "b"]}])
def test_a_program_gets_faults_as_problems(shipped, query):
    response = shipped.get(
        "/ask", query_string=query, headers={"Accept": "application/json"}
    )
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    ("query", "accept"),
    [({"q": "x", "format": "csv"}, "*/*"), ({"q": "x"}, "text/csv")],
)
def test_other_formats_are_not_there(shipped, query, accept):
    response = shipped.get("/ask", query_string=query, headers={"Accept": accept})
    assert response.status_code == 406


def test_robots_are_kept_from_endless_addresses(shipped):
    assert "Disallow: /ask?" in shipped.get("/robots.txt").text


def test_other_data_has_the_page_too(browser):
    """Files with questions of their own are asked by the phrasings of these."""
    found = page(browser, q="bitcoin")
    assert "nothing here: bitcoin." in words(found)


@pytest.mark.parametrize("address", ["/ask?q=does+it+work", "/search?q=crime"])
def test_who_names_no_type_gets_the_page(shipped, address):
    """No Accept header means that any type will do, as with clients of few lines."""
    response = shipped.get(address)
    assert (response.status_code, response.mimetype) == (200, "text/html")
