"""Documents as bytes, in any format that can carry a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph

from vomkg.errors import LimitError
from vomkg.graph.encode import encode
from vomkg.namespaces import XSD
from vomkg.web.things.documents import FOAF, VOID
from vomkg.web.things.jsonld import compacted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.formats import Format
    from vomkg.web.things.documents import Document
    from vomkg.web.things.jsonld import Definition

# Of terms that documents use about themselves; no query needs them.
_PREFIXES = {"foaf": FOAF, "void": VOID}


def written(
    document: Document,
    form: Format,
    prefixes: Mapping[str, str],
    context: tuple[Mapping[str, Definition], str],
    most: int,
) -> bytes:
    """The document in that format, the same bytes for the same document.

    Formats for datasets keep each triple in its graph; what the document says of
    itself stands in their default graph. The others have all as one graph.

    Args:
        document: what to write.
        form: a format that carries a graph.
        prefixes: short names.
        context: that of JSON-LD, and where a client can read it.
        most: bytes that an answer may have.

    Raises:
        FormatError: the format cannot hold one of the triples.
        LimitError: there are more bytes.
    """
    names = {**prefixes, **_PREFIXES}
    if form.kind == "dataset":
        body = _dataset(document, form, names)
    elif form.name == "jsonld":
        body = compacted(document.triples, *context)
    else:
        body = encode(document.triples, form, names)
    if len(body) > most:
        raise LimitError(
            f"the document has more than {most} bytes",
            fix="ask for what you need of it at /sparql",
        )
    return body


def _dataset(document: Document, form: Format, names: Mapping[str, str]) -> bytes:
    own = {pyoxigraph.Quad(*triple) for triple in document.about}
    quads = sorted(document.quads | own, key=_order)
    iris = {
        term.value
        for quad in quads
        for term in (
            *quad.triple,
            quad.graph_name,
            getattr(quad.object, "datatype", None),
        )
        if isinstance(term, pyoxigraph.NamedNode) and term.value != XSD + "string"
    }
    used = {
        name: start
        for name, start in names.items()
        if any(iri.startswith(start) for iri in iris)
    }
    rdf = pyoxigraph.RdfFormat.from_media_type(form.media_type)
    return pyoxigraph.serialize(quads, format=rdf, prefixes=used) or b""


def _order(quad: pyoxigraph.Quad) -> tuple[str, str]:
    return (str(quad.graph_name), str(quad.triple))
