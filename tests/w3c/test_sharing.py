"""Who may read an answer, and who may keep it: CORS and caching on the wire."""

from __future__ import annotations

import gzip
import json

import pyoxigraph as og
import pytest

from tests.w3c.conftest import OWN
from tests.w3c.holding import (
    BROWSER,
    CONSTRUCT,
    ENDPOINT,
    JSON,
    PREFIX,
    SELECT,
    STORE,
    XML,
    get,
    mounted,
)

ORIGIN = {"Origin": "https://elsewhere.example"}
MANY = PREFIX + "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?b ?c ?d ?e ?f"


@pytest.fixture(scope="module")
def boats(served):
    return mounted(served, OWN)


def listed(text):
    return {part.strip().lower() for part in text.split(",")}


@pytest.mark.parametrize(
    ("method", "target", "status"),
    [
        ("GET", f"{ENDPOINT}?query=ASK%7B%7D", 200),
        ("GET", ENDPOINT, 200),
        ("GET", f"{STORE}?default", 200),
        ("GET", f"{ENDPOINT}?query=nonsense", 400),
        ("GET", "/boats/nowhere", 404),
        ("DELETE", ENDPOINT, 405),
        ("GET", f"{STORE}?default&format=csv", 406),
        ("POST", ENDPOINT, 415),
    ],
)
@pytest.mark.parametrize("accept", ["*/*", BROWSER])
def test_a_page_of_any_origin_may_read_it(accept, method, target, status, boats):
    """Errors too, with all that it needs to understand them; none with credentials."""
    reply = boats.send(method, target, headers={**ORIGIN, "Accept": accept})
    if accept == "*/*":
        assert reply.status == status
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in reply.headers
    exposed = listed(reply.headers["access-control-expose-headers"])
    assert {"etag", "link", "content-location", "retry-after"} <= exposed


@pytest.mark.parametrize("isolated", [False, True])
def test_a_limit_can_be_read_by_any_origin_and_is_kept_by_nobody(isolated, served):
    """503 is an error like any other: readable, not kept, and never half an answer."""
    one, rows = og.NamedNode("urn:one"), range(4)
    quads = [og.Quad(one, one, og.Literal(row)) for row in rows]
    name = f"short{int(isolated)}"
    served.mount(name, quads, row_limit=3, isolated=isolated)
    reply = served.ask(name, "SELECT * { ?s ?p ?o }", "text/csv")
    assert (reply.status, reply.media_type) == (503, "application/problem+json")
    assert reply.headers["access-control-allow-origin"] == "*"
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("target", [ENDPOINT, f"{STORE}?default", "/boats/"])
def test_a_preflight_is_answered(target, boats):
    """A script may use every method and the headers that a client needs."""
    asked = {
        **ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type, accept, if-none-match",
    }
    reply = boats.send("OPTIONS", target, headers=asked)
    assert reply.status in {200, 204}
    allowed = listed(reply.headers["access-control-allow-headers"])
    assert {"content-type", "accept", "if-none-match"} <= allowed
    methods = listed(reply.headers["access-control-allow-methods"])
    assert {"get", "head", "post", "query", "options"} <= methods
    assert reply.headers["access-control-max-age"] == "86400"


def test_the_method_query_is_announced(boats):
    """OPTIONS and answers tell that QUERY is taken, and with which body."""
    options = boats.send("OPTIONS", ENDPOINT)
    assert "query" in listed(options.headers["allow"])
    answer = get(boats, SELECT)
    assert "application/sparql-query" in answer.headers["accept-query"]


@pytest.mark.parametrize("accept", [JSON, XML, "text/csv", "text/html"])
def test_a_copy_is_confirmed_without_its_body(accept, boats):
    """304 repeats what a cache must know: tag, Vary and who may read (RFC 9110)."""
    whole = get(boats, SELECT, accept)
    tag = whole.headers["etag"]
    assert tag.startswith('"')
    known = {"Accept": accept, "If-None-Match": f'"other", {tag}', **ORIGIN}
    target = f"{ENDPOINT}?query={SELECT}".replace(" ", "%20").replace("?b", "%3Fb")
    fresh = boats.send("GET", target, headers={"Accept": accept})
    assert fresh.headers["etag"] == tag
    again = boats.send("GET", target, headers=known)
    assert (again.status, again.body) == (304, b"")
    for name in ("etag", "vary", "cache-control", "access-control-allow-origin"):
        assert again.headers[name] == whole.headers[name]


def test_each_representation_has_a_tag_of_its_own(boats):
    """Another query, another format and another coding are other bytes."""
    tags = [
        get(boats, query, accept).headers["etag"]
        for query, accept in [
            (MANY, JSON),
            (MANY, XML),
            (MANY + " LIMIT 9", JSON),
            (CONSTRUCT, "text/turtle"),
            (CONSTRUCT, "application/n-triples"),
        ]
    ]
    assert len(set(tags)) == len(tags)


def test_gzip_is_told_apart(boats):
    """The coded body is the plain one, under another tag and with Vary."""
    plain = get(boats, MANY, JSON)
    target = f"{ENDPOINT}?query={MANY}".replace(" ", "%20").replace("?", "%3F")
    target = target.replace("%3Fquery", "?query")
    headers = {"Accept": JSON, "Accept-Encoding": "gzip"}
    coded = boats.send("GET", target, headers=headers)
    assert coded.headers["content-encoding"] == "gzip"
    assert gzip.decompress(coded.body) == plain.body
    assert coded.headers["etag"] != plain.headers["etag"]
    for reply in (plain, coded):
        assert {"accept", "accept-encoding"} <= listed(reply.headers["vary"])
        assert "must-revalidate" in reply.headers["cache-control"]


@pytest.mark.parametrize(
    "call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()", "BNODE('a')"]
)
def test_what_changes_by_itself_is_kept_by_nobody(call, boats):
    """No tag, no copy, a new value each time."""
    query = f"SELECT ({call} AS ?x) {{}}"
    first, second = get(boats, query), get(boats, query)
    assert first.status == 200
    for reply in (first, second):
        assert "no-store" in reply.headers["cache-control"]
        assert "etag" not in reply.headers
    if "BNODE" not in call:
        assert json.loads(first.body)["results"] != json.loads(second.body)["results"]


@pytest.mark.parametrize(
    "target", [f"{ENDPOINT}?query=nonsense", "/boats/nowhere", f"{STORE}?graph=x:y"]
)
def test_an_error_is_kept_by_nobody(target, boats):
    """What is wrong now may be right soon."""
    reply = boats.send("GET", target)
    assert reply.status >= 400
    assert reply.headers["cache-control"] == "no-store"
    assert "etag" not in reply.headers
