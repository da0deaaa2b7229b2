"""The data set that the checklists ask, and the shortest ways to ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import pyoxigraph as og

from tests.w3c.answers import quads_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.w3c.served import Reply, Served

NAME: Final = "boats"
ENDPOINT: Final = f"/{NAME}/sparql"
STORE: Final = f"/{NAME}/store"
B: Final = "http://boats.example/"
HARBOUR: Final = B + "harbour"
RIVER: Final = B + "river"
PREFIX: Final = f"PREFIX : <{B}> "
SELECT: Final = PREFIX + "SELECT ?b ?n { ?b :crew ?n } ORDER BY ?b"
ASK: Final = PREFIX + "ASK { :ada :crew 7 }"
CONSTRUCT: Final = PREFIX + "CONSTRUCT { ?b :of ?n } WHERE { ?b :crew ?n }"
JSON: Final = "application/sparql-results+json"
XML: Final = "application/sparql-results+xml"
CSV: Final = "text/csv; charset=utf-8"
TSV: Final = "text/tab-separated-values; charset=utf-8"
TURTLE: Final = "text/turtle; charset=utf-8"
FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
BROWSER: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def mounted(served: Served, own: Path) -> Served:
    """The server with the boats, two of their files as named graphs."""
    if NAME not in served:
        quads = quads_of(own / "boats.ttl", B)
        for name in ("harbour", "river"):
            graph = og.NamedNode(B + name)
            quads += [
                og.Quad(quad.subject, quad.predicate, quad.object, graph)
                for quad in quads_of(own / f"{name}.ttl", B)
            ]
        served.mount(NAME, quads)
    return served


def get(served: Served, query: str, accept: str | None = None, **more: str) -> Reply:
    """The reply to a query by GET; without ``accept`` there is no such header."""
    headers = {} if accept is None else {"Accept": accept}
    target = f"{ENDPOINT}?{urlencode({'query': query, **more})}"
    return served.send("GET", target, headers=headers)
