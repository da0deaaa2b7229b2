"""The addresses of the IRIs that we mint: which document answers, in which form."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final

from flask import Blueprint, jsonify, make_response, redirect, request, url_for
from pyoxigraph import NamedNode
from werkzeug.exceptions import NotFound

from vomkg.errors import UnknownNameError
from vomkg.formats import by_extension, by_name
from vomkg.namespaces import BASE, GRAPHS, OWL, SH, GraphName
from vomkg.web.negotiation import chosen_format, page_wanted
from vomkg.web.things.addresses import (
    PAGE,
    QUESTIONS,
    SUFFIXES,
    VOCABULARIES,
    split,
    thing_of,
)
from vomkg.web.things.desk import Desk
from vomkg.web.things.documents import whole

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from vomkg.formats import Format
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.web.things.documents import Document

_WHOLE: Final = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <GRAPH> { ?s ?p ?o } }"
_PREFIXES: Final = f"""
CONSTRUCT {{ ?s ?p ?o . ?of <{SH}declare> ?s }}
WHERE {{
  GRAPH <GRAPH> {{
    ?s a <{SH}PrefixDeclaration> ; ?p ?o .
    OPTIONAL {{ ?of <{SH}declare> ?s }}
  }}
}}
"""
_QUESTION: Final = (
    "CONSTRUCT { QUESTION ?p ?o } WHERE { GRAPH <GRAPH> { QUESTION ?p ?o } }"
)
_VERSION: Final = f"ASK {{ <{BASE}ontology> <{OWL}versionIRI> VERSION }}"
# Graph and query of each document whose terms are named by a fragment, its title,
# and what it is good for.
_DOCUMENTS: Final = {
    "ontology": (
        GraphName.ontology,
        _WHOLE,
        "Ontology",
        "The terms that the data are written in.",
    ),
    "ontology/prefixes": (
        GraphName.ontology,
        _PREFIXES,
        "Prefixes",
        "Short forms of IRIs that every query here may use without declaring them.",
    ),
    "shapes": (
        GraphName.shapes,
        _WHOLE,
        "Shapes",
        "The rules, in SHACL, that the data are checked by before a release is built.",
    ),
}
# Those of them that people read as a page: the module and the function of it.
_PAGES: Final = {
    "ontology": ("vomkg.web.ontology_page", "ontology_page"),
    "shapes": ("vomkg.web.shapes_page", "shapes_page"),
}


def blueprint(kg: KnowledgeGraph) -> Blueprint:
    """The documents of one graph."""
    things = Blueprint("things", __name__)
    desk = Desk(kg)
    _add_things(things, desk)
    _add_vocabularies(things, desk)
    _add_others(things, desk)
    return things


def _add_things(things: Blueprint, desk: Desk) -> None:
    @things.get("/id/<path:name>")
    def thing(name: str) -> AnyResponse:
        iri = thing_of(name)
        found = desk.moved(iri, "")
        if found is None:
            # The document is not the thing, so the address is another (303).
            found = redirect(url_for("things.document", name=name), 303)
            found.vary.add("Accept")
        return found

    @things.get("/doc/<path:name>")
    def document(name: str) -> AnyResponse:
        name, suffix = split(name)
        iri = thing_of(name)
        moved = desk.moved(iri, suffix)
        if moved is not None:
            return moved
        form = _wanted(suffix)
        graphs = request.args.getlist("graph")
        quads = desk.quads(iri, graphs)

        def address(end: str) -> str:
            return url_for("things.document", name=f"{name}.{end}", graph=graphs)

        if form is None:
            return desk.page(iri, name, quads, address)
        return desk.sent(desk.about(iri, quads), form, address)


def _add_vocabularies(things: Blueprint, desk: Desk) -> None:
    def vocabulary(name: str, suffix: str = "") -> Response:
        return _vocabulary(desk, name, suffix)

    for name in VOCABULARIES:
        for rule in (f"/{name}", f"/{name}.<suffix>"):
            things.add_url_rule(rule, view_func=vocabulary, defaults={"name": name})

    @things.get("/ontology/<version>")
    def version(version: str) -> AnyResponse:
        node = _node(f"{BASE}ontology/{version}")
        if not desk.kg.query(_VERSION.replace("VERSION", str(node))):
            raise NotFound
        return redirect(url_for("things.vocabulary", name="ontology"), 303)


def _vocabulary(desk: Desk, name: str, suffix: str) -> Response:
    """The document of the terms whose IRIs begin with that of a vocabulary.

    Raises:
        NotFound: the suffix is of no format.
        UnknownNameError: the graph has no such vocabulary.
    """

    def address(end: str) -> str:
        return url_for("things.vocabulary", name=name, suffix=end)

    if suffix and suffix not in SUFFIXES:
        raise NotFound
    form = _wanted(suffix)
    if form is None and name in _PAGES:
        page = _made(desk.kg, *_PAGES[name])
        return desk.linked(make_response(page), BASE + name, address, PAGE)
    graph, query, title, lead = _DOCUMENTS[name]
    found = _document(desk, BASE + name, graph, query)
    if form is None:
        return desk.text(found, (title, lead), address)
    return desk.sent(found, form, address)


def _add_others(things: Blueprint, desk: Desk) -> None:
    @things.get("/graph/<name>")
    def graph(name: str) -> AnyResponse:
        return redirect(url_for("store.graph", graph=f"{GRAPHS}{name}"), 303)

    @things.get("/question/<name>")
    def question(name: str) -> AnyResponse:
        name, suffix = split(name)
        form = _wanted(suffix)
        if form is None:
            asked = desk.kg.questions[name]
            found = redirect(url_for("pages.question", name=asked.id), 303)
            found.vary.add("Accept")
            return found
        iri = QUESTIONS + name
        query = _QUESTION.replace("QUESTION", str(_node(iri)))

        def address(end: str) -> str:
            if end == PAGE:
                return url_for("pages.question", name=name)
            return url_for("things.question", name=f"{name}.{end}")

        return desk.sent(
            _document(desk, iri, GraphName.questions, query), form, address
        )

    @things.get("/context.jsonld")
    def context() -> Response:
        response = jsonify({"@context": desk.context})
        response.content_type = by_name("jsonld").content_type
        return response


def _wanted(suffix: str) -> Format | None:
    """The format asked for by suffix, ``?format=`` or Accept; None for a page.

    Raises:
        FormatError: there is none that fits.
    """
    if suffix:
        return None if suffix == PAGE else by_extension(suffix)
    name = request.args.get("format")
    if name:
        return None if name == PAGE else chosen_format(name, "graph")
    return None if page_wanted() else chosen_format(None, "graph")


def _document(desk: Desk, iri: str, graph: str, query: str) -> Document:
    """A document that is what it is about.

    Raises:
        UnknownNameError: the graph has none.
    """
    triples = desk.kg.query(query.replace("<GRAPH>", f"<{graph}>")).triples
    if not triples:
        raise UnknownNameError(
            f"the graph has no document {iri}", fix="ask at /sparql for what it has"
        )
    return whole(iri, graph, triples, desk.register.licence)


def _made(kg: KnowledgeGraph, module: str, function: str) -> str:
    """A page whose module is imported when it is first asked for."""
    page: str = getattr(importlib.import_module(module), function)(kg)
    return page


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as fault:
        raise NotFound from fault
