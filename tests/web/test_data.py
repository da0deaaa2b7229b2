"""The dumps over HTTP: whole, in ranges, under strong tags, past the cache."""

from __future__ import annotations

import gzip
import hashlib
from base64 import b64decode
from copy import copy as shallow
from dataclasses import replace
from shutil import copy
from typing import TYPE_CHECKING
from wsgiref.util import setup_testing_defaults

import pytest
import rdflib

from tests.release.conftest import Reply
from tests.web import typed_links
from tests.web.conftest import BROWSER
from tests.web.markup import Page
from vomkg.release.distribution import distributions
from vomkg.serving.front import OneGraph
from vomkg.web import create_app
from vomkg.web.dumped import Dumped
from vomkg.web.files import IMMUTABLE
from vomkg.web.ranges import NOTHING, range_of

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from vomkg.knowledge import KnowledgeGraph

TURTLE = "/data/data.ttl"


@pytest.fixture(scope="module")
def front(kg: KnowledgeGraph) -> OneGraph:
    """The front end over the shipped release."""
    return OneGraph(kg, lambda _: None)


@pytest.fixture
def app(front: OneGraph):
    """The same as a WSGI application, and what it has kept until now."""
    return front.app


@pytest.fixture(scope="module")
def turtle(kg: KnowledgeGraph) -> bytes:
    """The bytes of the dump that is asked for."""
    return (kg.release.path / "dumps" / "data.ttl").read_bytes()


def ignored(*_):
    """Starts a response of which nobody looks at the head."""
    return lambda _: None


def test_every_dump_is_served_with_its_hash(app, kg: KnowledgeGraph):
    for item in distributions(kg.release):
        found = Reply(app, f"/data/{item.name}")
        assert found.status == 200
        assert hashlib.sha256(found.body).hexdigest() == item.sha256, item.name
        assert found.headers["etag"] == f'"{item.sha256}"'
        assert found.headers["content-length"] == str(item.bytes)
        digest = found.headers["repr-digest"].removeprefix("sha-256=").strip(":")
        assert b64decode(digest).hex() == item.sha256
        assert "content-encoding" not in found.headers
        kind = item.compress_format or item.media_type
        assert found.headers["content-type"].partition(";")[0] == kind
        assert found.headers["access-control-allow-origin"] == "*"


def test_the_page_says_what_is_in_the_files_and_what_describes_them(
    kg: KnowledgeGraph,
):
    client = create_app(kg).test_client()
    found = Page(client.get("/data", headers=BROWSER).text)
    texts = " ".join(found.texts("p"))
    assert f"{kg.release.counts['data']:,} triples." in texts
    assert f"{sum(kg.release.counts.values()):,} triples." in texts
    hrefs = [a.attributes["href"] for a in found.all("a")]
    for path in ("/.well-known/void", "/dcat", "/sparql"):
        assert client.get(f"{path}?format=turtle", headers=BROWSER).status_code == 200
        assert f"{path}?format=turtle" in hrefs
    licences = [a for a in found.all("a") if a.attributes.get("rel") == "license"]
    assert len(licences) == 1
    tables = found.all("table")
    assert len(tables) == len(found.all("caption")) == len(set(found.texts("caption")))
    (here,) = [a for a in found.all("a") if "aria-current" in a.attributes]
    assert here.text == "Data"


def test_dumps_pass_by_the_cache(front: OneGraph):
    before = front.figures()
    Reply(front.app, TURTLE)
    Reply(front.app, "/data/none.ttl")
    assert front.figures() == before


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-199", 100, 200),
        ("bytes=100-", 100, None),
        ("bytes=-7", -7, None),
        ("BYTES=5-99999999999", 5, None),
        ("bytes=-99999999999", 0, None),
    ],
)
def test_range_is_206(app, turtle: bytes, text: str, start: int, end: int | None):
    found = Reply(app, TURTLE, HTTP_RANGE=text)
    expected = turtle[start:end]
    assert (found.status, found.body) == (206, expected)
    first = start % len(turtle)
    assert found.headers["content-range"] == (
        f"bytes {first}-{first + len(expected) - 1}/{len(turtle)}"
    )
    assert found.headers["content-length"] == str(len(expected))


@pytest.mark.parametrize(
    "text",
    [
        "bytes=5-2",
        "bytes=-",
        "bytes=0-1,4-5",
        "lines=0-1",
        "bytes=a-b",
        "bytes=",
        "0-1",
    ],
)
def test_range_that_is_none_of_ours_is_ignored(app, turtle: bytes, text: str):
    found = Reply(app, TURTLE, HTTP_RANGE=text)
    assert (found.status, found.body) == (200, turtle)
    assert "content-range" not in found.headers


