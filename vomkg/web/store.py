"""The graphs whole, by the SPARQL 1.1 Graph Store HTTP Protocol, for reading only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, make_response, request
from pyoxigraph import NamedNode

from vomkg.errors import UnknownNameError, UsageError
from vomkg.web.negotiation import chosen_format

if TYPE_CHECKING:
    from flask import Response

    from vomkg.knowledge import KnowledgeGraph

_DEFAULT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_NAMED = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH %s { ?s ?p ?o } }"
_ANY = "ASK { GRAPH %s { ?s ?p ?o } }"
_HELD = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } } ORDER BY ?graph"


def blueprint(kg: KnowledgeGraph) -> Blueprint:
    """The graph store over one graph."""
    store = Blueprint("store", __name__)

    @store.get("/store")
    def graph() -> Response:
        form = chosen_format(request.args.get("format"), "graph")
        written = kg.written(_asked(kg), {"bindings": None, "graph": form.name})
        response = make_response(written.body)
        response.content_type = form.content_type
        response.vary.add("Accept")
        return response

    return store


def _asked(kg: KnowledgeGraph) -> str:
    """The query that gives the graph which the address names.

    Raises:
        UsageError: the address names no graph, or more than one (GSP §4.1, §4.2).
        UnknownNameError: we hold no such graph.
    """
    names = request.args.getlist("graph")
    if len(names) + ("default" in request.args) != 1:
        raise UsageError(
            "the address must name one graph",
            fix="add ?default, or ?graph= and the percent-encoded name of a graph",
        )
    if not names:
        return _DEFAULT
    graph = _node(names[0])
    if graph is None or not kg.query(_ANY % graph):
        held = ", ".join(str(row["graph"]) for row in kg.query(_HELD))
        raise UnknownNameError(
            f"there is no graph {names[0]!r}", fix=f"choose from {held}"
        )
    return _NAMED % graph


def _node(iri: str) -> NamedNode | None:
    """The name as an IRI; None for what is none, and so names nothing here."""
    try:
        return NamedNode(iri)
    except ValueError:
        return None
