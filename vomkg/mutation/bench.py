"""Benches: data, ontology and shapes as text for the fast engine, and pySHACL's word."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, URIRef

from vomkg.errors import MissingToolError
from vomkg.graph.alignment import without_mappings
from vomkg.mutation.judge import Bench
from vomkg.mutation.mutant import line_of, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rdflib.term import Node

_LANGUAGE: Final = (str(OWL), str(RDFS), str(SKOS))
_IMPORTED_FROM: Final = "http://purl.obolibrary.org/obo/IAO_0000412"
_CHOSEN: Final = (SH.targetClass, SH.targetNode, SH.targetObjectsOf)


def needs_fast_engine() -> None:
    """Refuse to go on without the package ``shacl``.

    Raises:
        MissingToolError: it is not installed; pySHACL would take hours.
    """
    if find_spec("shacl") is None:
        raise MissingToolError(
            "mutants are judged by the SHACL engine of the package shacl, which is "
            "not installed",
            fix="pip install 'vomkg[fast]'",
        )


def bench(data: Graph, ontology: Graph, shapes: Graph) -> Bench:
    """The bench on which mutants of the data, or of the shapes, are judged."""
    background = without_mappings(ontology)
    return Bench(
        shapes=text_of(shapes),
        background=text_of(background),
        data=tuple(map(line_of, listed(data))),
        terms=frozenset(map(str, set(ontology.subjects()) - set(data.subjects()))),
        asking=frozenset(asking(shapes)),
    )


def text_of(graph: Graph) -> str:
    """The graph as N-Triples, its literals as they were read."""
    return "\n".join(sorted(map(line_of, graph)))


def asking(shapes: Graph) -> set[str]:
    """The shapes that ask for terms of the ontology, with all parts of them.

    These are all with a target but such as take every subject of a property of
    ours: see ``vomkg.curate.validate``.
    """
    found: set[Node] = set()
    ahead: list[Node] = [s for s in set(shapes.subjects()) if _asks(s, shapes)]
    while ahead:
        node = ahead.pop()
        if node not in found:
            found.add(node)
            ahead += [
                o
                for o in shapes.objects(node)
                if isinstance(o, (URIRef, BNode)) and (o, None, None) in shapes
            ]
    return {str(node) for node in found}


def _asks(shape: Node, shapes: Graph) -> bool:
    if any((shape, p, None) in shapes for p in _CHOSEN):
        return True
    if any((shape, RDF.type, kind) in shapes for kind in (RDFS.Class, OWL.Class)):
        return True
    return any(
        str(p).startswith((*_LANGUAGE, _IMPORTED_FROM))
        for p in shapes.objects(shape, SH.targetSubjectsOf)
    )


def parsed(lines: Iterable[str]) -> Sequence[tuple[Node, Node, Node]]:
    """The triples of lines of N-Triples, with literals as they are written."""
    import rdflib

    graph, normalise = Graph(bind_namespaces="none"), rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        graph.parse(data="\n".join(lines) + "\n", format="nt")
    finally:
        rdflib.NORMALIZE_LITERALS = normalise
    return list(graph)
