"""What crawlers ask for first: robots.txt, the sitemap, and all typed links."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final
from urllib.parse import quote
from xml.sax.saxutils import escape

from flask import Blueprint, abort, current_app, make_response, request, url_for

from vomkg.namespaces import OWL, THINGS
from vomkg.search.kinds import short_name
from vomkg.web.browse.classes import COUNTS
from vomkg.web.links import is_served, root
from vomkg.web.linkset import JSON_TYPE, TEXT_TYPE, as_json, as_text
from vomkg.web.numbers.number import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Response

    from vomkg.knowledge import KnowledgeGraph
    from vomkg.web.signposts import Signposts

# What costs an evaluation for each of endlessly many addresses, or tells of this
# moment only. The longest rule that fits counts (RFC 9309 §2.2.2); for readers
# who stop at the first, what is allowed stands last.
CLOSED: Final = (
    "/sparql?",
    "/ask?",
    "/search?",
    "/browse?",
    "/browse/*?",
    "/questions/*?",
    "/release/*?",
    "/release/*/sparql",
    "/healthz",
    "/metrics",
)
OPEN: Final = ("/", "/id/", "/doc/", "/data", "/store")
# Most addresses of one file, by the protocol of sitemaps.
LARGEST: Final = 50_000
_XMLNS: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PAGES: Final = (
    "/briefing",
    "/questions",
    "/numbers",
    "/ask",
    "/browse",
    "/search",
    "/about",
)
# Pages on what only a graph of ours holds.
_OURS: Final = ("/ontology", "/shapes", "/data", "/changes")
_THINGS: Final = f"""
SELECT DISTINCT ?thing
WHERE {{
  ?thing ?predicate ?value
  FILTER(STRSTARTS(STR(?thing), "{THINGS}"))
  # What is withdrawn has no document.
  FILTER NOT EXISTS {{ ?thing <{OWL}deprecated> true }}
}}
ORDER BY ?thing
"""
_ROWS: Final = 10_000


def blueprint(kg: KnowledgeGraph) -> Blueprint:
    """The addresses by which the front end is found and harvested."""
    pages = Blueprint("discovery", __name__)

    @pages.get("/robots.txt")
    def robots() -> Response:
        return _sent(_robots(), "text/plain; charset=utf-8")

    @pages.get("/sitemap.xml")
    def sitemap() -> Response:
        found = list(addresses(kg))
        if len(found) <= LARGEST:
            return _sent(_urlset(found), "application/xml")
        parts = range(1, 1 + -(-len(found) // LARGEST))
        return _sent(_index(parts), "application/xml")

    @pages.get("/sitemap-<int:number>.xml")
    def sitemap_part(number: int) -> Response:
        found = list(addresses(kg))
        part = found[LARGEST * (number - 1) : LARGEST * number] if number else []
        if len(found) <= LARGEST or not part:
            abort(404)
        return _sent(_urlset(part), "application/xml")

    @pages.get("/linkset.json")
    def linkset_json() -> Response:
        return _sent(as_json(_signposts()), JSON_TYPE)

    @pages.get("/linkset")
    def linkset() -> Response:
        return _sent(as_text(_signposts()), TEXT_TYPE)

    return pages


def addresses(kg: KnowledgeGraph) -> Iterator[str]:
    """The address of each page that a search engine may keep.

    Raises:
        VomkgError: the graph cannot be asked for its things.
    """
    home = root()
    yield home
    is_ours = bool(kg.release.id or kg.settings.store)
    for path in (*_PAGES, *(_OURS if is_ours else ())):
        if path in _paths():
            yield home + path[1:]
    for question in kg.questions:
        yield url_for("pages.question", name=question.id, _external=True)
    if is_served("/numbers/<"):
        for item in numbers(kg):
            yield url_for("numbers.one", slug=item.slug, _external=True)
    for row in kg.query(COUNTS).rows:
        name = short_name(getattr(row["class"], "value", ""), kg.prefixes)
        if "/" not in name:
            yield url_for("browse.members_page", name=name, _external=True)
    if is_served("/doc/"):
        for slug in slugs(kg):
            yield f"{home}doc/{quote(slug)}"


def slugs(kg: KnowledgeGraph) -> Iterator[str]:
    """What follows ``id/`` in the IRI of each thing that the graph speaks of.

    Raises:
        VomkgError: the graph cannot be asked.
    """
    # Page by page: the limit on rows is for those who ask.
    size = min(kg.settings.row_limit, _ROWS)
    for start in count(0, size):
        rows = kg.query(f"{_THINGS} LIMIT {size} OFFSET {start}").rows
        for row in rows:
            thing = row["thing"]
            if thing is not None:
                yield thing.value.removeprefix(THINGS)
        if len(rows) < size:
            return


def _robots() -> str:
    # A prefix of a proxy is part of the address that a crawler sees.
    prefix = request.script_root
    lines = ["User-agent: *"]
    lines += [f"Disallow: {prefix}{path}" for path in CLOSED]
    lines += [f"Allow: {prefix}{path}" for path in OPEN]
    lines += ["", f"Sitemap: {url_for('discovery.sitemap', _external=True)}"]
    return "\n".join(lines) + "\n"


def _urlset(found: list[str]) -> str:
    return _xml("urlset", "url", found)


def _index(parts: range) -> str:
    found = [
        url_for("discovery.sitemap_part", number=number, _external=True)
        for number in parts
    ]
    return _xml("sitemapindex", "sitemap", found)


def _xml(element: str, entry: str, found: list[str]) -> str:
    lines = [f"<{entry}><loc>{escape(address)}</loc></{entry}>" for address in found]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<{element} xmlns="{_XMLNS}">',
            *lines,
            f"</{element}>",
            "",
        ]
    )


def _sent(body: str, content_type: str) -> Response:
    response = make_response(body)
    response.content_type = content_type
    return response


def _signposts() -> Signposts:
    found: Signposts = current_app.extensions["signposts"]
    return found


def _paths() -> set[str]:
    return {rule.rule for rule in current_app.url_map.iter_rules()}
