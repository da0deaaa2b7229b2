"""Permanent addresses: the front end of one release, and links to it.

``/release/ID/…`` is the front end over that release. A complete answer there may
be kept for good; what may differ from one evaluation to the next may not.
"""

from __future__ import annotations

import re
from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from flask import request
from werkzeug.wsgi import get_host

from vomkg.engine.stable import StableEngine, stable
from vomkg.errors import UnknownNameError
from vomkg.release.manifest import NAME_LENGTH
from vomkg.web import HEADERS, create_app
from vomkg.web.cache import ResponseCache, cached
from vomkg.web.direct import Direct
from vomkg.web.negotiation import prefers_page
from vomkg.web.numbers.number import QUESTION
from vomkg.web.volatile import is_volatile

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

    from flask import Flask, Response

    from vomkg.knowledge import KnowledgeGraph

# Bytes of answers kept at permanent addresses of one release.
_SMALL_CACHE: Final = 8 << 20
PREFIX: Final = "/release/"
_PINNED: Final = re.compile(rf"{PREFIX}([^/]+)(/.*)?", re.DOTALL)
# Where the router leaves what came before the address of the release.
ROOT: Final = "vomkg.root"
# Where it leaves why the address cannot be answered.
FAULT: Final = "vomkg.fault"
IMMUTABLE: Final = "public, max-age=31536000, immutable"
_QUESTIONS: Final = {
    "pages.question",
    "pages.question_file",
    "pictures.labelled",
    "pictures.png",
    "pictures.svg",
}
_NUMBERS: Final = {"numbers.index", "numbers.one"}
# Documents and lists, which are made of all that fits, in a fixed order.
_WHOLE: Final = {
    "browse.members_page",
    "store.graph",
    "things.document",
    "things.question",
    "things.vocabulary",
}
_STORE: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
# A blank node, in any of the formats, or a triple as a term, which ORDER BY cannot
# tell from another; a string that looks like one counts too.
_UNSETTLED: Final = re.compile(
    rb'_:|"bnode"|<bnode>|rdf:nodeID|<<\(|"triple"|<triple>|rdf:parseType="Triple"'
)


def cite(app: Flask, kg: KnowledgeGraph, *, is_pinned: bool) -> Flask:
    """The front end, with links from answers to their permanent address.

    Args:
        app: the front end over ``kg``.
        kg: the graph of one release.
        is_pinned: whether it stands at such an address itself.
    """

    def permanent() -> str | None:
        # The landing page stands for the dataset, so it has such an address too, and
        # paper cannot be asked again.
        if (
            request.endpoint in {"pages.home", "briefing.page"}
            or _asked(kg) is not None
        ):
            return address_of(request.environ, kg.release.id)
        return None

    @app.before_request
    def refuse() -> None:
        fault = request.environ.get(FAULT)
        if fault is not None:
            raise fault

    @app.context_processor
    def links() -> dict[str, object]:
        return {"permanent_address": permanent}

    @app.after_request
    def say(response: Response) -> Response:
        address = permanent() if response.status_code == 200 else None
        if address is not None:
            response.headers.add("Link", f'<{address}>; rel="cite-as"')
        if is_pinned:
            response.headers["X-Robots-Tag"] = "noindex"
            if address is not None and _is_for_good(kg, response):
                response.headers["Cache-Control"] = IMMUTABLE
        return response

    return app


def _asked(kg: KnowledgeGraph) -> str | None:
    """The query behind the address; None where there is no answer to cite."""
    if request.method not in {"GET", "HEAD"}:
        return None
    text: str | None = None
    if request.endpoint == "sparql.endpoint":
        text = request.args.get("query")
    elif request.endpoint in _QUESTIONS:
        name = (request.view_args or {})["name"]
        text = kg.questions[name].sparql if name in kg.questions else None
    elif request.endpoint in _NUMBERS:
        text = kg.questions[QUESTION].sparql if QUESTION in kg.questions else None
    elif request.endpoint in _WHOLE:
        text = _STORE
    return None if text is None or is_volatile(text) else text


