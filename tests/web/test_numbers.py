"""A number has one page with six faces of it, and each comes out of one query."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pyoxigraph
import pytest

from tests.web.conftest import BROWSER
from tests.web.markup import Page
from vomkg.errors import UsageError
from vomkg.questions.cell import Cell
from vomkg.web import create_app
from vomkg.web.numbers.number import Number, numbers, whole_query
from vomkg.web.numbers.picture import picture
from vomkg.web.numbers.triples import construct

PREFIX = "https://w3id.org/vomkg/id/"


@pytest.fixture(scope="module")
def shipped(kg):
    client = create_app(kg).test_client()
    client.environ_base["HTTP_ACCEPT"] = BROWSER["Accept"]
    return client


def shown(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, response.text
    return Page(response.text)


def words(page):
    return " ".join(page.texts("main")[0].split())


def test_every_printed_form_of_the_graph_has_a_page(kg, shipped):
    """Each estimate and each other figure is there, and none is invented."""
    printed = kg.query("SELECT ?n ?f { ?n vom:reportedForm ?f }").rows
    found = {item.iri: item.cells["reported"].text for item in numbers(kg)}
    assert found == {row["n"].value: row["f"].value for row in printed}
    for item in numbers(kg):
        page = shown(shipped, f"/numbers/{item.slug}")
        assert page.texts("h1") == [item.label]
        assert page.texts("h2") == [
            "Sentence",
            "Picture",
            "Table",
            "Query",
            "Triples",
            "Place in the source",
        ]


def test_the_faces_of_a_number_say_the_same(kg, shipped):
    """Value, speaker, section and characters are those of the row."""
    page = shown(shipped, "/numbers/est-r2-30-months")
    text = words(page)
    (row,) = kg.run("number-in-full", number="est-r2-30-months").rows
    assert row["statement"].value in page.texts("p")
    cells = {line[0].split()[0]: line[1] for line in page.rows()}
    assert cells["reported"] == "0.87:1"
    assert cells["value"] == cells["ratio"] == "0.87"
    assert cells["lower"] == cells["upper"] == "not given"
    steps = [" ".join(e.text.split()) for e in page.all("ol")]
    assert steps == [
        "number 0.87:1 claim 0.87:1 at 30 months said by Review two "
        "section moderators characters "
        f"{row['start'].value}–{row['end'].value} source the narrative"
    ]
    assert "Caveat: self-selection." in text


def test_the_query_of_the_page_gives_its_table(kg, shipped):
    """The query shown is the one asked, and can be opened."""
    page = shown(shipped, "/numbers/est-r1-overall")
    (address,) = [a.attributes["href"] for a in page.all("a") if "Open in" in a.text]
    (query,) = parse_qs(urlsplit(address).query)["query"]
    assert page.all("pre")[-2].text == query
    (row,) = kg.query(query).rows
    cells = {line[0].split()[0]: line[1] for line in page.rows()}
    assert cells["reported"] == row["reported"].value
    assert cells["start"] == row["start"].value


@pytest.mark.parametrize(
    "slug", ["est-r1-overall", "est-r2-6-months", "ic-narrative-separate-meetings"]
)
def test_the_triples_alone_give_the_same_answer(kg, shipped, slug):
    """The query over the triples of the page, and nothing else, has the same rows."""
    page = shown(shipped, f"/numbers/{slug}")
    turtle = page.all("pre")[-1].text
    triples = list(pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE))
    query = whole_query(kg, PREFIX + slug)
    wanted = [list(row.values()) for row in kg.query(query).rows]
    assert asked(triples, query) == wanted
    # One triple fewer, and a row or a value is missing.
    for triple in triples:
        assert asked([t for t in triples if t != triple], query) != wanted


def asked(triples, query):
    store = pyoxigraph.Store()
    store.extend(pyoxigraph.Quad(*triple.triple) for triple in triples)
    found = store.query(query)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return [list(row) for row in found]


def test_a_query_that_is_more_than_patterns_is_not_turned():
    with pytest.raises(UsageError, match="FILTER"):
        construct("SELECT ?s { ?s ?p ?o FILTER(?o > 3) }")
    assert construct("SELECT ?s { ?s ?p ?o }") == (
        "CONSTRUCT {\n  ?s ?p ?o .\n}\nWHERE { ?s ?p ?o }\n"
    )


def test_the_list_keeps_families_apart_and_ranks_nothing(shipped):
    """One table for each family, in an order that is not that of the values."""
    page = shown(shipped, "/numbers")
    assert page.texts("h2") == [
        "rate ratios",
        "ratios of unnamed metric",
        "prevalence in percent",
    ]
    tables = re.split(r"<table>", page.html)[1:]
    forms = [re.findall(r'class="faces"[^>]*>([^<]+)<', table) for table in tables]
    assert forms == [["34%", "27%", "52%"], ["0.87:1", "0.54:1"], ["80%"]]


def test_an_unknown_number_leads_to_the_nearest_three(shipped, kg):
    page = shown(shipped, "/numbers/est-r2-30-month", 404)
    near = nearest(page)
    assert near[0] == "/numbers/est-r2-30-months"
    assert len(near) == 3
    assert nearest(shown(shipped, "/numbers/34", 404))[0] == "/numbers/est-r1-overall"
    response = create_app(kg).test_client().get("/numbers/nothing")
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"


def nearest(page):
    links = [a.attributes["href"] for a in page.all("a")]
    return [address for address in links if address.startswith("/numbers/")]


@pytest.mark.parametrize(
    "slug", ["<script>alert(1)</script>", "x" * 5000, "a b", '"><b>', "review-one", "é"]
)
def test_a_hostile_name_is_text(shipped, slug):
    response = shipped.get(f"/numbers/{slug}")
    assert response.status_code == 404
    assert "<script>alert" not in response.text
    assert "<b>" not in response.text
    assert len(response.text) < 10_000


def test_data_of_a_number_is_the_document_of_its_claim(kg):
    client = create_app(kg).test_client()
    for wanted in ("text/turtle", "application/ld+json"):
        found = client.get("/numbers/est-r1-overall", headers={"Accept": wanted})
        assert (found.status_code, found.location) == (303, "/doc/est-r1-overall")
        assert "Accept" in found.headers["Vary"]
    found = client.get("/numbers", headers={"Accept": "text/csv"})
    assert found.status_code == 303
    rows = client.get(found.location, headers={"Accept": "text/csv"}).text.splitlines()
    assert len(rows) == 1 + len(numbers(kg))


def test_a_number_is_linked_where_it_stands(shipped):
    """From the answer of a question and from the page of the claim it is one step."""
    for path in ("/questions/effect-by-follow-up", "/doc/est-r2-30-months"):
        links = {
            a.text.split(":")[0]: a.attributes["href"]
            for a in shown(shipped, path).all("a")
            if a.attributes.get("class") == "faces"
        }
        assert "/numbers/est-r2-30-months" in links.values()


def test_a_graph_without_the_question_has_no_numbers(browser):
    """The pages of other data stay whole, and say that there is none."""
    assert "No number is traced" in words(shown(browser, "/numbers"))
    assert browser.get("/numbers/est-red").status_code == 404
    assert browser.get("/questions/overall-effect").status_code == 200


def drawn(item):
    found = picture(item)
    assert found is not None
    return found


def number(**values):
    """A number with those values, and none for the rest."""
    names = "percent value lower upper conversion ratio approximate family reported"
    cells = {
        name: Cell(values.get(name, ""), is_unbound=name not in values)
        for name in names.split()
    }
    return Number("x", "x", cells, ())


@pytest.mark.parametrize(
    ("values", "ticks", "at"),
    [
        ({"value": "0.5", "ratio": "0.5"}, ["0.5", "1", "2"], 24),
        ({"value": "1", "ratio": "1"}, ["0.5", "1", "2"], 160),
        ({"value": "3", "ratio": "3"}, ["0.25", "1", "4"], 267.8),
        ({"percent": "80"}, ["0%", "100%"], 241.6),
        ({"value": "-0.4", "family": "differences"}, ["-1", "0", "1"], 105.6),
        ({"value": "12", "family": "differences"}, ["-100", "0", "100"], 176.3),
    ],
)
def test_a_number_stands_on_the_scale_of_its_kind(values, ticks, at):
    """The place is worked out from value and reference: zero, or 1 for a ratio."""
    found = drawn(number(reported="n", **values))
    assert [tick.words for tick in found.ticks] == ticks
    assert found.value.x == pytest.approx(at, abs=0.1)
    assert found.interval is None
    assert "no interval" in found.description


def test_an_interval_is_drawn_where_there_is_one():
    found = drawn(
        number(reported="0.7", value="0.7", ratio="0.7", lower="0.5", upper="0.9")
    )
    assert found.interval == pytest.approx((24.0, 139.3), abs=0.1)
    assert "from 0.5 to 0.9" in found.description


@pytest.mark.parametrize(
    "values",
    [{}, {"value": "nan", "ratio": "1"}, {"value": "0", "ratio": "0"}, {"value": "3"}],
)
def test_what_has_no_scale_is_not_drawn(values):
    assert picture(number(reported="n", **values)) is None


def test_a_picture_on_a_page_is_where_its_value_is(shipped, kg):
    """The circle in the SVG stands where the value of the query belongs."""
    page = shown(shipped, "/numbers/est-r1-overall")
    (circle,) = page.all("circle")
    (row,) = kg.run("number-in-full", number="est-r1-overall").rows
    value = float(row["value"].value)
    assert float(circle.attributes["cx"]) == pytest.approx(24 + 2.72 * value, abs=0.1)
    assert "style=" not in page.html


def test_labels_of_pictures_do_not_overlap(shipped, kg):
    """Words on one line of the picture keep apart, and stay within it."""
    for item in numbers(kg):
        shape = drawn(item)
        for line in (shape.ticks, (shape.reference,), (shape.value,)):
            spans = sorted(_span(text) for text in line)
            assert spans[0][0] >= 0
            assert spans[-1][1] <= 320
            for (_, end), (start, _) in pairwise(spans):
                assert end < start


def _span(text):
    width = len(text.words) * 7.5
    start = {"start": 0, "middle": width / 2, "end": width}[text.anchor]
    return text.left - start, text.left - start + width
