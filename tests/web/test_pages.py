"""The pages say what the graph says, and say it whole."""

from __future__ import annotations

import csv
import io
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.web.markup import Page
from vomkg.errors import VomkgError
from vomkg.web import create_app
from vomkg.web.overview import HEADLINES, SECTIONS


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, response.text
    assert response.content_type == "text/html; charset=utf-8"
    return Page(response.text)


def links(found):
    return {" ".join(a.text.split()): a.attributes["href"] for a in found.all("a")}


def test_the_overview_opens_with_what_claims_say(browser):
    """The short answer is the claims' own statements, with value and speaker."""
    (answer,) = [
        e for e in page(browser, "/").all("ul") if e.attributes.get("class") == "answer"
    ]
    text = " ".join(answer.text.split())
    assert "19% The rate was nineteen percent lower. – Red review" in text
    assert "0.7:1 The ratio stood at seven to ten. – Blue <b>& bold</b>" in text


def test_the_overview_says_caveats_and_what_is_not_comparable(browser):
    """A limitation and two families of metric are named where the numbers stand."""
    notes = " ".join(
        " ".join(e.text.split())
        for e in page(browser, "/").elements
        if e.attributes.get("class") == "note"
    )
    assert "Caveat: chance. Chance cannot be excluded." in notes
    assert "Not comparable." in notes
    assert "A family may be compared within itself." in notes
    assert "rate ratios: These are ratios of rates." in notes
    assert "unnamed ratios: Nobody names these." in notes


def test_numbers_of_one_family_carry_no_warning(browser):
    """The warning not to compare is silent where all may be compared."""
    found = page(browser, "/questions/effect-at-follow-up?months=12")
    assert "Not comparable" not in found.html
    assert "Chance cannot be excluded." in found.html


def test_the_matrix_has_symbol_word_and_value_in_each_field(browser):
    """Meaning never rests on a colour or a symbol alone, and no field is empty."""
    rows = [row for row in page(browser, "/").rows() if row[0].startswith("id:topic")]
    assert rows[:2] == [
        [
            "id:topic-effect",
            "■ Evidence claims 3, absences 1",
            "– Nothing said claims 0, absences 0",
        ],
        [
            "id:topic-costs",
            "× Stated to be missing claims 0, absences 2",
            "– Not asked",
        ],
    ]


def test_a_tension_is_a_card_with_its_claims(browser):
    """A disagreement shows both sides with who says each."""
    cards = [e for e in page(browser, "/").all("li") if "cards" in str(e.attributes)]
    assert cards == []
    text = " ".join(page(browser, "/").texts("main"))
    assert (
        "red against blue Red and blue do not match. "
        "Blue <b>& bold</b>: 0.7 to 1 Red review: 19% lower" in text
    )


def test_no_number_is_typed_into_the_overview(browser):
    """Over another graph the page has none of the shipped graph's numbers."""
    text = " ".join(page(browser, "/").texts("main"))
    for number in ("34", "27", "52", "0.54", "0.87", "15", "80"):
        assert number not in text


def test_each_section_links_to_its_question(browser):
    """From a section it is one step to the query and the places."""
    found = page(browser, "/")
    for name in ("emmie-matrix", "where-reviews-disagree", "overall-effect"):
        assert f"/questions/{name}" in links(found).values()


def test_the_overview_asks_only_questions_that_are_shipped(kg):
    """No section of the shipped overview is silently left out."""
    for name in {*HEADLINES, *(name for name, _ in SECTIONS)}:
        assert name in kg.questions


def test_lists_the_questions_by_dimension(browser):
    """Each question stands under its dimension, in the order of EMMIE."""
    found = page(browser, "/questions")
    assert [text.split(":")[0] for text in found.texts("h2")] == [
        "Effect",
        "Agreement and disagreement",
        "Absence",
        "Provenance",
    ]
    assert links(found)["What is the effect?"] == "/questions/overall-effect"


def test_an_answer_shows_labels_statements_and_places(browser):
    """A row says who says it, in which section, at which characters."""
    rows = page(browser, "/questions/overall-effect").rows()
    assert rows[0] == [
        "19% lowerThe rate was nineteen percent lower.",
        "19%",
        "12",
        "19% lower: Red review: results characters 10–20; results characters 30–45",
    ]


def test_an_answer_keeps_the_curators_remarks(browser):
    """How the source was read is said below the answer."""
    found = page(browser, "/questions/overall-effect")
    assert "The unit was read off the heading." in found.texts("li")


def test_things_link_to_all_that_is_said_of_them(browser):
    """A cell that is a thing of ours leads to its page, any other to its triples."""
    href = links(page(browser, "/questions/overall-effect"))["19% lower"]
    assert href == "/doc/est-red"
    href = links(page(browser, href))["percent reduction"]
    assert parse_qs(urlsplit(href).query)["query"] == [
        "DESCRIBE <https://w3id.org/vomkg/ontology#PercentReductionInRate>"
    ]
    assert ["percent reduction", "vom:metricFamily", "rate ratios"] in page(
        browser, href
    ).rows()


