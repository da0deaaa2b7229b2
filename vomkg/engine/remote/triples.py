"""Triples as a store sends them, in whichever syntax it has."""

from __future__ import annotations

from typing import Final

import pyoxigraph

from vomkg.engine.remote.rows import malformed, restored

ACCEPT: Final = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
SYNTAXES: Final = {
    "application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES,
    # What N-Triples were called before they had a name.
    "text/plain": pyoxigraph.RdfFormat.N_TRIPLES,
    "text/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/x-turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/rdf+xml": pyoxigraph.RdfFormat.RDF_XML,
}


def read_triples(body: bytes, media: str) -> list[pyoxigraph.Triple]:
    """The triples of an answer, each once, in the order in which they came.

    Args:
        body: the whole answer.
        media: its media type, one of :data:`SYNTAXES`.

    Raises:
        UpstreamError: it is not of that syntax.
    """
    try:
        quads = pyoxigraph.parse(body, format=SYNTAXES[media])
        return list(dict.fromkeys(_restored(quad.triple) for quad in quads))
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f" at line {line}" if line else ""
        raise malformed(f"it is not {media}{where}") from error


def _restored(triple: pyoxigraph.Triple) -> pyoxigraph.Triple:
    value = triple.object
    if isinstance(value, pyoxigraph.Literal):
        return pyoxigraph.Triple(triple.subject, triple.predicate, restored(value))
    return triple
