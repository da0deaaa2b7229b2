"""The front end: pages and the SPARQL endpoint, rendered on the server.

No page needs a script, and none asks another host for anything.
"""

from __future__ import annotations

import re
from functools import partial
from textwrap import shorten
from typing import TYPE_CHECKING, Final

from flask import Flask, request, url_for
from markupsafe import Markup, escape

from vomkg.namespaces import THINGS
from vomkg.release.verdict import verdict_of
from vomkg.web import (
    ask,
    briefing,
    browse,
    changes,
    check,
    data,
    descriptions,
    discovery,
    numbers,
    pages,
    pictures,
    problems,
    search,
    signposts,
    sparql,
    store,
    things,
)
from vomkg.web.limits import limits

if TYPE_CHECKING:
    from flask import Response

    from vomkg.knowledge import KnowledgeGraph

# Twelve bytes of a request can stand for one character: four UTF-8 bytes, each
# percent-encoded.
_BYTES_A_CHARACTER: Final = 12
_BYTES_BESIDES: Final = 10_000
# All but tab and the ends of lines.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_DESCRIPTION: Final = 180  # characters of a page's description, as search results show
# What every answer of ours carries, whoever gives it.
SAFETY: Final = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
HEADERS: Final = {
    **SAFETY,
    # Public and read-only: any page may read it, and none with credentials.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, Content-Location, Content-Disposition, Retry-After, "
        "Accept-Query, Allow, X-Request-ID, Accept-Ranges, Content-Range, Repr-Digest"
    ),
}
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, QUERY, OPTIONS",
    "Access-Control-Allow-Headers": "Content-Type, Accept, If-None-Match, Range, If-Range",
    "Access-Control-Max-Age": "86400",
}


def create_app(kg: KnowledgeGraph) -> Flask:
    """The front end over one graph, as a WSGI application."""
    app = Flask(__name__)
    largest = _BYTES_A_CHARACTER * kg.settings.query_length + _BYTES_BESIDES
    app.config["MAX_CONTENT_LENGTH"] = largest
    app.config["MAX_FORM_MEMORY_SIZE"] = largest
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["plain"] = plain
    app.jinja_env.finalize = visible
    app.register_blueprint(pages.blueprint(kg))
    app.register_blueprint(pictures.blueprint(kg))
    app.register_blueprint(numbers.blueprint(kg))
    app.register_blueprint(ask.blueprint(kg))
    app.register_blueprint(search.blueprint(kg))
    app.register_blueprint(browse.blueprint(kg))
    app.register_blueprint(briefing.blueprint(kg))
    app.register_blueprint(sparql.blueprint(kg))
    app.register_blueprint(store.blueprint(kg))
    app.register_blueprint(things.blueprint(kg))
    app.register_blueprint(descriptions.blueprint(kg))
    app.register_blueprint(data.blueprint(kg))
    app.register_blueprint(changes.blueprint(kg))
    app.register_blueprint(check.blueprint(kg))
    app.register_blueprint(discovery.blueprint(kg))
    signposts.register(app, kg)
    problems.register(app)

    verdict = verdict_of(kg.release)

    @app.context_processor
    def frame() -> dict[str, object]:
        return {
            "checked": verdict,
            "kg": kg,
            "describe_link": partial(describe_link, kg),
            "limits": limits(kg),
        }

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers.update(HEADERS)
        if request.method == "OPTIONS":
            response.headers.update(_PREFLIGHT)
        return response

    return app


def visible(value: object) -> object:
    """What a template shows: of a text, with control characters made visible.

    HTML has no place for them (13.2.3.5), and data of others may hold any.
    """
    if not isinstance(value, str) or not _CONTROL.search(value):
        return value
    return type(value)(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", value))


def plain(html: str) -> Markup:
    """Rendered text without its tags, on one line of bounded length, for an attribute."""
    text = Markup(html).striptags()  # noqa: S704  it comes out of a template
    return escape(shorten(text, _DESCRIPTION, placeholder=" …"))


def describe_link(kg: KnowledgeGraph, iri: str) -> str:
    """The address that shows what the graph says of a thing.

    A thing of ours has a page; of any other, and of our terms where there is no
    release to hold their document, the query page shows all triples.
    """
    if kg.release.id or iri.startswith(THINGS):
        address = things.address_of(iri)
        if address is not None:
            return address
    return url_for("sparql.endpoint", query=f"DESCRIBE <{iri}>")
