"""With the cache or without: the same answers to whatever is asked."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client

from vomkg.web import create_app
from vomkg.web.cache import ResponseCache

MEDIA = [
    *("text/html", "application/xhtml+xml", "application/json", "text/csv", "*/*"),
    *("application/sparql-results+xml", "text/turtle", "application/rdf+xml"),
    *("text/*", "application/*", "image/png", "nonsense", ""),
]
CODINGS = ["gzip", "br", "identity", "*", "deflate", "x-gzip", ""]
QUERIES = [
    "ASK { ?s a vom:Review }",
    "SELECT ?r WHERE { ?r a vom:Review } ORDER BY ?r",
    "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 30",
    "SELECT ?s ?p ?o { ?s ?p ?o }",
    "CONSTRUCT { ?r a vom:Review } WHERE { ?r a vom:Review }",
    "DESCRIBE id:review-blue",
    "SELECT (NOW() > '2020-01-01T00:00:00Z'^^xsd:dateTime AS ?later) {}",
    "SELECT ?x { ?x",
    "",
]
PATHS = [
    *("/", "/questions", "/questions/overall-effect", "/about", "/healthz"),
    *("/questions/overall-effect.csv", "/questions/effect-at-follow-up?months=7"),
    *("/questions/none", "/sparql", "/static/style.css", "/nowhere"),
]
# What the cache adds, and what coding changes.
OWN = {
    *("ETag", "Vary", "Cache-Control", "Content-Encoding", "Content-Length"),
    *("Date", "Accept-Ranges", "Last-Modified"),
}

qualities = st.sampled_from(["", ";q=0", ";q=0.5", ";q=1", ";q=x", ";v=1;q=0.7"])


def lists(values):
    """Headers that list some of these, each with some quality."""
    items = st.tuples(st.sampled_from(values), qualities).map("".join)
    return st.lists(items, max_size=4).map(", ".join)


@st.composite
def requests(draw):
    """A request: page, or query by one of the operations, with random headers."""
    headers = {"Accept": draw(lists(MEDIA)), "Accept-Encoding": draw(lists(CODINGS))}
    headers = {k: v for k, v in headers.items() if draw(st.booleans())}
    query = draw(st.sampled_from([None, *QUERIES]))
    method = draw(st.sampled_from(["GET", "HEAD", "POST", "QUERY", "OPTIONS"]))
    found = {"method": method, "headers": headers}
    if query is None:
        return found | {"path": draw(st.sampled_from(PATHS))}
    found["path"] = "/sparql"
    if method in {"GET", "HEAD"}:
        extra = draw(st.sampled_from([{}, {"format": "csv"}, {"format": "turtle"}]))
        return found | {"query_string": {"query": query, **extra}}
    if method == "POST" and draw(st.booleans()):
        return found | {"data": {"query": query}}
    return found | {"data": query, "content_type": "application/sparql-query"}


@pytest.fixture(scope="module")
def both(tiny):
    """The front end without the cache, and with one so small that it forgets."""
    app = create_app(tiny)
    return Client(app), Client(ResponseCache(app, tiny.release.id, capacity=100_000))


@given(request=requests())
def test_the_cache_changes_no_answer(both, request):
    """Status, body and headers are those of the application, first time and later."""
    plain, kept = both
    expected = plain.open(**request, buffered=True)
    for _ in range(2):
        found = kept.open(**request, buffered=True)
        assert found.status_code == expected.status_code
        assert body_of(found, request["method"]) == expected.data
        assert headers_of(found) == headers_of(expected)
        if found.status_code >= 400:
            assert found.headers["Cache-Control"] == "no-store"
        elif "ETag" in found.headers and request["method"] != "POST":
            check_not_modified(kept, request, found)


def body_of(response, method):
    """The body without its coding; its length must be the one declared."""
    if method == "HEAD":
        assert response.data == b""
        return b""
    assert response.headers["Content-Length"] == str(len(response.data))
    if response.headers.get("Content-Encoding") == "gzip":
        return gzip.decompress(response.data)
    assert "Content-Encoding" not in response.headers
    return response.data


def headers_of(response):
    return sorted(pair for pair in response.headers if pair[0] not in OWN)


def check_not_modified(client, request, found):
    """Who holds this answer is told so."""
    headers = request["headers"] | {"If-None-Match": found.headers["ETag"]}
    again = client.open(**request | {"headers": headers}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")
    for name in ("ETag", "Vary", "Cache-Control", "Access-Control-Allow-Origin"):
        assert again.headers[name] == found.headers[name]