def address_of(environ: WSGIEnvironment, release: str) -> str:
    """Where the same will be answered for as long as the release is kept."""
    root = environ.get(ROOT, environ.get("SCRIPT_NAME", ""))
    text = f"{root}{PREFIX}{release[:NAME_LENGTH]}{environ.get('PATH_INFO', '')}"
    path = quote(text.encode("latin-1"))
    return f"{_host(environ)}{path}{_query(environ)}"


def home_of(environ: WSGIEnvironment) -> str:
    """The address of the landing page, as the client sees it, without Flask."""
    prefix = quote(environ.get("SCRIPT_NAME", "").encode("latin-1"))
    return f"{_host(environ)}{prefix}/"


def _host(environ: WSGIEnvironment) -> str:
    return f"{environ['wsgi.url_scheme']}://{get_host(environ)}"


def _query(environ: WSGIEnvironment) -> str:
    """The query of the address with its mark, as it may stand in a header."""
    # Nothing that must not stand between the angle brackets of a Link (RFC 8288 §3).
    given = environ.get("QUERY_STRING", "").encode("latin-1")
    query = quote(given, safe="!$%&'()*+,-./:;=?@_~")
    return f"?{query}" if query else ""


def entered(environ: WSGIEnvironment, start_response: StartResponse) -> str | None:
    """The id that a permanent address names, now that what follows it is the path.

    None if it names none: either the response was started, which leads there, or
    the fault stands where the front end finds it.
    """
    match = _PINNED.fullmatch(environ.get("PATH_INFO", ""))
    if match is None:
        environ[FAULT] = UnknownNameError(
            "the address names no release",
            fix=f"write {PREFIX}, its id and what to read",
        )
        return None
    root = environ.get("SCRIPT_NAME", "")
    if match[2] is None:
        # The IRI of the release, which is no document: one tells of it (303).
        end = "/" if prefers_page(environ.get("HTTP_ACCEPT")) else "/dcat"
        place = quote(f"{root}{environ['PATH_INFO']}{end}".encode("latin-1"))
        headers = [
            ("Location", f"{place}{_query(environ)}"),
            ("Vary", "Accept"),
            *HEADERS.items(),
            ("Content-Length", "0"),
        ]
        start_response("303 SEE OTHER", headers)
        return None
    environ[ROOT] = root
    environ["SCRIPT_NAME"] = f"{root}{PREFIX}{match[1]}"
    environ["PATH_INFO"] = match[2]
    return match[1]


def _is_for_good(kg: KnowledgeGraph, response: Response) -> bool:
    """Whether another evaluation, by another process, gives the same bytes."""
    text = _asked(kg)
    # How a page looks is the software's affair, and changes with it.
    if text is None or response.mimetype == "text/html":
        return False
    if _UNSETTLED.search(response.get_data()):
        return False
    return stable(text, kg.settings).is_same


def current_front(kg: KnowledgeGraph, patience: float) -> ResponseCache:
    """What answers for a release where it is the current one."""
    app = cite(create_app(kg), kg, is_pinned=False)
    direct = Direct(app, kg, partial(_link, release=kg.release.id))
    return cached(direct, release=kg.release.id, patience=patience)


def pinned_front(kg: KnowledgeGraph, patience: float) -> ResponseCache:
    """What answers for a release at the addresses that name it."""
    stable = copy(kg)
    if not isinstance(kg.engine, StableEngine):
        stable.engine = StableEngine(kg.engine)
    return cached(
        cite(create_app(stable), stable, is_pinned=True),
        release=kg.release.id,
        patience=patience,
        capacity=_SMALL_CACHE,
    )


def _link(environ: WSGIEnvironment, query: str, *, release: str) -> str | None:
    """The Link header of the answer to a query; None where it may change."""
    if is_volatile(query):
        return None
    return f'<{address_of(environ, release)}>; rel="cite-as"'
