"""Every kind of page that the front end shows; a new kind is one more line here."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote

_FAULTY = """@prefix id: <https://w3id.org/vomkg/id/> .
@prefix vom: <https://w3id.org/vomkg/ontology#> .
id:est-new a vom:EffectEstimate .
"""
_GOOD = """@prefix id: <https://w3id.org/vomkg/id/> .
@prefix vom: <https://w3id.org/vomkg/ontology#> .
id:review-one a vom:SystematicReview .
"""


@dataclass(frozen=True)
class Kind:
    """One kind of page.

    Attributes:
        name: what a test is called by.
        path: its address, from the root.
        status: what it is answered with.
        fields: what is filled in and sent there, to come to the page.
    """

    name: str
    path: str
    status: int = 200
    fields: dict[str, str] = field(default_factory=dict)


def _query(text):
    return f"/sparql?query={quote(text)}"


KINDS = (
    Kind("overview", "/"),
    Kind("briefing", "/briefing"),
    Kind("questions", "/questions"),
    Kind("question-points", "/questions/effect-by-follow-up"),
    Kind("question-matrix", "/questions/emmie-matrix"),
    Kind("question-dots", "/questions/effect-by-study-quality"),
    Kind("question-steps", "/questions/implementation-steps"),
    Kind("question-table", "/questions/moderators-that-reduce-effect"),
    Kind("question-parameter", "/questions/effect-at-follow-up"),
    Kind(
        "question-filled-in", "/questions/trail-of-a-number?number=id:est-r2-30-months"
    ),
    Kind("question-error", "/questions/effect-at-follow-up?follow_up=never", 400),
    Kind("ask", "/ask"),
    Kind("ask-answered", "/ask?q=does+it+still+work+after+two+years%3F"),
    Kind("ask-suggestions", "/ask?q=violent"),
    Kind("ask-not-reported", "/ask?q=costs+of+mediation"),
    Kind("ask-refused", "/ask?q=bitcoin+price"),
    Kind("numbers", "/numbers"),
    Kind("number", "/numbers/est-r2-30-months"),
    Kind("number-unknown", "/numbers/est-r2-31-months", 404),
    Kind("question-unknown", "/questions/effect-by-folow-up", 404),
    Kind("browse", "/browse"),
    Kind("browse-class", "/browse/Claim"),
    Kind("browse-unknown", "/browse/Clam", 404),
    Kind("search", "/search"),
    Kind("search-hits", "/search?q=apology"),
    Kind("search-misspelt", "/search?q=apollogee"),
    Kind("sparql", "/sparql"),
    Kind("sparql-rows", _query("SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 40")),
    Kind("sparql-graph", _query("DESCRIBE id:est-r1-overall")),
    Kind("sparql-error", _query("SELECT ?s { ?s ?p"), 400),
    Kind("claim", "/id/est-r1-overall"),
    Kind("review", "/id/review-one"),
    Kind("concept", "/id/age-adult"),
    Kind("absence", "/id/abs-cost-benefit"),
    Kind("place-in-source", "/id/loc-economic-00"),
    Kind("source", "/id/source-narrative"),
    Kind("ontology", "/ontology"),
    Kind("shapes", "/shapes"),
    Kind("check", "/check"),
    Kind("check-faults", "/check", fields={"turtle": _FAULTY}),
    Kind("check-unreadable", "/check", 400, fields={"turtle": "id:a id:b"}),
    Kind("check-conforms", "/check", fields={"turtle": _GOOD}),
    Kind("data", "/data"),
    Kind("changes", "/changes"),
    Kind("about", "/about"),
    Kind("not-found", "/nowhere", 404),
    Kind("bad-request", "/ask?q=" + "a" * 2000, 400),
)
NAMES = [kind.name for kind in KINDS]


def shown(page, kind):
    """Bring a page of that kind into the browser; gives the response it came by."""
    response = page.goto(kind.path)
    if kind.fields:
        for name, text in kind.fields.items():
            page.locator(f"main [name={name}]").fill(text)
        last = page.locator(f"main form:has([name={next(iter(kind.fields))}])")
        with page.expect_navigation() as following:
            last.locator("button[type=submit]").last.click()
        response = following.value
    assert response.status == kind.status, (kind.name, response.status)
    return response
