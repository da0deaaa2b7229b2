"""The compiled engine of PyPI's ``shacl``, an optional fast path."""

from __future__ import annotations

from collections import defaultdict
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph
from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

from vomkg.curate.engines.lines import lines_of
from vomkg.curate.engines.reading import key_of
from vomkg.errors import MissingToolError, ShapesError
from vomkg.graph.terms import to_rdflib

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from vomkg.curate.engines.judged import Judged

_SHAPE: Final = "urn:vomkg:shape:"
_DATA: Final = "0_"  # what the engine puts before the labels of the data's nodes
_REFERENCES: Final = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_LISTS: Final = (SH["and"], SH["or"], SH.xone)


def is_installed() -> bool:
    """Whether the engine can be used here."""
    return find_spec("shacl") is not None


def need() -> None:
    """Nothing, if the engine can be used.

    Raises:
        MissingToolError: it is not installed.
    """
    if not is_installed():
        raise MissingToolError(
            "the SHACL engine 'shacl' is not installed",
            fix="run pip install 'vomkg[fast]', or take --engine pyshacl",
        )


def report_of(data: Judged, shapes: Graph) -> Graph:
    """The report graph of the engine (SHACL §3.6).

    Shapes without IRI keep their blank nodes. Of rows of a query that say the same,
    one is kept, as pySHACL does. Blank nodes of the data get labels of
    the engine's own, see :func:`is_renamed`.

    Args:
        data: what is judged.
        shapes: the shapes.

    Raises:
        MissingToolError: the engine is not installed.
        ShapesError: it cannot compile or run the shapes.
    """
    need()
    anonymous = enumerate(_anonymous(shapes))
    names: dict[Node, str] = {node: f"{_SHAPE}{i}" for i, node in anonymous}
    compiled = _compiled(lines_of(shapes, names))
    found = _run(compiled, data.text)
    if not len(found):
        return _empty()
    back = {name: node for node, name in names.items()}
    return _without_repeats(_graph(found.serialize("ntriples"), back, data))


def is_renamed(node: Node | None) -> bool:
    """Whether it is a blank node of the data under a label of the engine's own."""
    return isinstance(node, BNode) and node.startswith(_DATA)


def _anonymous(shapes: Graph) -> list[BNode]:
    """The shapes that are blank nodes, in a settled order."""
    found = {o for p in _REFERENCES for o in shapes.objects(predicate=p)}
    for p in _LISTS:
        for head in shapes.objects(predicate=p):
            found |= set(Collection(shapes, head))
    for kind in (SH.NodeShape, SH.PropertyShape):
        found |= set(shapes.subjects(RDF.type, kind))
    for p in (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf):
        found |= set(shapes.subjects(p))
    # Only a class with an IRI is its own target (SHACL §2.1.3.3).
    classes = {s for kind in (RDFS.Class, OWL.Class) for s in shapes[: RDF.type : kind]}
    return sorted(node for node in found - classes if isinstance(node, BNode))


def _compiled(text: str) -> Any:  # noqa: ANN401  the library has no stable names
    import shacl

    try:
        return shacl.Shapes.from_text(text, format="ntriples")
    except (ValueError, RuntimeError, OSError) as fault:
        raise _unusable(fault) from fault


def _run(compiled: Any, text: str) -> Any:  # noqa: ANN401
    try:
        return compiled.validate_text(text, format="ntriples")
    except (ValueError, RuntimeError, OSError) as fault:
        raise _unusable(fault) from fault


def _unusable(fault: Exception) -> ShapesError:
    return ShapesError(f"the shapes cannot be run: {' '.join(str(fault).split())}")


def _empty() -> Graph:
    graph = Graph(bind_namespaces="none")
    report = BNode()
    graph.add((report, RDF.type, SH.ValidationReport))
    graph.add((report, SH.conforms, Literal(True)))
    return graph


def _graph(text: str, back: dict[str, Node], data: Judged) -> Graph:
    """The report in rdflib, with the terms as they stand in data and shapes."""
    tags = _Tags(data)
    fresh: defaultdict[str, BNode] = defaultdict(BNode)

    def node(term: Any) -> Node:  # noqa: ANN401
        if isinstance(term, pyoxigraph.BlankNode) and term.value.startswith("r"):
            return fresh[term.value]  # of the report, which another may be added to
        found = to_rdflib(term)
        return back.get(str(found), found) if isinstance(found, URIRef) else found

    graph = Graph(bind_namespaces="none")
    for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES):
        value = node(quad.object)
        if isinstance(value, Literal) and value.language and _is_value(quad):
            value = tags.as_written(value)
        graph.add((node(quad.subject), node(quad.predicate), value))
    graph.remove((None, SH.conforms, None))
    for report in graph.subjects(RDF.type, SH.ValidationReport):
        # The engine asks for violations alone, SHACL §3.6.1.1 for any result.
        graph.add((report, SH.conforms, Literal(False)))
    return graph


def _without_repeats(graph: Graph) -> Graph:
    """The report without results of queries that only repeat others."""
    known = set()
    queries = graph.subjects(SH.sourceConstraintComponent, SH.SPARQLConstraintComponent)
    for node in list(queries):
        told = sorted(str(text) for text in graph.objects(node, SH.resultMessage))
        key = (key_of(node, graph), *told)
        if key in known:
            graph.remove((node, None, None))
            graph.remove((None, SH.result, node))
        known.add(key)
    return graph


def _is_value(quad: pyoxigraph.Quad) -> bool:
    return quad.predicate.value in (str(SH.value), str(SH.focusNode))


class _Tags:
    """Language tags as they are written in the data: the engine lowers their case."""

    def __init__(self, data: Judged) -> None:
        self._data = data
        self._known: dict[tuple[str, str], Literal] | None = None

    def as_written(self, value: Literal) -> Literal:
        if self._known is None:
            self._known = {_folded(o): o for o in self._literals()}
        return self._known.get(_folded(value), value)

    def _literals(self) -> Iterator[Literal]:
        for quad in self._data.quads:
            term = quad.object
            if isinstance(term, pyoxigraph.Literal) and term.language:
                yield Literal(term.value, lang=term.language)


def _folded(value: Literal) -> tuple[str, str]:
    return str(value), (value.language or "").lower()
