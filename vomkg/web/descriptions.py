"""The descriptions of the dataset at their addresses: VoID and DCAT."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, make_response, request

from vomkg.errors import UnknownNameError
from vomkg.graph.encode import encode
from vomkg.namespaces import (
    DCAT,
    DCTERMS,
    FOAF,
    RDFS,
    SPDX,
    VOID,
    VOID_EXT,
)
from vomkg.web.catalogue import dcat_catalogue, described, here
from vomkg.web.links import root
from vomkg.web.negotiation import chosen_format

if TYPE_CHECKING:
    from flask import Response
    from pyoxigraph import Triple

    from vomkg.knowledge import KnowledgeGraph

PREFIXES: Final = {
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "rdfs": RDFS,
    "spdx": SPDX,
    "void": VOID,
    "void-ext": VOID_EXT,
}


def blueprint(kg: KnowledgeGraph) -> Blueprint:
    """The descriptions of one graph."""
    pages = Blueprint("descriptions", __name__)

    @pages.get("/.well-known/void")
    @pages.get("/void")
    def void() -> Response:
        found = described(kg)
        if found:
            found += here(kg, found, root())
        return _sent(found)

    @pages.get("/dcat")
    def catalogue() -> Response:
        return _sent(dcat_catalogue(kg, root()))

    return pages


def _sent(triples: list[Triple]) -> Response:
    """The triples in the format that is asked for.

    Raises:
        UnknownNameError: there are none.
        FormatError: no format fits.
    """
    if not triples:
        raise UnknownNameError(
            "what is served here has no description of its own",
            fix="ask the endpoint for its service description, at /sparql",
        )
    form = chosen_format(request.args.get("format"), "graph")
    response = make_response(encode(triples, form, PREFIXES))
    response.content_type = form.content_type
    response.vary.add("Accept")
    return response
