"""Whether the release conforms, and whether what a visitor sends would.

What is sent is judged in a process of its own, with limits on its time and memory,
and is not kept.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, make_response, render_template, request

from vomkg.coverage.measure import badge, percent
from vomkg.curate.names import Names
from vomkg.curate.report import FORMATS
from vomkg.engine.turns import Turns
from vomkg.errors import FormatError, UnknownNameError, UsageError
from vomkg.graph.text import printable
from vomkg.namespaces import SHAPES
from vomkg.release.manifest import SOURCES
from vomkg.release.verdict import verdict_of
from vomkg.web.completeness import coverage
from vomkg.web.negotiation import page_wanted
from vomkg.web.overview import HEADLINES, SECTIONS
from vomkg.web.sent import bound, sent_data
from vomkg.workbench.submission import Submission, judged

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Response

    from vomkg.knowledge import KnowledgeGraph
    from vomkg.workbench.submission import Judged

# What each format of a report goes as over HTTP.
MEDIA_TYPES: Final = {
    "text": "text/plain; charset=utf-8",
    "json": "application/json",
    "sarif": "application/sarif+json",
    "github": "text/plain; charset=utf-8",
    "junit": "application/xml",
    "html": "text/html; charset=utf-8",
    "turtle": "text/turtle; charset=utf-8",
}
# The format that a media type means in an Accept header; JSON where it may be any.
_BY_TYPE: Final = {
    "application/json": "json",
    "application/sarif+json": "sarif",
    "application/xml": "junit",
    "text/turtle": "turtle",
    "text/plain": "text",
}
_LONGEST: Final = 2_000  # characters of one text on the page
_SHOWN: Final = 20  # faults of one shape on the page


def blueprint(kg: KnowledgeGraph) -> Blueprint:
    """The page and the programming interface over one graph."""
    pages = Blueprint("check", __name__)
    turns = Turns(
        range(kg.settings.check_at_once),
        queue=kg.settings.check_queue,
        patience=kg.settings.check_wait,
        words=("checks", "place for a check"),
    )

    @pages.get("/check")
    def check() -> Response:
        wanted = _wanted()
        found = _page(kg) if wanted is None else _verdict(kg, wanted)
        response = make_response(found)
        response.vary.add("Accept")
        return response

    @pages.get("/check.svg")
    def image() -> Response:
        found = coverage(kg)
        if found is None:
            raise UnknownNameError(
                "nothing was checked here, so there is no badge",
                fix="serve the shipped graph, or a release",
            )
        response = make_response(badge(found))
        response.content_type = "image/svg+xml"
        return response

    @pages.post("/check")
    def submit() -> Response:
        if not kg.settings.check_bytes:
            raise UsageError(
                "this server takes no data to check",
                fix="check it with 'vomkg validate' on your machine",
            )
        bound(kg.settings.check_bytes)
        wanted = _wanted()
        name, sent = sent_data(kg.settings.check_bytes)
        submission = Submission(
            sent,
            name,
            format_name=wanted or "json",
            replaces=_switch("replaces"),
            changes=_switch("changes") if wanted else True,
        )
        turn = turns.take()
        try:
            found = judged(submission, kg.settings, _root(kg))
        finally:
            turns.give(turn)
        status = 400 if found.is_unreadable else 200
        if wanted is None:
            text = sent.decode("utf-8", errors="replace")
            response = make_response(_page(kg, found=found, text=text), status)
        else:
            response = make_response(found.report, status)
            response.content_type = MEDIA_TYPES[wanted]
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "no-store"
        return response

    return pages


def _root(kg: KnowledgeGraph) -> Path:
    """The sources of the release that is served, where it keeps them."""
    kept = kg.release.path / SOURCES
    return kept if kept.is_dir() else kg.settings.root


def _page(kg: KnowledgeGraph, found: Judged | None = None, text: str = "") -> str:
    return render_template(
        "check.html",
        verdict=verdict_of(kg.release),
        coverage=coverage(kg),
        percent=percent,
        names=Names(prefixes=kg.prefixes),
        settings=kg.settings,
        shapes_iri=SHAPES,
        shown=_SHOWN,
        on_overview={*HEADLINES, *(name for name, _ in SECTIONS)},
        formats=[name for name in FORMATS if name != "html"],
        found=found and replace(found, document=_shown(found.document)),
        text=text,
    )


def _shown(told: Any) -> Any:  # noqa: ANN401  # what JSON holds
    """The same with no text that could steer, or fill, a page."""
    if isinstance(told, dict):
        return {name: _shown(value) for name, value in told.items()}
    if isinstance(told, list):
        return [_shown(value) for value in told]
    return printable(told, keep="\n\t")[:_LONGEST] if isinstance(told, str) else told


def _verdict(kg: KnowledgeGraph, wanted: str) -> Response:
    """The report on the release, as it was written when the release was built.

    Raises:
        FormatError: it is not kept in that format.
    """
    if wanted != "json":
        raise FormatError(
            f"the report on the release is kept as json, not as {wanted}",
            fix="ask for format=json, or run 'vomkg validate'",
        )
    found = verdict_of(kg.release)
    facts = {"checked": False} if found is None else {"checked": True, **found}
    response = make_response(json.dumps(facts, ensure_ascii=False) + "\n")
    response.content_type = MEDIA_TYPES["json"]
    return response


def _wanted() -> str | None:
    """The format asked for; None for the page.

    Raises:
        FormatError: there is no such format.
    """
    name = request.args.get("format") or request.form.get("format")
    if name == "page" or (not name and page_wanted()):
        return None
    if name and name not in MEDIA_TYPES:
        raise FormatError(
            f"there is no report in the format {name[:40]!r}",
            fix=f"choose from {', '.join(FORMATS)}",
        )
    if name:
        return name
    best = request.accept_mimetypes.best_match([*_BY_TYPE], "application/json")
    return _BY_TYPE[best]


def _switch(name: str) -> bool:
    value = request.args.get(name) or request.form.get(name) or "no"
    if value not in {"yes", "no"}:
        raise UsageError(f"{name} is yes or no, found {value[:40]!r}")
    return value == "yes"