@pytest.mark.parametrize("text", ["bytes=99999999999-", "bytes=-0"])
def test_range_outside_is_416(app, turtle: bytes, text: str):
    found = Reply(app, TURTLE, HTTP_RANGE=text)
    assert (found.status, found.json["status"]) == (416, 416)
    assert found.headers["content-type"] == "application/problem+json"
    assert found.headers["cache-control"] == "no-store"
    assert "etag" not in found.headers
    assert found.headers["content-range"] == f"bytes */{len(turtle)}"


def test_last_byte_is_the_end_of_ranges():
    assert range_of("bytes=9-", 10) == (9, 10)
    assert range_of("bytes=10-", 10) == NOTHING
    assert range_of("bytes=0-", 0) == NOTHING


def test_download_is_resumed_only_on_the_same_bytes(app, turtle: bytes):
    """If-Range with another tag, a weak one or a date gives the whole."""
    tag = Reply(app, TURTLE).headers["etag"]
    resumed = Reply(app, TURTLE, HTTP_RANGE="bytes=10-", HTTP_IF_RANGE=tag)
    assert (resumed.status, turtle[:10] + resumed.body) == (206, turtle)
    for other in ('"other"', f"W/{tag}", "Sun, 22 Nov 2026 10:00:00 GMT"):
        found = Reply(app, TURTLE, HTTP_RANGE="bytes=10-", HTTP_IF_RANGE=other)
        assert (found.status, found.body) == (200, turtle)


def test_conditions_are_those_of_strong_tags(app):
    tag = Reply(app, TURTLE).headers["etag"]
    for known in (tag, f'"x", {tag}', f"W/{tag}", "*"):
        found = Reply(app, TURTLE, HTTP_IF_NONE_MATCH=known, HTTP_RANGE="bytes=0-1")
        assert (found.status, found.body) == (304, b"")
        assert found.headers["etag"] == tag
        assert not {"content-length", "content-type"} & found.headers.keys()
    assert Reply(app, TURTLE, HTTP_IF_NONE_MATCH='"x"').status == 200
    assert Reply(app, TURTLE, HTTP_IF_MATCH='"x"').status == 412
    refused = Reply(app, TURTLE, HTTP_IF_MATCH=f"W/{tag}")
    assert (refused.status, refused.json["status"]) == (412, 412)
    assert refused.headers["cache-control"] == "no-store"
    head = Reply(app, TURTLE, HTTP_IF_MATCH='"x"', REQUEST_METHOD="HEAD")
    assert (head.status, head.body) == (412, b"")
    assert Reply(app, TURTLE, HTTP_IF_MATCH=f'"x", {tag}').status == 200


def test_head_tells_all_but_the_body(app):
    whole = Reply(app, TURTLE)
    head = Reply(app, TURTLE, REQUEST_METHOD="HEAD")
    assert (head.status, head.body, head.headers) == (200, b"", whole.headers)


def test_plain_file_is_sent_coded_to_who_likes_it(app, turtle: bytes):
    """The compressed twin on disk, under its own tag; never of a range."""
    plain = Reply(app, TURTLE)
    coded = Reply(app, TURTLE, HTTP_ACCEPT_ENCODING="gzip")
    assert coded.headers["content-encoding"] == "gzip"
    assert coded.headers["content-type"] == plain.headers["content-type"]
    assert coded.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert coded.headers["etag"] != plain.headers["etag"]
    assert gzip.decompress(coded.body) == turtle
    part = Reply(app, TURTLE, HTTP_ACCEPT_ENCODING="gzip", HTTP_RANGE="bytes=0-9")
    assert (part.status, part.body) == (206, turtle[:10])
    packed = Reply(app, f"{TURTLE}.gz", HTTP_ACCEPT_ENCODING="gzip")
    assert "content-encoding" not in packed.headers
    assert gzip.decompress(packed.body) == turtle


def test_long_file_is_read_in_pieces(kg: KnowledgeGraph, monkeypatch):
    monkeypatch.setattr("vomkg.web.files._CHUNK", 1000)
    app = Dumped(lambda *_: [], kg)
    environ = {"PATH_INFO": TURTLE, "HTTP_RANGE": "bytes=7-3506"}
    setup_testing_defaults(environ)
    chunks = app(environ, ignored)
    assert [len(part) for part in chunks] == [1000, 1000, 1000, 500]
    chunks.close()  # type: ignore[attr-defined]
    chunks.close()  # type: ignore[attr-defined]


