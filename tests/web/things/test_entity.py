"""The page of a thing: names instead of IRIs, the trail, and how to cite it."""

from __future__ import annotations

import json
import re

import pytest

from tests.web import test_frame as frame
from tests.web.conftest import BROWSER
from tests.web.markup import Page
from vomkg.web import create_app
from vomkg.web.things.citation import citation

THING = "https://w3id.org/vomkg/id/est-red"


@pytest.fixture(params=["/doc/est-red", "/doc/review-blue", "/doc/section-results"])
def response(browser, request):
    return browser.get(request.param)


@pytest.fixture
def page(response):
    return Page(response.text)


# The frame of every page, tested on these too.
test_has_one_heading = frame.test_has_one_heading_and_no_gap_in_the_levels
test_has_language = frame.test_has_language_title_and_landmarks
test_every_reference = frame.test_every_reference_has_its_target
test_what_scrolls = frame.test_what_scrolls_can_be_reached_by_keyboard
test_nothing_nested = frame.test_nothing_that_acts_stands_within_another
test_landmarks_have_names = frame.test_landmarks_have_names_of_their_own
test_sends_the_headers = frame.test_sends_the_headers_of_a_closed_page


def words(found):
    return [" ".join(text.split()) for text in found]


def test_a_claim_opens_with_its_name_and_statement(browser):
    """The label comes first, then what is said, in groups."""
    found = Page(browser.get("/doc/est-red").text)
    assert found.texts("h1") == ["19% lower"]
    assert "The rate was nineteen percent lower." in found.texts("p")
    assert found.texts("h2") == [
        "From the statement to the characters",
        "One step away",
        "What it says",
        "Evidence",
        "Where it leads",
        "What leads here",
        "This as data",
        "Cite this",
    ]


def test_a_claim_shows_the_trail_of_its_number(browser):
    """From the number by claim, speaker and section to the characters."""
    found = Page(browser.get("/doc/est-red").text)
    trails = [e for e in found.all("ol") if e.attributes.get("class") == "trail"]
    assert [" ".join(trail.text.split()) for trail in trails] == [
        "number 19% claim 19% lower said by Red review section results "
        f"characters {characters} source https://w3id.org/vomkg/id/source"
        for characters in ("10–20", "30–45")
    ]
    places = [a.attributes["href"] for a in found.all("a") if "–" in a.text]
    assert places[:2] == ["/doc/loc-red-1", "/doc/loc-red-2"]


def test_a_place_is_called_by_its_section_and_characters(browser):
    """Places and selectors have no label, and yet no page shows a bare IRI for one."""
    claim = Page(browser.get("/doc/est-red").text)
    links = {" ".join(a.text.split()): a.attributes["href"] for a in claim.all("a")}
    assert links["results, characters 10–20"] == "/doc/loc-red-1"
    place = Page(browser.get("/doc/loc-red-1").text)
    assert place.texts("h1") == ["results, characters 10–20"]
    assert "characters 10–20" in place.texts("dd")
    assert Page(browser.get("/doc/sel-red-1").text).texts("h1") == ["characters 10–20"]


def test_no_page_of_ours_shows_an_iri_where_there_are_words(kg):
    """Of each kind of thing one page: names for things, properties and documents."""
    client = create_app(kg).test_client()
    paths = {
        f"/doc/{row['name'].value}"
        for row in kg.query(
            "SELECT (MIN(STRAFTER(STR(?thing), '/id/')) AS ?name) "
            "{ ?thing a ?class FILTER(CONTAINS(STR(?thing), '/id/')) } GROUP BY ?class"
        ).rows
    }
    assert len(paths) > 20
    for path in sorted(paths):
        found = Page(client.get(path, headers=BROWSER).text)
        shown = found.texts("h1") + found.texts("dt") + found.texts("dd")
        bare = [
            text for text in shown if re.match(r"(id|rdfs|vom):|https://w3id", text)
        ]
        assert not bare, path


def test_what_is_read_first_stands_first(browser):
    """The statement before its numbers, the speaker before the rest."""
    found = Page(browser.get("/doc/est-red").text)
    names = found.texts("dt")
    assert names[:2] == ["vom:statement", "vom:reportedForm"]
    assert names.index("vom:reportedBy") < names.index("vom:locatedIn")


def test_numbers_in_names_count_as_numbers(kg):
    """Characters 9 come before characters 10: all places of the source, in order."""
    client = create_app(kg).test_client()
    found = Page(client.get("/doc/section-focus", headers=BROWSER).text)
    starts = [
        int(match[1])
        for item in found.all("li")
        if "dd" in item.parents
        and (match := re.match(r"focus.*, characters ([0-9]+)", item.text.strip()))
    ]
    assert len({len(str(start)) for start in starts}) > 1
    assert starts == sorted(starts)


def test_a_long_list_is_folded_and_whole(kg):
    """The head is open, the rest one step away, and nothing is left out."""
    client = create_app(kg).test_client()
    found = Page(client.get("/doc/victim-offender-mediation", headers=BROWSER).text)
    ends = [e for e in found.elements if e.tag == "li" and "dd" in e.parents]
    folded = [e for e in ends if "details" in e.parents]
    (rest,) = [e for e in found.all("summary") if "about intervention" in e.text]
    assert rest.text.split()[:2] == [str(len(folded)), "more:"]
    about = kg.query(
        "SELECT DISTINCT ?claim { ?claim vom:aboutIntervention "
        "id:victim-offender-mediation }"
    )
    assert len(folded) + 10 == len(about.rows)


