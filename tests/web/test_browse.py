"""Classes and their members: what the pages count is what queries count."""

from __future__ import annotations

import csv
import io
from urllib.parse import parse_qs, urlsplit

import pytest
from pyoxigraph import NamedNode

from tests.web.conftest import BROWSER
from tests.web.markup import Page
from vomkg.cli.files import GraphOfFiles
from vomkg.config import load_settings
from vomkg.engine.local import Engine
from vomkg.namespaces import ONTOLOGY, THINGS
from vomkg.web import create_app
from vomkg.web.browse.classes import classes
from vomkg.web.browse.facets import NONE, TYPE
from vomkg.web.browse.listing import paged
from vomkg.web.browse.selection import Selection
from vomkg.web.browse.shelf import Shelf
from vomkg.web.pinned import cite

CLAIMS = "?thing a/rdfs:subClassOf* vom:Claim"


def opened(kg):
    found = create_app(kg).test_client()
    found.environ_base["HTTP_ACCEPT"] = BROWSER["Accept"]
    return found


@pytest.fixture(scope="module")
def shipped(kg):
    return opened(kg)


@pytest.fixture(scope="module")
def shelf(kg):
    return Shelf(kg)


def count(kg, pattern):
    query = (
        f"SELECT (COUNT(DISTINCT ?thing) AS ?n) {{ {pattern} FILTER(isIRI(?thing)) }}"
    )
    return int(kg.query(query).rows[0]["n"].value)


def listed(response):
    """The links of the list."""
    found = Page(response.text)
    return [
        e.attributes["href"]
        for e in found.all("a")
        if "ol" in e.parents and "nav" not in e.parents
    ]


def options(response):
    """Code and words of each value, by the name of its facet."""
    found: dict[str, dict[str, tuple[str, int]]] = {}
    name = ""
    for e in Page(response.text).elements:
        if e.tag == "select":
            name = e.attributes["name"]
            found[name] = {}
        elif e.tag == "option" and e.attributes["value"]:
            words, _, many = e.text.strip().rpartition(" (")
            found[name][e.attributes["value"]] = (words, int(many.rstrip(")")))
    return found


def test_every_class_is_listed_with_what_queries_count(shipped, kg):
    """A class counts the things of those below it; a thing of two counts once."""
    text = shipped.get("/browse").text
    found = classes(kg)
    for one in found.by_iri.values():
        assert one.things == count(kg, f"?thing a/rdfs:subClassOf* <{one.iri}>")
        if one.iri.startswith(ONTOLOGY) or one.things:
            assert f'href="/browse/{one.name}"' in text, one.name
    rows = csv.DictReader(io.StringIO(shipped.get("/browse?format=csv").text))
    assert {row["class"]: int(row["things"]) for row in rows} == {
        one.iri: one.things for one in found.by_iri.values() if one.things
    }


@pytest.mark.slow
def test_every_class_has_a_page_that_lists_its_members(shipped, kg):
    """All of them, by pages, whatever the class; and the data are as many."""
    for one in classes(kg).by_iri.values():
        response = shipped.get(f"/browse/{one.name}")
        assert response.status_code == 200, one.name
        expected = min(one.things, kg.settings.list_page)
        assert len(listed(response)) == expected, one.name
        assert Page(response.text).texts("h1")[0].casefold() == one.label.casefold()


def test_pages_of_a_list_make_the_whole(shipped, kg):
    """By name, each member once, as many as are told."""
    found = []
    for page in range(1, 6):
        response = shipped.get(f"/browse/Claim?page={page}")
        assert "124 things" in response.text
        found += listed(response)
    rows = list(
        csv.DictReader(io.StringIO(shipped.get("/browse/Claim?format=csv").text))
    )
    assert len(found) == len(rows) == count(kg, CLAIMS)
    assert [f"/doc/{r['thing'].removeprefix(THINGS)}" for r in rows] == found
    labels = [row["label"].lower() for row in rows]
    assert labels == sorted(labels)


def test_what_is_inferred_is_told_as_on_the_page_of_the_thing(shipped):
    """An effect estimate is stated to be one; that it is a claim is inferred."""
    entity = Page(shipped.get("/doc/est-r1-overall").text).texts("p")
    assert any("claim (inferred)" in text for text in entity)
    claims = Page(shipped.get("/browse/Claim?type=EffectEstimate").text).texts("li")
    (line,) = [text for text in claims if text.startswith("34%")]
    assert "effect estimate; claim (inferred)" in line
    own = Page(shipped.get("/browse/EffectEstimate").text)
    (line,) = [text for text in own.texts("li") if text.startswith("34%")]
    assert "inferred" not in line
    assert any("1 is stated to be of this class" in text for text in own.texts("p"))


@pytest.mark.parametrize("name", ["Claim", "EffectEstimate", "Review", "owl:Class"])
def test_each_value_counts_what_it_leaves(kg, shelf, name):
    """Of every facet: the count beside a value is that of the list behind it."""
    one = shelf.classes.by_name[name]
    for facet in shelf.whole(one).facets:
        for option in facet.options:
            chosen = Selection(one.iri, ((facet.way, option.term),), kg.prefixes)
            rows = kg.query(chosen.listing).rows
            assert len(rows) == option.things, (facet.name, option.code)


