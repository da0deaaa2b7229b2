"""The documentation of the ontology, made of the graph that is served.

Nothing on the page is written by hand: what the ontology states of a term stands
there, with its uses in the data and the shapes that constrain it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import Blueprint, render_template
from pyoxigraph import NamedNode

from vomkg.errors import UnknownNameError
from vomkg.graph.prefixes import shorten
from vomkg.namespaces import ONTOLOGY, THINGS, GraphName
from vomkg.web import signposts
from vomkg.web.expressions import Triples
from vomkg.web.hierarchy import tree
from vomkg.web.terms import HEADER, KINDS, anchor, borrowed, groups, terms
from vomkg.web.uses import rules, uses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.knowledge import KnowledgeGraph
    from vomkg.web.expressions import Phrase
    from vomkg.web.hierarchy import Branch
    from vomkg.web.terms import Borrowed, Term
    from vomkg.web.uses import Rule, Use

_DCTERMS: Final = "http://purl.org/dc/terms/"
_VANN: Final = "http://purl.org/vocab/vann/"
_OWL: Final = "http://www.w3.org/2002/07/owl#"
_LABEL: Final = "http://www.w3.org/2004/02/skos/core#prefLabel"
# The short form of an IRI that ends in a number, as those of OBO do.
_CODE: Final = re.compile(r"[:_][0-9]+$")
_GRAPH: Final = f"""
CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{GraphName.ontology}> {{ ?s ?p ?o }} }}
"""
# What the head of the ontology says, in the order of the page.
_HEAD: Final = (
    (_OWL + "versionInfo", "version"),
    (_OWL + "versionIRI", "version IRI"),
    (_OWL + "priorVersion", "version before"),
    (_VANN + "preferredNamespacePrefix", "prefix"),
    (_VANN + "preferredNamespaceUri", "namespace"),
    (_DCTERMS + "creator", "creator"),
    (_DCTERMS + "created", "created"),
    (_DCTERMS + "modified", "modified"),
    (_DCTERMS + "license", "licence"),
)


@dataclass(frozen=True, slots=True)
class Documentation:
    """All that the page shows.

    Attributes:
        title: of the ontology.
        texts: its description and abstract.
        head: what else its head says: name, text, and IRI if it is one.
        kinds: the terms of each kind, by the name of the kind.
        tree: the classes as a tree.
        disjoint: groups of classes of which nothing belongs to two.
        distinct: groups of individuals of which no two are the same.
        borrowed: terms of others.
        uses: where a term is used, by its IRI.
        rules: shapes that constrain a term, by its IRI.
    """

    title: str
    texts: tuple[str, ...]
    head: tuple[tuple[str, str, str | None], ...]
    kinds: Mapping[str, list[Term]]
    tree: tuple[Branch, ...]
    disjoint: list[tuple[Phrase, ...]]
    distinct: list[tuple[Phrase, ...]]
    borrowed: list[Borrowed]
    uses: Mapping[str, tuple[Use, ...]]
    rules: Mapping[str, tuple[Rule, ...]]


def blueprint(kg: KnowledgeGraph) -> Blueprint:
    """The page over one graph."""
    pages = Blueprint("ontology", __name__)

    @pages.get("/ontology")
    def page() -> str:
        return ontology_page(kg)

    return pages


def ontology_page(kg: KnowledgeGraph) -> str:
    """The documentation of the ontology as HTML.

    Raises:
        UnknownNameError: the graph has no ontology.
        LimitError: the ontology has more triples than an answer may have rows.
    """
    found = documentation(kg)
    here = {term.iri for listed in found.kinds.values() for term in listed}
    signposts.add(f"{_OWL}Ontology", "type")
    forms = signposts.add_syntaxes("ontology")
    return render_template(
        "ontology.html",
        documentation=found,
        anchors={iri: anchor(iri) for iri in here},
        namespace=ONTOLOGY,
        forms=forms,
    )


def documentation(kg: KnowledgeGraph) -> Documentation:
    """What there is to say of the ontology.

    Raises:
        UnknownNameError: the graph has no ontology.
        LimitError: the ontology has more triples than an answer may have rows.
    """
    triples = Triples(kg.query(_GRAPH).triples)

    def name(iri: str) -> str:
        return shorten(iri, kg.prefixes).removeprefix("vom:")

    def in_words(iri: str) -> str:
        short = name(iri)
        label = triples.text(NamedNode(iri), _LABEL) if _CODE.search(short) else ""
        return f"{label} ({short})" if label else short

    found = terms(triples, in_words)
    if not found:
        raise UnknownNameError(
            "this server holds no ontology",
            fix="serve the shipped graph, or a release",
        )
    head = NamedNode(HEADER)
    texts = [triples.text(head, _DCTERMS + key) for key in ("description", "abstract")]
    return Documentation(
        title=triples.text(head, _DCTERMS + "title") or "Ontology",
        texts=tuple(text for text in texts if text),
        head=tuple(
            (heading, _said(kg, value), value.value if _is_iri(value) else None)
            for predicate, heading in _HEAD
            for value in triples.values(head, predicate)
        ),
        kinds={
            title: listed
            for kind, title in KINDS.items()
            if (listed := [term for term in found if term.kind == kind])
        },
        tree=tree(triples, found),
        disjoint=groups(triples, "AllDisjointClasses", name),
        distinct=groups(triples, "AllDifferent", name),
        borrowed=borrowed(triples, name),
        uses=uses(kg),
        rules=rules(kg),
    )


def _said(kg: KnowledgeGraph, value: object) -> str:
    text = str(getattr(value, "value", value))
    return kg.label(text) if text.startswith(THINGS) else text


def _is_iri(value: object) -> bool:
    return isinstance(value, NamedNode)