def test_the_links_of_an_answer_give_the_same_answer(browser):
    """CSV, JSON and the query page hold the rows that the page shows."""
    found = links(page(browser, "/questions/effect-at-follow-up?months=24"))
    rows = list(csv.reader(io.StringIO(browser.get(found["CSV"]).text)))
    claim = "https://w3id.org/vomkg/id/est-blue"
    assert rows == [["months", "claim"], ["24", claim]]
    bindings = browser.get(found["JSON"]).get_json(force=True)["results"]["bindings"]
    assert [row["claim"]["value"] for row in bindings] == [claim]
    asked = page(browser, found["Open in the query page"])
    assert [row[:2] for row in asked.rows()] == [["24", "0.7 to 1"]]


@pytest.mark.parametrize(
    ("path", "accept", "media_type"),
    [
        ("/questions/overall-effect.csv", None, "text/csv; charset=utf-8"),
        ("/questions/overall-effect.json", "*/*", "application/sparql-results+json"),
        ("/questions/overall-effect.xml", None, "application/sparql-results+xml"),
        (
            "/questions/overall-effect?format=tsv",
            "text/html",
            "text/tab-separated-values; charset=utf-8",
        ),
        ("/questions/overall-effect", "text/csv", "text/csv; charset=utf-8"),
        (
            "/questions/overall-effect",
            "application/json, text/html;q=0.9",
            "application/sparql-results+json",
        ),
        ("/questions/overall-effect", None, "text/html; charset=utf-8"),
        ("/questions/overall-effect", "*/*", "text/html; charset=utf-8"),
    ],
)
def test_a_question_has_a_page_and_files(client, path, accept, media_type):
    """A suffix, ?format= or Accept choose the data; a page is the rest."""
    headers = {} if accept is None else {"Accept": accept}
    response = client.get(path, headers=headers)
    assert (response.status_code, response.content_type) == (200, media_type)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/questions/overal-effect", 404, "overall-effect"),
        ("/questions/overall-effect.ttl", 406, "csv"),
        ("/questions/overall-effect.xyz", 406, "csv"),
        ("/questions/overall-effect.csv?month=3", 400, "no parameter 'month'"),
        ("/questions/effect-at-follow-up.csv?months=7", 400, "give one of 12, 24"),
        ("/questions/effect-at-follow-up.csv?months=12&months=24", 400, "2 times"),
        ("/questions/claims-that-say.json", 400, "'word' is missing"),
    ],
)
def test_refuses_a_wrong_question_to_a_program(client, path, status, words):
    """What is wrong with a question is a problem, never an empty answer."""
    response = client.get(path)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    facts = response.get_json(force=True)
    assert words.lower() in f"{facts['detail']} {facts['fix']}".lower()


def test_a_form_offers_the_choices_of_the_graph(browser):
    """A parameter with choices is a list, with the value in use selected."""
    found = page(browser, "/questions/effect-at-follow-up?months=24")
    options = {
        e.attributes["value"]: "selected" in e.attributes for e in found.all("option")
    }
    assert options == {"12": False, "24": True}
    assert "?months" in found.html
    commands = [text for text in found.texts("code") if text.startswith("vomkg run")]
    assert commands == ["vomkg run effect-at-follow-up -p months=24 --format csv"]


def test_a_question_without_default_asks_first(browser):
    """The form comes before the answer, and an error keeps what was typed."""
    empty = page(browser, "/questions/claims-that-say")
    assert not empty.all("table")
    (field,) = empty.all("input")
    assert field.attributes["type"] == "text"
    assert "required" in field.attributes
    asked = page(browser, "/questions/claims-that-say?word=percent")
    assert asked.rows() == [["The rate was nineteen percent lower."]]
    assert asked.all("input")[0].attributes["value"] == "percent"
    blank = page(browser, "/questions/claims-that-say?word=", status=400)
    assert "'word' is missing" in blank.html.replace("&#39;", "'")


def test_an_empty_answer_is_an_answer(browser):
    """No row is said in words and is no error."""
    found = page(browser, "/questions/claims-that-say?word=zebra")
    assert "0 rows." in found.texts("p")
    assert not found.all("table")


def test_a_wrong_value_keeps_the_form(browser):
    """The page of a wrong value says what would do, and can be sent again."""
    found = page(browser, "/questions/effect-at-follow-up?months=7", status=400)
    assert "Give one of 12, 24." in found.texts("p")
    assert found.all("select")


def test_a_value_never_becomes_query(browser):
    """What is typed stays one term, whatever it looks like."""
    word = '") } UNION { ?s ?p ?text } #'
    found = page(browser, f"/questions/claims-that-say?word={word.replace('#', '%23')}")
    assert "0 rows." in found.texts("p")


