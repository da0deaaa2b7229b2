"""A folder of releases over HTTP: switching, permanent addresses, what is refused."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.engine.processes import gone, until
from tests.release.conftest import COUNT, Reply
from vomkg.cli.live import live_app
from vomkg.web.pinned import IMMUTABLE

if TYPE_CHECKING:
    from vomkg.config import Settings
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.release.manifest import Published
    from vomkg.release.shelf import Shelf

NOW = "/sparql?query=SELECT+(NOW()+AS+?n)+%7B%7D"


@pytest.fixture(scope="module")
def served(shipped: Shelf, limits: Settings):
    """The shipped release, served."""
    with live_app(limits, shipped.path) as app:
        yield app


@pytest.mark.slow
def test_switch_under_load_gives_no_wrong_and_no_half_answer(
    three: list[Published], shelf: Shelf, limits: Settings
):
    """Every answer is of one release, and says of which; old processes end."""
    sizes = {found.id[:12]: found.quads for found in three}
    done = Event()

    def ask(app, number):
        found, turn = set(), 0
        while not done.is_set():
            turn += 1
            # Each another text, so that the engine is asked, not the cache.
            reply = Reply(app, f"{COUNT}#{number}-{turn}")
            assert reply.status == 200, reply.body
            assert reply.count == sizes[reply.headers["etag"][1:13]]
            found.add(reply.count)
        return found

    with live_app(limits, shelf.path) as app, ThreadPoolExecutor(3) as threads:
        futures = [threads.submit(ask, app, number) for number in range(3)]
        try:
            first = app._live.current
            for found in (three[1], three[2], three[0], three[1]):
                shelf.switch(found)
                app.look()
                until(lambda name=found.path.name: app.current == name)
                assert Reply(app, COUNT).count == found.quads
        finally:
            done.set()
        seen = set().union(*(future.result(20) for future in futures))
        until(lambda: first.is_closed)
    assert seen == {1, 2, 3}


def test_link_is_looked_at_without_being_told(
    three: list[Published], shelf: Shelf, limits: Settings
):
    """The server finds out by itself."""
    with live_app(limits, shelf.path) as app:
        assert Reply(app, COUNT).count == 1
        shelf.switch(three[1])
        until(lambda: Reply(app, COUNT).count == 2)


def test_damaged_release_is_refused_while_serving(
    three: list[Published], shelf: Shelf, limits: Settings, caplog
):
    """The old one stays, a line in the log says why; mended, it is taken up."""
    path = three[1].path / "dataset.nq"
    whole = path.read_bytes()
    with live_app(limits, shelf.path) as app, caplog.at_level(logging.WARNING):
        path.write_bytes(whole[:-1] + b"X")
        shelf.switch(three[1])
        assert not app.refresh()
        assert Reply(app, COUNT).count == 1
        assert "dataset.nq is not as it was written" in caplog.text
        path.write_bytes(whole)
        app.look()
        until(lambda: Reply(app, COUNT).count == 2)


def test_other_releases_are_opened_as_asked_and_few_at_a_time(
    three: list[Published], shelf: Shelf, limits: Settings
):
    """At most so many; the longest unused is closed, with its processes."""
    with live_app(replace(limits, pinned_open=1), shelf.path) as app:
        for found in (three[1], three[2], three[1]):
            name = found.path.name
            assert Reply(app, f"/release/{name}{COUNT}").count == found.quads
            assert app.opened() == [name]
        # The current one is open anyway.
        assert Reply(app, f"/release/{three[0].id}{COUNT}").count == 1
        assert app.opened() == [three[1].path.name]
        [held] = app._others._open.values()
        shelf.switch(three[1])
        app.refresh()
        held.wait(20)
        assert app.opened() == []
        assert Reply(app, COUNT).count == 2


def test_processes_end_with_the_application(
    three: list[Published], shelf: Shelf, limits: Settings
):
    """Nothing is left behind."""
    pids: list[int] = []
    with live_app(limits, shelf.path) as app:
        opened: Any = app._open

        def watched(found, is_current, lost) -> Any:
            found = opened(found, is_current, lost)
            pids.extend(found.kg.engine.pids())
            return found

        app._open = watched
        Reply(app, f"/release/{three[1].id}{COUNT}")
        shelf.switch(three[2])
        app.refresh()
        assert app.current == three[2].path.name
    assert len(pids) == 4
    assert gone(pids)


@pytest.mark.parametrize("start", ["abcdefabcdef", "abc", "%2e%2e", "0" * 65])
def test_unknown_release_is_not_found(start: str, served, shipped: Shelf):
    """A problem that names the current one; a page for browsers."""
    reply = Reply(served, f"/release/{start}{COUNT}")
    assert reply.status == 404
    assert reply.headers["content-type"] == "application/problem+json"
    assert f"/release/{shipped.current()}/" in reply.json["fix"]
    page = Reply(served, f"/release/{start}/", "text/html")
    assert (page.status, page.headers["content-type"][:9]) == (404, "text/html")


def test_damaged_release_says_nothing_of_this_machine(
    three: list[Published], shelf: Shelf, limits: Settings
):
    """Our fault, without a path."""
    (three[1].path / "dataset.nq").write_text("")
    with live_app(limits, shelf.path) as app:
        reply = Reply(app, f"/release/{three[1].id}{COUNT}")
    assert reply.status == 500
    assert str(shelf.path) not in reply.body.decode()


def test_pinned_answers_are_for_good(served, shipped: Shelf, kg: KnowledgeGraph):
    """Every question, whole graphs and queries; pages and what may differ are not."""
    pin = f"/release/{shipped.current()}"
    data = quote("https://w3id.org/vomkg/graph/data", safe="")
    for address in (
        *(f"/questions/{q.id}.csv" for q in kg.questions if q.is_ready),
        f"/store?graph={data}",
        COUNT,
    ):
        reply = Reply(served, pin + address)
        assert reply.headers["cache-control"] == IMMUTABLE, address
        assert len([link for link in reply.links if "cite-as" in link]) == 1
        assert reply.headers["etag"].startswith(f'"{kg.release.id[:12]}-')
        # Where nothing is pinned it is the same, and to be asked for again.
        plain = Reply(served, address)
        assert plain.headers["cache-control"].endswith("must-revalidate")
        assert cited(plain) == cited(reply)
    for address, accept in (
        ("/", ""), ("/questions", ""), ("/questions/overall-effect", "text/html"),
        ("/sparql", ""), ("/sparql?query=SELECT+*+%7B?s+a+?o%7D+LIMIT+2", ""),
        ("/sparql?query=SELECT+(BNODE()+AS+?b)+%7B%7D", ""), (NOW, ""),
        ("/sparql?query=SELECT", ""), ("/questions/none.csv", ""), ("/healthz", ""),
    ):  # fmt: skip
        reply = Reply(served, pin + address, accept)
        assert "immutable" not in reply.headers["cache-control"], address
        assert reply.headers["x-robots-tag"] == "noindex"


def test_volatile_queries_are_answered_without_a_permanent_address(
    served, shipped: Shelf
):
    """Of that release, anew each time, and not to be cited."""
    for address in (NOW, f"/release/{shipped.current()}{NOW}"):
        reply = Reply(served, address)
        assert (reply.status, reply.headers["cache-control"]) == (200, "no-store")
        assert not [link for link in reply.links if "cite-as" in link]


def test_permanent_address_leads_to_the_same_answer(served, shipped: Shelf):
    """The link can be followed, below another path too."""
    address = "/questions/effect-by-follow-up.csv?format=csv"
    reply = Reply(served, address, SCRIPT_NAME="/vom", HTTP_HOST="example.org")
    link = f"/release/{shipped.current()}{address}"
    assert f'<http://example.org/vom{link}>; rel="cite-as"' in reply.links
    pinned = Reply(served, link, SCRIPT_NAME="/vom", HTTP_HOST="example.org")
    assert pinned.body == reply.body
    assert cited(pinned) == cited(reply)
    evil = Reply(served, '/sparql?query=ASK%7B%7D&x=>;\r\n<,"')
    [link] = [found for found in evil.links if "cite-as" in found]
    assert link.endswith('x=%3E;%0D%0A%3C,%22>; rel="cite-as"')


def cited(reply):
    """The permanent addresses that a reply names."""
    return [link for link in reply.links if 'rel="cite-as"' in link]


def test_the_landing_page_stands_for_the_dataset(served, shipped: Shelf):
    """Its permanent address is in header and page, the same from either address."""
    pin = f"/release/{shipped.current()}/"
    for address in ("/", pin):
        reply = Reply(served, address, "text/html")
        assert cited(reply) == [f'<http://127.0.0.1{pin}>; rel="cite-as"']
        mirrored = f'<link rel="cite-as" href="http://127.0.0.1{pin}">'
        assert mirrored in reply.body.decode()
        assert "immutable" not in reply.headers["cache-control"]


def test_pages_name_their_permanent_address(served, shipped: Shelf):
    """Visible on answers; links of a pinned page stay with its release."""
    pin = f"/release/{shipped.current()}"
    page = Reply(served, "/questions/overall-effect", "text/html").body.decode()
    assert f"{pin}/questions/overall-effect</a>" in page
    assert "Permanent address" not in Reply(served, "/about", "text/html").body.decode()
    pinned = Reply(served, f"{pin}/questions/overall-effect", "text/html").body.decode()
    assert f'href="{pin}/sparql"' in pinned
    assert 'href="/sparql"' not in pinned


def test_the_iri_of_a_release_is_one_redirection_from_what_tells_of_it(
    served, shipped: Shelf
):
    """The landing page for browsers, the catalogue for programs."""
    pin = f"/release/{shipped.current()}"
    for accept, end in (("text/html", "/"), ("text/turtle", "/dcat"), ("", "/dcat")):
        moved = Reply(served, pin, accept)
        assert (moved.status, moved.headers["location"]) == (303, f"{pin}{end}")
        assert moved.headers["vary"] == "Accept"
        assert Reply(served, moved.headers["location"], accept).status == 200
    catalogue = Reply(served, f"{pin}/dcat", "text/turtle").body
    assert f"https://w3id.org/vomkg{pin}>".encode() in catalogue


@pytest.mark.slow
def test_pinned_bytes_are_equal_after_opening_again(
    served, shipped: Shelf, limits: Settings, kg: KnowledgeGraph
):
    """Another process, another order of loading: the same bytes and tags."""
    pin = f"/release/{shipped.current()}"
    any_order = "SELECT * { ?s a ?o . FILTER(isIRI(?s) && isIRI(?o)) }"
    ties = (
        "SELECT ?o ?s { ?s a ?o FILTER(isIRI(?s) && isIRI(?o)) } ORDER BY ?o LIMIT 99"
    )
    addresses = [
        *(f"/questions/{q.id}.json" for q in kg.questions if q.is_ready),
        *(f"/sparql?query={quote(query)}" for query in (any_order, ties)),
        f"/store?format=turtle&graph={quote('https://w3id.org/vomkg/graph/data')}",
    ]
    with live_app(limits, shipped.path) as again:
        for address in addresses:
            one, two = Reply(served, pin + address), Reply(again, pin + address)
            assert one.status == 200
            assert (one.body, one.headers["etag"]) == (two.body, two.headers["etag"])
            assert one.headers["cache-control"] == IMMUTABLE