def test_under_a_cut_each_value_counts_what_both_leave(kg, shelf, shipped):
    """Of the facet that cuts the other values are counted as if it did not."""
    one = shelf.classes.by_name["Claim"]
    whole = {facet.name: facet for facet in shelf.whole(one).facets}
    cut = (whole["reportedBy"].way, NamedNode(THINGS + "review-one"))
    found = options(shipped.get("/browse/Claim?reportedBy=review-one"))
    assert {code: many for code, (_, many) in found["reportedBy"].items()} == {
        option.code: option.things for option in whole["reportedBy"].options
    }
    for name in ("type", "inDimension", "hedged", "metric.metricFamily"):
        for code, (_, many) in found[name].items():
            other = (whole[name].way, whole[name].option(code).term)
            both = Selection(one.iri, (cut, other), kg.prefixes)
            assert len(kg.query(both.listing).rows) == many, (name, code)


def test_values_of_one_each_sum_to_the_whole(shelf, kg):
    """With those that have none; of several each the sum is that of the triples."""
    one = shelf.classes.by_name["Claim"]
    for facet in shelf.whole(one).facets:
        if facet.name == TYPE or len(facet.way.steps) > 1:
            continue
        (step,) = facet.way.steps
        rows = kg.query(
            f"SELECT DISTINCT ?thing ?value {{ {CLAIMS} ; <{step}> ?value }}"
        ).rows
        have = {row["thing"].value for row in rows}
        without = sum(o.things for o in facet.options if o.code == NONE)
        assert without == one.things - len(have), facet.name
        assert sum(o.things for o in facet.options) == len(rows) + without, facet.name


def test_claims_are_cut_by_what_readers_ask_for(shipped):
    """Dimension, speaker, direction, reserve, type and section are all derived."""
    found = options(shipped.get("/browse/Claim"))
    assert {
        "type",
        "inDimension",
        "reportedBy",
        "effectDirection",
        "hedged",
        "inSection",
    } <= set(found)
    assert found["hedged"] == {"true": ("yes", 8), NONE: ("not stated", 116)}
    estimates = options(shipped.get("/browse/EffectEstimate"))
    assert {"metric", "metric.metricFamily", "reportedBy"} <= set(estimates)
    for values in found.values():
        assert 1 <= len(values) <= 26


def test_cuts_combine_and_come_off_one_by_one(shipped, kg):
    """Both hold at once; each link removes one and keeps the other."""
    names = options(shipped.get("/browse/Claim"))["inDimension"]
    code = next(code for code, (words, _) in names.items() if words == "moderators")
    path = f"/browse/Claim?reportedBy=review-one&inDimension={code}"
    response = shipped.get(path)
    both = count(
        kg, f"{CLAIMS} ; vom:reportedBy id:review-one ; vom:inDimension vom:{code} ."
    )
    assert both
    assert len(listed(response)) == both
    removing = [
        e.attributes["href"]
        for e in Page(response.text).all("a")
        if e.text.startswith("remove")
    ]
    assert removing == [
        f"/browse/Claim?inDimension={code}",
        "/browse/Claim?reportedBy=review-one",
        "/browse/Claim",
    ]


def test_the_query_shown_gives_the_list(shipped, kg):
    """The link to the query page holds it whole, and it may be run there."""
    response = shipped.get("/browse/Claim?hedged=true")
    (link,) = [
        e.attributes["href"]
        for e in Page(response.text).all("a")
        if e.text == "Open in the query page"
    ]
    (query,) = parse_qs(urlsplit(link).query)["query"]
    assert query.strip() in "\n".join(e.text for e in Page(response.text).all("code"))
    rows = kg.query(query).rows
    assert [f"/doc/{r['thing'].value.removeprefix(THINGS)}" for r in rows] == listed(
        response
    )
    assert shipped.get(link).status_code == 200


def test_what_a_form_leaves_open_is_dropped_from_the_address(shipped):
    response = shipped.get("/browse/Claim?type=&hedged=true&inDimension=")
    assert response.status_code == 302
    assert response.headers["Location"] == "/browse/Claim?hedged=true"


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/browse/Clam", 404, "Claim"),
        ("/browse/claim", 404, "Claim"),
        ("/browse/<script>", 404, "no class"),
        ("/browse?class=http://nowhere.example/C", 404, "no class"),
        ("/browse?colour=red", 400, "no parameter"),
        ("/browse/Claim?hegded=true", 400, "hedged"),
        ("/browse/Claim?<script>=1", 400, "cannot be cut"),
        ("/browse/Claim?hedged=false", 400, "no member of this class"),
        ("/browse/Claim?reportedBy=review-onne", 400, "review-one"),
        ("/browse/Claim?hedged=true&hedged=true", 400, "2 times"),
        ("/browse/Claim?page=99", 400, "ends with page 5"),
        ("/browse/Claim?page=-1", 400, "whole number"),
        ("/browse/Claim?page=" + "9" * 5_000, 400, "whole number"),
    ],
)
def test_what_is_not_there_gets_a_helpful_page(shipped, path, status, says):
    """The right status, what is nearest, and for programs the same as a problem."""
    response = shipped.get(path)
    assert response.status_code == status
    assert says.casefold() in Page(response.text).all("main")[0].text.casefold()
    assert "<script>" not in response.text
    assert "9" * 200 not in response.text
    if "page=" not in path:
        problem = shipped.get(path, headers={"Accept": "application/json"})
        assert problem.status_code == status
        assert problem.content_type == "application/problem+json"


