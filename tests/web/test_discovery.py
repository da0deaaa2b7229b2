"""What crawlers may fetch, and where they find what there is."""

from __future__ import annotations

import re
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from vomkg.namespaces import THINGS
from vomkg.web import create_app, discovery

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
ALLOWED = [
    "/",
    "/questions",
    "/questions/overall-effect",
    "/questions/overall-effect.csv",
    "/about",
    "/ontology",
    "/ontology.ttl",
    "/id/review-one",
    "/doc/review-one",
    "/doc/review-one.ttl",
    "/data",
    "/data/all.nq.gz",
    "/store?default",
    "/sitemap.xml",
    "/linkset.json",
    "/.well-known/void",
    "/static/style.css",
    "/sparql",
]
REFUSED = [
    "/sparql?query=ASK%7B%7D",
    "/sparql?format=csv&query=ASK%7B%7D",
    "/questions/effect-at-follow-up?months=6",
    "/release/0123/sparql?query=ASK%7B%7D",
    "/release/0123/questions/x?months=6",
    "/healthz",
    "/metrics",
]


@pytest.fixture
def shipped(kg):
    return create_app(kg).test_client()


def locations(response, entry="url"):
    assert response.status_code == 200
    assert response.content_type == "application/xml"
    tree = ElementTree.fromstring(response.text)  # noqa: S314  our own
    return [e.text for e in tree.findall(f"s:{entry}/s:loc", NAMES)]


def may_fetch(robots, path):
    """The verdict of RFC 9309 §2.2.2: the longest rule that fits, Allow on a tie."""
    best = (-1, True)
    for line in robots.splitlines():
        name, _, pattern = line.partition(": ")
        if name not in {"Allow", "Disallow"}:
            continue
        expression = re.escape(pattern).replace(r"\*", ".*")
        if re.match(expression, path):
            best = max(best, (len(pattern), name == "Allow"))
    return best[1]


@pytest.mark.parametrize("path", ALLOWED)
def test_crawlers_may_fetch_pages_documents_and_dumps(client, path):
    """What is there to be found is open."""
    assert may_fetch(client.get("/robots.txt").text, path)


@pytest.mark.parametrize("path", REFUSED)
def test_crawlers_may_not_ask_queries(client, path):
    """Endlessly many addresses that each cost an evaluation are closed."""
    assert not may_fetch(client.get("/robots.txt").text, path)


def test_a_reader_that_stops_at_the_first_rule_agrees(client):
    """The parser of the standard library knows no wildcards and no longest rule."""
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").text.splitlines())
    assert parser.can_fetch("any", "http://localhost/doc/review-one")
    assert not parser.can_fetch("any", "http://localhost/sparql?query=ASK")
    assert parser.site_maps() == ["http://localhost/sitemap.xml"]


def test_robots_knows_the_prefix_and_the_public_address(client):
    """What a crawler sees is what the rules speak of."""
    text = client.get("/robots.txt", base_url="https://data.example/vom").text
    assert "Sitemap: https://data.example/vom/sitemap.xml" in text
    assert not may_fetch(text, "/vom/sparql?query=ASK")
    assert may_fetch(text, "/vom/doc/review-one")


def test_the_sitemap_names_every_page_once_and_each_answers(shipped, kg):
    """Fixed pages and all questions; each is there, and none is closed to crawlers."""
    found = locations(shipped.get("/sitemap.xml"))
    assert len(found) == len(set(found))
    assert found[0] == "http://localhost/"
    assert {f"http://localhost/questions/{q.id}" for q in kg.questions} <= set(found)
    assert {f"http://localhost/{p}" for p in ("questions", "about", "ontology")} <= set(
        found
    )
    robots = shipped.get("/robots.txt").text
    for place in found:
        path = place.removeprefix("http://localhost")
        assert may_fetch(robots, path)
        if not path.startswith("/doc/"):
            response = shipped.get(path, headers={"Accept": "text/html"})
            assert response.status_code == 200, path
            assert "X-Robots-Tag" not in response.headers, path


def test_every_thing_of_the_graph_has_its_document_in_the_sitemap(kg, graph):
    """Each slug that is a subject in the files is listed where documents are served."""
    app = create_app(kg)
    if not any(rule.rule.startswith("/doc/") for rule in app.url_map.iter_rules()):
        app.add_url_rule("/doc/<slug>", "doc", lambda slug: slug)
    things = {
        str(s).removeprefix(THINGS)
        for s in graph.subjects()
        if str(s).startswith(THINGS)
    }
    found = locations(app.test_client().get("/sitemap.xml"))
    documents = [
        place.removeprefix("http://localhost/doc/")
        for place in found
        if place.startswith("http://localhost/doc/")
    ]
    assert len(documents) == len(set(documents))
    assert set(documents) >= things
    assert things


def test_no_document_is_listed_where_none_is_served(kg):
    """The sitemap follows the routes."""
    app = create_app(kg)
    is_served = any(rule.rule.startswith("/doc/") for rule in app.url_map.iter_rules())
    found = locations(app.test_client().get("/sitemap.xml"))
    assert any("/doc/" in place for place in found) == is_served


def test_a_long_sitemap_is_split_and_nothing_is_lost(shipped, monkeypatch):
    """Above the limit of the protocol there is an index of parts."""
    whole = locations(shipped.get("/sitemap.xml"))
    monkeypatch.setattr(discovery, "LARGEST", 7)
    parts = locations(shipped.get("/sitemap.xml"), "sitemap")
    assert parts == [
        f"http://localhost/sitemap-{n}.xml" for n in range(1, 1 + -(-len(whole) // 7))
    ]
    pieces = [locations(shipped.get(part)) for part in parts]
    assert [place for piece in pieces for place in piece] == whole
    assert max(map(len, pieces)) == 7
    for number in (0, len(parts) + 1):
        assert shipped.get(f"/sitemap-{number}.xml").status_code == 404


def test_a_short_sitemap_has_no_parts(shipped):
    """The parts exist only where the index names them."""
    assert shipped.get("/sitemap-1.xml").status_code == 404


def test_things_are_listed_whatever_the_limit_on_rows(kg, graph, monkeypatch):
    """The limit is for those who ask; the sitemap is read in pages."""
    everything = list(discovery.slugs(kg))
    monkeypatch.setattr(discovery, "_ROWS", 100)
    assert list(discovery.slugs(kg)) == everything
    assert len(everything) > 100


@pytest.mark.parametrize(
    "path",
    [
        "/sparql",
        "/sparql?query=ASK{}",
        "/sparql?query=ASK{}&format=csv",
        "/questions/effect-at-follow-up?months=12",
        "/questions/effect-at-follow-up.csv?months=12",
    ],
)
@pytest.mark.parametrize("kind", ["client", "browser"])
def test_pages_of_queries_are_not_to_be_indexed(request, kind, path):
    """Who comes by a link from elsewhere is told so too."""
    response = request.getfixturevalue(kind).get(path)
    assert response.status_code == 200
    assert response.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "path", ["/", "/questions", "/questions/overall-effect", "/about"]
)
def test_other_pages_may_be_indexed(browser, path):
    """A page of its own is found."""
    assert "X-Robots-Tag" not in browser.get(path).headers