def test_the_query_page_answers_below_the_form(browser):
    """The query stays in the form, the answer has labels and links to all formats."""
    query = "SELECT ?r ?none { ?r a vom:Review . OPTIONAL { ?r vom:nope ?none } }"
    found = page(browser, f"/sparql?query={query}")
    assert found.texts("textarea") == [query]
    assert sorted(row[0] for row in found.rows()) == [
        "Blue <b>& bold</b>",
        "Red review",
    ]
    assert found.rows()[0][1] == "–no value"
    formats = [
        parse_qs(urlsplit(href).query).get("format") for href in links(found).values()
    ]
    assert [f for f in formats if f][:4] == [["json"], ["xml"], ["csv"], ["tsv"]]


def test_the_query_page_shows_a_yes_or_no(browser):
    """The answer of ASK is a word."""
    assert "Yes." in page(browser, "/sparql?query=ASK{?s ?p ?o}").texts("p")
    assert "No." in page(browser, "/sparql?query=ASK{?s vom:x ?o}").texts("p")


def test_the_query_page_shows_a_graph_as_table_and_turtle(browser):
    """Triples are readable with labels, and there as Turtle."""
    found = page(browser, "/sparql?query=DESCRIBE id:review-red")
    assert "2 triples." in found.texts("p")
    assert "Red review" in found.rows()[0][0]
    assert any("id:review-red" in text for text in found.texts("pre"))


def test_a_page_that_is_cut_says_so(tiny, browser, monkeypatch):
    """The page may show fewer rows, and then names both numbers; files hold all."""
    monkeypatch.setattr("vomkg.web.query_page.PAGE_ROWS", 3)
    query = "SELECT ?c { ?c vom:statement ?text }"
    found = page(browser, f"/sparql?query={query}")
    assert len(found.rows()) == 3
    assert "5 rows. The page shows the first 3; the links below give all." in (
        found.texts("p")
    )
    assert browser.get(f"/sparql?query={query}&format=csv").text.count("\r\n") == 6


def test_a_faulty_query_is_marked_on_its_page(browser):
    """The line is shown with the fault marked, and the query can be mended."""
    found = page(browser, "/sparql?query=SELECT ?x%0A{ ?x a foo:bar }", status=400)
    assert found.texts("mark") == ["foo:bar"]
    assert found.texts("textarea") == ["SELECT ?x { ?x a foo:bar }"]
    assert "(Line 2, column 8.)" in " ".join(found.texts("p"))


def test_a_first_visit_has_a_query_that_works(browser):
    """The form is not empty, and what stands in it runs."""
    (query,) = page(browser, "/sparql").texts("textarea")
    assert page(browser, f"/sparql?query={query}")


def test_about_names_what_the_graph_knows(browser):
    """What is not covered comes out of the graph."""
    found = page(browser, "/about")
    assert "Nobody says what it costs." in found.texts("li")
    assert "not reported" in found.texts("h3")


def test_about_the_shipped_graph_names_makers_and_licence(kg):
    """The makers, funders, grant and licence of the shipped graph are all said."""
    response = create_app(kg).test_client().get("/about")
    text = " ".join(Page(response.text).texts("main"))
    for words in (
        "UCL Jill Dando Institute",
        "College of Policing",
        "Economic and Social Research Council",
        "creativecommons.org/licenses/by/4.0",
    ):
        assert words in text


def test_every_shipped_page_renders(kg):
    """Each shipped question has a page with its answer, well-formed."""
    client = create_app(kg).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    for path in ("/", "/questions", "/about", "/sparql"):
        assert page(client, path).texts("h1")
    for question in kg.questions:
        found = page(client, f"/questions/{question.id}")
        assert found.texts("h1") == [question.question]
        if question.is_ready and not question.may_be_empty:
            assert found.rows(), question.id


def test_health_names_the_release(kg):
    """A monitor learns which release is served."""
    response = create_app(kg).test_client().get("/healthz")
    assert response.get_json() == {"status": "ok", "release": kg.release.id}


def test_a_fault_of_ours_shows_no_traceback(tiny, monkeypatch):
    """An unexpected exception is a 500 with one sentence."""

    def explode(_):
        raise ZeroDivisionError("secret detail")

    app = create_app(tiny)
    monkeypatch.setattr("vomkg.web.pages.overview", explode)
    response = app.test_client().get("/")
    assert response.status_code == 500
    assert "the fault is ours" in response.get_json(force=True)["detail"]
    assert "secret" not in response.text
    assert "Traceback" not in response.text


def test_an_error_tells_no_path_of_the_machine(tiny, monkeypatch):
    """The file of an error is for the curator, not for a stranger."""

    def explode(_):
        raise VomkgError("broken", path="/home/someone/data.ttl")

    app = create_app(tiny)
    monkeypatch.setattr("vomkg.web.pages.overview", explode)
    assert "someone" not in app.test_client().get("/").text
