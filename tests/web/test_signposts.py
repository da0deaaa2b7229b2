"""Typed links: the same in header, page and linkset, and none to what is not there."""

from __future__ import annotations

import json
from urllib.parse import urljoin, urlsplit

import pytest

from tests.web import typed_links
from tests.web.conftest import BROWSER
from tests.web.markup import Page
from tests.web.test_frame import TYPED_LINKS
from vomkg.errors import EngineError
from vomkg.formats import offered
from vomkg.web import create_app

HOME = "http://localhost/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
PAGES = [
    "/",
    "/questions",
    "/questions/overall-effect",
    "/questions/effect-at-follow-up?follow_up=6",
    "/sparql",
    "/about",
    "/ontology",
]


@pytest.fixture(scope="module")
def shipped(kg):
    """A browser before the front end over the shipped graph."""
    client = create_app(kg).test_client()
    client.environ_base["HTTP_ACCEPT"] = BROWSER["Accept"]
    return client


def mirrored(response):
    return [
        (e.attributes["href"], e.attributes["rel"], e.attributes.get("type"))
        for e in Page(response.text).all("link")
        if e.attributes["rel"] in TYPED_LINKS
    ]


@pytest.mark.parametrize("path", PAGES)
def test_header_and_page_carry_the_same_links(shipped, path):
    """Who reads only the one finds all that the other has."""
    response = shipped.get(path)
    sent = [
        (urljoin(HOME, target), p["rel"], p.get("type"))
        for target, p in typed_links.of(response)
        if p["rel"] in TYPED_LINKS
    ]
    assert sorted(map(str, sent)) == sorted(map(str, mirrored(response)))
    assert len(sent) == len(set(sent))
    assert {rel for _, rel, _ in sent} >= {"license", "linkset"}


@pytest.mark.parametrize("path", PAGES)
def test_every_link_to_this_host_leads_somewhere(shipped, path):
    """Nothing is pointed at that is not served, in the type that is promised."""
    for target, parameters in typed_links.of(shipped.get(path)):
        if not target.startswith(HOME):
            continue
        accept = parameters.get("type", BROWSER["Accept"])
        place = target.removeprefix(HOME[:-1])
        asked = {"headers": {"Accept": accept}, "follow_redirects": True}
        with shipped.get(place, **asked) as found:
            assert found.status_code == 200, target
            if "type" in parameters:
                assert found.mimetype == parameters["type"], target


def test_the_landing_page_has_what_signposting_asks_of_it(shipped):
    """Type, licence, author and items, by their registered names (level 1)."""
    response = shipped.get("/")
    assert typed_links.targets(response, "type") == [
        "https://schema.org/AboutPage",
        "https://schema.org/Dataset",
    ]
    assert typed_links.targets(response, "license") == [LICENCE]
    (author,) = typed_links.targets(response, "author")
    assert urlsplit(author).path.endswith("/id/vomkg-curation")
    items = [p["type"] for _, p in typed_links.of(response) if p["rel"] == "item"]
    assert items == [form.media_type for form in offered("graph")]
    assert typed_links.targets(response, "collection") == []


def test_every_other_page_is_a_part_of_the_landing_page(shipped):
    """From anywhere it is one link to the whole."""
    for path in PAGES[1:]:
        assert typed_links.targets(shipped.get(path), "collection") == [HOME]


def test_an_answer_names_its_other_forms_and_they_name_the_page(shipped):
    """A page of an answer has one alternate a format, with the same parameters."""
    response = shipped.get("/questions/effect-at-follow-up?follow_up=6")
    others = typed_links.targets(response, "alternate")
    assert len(others) == len(offered("bindings"))
    for place in others:
        assert place.endswith("?follow_up=6")
        back = shipped.get(place.removeprefix(HOME[:-1]))
        page = f"{HOME}questions/effect-at-follow-up?follow_up=6"
        assert typed_links.targets(back, "alternate") == [page]
        assert typed_links.targets(back, "collection") == [HOME]


def test_a_question_that_waits_for_its_parameter_has_no_other_form(shipped):
    """Without an answer there is nothing to take."""
    response = shipped.get("/questions/effect-at-follow-up")
    if "<table" not in response.text:
        assert typed_links.targets(response, "alternate") == []


@pytest.mark.parametrize(
    "path", ["/nowhere", "/questions/none", "/sparql?query=SELECT"]
)
def test_an_error_points_at_nothing(shipped, path):
    """What is no page of the graph has none of its links."""
    response = shipped.get(path)
    assert response.status_code >= 400
    assert typed_links.of(response) == []
    assert mirrored(response) == []


