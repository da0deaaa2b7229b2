"""Pictures over HTTP, and the overview that shows them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from werkzeug.test import Client

from tests.web.markup import Page
from vomkg.charts import drawn
from vomkg.charts.labelled import labelled_csv
from vomkg.web import create_app
from vomkg.web.cache import cached
from vomkg.web.overview import SECTIONS

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def shipped(kg):
    return create_app(kg).test_client()


@pytest.fixture(scope="module")
def home(shipped):
    return Page(shipped.get("/", headers=HTML).text)


def test_a_picture_is_served_as_svg_and_as_png(kg, shipped):
    figure = drawn(kg, "effect-by-follow-up", kg.run("effect-by-follow-up"))
    svg = shipped.get("/questions/effect-by-follow-up.svg")
    png = shipped.get("/questions/effect-by-follow-up.png")
    assert (svg.status_code, svg.content_type) == (200, "image/svg+xml")
    assert (png.status_code, png.content_type) == (200, "image/png")
    assert svg.text == figure.svg
    assert png.data == figure.png
    for response in (svg, png):
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert (
            '<http://localhost/questions/effect-by-follow-up>; rel="alternate"; '
            'type="text/html"'
        ) in response.headers.getlist("Link")


def test_parameters_choose_what_is_drawn(shipped):
    path = "/questions/trail-of-a-number.svg"
    other = shipped.get(path, query_string={"number": "id:est-r2-6-months"})
    assert "0.54:1" in other.text
    assert "34%" in shipped.get(path).text
    assert "number=id" in other.headers.getlist("Link")[-1]


@pytest.mark.parametrize("kind", ["svg", "png"])
@pytest.mark.parametrize(
    ("path", "status", "reason"),
    [
        ("effect-estimates", 404, "families of metric"),
        ("who-delivers", 404, "no picture fits"),
        ("no-such-question", 404, "No question is called"),
        ("effect-by-follow-up.%s?colour=red", 400, "no parameter"),
        ("trail-of-a-number.%s?number=id:nothing", 400, "number"),
    ],
)
def test_what_has_no_picture_says_why(shipped, kind, path, status, reason):
    place = path % kind if "%s" in path else f"{path}.{kind}"
    response = shipped.get(f"/questions/{place}")
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert reason in response.get_json(force=True)["detail"]


def test_a_picture_is_kept_and_known_by_its_tag(kg):
    client = Client(cached(create_app(kg), release=kg.release.id))
    first = client.get("/questions/emmie-matrix.svg")
    tag = first.headers["ETag"]
    again = client.get("/questions/emmie-matrix.svg", headers={"If-None-Match": tag})
    assert (first.status_code, again.status_code) == (200, 304)


def test_rows_with_caveats_are_a_file_of_their_own(kg, shipped):
    response = shipped.get("/questions/overall-effect.table.csv")
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.data.decode() == labelled_csv(kg, kg.run("overall-effect"))
    plain = shipped.get("/questions/overall-effect.csv")
    assert plain.text == kg.run("overall-effect").to_csv()


def test_each_picture_has_its_table_its_query_and_its_files(kg, shipped, home):
    links = {a.attributes["href"] for a in home.all("a")}
    pictures = [name for name, layout in SECTIONS if layout == "picture"]
    assert len(home.all("figure")) == len(pictures)
    for name in pictures:
        assert f"/questions/{name}" in links
        for ending in ("svg", "png", "table.csv"):
            assert f"/questions/{name}.{ending}" in links
            assert shipped.get(f"/questions/{name}.{ending}").status_code == 200
        figure = drawn(kg, name, kg.run(name))
        # The matrix of counts is its own table.
        assert (f'id="{name}-table"' in home.html) != bool(figure.behind)
        assert figure.title in [" ".join(t.split()) for t in home.texts("figcaption")]
    edits = [href for href in links if href.startswith("/sparql?query=")]
    assert len(edits) == len(SECTIONS)


def test_each_field_of_emmie_opens_its_claims_in_place(kg, home):
    """Without a script: statement, speaker and place, each with its link."""
    figure = drawn(kg, "emmie-matrix", kg.run("emmie-matrix"))
    (section,) = [
        text for text in home.html.split("<section") if 'id="emmie-matrix"' in text
    ]
    for items in figure.behind.values():
        for item in items:
            assert f'/doc/{item.said.iri.rpartition("/")[2]}"' in section
            for _, start, end in item.spots:
                assert f"{start}–{end}" in section
    assert section.count("<details>") == len(figure.behind)


def test_the_words_of_emmie_are_spelt_out(home):
    text = " ".join(home.texts("p"))
    for word in ("Effect", "Mechanism", "Moderators", "Implementation", "Economics"):
        assert f"{word}: " in text


def test_the_overview_is_light(shipped, home):
    """Page and style sheet together, as they are before they are packed."""
    with shipped.get("/static/style.css") as sheet:
        assert len(home.html.encode()) + len(sheet.data) < 100_000


def test_no_picture_on_a_page_has_a_style_or_a_script_of_its_own(home):
    assert 'style="' not in home.html
    assert "<style" not in home.html
    assert {s.attributes.get("type") for s in home.all("script")} <= {
        "application/ld+json",
        "module",
    }


def test_ids_on_the_overview_are_unique(home):
    ids = [e.attributes["id"] for e in home.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    for element in home.elements:
        for name in element.attributes.get("aria-labelledby", "").split():
            assert name in ids


def test_each_question_of_the_overview_is_asked_once(kg, monkeypatch):
    asked = []
    run = type(kg).run

    def spy(self, name, /, **parameters):
        asked.append(name)
        return run(self, name, **parameters)

    monkeypatch.setattr(type(kg), "run", spy)
    create_app(kg).test_client().get("/", headers=HTML)
    assert len(asked) == len(set(asked))


def test_the_pictures_of_the_overview_are_well_formed(home):
    found = re.findall(r"<svg.*?</svg>", home.html, re.DOTALL)
    assert len(found) == 4
    for text in found:
        ET.fromstring(text)  # noqa: S314


def test_the_sample_is_drawn_or_left_as_a_table(browser):
    """Another graph has its own words, and a label with markup stays text."""
    found = browser.get("/")
    assert found.status_code == 200
    assert "Blue <b>" not in found.text
    assert "Blue &lt;b&gt;&amp; bold&lt;/b&gt;" in found.text
    matrix = browser.get("/questions/emmie-matrix.svg")
    ET.fromstring(matrix.text)  # noqa: S314
