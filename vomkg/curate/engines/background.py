"""The ontology as background of validation, and which results concern the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef

from vomkg.curate.lint import around

if TYPE_CHECKING:
    from collections.abc import Collection

    from rdflib.term import Node

_LANGUAGE = (str(OWL), str(RDFS), str(SKOS))
# "imported from": said of a borrowed term, and of nothing else.
_IMPORTED_FROM = "http://purl.obolibrary.org/obo/IAO_0000412"
_CHOSEN = (SH.targetClass, SH.targetNode, SH.targetObjectsOf)


def with_prefixes(shapes: Graph, ontology: Graph) -> Graph:
    """The shapes with the prefixes that the ontology declares for SPARQL."""
    complete = Graph(bind_namespaces="none")
    complete += shapes
    for owner, declaration in ontology.subject_objects(SH.declare):
        complete.add((owner, SH.declare, declaration))
        for p in (SH.prefix, SH.namespace):
            for value in ontology.objects(declaration, p):
                complete.add((declaration, p, value))
    return complete


def is_judged(
    node: Node, found: Graph, background: Collection[Node], shapes: Graph
) -> bool:
    """Whether a result is about the data, or about a term that its shape asks for.

    Args:
        node: the result in the report graph.
        found: the report graph.
        background: the nodes that only the ontology describes.
        shapes: the shapes.
    """
    focus = found.value(node, SH.focusNode)
    if focus not in background:
        return True
    # Anonymous classes of the ontology are parts of axioms, not terms.
    named_term = isinstance(focus, URIRef)
    return named_term and _asks_for(found.value(node, SH.sourceShape), shapes)


def _asks_for(shape: Node | None, shapes: Graph) -> bool:
    """Whether a shape, or one that it is part of, asks for certain terms.

    That is every target but ``sh:targetSubjectsOf``, and of those the ones that
    only a term can be the subject of, such as ``rdfs:domain``.
    """
    if shape is None:
        return False
    for part in set().union(*around(shape, shapes)):
        if any((part, p, None) in shapes for p in _CHOSEN):
            return True
        if any((part, RDF.type, kind) in shapes for kind in (RDFS.Class, OWL.Class)):
            return True
        for p in shapes.objects(part, SH.targetSubjectsOf):
            if str(p).startswith((*_LANGUAGE, _IMPORTED_FROM)):
                return True
    return False