def test_files_without_an_ontology_are_browsed_too(tmp_path):
    """Classes without a short name have an address; hostile values are text."""
    path = tmp_path / "some.ttl"
    path.write_text(
        """@prefix e: <http://x.example/very/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        e:F rdfs:label "<i>fruit</i>" .
        e:a a e:F ; e:colour "<b>red</b>" . e:b a e:F ; e:colour "<b>red</b>" .
        e:c a e:F ; e:colour "blue" ; e:ripe true .""",
        encoding="utf-8",
    )
    kg = GraphOfFiles(Engine.from_files([path], load_settings({}, cache=tmp_path)))
    client = opened(kg)
    page = client.get("/browse")
    (link,) = [
        e.attributes["href"]
        for e in Page(page.text).all("a")
        if e.text == "<i>fruit</i>"
    ]
    members = client.get(link)
    assert len(listed(members)) == 3
    (colour,) = [v for k, v in options(members).items() if k.endswith("colour")]
    assert colour == {"<b>red</b>": ("<b>red</b>", 2), "blue": ("blue", 1)}
    for text in (page.text, members.text):
        assert "<b>" not in text
        assert "<i>" not in text
    cut = client.get(f"{link}&http://x.example/very/colour=<b>red</b>")
    assert len(listed(cut)) == 2
    assert "No class" not in cut.text


def test_an_empty_graph_has_no_classes(tmp_path):
    path = tmp_path / "none.ttl"
    path.write_text("", encoding="utf-8")
    kg = GraphOfFiles(Engine.from_files([path], load_settings({}, cache=tmp_path)))
    assert "says of nothing" in opened(kg).get("/browse").text


def test_a_list_has_a_permanent_address_and_is_kept_there(kg):
    """As answers have: what a release lists never changes."""
    path = "/browse/Claim?hedged=true&format=csv"
    response = cite(create_app(kg), kg, is_pinned=False).test_client().get(path)
    address = f"/release/{kg.release.id[:16]}/browse/Claim?hedged=true&format=csv"
    links = response.headers.getlist("Link")
    assert any(f'{address}>; rel="cite-as"' in link for link in links)
    pinned = cite(create_app(kg), kg, is_pinned=True).test_client().get(path)
    assert "immutable" in pinned.headers["Cache-Control"]


def test_seven_words_lead_everywhere(shipped, browser):
    """Ontology and shapes are reached from two of them."""
    page = Page(shipped.get("/").text)
    words = [e.text for e in page.all("a") if "nav" in e.parents]
    assert words == [
        "Overview",
        "Questions",
        "Query",
        "Browse",
        "Check",
        "Data",
        "About",
    ]
    for path in ("/browse", "/data"):
        links = {e.attributes["href"] for e in Page(shipped.get(path).text).all("a")}
        assert {"/ontology", "/shapes"} <= links
    without = [
        e.text for e in Page(browser.get("/about").text).all("a") if "nav" in e.parents
    ]
    assert without == ["Overview", "Questions", "Query", "Browse", "About"]


@pytest.mark.parametrize(
    ("number", "near"),
    [
        (1, (1, 2, 3, None, 9)),
        (4, (1, 2, 3, 4, 5, 6, None, 9)),
        (5, (1, 2, 3, 4, 5, 6, 7, 8, 9)),
        (9, (1, None, 7, 8, 9)),
    ],
)
def test_pages_left_out_are_told_and_a_single_one_is_not_left_out(number, near):
    assert paged(90, number, 10).near == near


def test_control_characters_of_a_label_are_made_visible(tmp_path):
    """HTML may hold none, and a text with one is no text that can be read."""
    path = tmp_path / "bell.ttl"
    path.write_text(
        """@prefix id: <https://w3id.org/vomkg/id/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        id:a a id:F ; rdfs:label "ring\\u0007ing <b>" . id:F rdfs:label "bells" .""",
        encoding="utf-8",
    )
    kg = GraphOfFiles(Engine.from_files([path], load_settings({}, cache=tmp_path)))
    client = opened(kg)
    for address in ("/doc/a", "/search?q=ringing", "/sparql?query=DESCRIBE id:a"):
        page = client.get(address).text
        assert "\x07" not in page
        assert "<b>" not in page
    assert "ring\N{REPLACEMENT CHARACTER}ing &lt;b&gt;" in client.get("/doc/a").text