def test_data_of_the_endpoint_has_no_such_links(kg):
    """An answer to a query is the asker's, not a part of the dataset."""
    response = create_app(kg).test_client().get("/sparql?query=ASK{}")
    assert typed_links.of(response) == []


def test_an_engine_that_fails_costs_a_page_its_stated_links_only(tiny, monkeypatch):
    """A page that needs no query is still served; later the links are there."""
    client = create_app(tiny).test_client()

    def fail(_text, **_):
        raise EngineError("gone", fix="wait")

    with monkeypatch.context() as patch:
        patch.setattr(tiny, "query", fail)
        response = client.get("/questions")
        assert response.status_code == 200
        assert typed_links.targets(response, "license") == []
        assert typed_links.targets(response, "collection") == [HOME]


def test_without_a_dataset_in_the_graph_no_licence_is_made_up(client):
    """The links say what the graph says."""
    assert typed_links.targets(client.get("/"), "license") == []
    assert typed_links.targets(client.get("/"), "author") == []


def test_links_have_the_address_that_the_client_sees(tiny):
    """Behind a proxy with a prefix they lead back through it."""
    client = create_app(tiny).test_client()
    place = "https://data.example/vom"
    response = client.get("/about", base_url=place)
    assert typed_links.targets(response, "collection") == [f"{place}/"]


def test_both_forms_of_the_linkset_say_the_same(shipped):
    """RFC 9264: the JSON form and the header form hold the same links."""
    response = shipped.get("/linkset.json")
    assert response.content_type == "application/linkset+json"
    from_json = {
        (context["anchor"], rel, link["href"], link.get("type"))
        for context in json.loads(response.text)["linkset"]
        for rel, links in context.items()
        if rel != "anchor"
        for link in links
    }
    text = shipped.get("/linkset")
    assert text.content_type == "application/linkset"
    from_text = {
        (p["anchor"], p["rel"], target, p.get("type"))
        for target, p in typed_links.read(text.text)
    }
    assert from_json == from_text


def test_the_linkset_has_all_links_of_the_landing_page(shipped):
    """Level 2 holds level 1, and leads from each item back."""
    home = shipped.get("/")
    contexts = {
        context["anchor"]: context
        for context in json.loads(shipped.get("/linkset.json").text)["linkset"]
    }
    for target, parameters in typed_links.of(home):
        links = contexts[HOME][parameters["rel"]]
        assert target in [link["href"] for link in links]
    for item in typed_links.targets(home, "item"):
        assert contexts[item]["collection"][0]["href"] == HOME
        assert contexts[item]["license"][0]["href"] == LICENCE


DATA = [
    "/doc/est-r1-overall.ttl",
    "/ontology.nt",
    "/question/overall-effect.jsonld",
    "/store?default",
    "/data/data.ttl",
]


@pytest.mark.parametrize("path", DATA)
def test_data_leads_to_the_whole_its_licence_and_its_description(shipped, path):
    """Who has one document finds what it belongs to, by its headers alone."""
    with shipped.get(path, headers={"Accept": "*/*"}) as response:
        pass
    assert typed_links.targets(response, "collection") == [HOME]
    assert typed_links.targets(response, "license") == [LICENCE]
    described = [f"{HOME}.well-known/void", f"{HOME}dcat"]
    assert typed_links.targets(response, "describedby") == described
    assert len(typed_links.targets(response, "linkset")) == 2


def test_the_linkset_says_of_each_target_what_its_headers_say(shipped):
    """Level 2 is level 1 in one place, also of what the landing page leads to."""
    sets = json.loads(shipped.get("/linkset.json").text)["linkset"]
    assert len(sets) == 1 + len(offered("graph")) + 2
    for context in sets:
        place = context["anchor"]
        accept = BROWSER["Accept"] if place == HOME else "text/turtle,*/*;q=0.1"
        with shipped.get(place, headers={"Accept": accept}) as response:
            sent = {(p["rel"], target) for target, p in typed_links.of(response)}
        for rel in set(context) - {"anchor"}:
            for target in context[rel]:
                assert (rel, target["href"]) in sent, place


def test_the_items_are_files_where_there_are_some(shipped, client):
    """What does not change and can be resumed, rather than an answer made anew."""
    found = typed_links.targets(shipped.get("/"), "item")
    assert {place.rpartition("/")[0] for place in found} == {f"{HOME}data"}
    found = typed_links.targets(client.get("/"), "item")
    assert all(place.startswith(f"{HOME}store?default") for place in found)


def test_files_without_a_description_point_at_none(client):
    """No link leads to a 404, where files of others are served."""
    assert client.get("/void").status_code == client.get("/dcat").status_code == 404
    assert typed_links.targets(client.get("/"), "describedby") == []
    assert "describedby" not in client.get("/linkset.json").text