def test_classes_of_one_name_are_told_apart(kg):
    """Our class and the one it came from are both called section."""
    client = create_app(kg).test_client()
    found = Page(client.get("/doc/section-economic", headers=BROWSER).text)
    assert "section, section (doco:Section) (inferred)" in found.texts("p")


def test_statements_have_labels_that_lead_on(browser):
    """Where there is a label it stands for the IRI, and leads to the thing."""
    found = Page(browser.get("/doc/est-red").text)
    links = {" ".join(a.text.split()): a.attributes["href"] for a in found.all("a")}
    assert links["Red review"] == "/doc/review-red"
    assert links["red against blue"] == "/doc/ten-colours"
    assert links["results"] == "/doc/section-results"
    assert "Caveat: chance. Chance cannot be excluded." in found.texts("p")


def test_every_link_of_a_page_leads_somewhere(browser):
    """Each address of ours in a page answers 200."""
    found = Page(browser.get("/doc/est-red").text)
    hrefs = {a.attributes["href"] for a in found.all("a")}
    for href in sorted(href for href in hrefs if href.startswith("/")):
        with browser.get(href) as response:
            assert response.status_code == 200, href


def test_a_page_names_its_other_forms(browser):
    """Each format is a link in the page and in its head."""
    found = Page(browser.get("/doc/est-red").text)
    types = {e.attributes.get("type") for e in found.all("a")}
    for media_type in ("text/turtle", "application/ld+json", "application/trig"):
        assert media_type in types
    heads = [e.attributes for e in found.all("link")]
    alternates = [e["href"] for e in heads if e["rel"] == "alternate"]
    assert alternates == [
        f"/doc/est-red.{end}" for end in ("ttl", "nt", "jsonld", "rdf", "trig", "nq")
    ]


def test_the_data_block_says_the_same_as_the_page(browser):
    """schema.org gets the facts of the page and no others."""
    found = Page(browser.get("/doc/est-red").text)
    (block,) = found.all("script")
    assert block.attributes == {"type": "application/ld+json"}
    facts = json.loads(block.text)
    assert facts["mainEntity"] == {
        "@type": "Claim",
        "@id": THING,
        "name": "19% lower",
        "description": "The rate was nineteen percent lower.",
    }
    assert "license" not in facts
    assert "version" not in facts


def counted(engine, monkeypatch):
    """The queries that the engine is asked from now on."""
    asked: list[str] = []
    query = engine.query

    def counting(text, **options):
        asked.append(text)
        return query(text, **options)

    monkeypatch.setattr(engine, "query", counting)
    return asked


def test_what_the_reasoner_adds_is_marked(kg):
    """On the shipped release inferred statements say so, asserted ones do not."""
    client = create_app(kg).test_client()
    found = Page(client.get("/doc/est-r1-overall", headers=BROWSER).text)
    kinds = found.texts("p")[1 if found.texts("p")[0].startswith("The rate") else 0]
    assert kinds.startswith("effect estimate, ")
    assert "claim (inferred)" in kinds
    assert found.texts("h1") == ["34% lower rate of reoffending"]


def test_a_page_needs_few_queries(kg, monkeypatch):
    """However much is said of a thing, its page asks a fixed number of times."""
    client = create_app(kg).test_client()
    client.get("/doc/est-r1-overall", headers=BROWSER)
    asked = counted(kg.engine, monkeypatch)
    for path in ("/doc/victim-offender-mediation", "/doc/est-r1-overall"):
        asked.clear()
        assert client.get(path, headers=BROWSER).status_code == 200
        assert len(asked) <= 4, path


def test_files_are_asked_for_all_names_together(tiny, monkeypatch):
    """Where names are not in memory, a page does not ask for them one by one."""
    client = create_app(tiny).test_client()
    client.get("/doc/est-red", headers=BROWSER)
    tiny._label.cache_clear()
    asked = counted(tiny.engine, monkeypatch)
    assert client.get("/doc/est-red", headers=BROWSER).status_code == 200
    # The thing, its names in a few lists, places, caveats and their labels.
    assert len(asked) <= 8


def test_a_citation_has_the_facts_of_file_and_release(kg):
    """Title, authors and year are of CITATION.cff; version and release of the release."""
    found = citation("est-x", "34 % & more", "https://e/x", kg.release)
    assert found is not None
    assert "author = {{The vomkg authors}}" in found.bibtex
    assert r"title = {{34 \% \& more}}" in found.bibtex
    assert f"release {kg.release.id[:16]}" in found.bibtex
    (entry,) = json.loads(found.csl)
    assert entry["title"] == "34 % & more"
    assert entry["URL"] == "https://e/x"
    assert entry["author"] == [{"literal": "The vomkg authors"}]
    assert entry["issued"] == {"date-parts": [[2026]]}
    assert found.text == (
        "The vomkg authors (2026). “34 % & more”. In: vomkg: evidence on "
        "victim-offender mediation as a knowledge graph, version "
        f"{kg.release.versions['vomkg']}, release {kg.release.id[:16]}. https://e/x"
    )