def test_pinned_dump_holds_for_good_and_is_cited(kg: KnowledgeGraph):
    name = kg.release.id[:16]
    at = {"SCRIPT_NAME": f"/release/{name}", "vomkg.root": ""}
    for is_pinned, more in ((True, at), (False, {})):
        app = Dumped(lambda *_: [], kg, is_cited=True, is_pinned=is_pinned)
        found = Reply(app, TURTLE, **more)
        assert (found.headers["cache-control"] == IMMUTABLE) is is_pinned
        address = f"http://127.0.0.1/release/{name}{TURTLE}"
        assert f'<{address}>; rel="cite-as"' in found.links


def test_dump_leads_to_its_licence_and_to_what_it_belongs_to(app):
    """Who has the file alone finds the rest, in headers (Signposting, level 1)."""
    for more in ({}, {"HTTP_RANGE": "bytes=0-1"}, {"REQUEST_METHOD": "HEAD"}):
        found = {
            found["rel"]: target
            for text in Reply(app, TURTLE, **more).links
            for target, found in typed_links.read(text)
        }
        assert found["collection"] == "http://127.0.0.1/"
        assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert found["describedby"] == "http://127.0.0.1/dcat"


def test_answer_within_flask_is_the_same(app, kg: KnowledgeGraph):
    """For those who mount the application alone."""
    flask = create_app(kg).wsgi_app
    for more in ({}, {"HTTP_RANGE": "bytes=3-9"}, {"REQUEST_METHOD": "HEAD"}):
        here, there = Reply(app, TURTLE, **more), Reply(flask, TURTLE, **more)
        assert (here.status, here.body) == (there.status, there.body)
        # The permanent address is the affair of the router before the application.
        assert {**there.headers, "link": here.headers["link"]} == here.headers


def test_unknown_dump_is_404_and_other_methods_405(app):
    for path in ("/data/none.ttl", "/data/../manifest.json", "/data/manifest.json"):
        found = Reply(app, path)
        assert (found.status, found.json["status"]) == (404, 404)
        assert found.headers["cache-control"] == "no-store"
    refused = Reply(app, TURTLE, REQUEST_METHOD="POST")
    assert refused.status == 405
    assert "GET" in refused.headers["allow"]


def test_lost_file_is_our_fault(kg: KnowledgeGraph, tmp_path):
    """A file of another length than was written is not sent."""
    copy(kg.release.path / "dumps.json", tmp_path)
    (tmp_path / "dumps").mkdir()
    (tmp_path / "dumps" / "data.ttl").write_text("cut")
    elsewhere = shallow(kg)
    elsewhere.release = replace(kg.release, path=tmp_path)
    app = Dumped(lambda *_: [b"behind"], elsewhere)
    environ = {"PATH_INFO": TURTLE, "REQUEST_METHOD": "GET"}
    assert app(environ, ignored) == [b"behind"]


def test_index_lists_every_file(app, kg: KnowledgeGraph):
    page = Reply(app, "/data", BROWSER["Accept"])
    assert page.headers["content-type"].startswith("text/html")
    listed = Reply(app, "/data", "application/json").json
    for item in distributions(kg.release):
        assert f'href="/data/{item.name}"'.encode() in page.body
    assert [row["name"] for row in listed] == [
        item.name for item in distributions(kg.release)
    ]
    assert not any("path" in row for row in listed)


def test_index_refuses_what_it_has_not(app):
    found = Reply(app, "/data", "text/turtle")
    assert found.status in {303, 406}  # 303 where there is a catalogue


def test_sums_are_those_of_sha256sum(app, kg: KnowledgeGraph):
    found = Reply(app, "/data/SHA256SUMS")
    lines = found.body.decode().splitlines()
    assert len(lines) == len(distributions(kg.release))
    for item in distributions(kg.release):
        assert f"{item.sha256}  {item.name}" in lines
    tag = found.headers["etag"]
    assert Reply(app, "/data/SHA256SUMS", HTTP_IF_NONE_MATCH=tag).status == 304


def test_files_served_as_they_are_have_no_dumps(browser: FlaskClient):
    assert "no release" in browser.get("/data").text
    assert "no release" in browser.get("/changes").text
    assert browser.get(TURTLE).status_code == 404


# rdflib warns at itself.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_changes_are_negotiated(app, kg: KnowledgeGraph):
    page = Reply(app, "/changes", BROWSER["Accept"])
    assert b"first release here" in page.body
    for accept, form in (("text/turtle", "turtle"), ("application/ld+json", "json-ld")):
        found = Reply(app, "/changes", accept)
        assert found.headers["content-type"].startswith(accept)
        assert "Accept" in found.headers["vary"]
        graph = rdflib.Graph().parse(data=found.body, format=form)
        assert f"/release/{kg.release.id[:16]}/changes" in str(next(graph.subjects()))
