"""Every link of every page, followed over HTTP: none dead, and none off this host."""

from __future__ import annotations

from collections import deque
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest

from tests.web import typed_links
from tests.web.markup import Page

pytestmark = pytest.mark.slow

# Attributes by which a browser loads something as it shows a page.
LOADED = {"src", "srcset", "data", "poster", "action"}
LOADING_LINKS = {"stylesheet", "icon", "preload", "prefetch", "preconnect", "manifest"}
# Pages that are asked besides being linked; an answer of a query is looked at, and
# its own links are not followed, or the crawl would never end.
_HTML = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"}
_MOST = 20_000


class _Still(HTTPRedirectHandler):
    def redirect_request(self, *_args, **_more):
        return None


_OPENER = build_opener(_Still)


def fetched(address):
    """Status, location, media type, links of the header, and body."""
    request = Request(address, headers=_HTML)  # noqa: S310  our own
    try:
        response = _OPENER.open(request, timeout=60)
    except HTTPError as fault:
        response = fault
    with response:
        headers = response.headers
        links = [
            target
            for text in headers.get_all("Link", [])
            for target, _ in typed_links.read(text)
        ]
        kind = headers.get_content_type()
        return response.status, headers.get("Location"), kind, links, response.read()


def resolved(address):
    """What an address gives, by at most one redirection."""
    status, location, *rest = fetched(address)
    if status in {301, 302, 303, 307, 308}:
        status, _, *rest = fetched(urljoin(address, location))
    return status, *rest


def is_query(address):
    """Whether an address asks a query; there are endlessly many."""
    parts = urlsplit(address)
    return bool(parts.query) or "/sparql" in parts.path


@pytest.fixture(scope="module")
def crawl(site):
    """Each address within the site: status, and what its page loads and links."""
    host = urlsplit(site).netloc
    waiting = deque([site, f"{site}sitemap.xml", f"{site}robots.txt"])
    found: dict[str, int] = {}
    loads: dict[str, list[str]] = {}
    anchors: dict[str, set[str]] = {}
    pointed: dict[str, set[str]] = {}
    while waiting:
        address = waiting.popleft()
        if address in found:
            continue
        assert len(found) < _MOST
        status, kind, links, body = resolved(address)
        found[address] = status
        if kind == "text/html":
            page = Page(body.decode())
            anchors[address] = {
                e.attributes["id"] for e in page.elements if "id" in e.attributes
            }
            loads[address] = _loaded(page)
            links = [*links, *_linked(page)]
        if is_query(address):
            continue
        for link in links:
            target, fragment = urldefrag(urljoin(address, link))
            if urlsplit(target).netloc == host:
                pointed.setdefault(target, set()).add(fragment)
                waiting.append(target)
    return found, loads, anchors, pointed


def _loaded(page):
    found = [
        value
        for element in page.elements
        for name, value in element.attributes.items()
        if name in LOADED and element.tag != "form"
    ]
    return found + [
        e.attributes["href"]
        for e in page.all("link")
        if LOADING_LINKS & set(e.attributes["rel"].split())
    ]


def _linked(page):
    return [
        e.attributes["href"]
        for e in page.elements
        if e.tag in {"a", "link"} and "href" in e.attributes
    ]


def test_no_link_is_dead(crawl, kg):
    """Each address gives 200, itself or after one redirection."""
    found = crawl[0]
    assert {a: s for a, s in found.items() if s != 200} == {}
    assert len(found) > 2 * len(kg.questions)


def test_every_fragment_is_on_its_page(crawl):
    """A link into a page leads to a place that is there."""
    _, _, anchors, pointed = crawl
    for address, fragments in pointed.items():
        if address in anchors:
            assert fragments - {""} <= anchors[address], address


def test_no_page_loads_anything_from_elsewhere(crawl, site):
    """What a browser fetches by itself is on this host."""
    _, loads, _, _ = crawl
    assert loads
    for address, values in loads.items():
        for value in values:
            assert urljoin(address, value).startswith(site), (address, value)
