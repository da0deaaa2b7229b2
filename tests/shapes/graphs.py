"""Graphs of the shape tests: how they are read, cut and written down.

A folder holds ``pass.ttl``, which its shapes accept, and one ``fail-….ttl`` for
each way to break them. All are read together with ``world.ttl`` and judged in
one run; a result belongs to the file that describes its focus node or value. The
head of a failing graph lists what must be found in it, one result a line::

    # expect: focus path component severity shape
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import rdflib
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef

from vomkg.graph.prefixes import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib.term import Node

    from vomkg.curate.result import Result

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent.name for path in HERE.glob("*/pass.ttl"))
FAILING = sorted(HERE.glob("*/fail-*.ttl"))
EXPECT = "# expect:"

# The parameters of constraints (SHACL, section 4), and what their results say.
PARAMETERS = """
minCount maxCount class datatype nodeKind pattern minLength maxLength languageIn
uniqueLang hasValue in minInclusive minExclusive maxInclusive maxExclusive lessThan
lessThanOrEquals equals disjoint closed node not or and xone qualifiedMinCount
qualifiedMaxCount
"""
COMPONENTS = {
    SH[name]: name[0].upper() + name[1:] for name in re.findall(r"\w+", PARAMETERS)
} | {SH.sparql: "SPARQL"}


@dataclass(frozen=True, slots=True)
class Folder:
    """What the failing graphs of a folder must show, and what they do show."""

    data: Graph
    expected: Mapping[str, Counter[str]]
    found: Mapping[str, Counter[str]]


def parse(*paths: Path) -> Graph:
    """The files as one graph, with their literals as written, good or bad."""
    graph, normalise = Graph(), rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        for path in paths:
            graph.parse(path)
    finally:
        rdflib.NORMALIZE_LITERALS = normalise
    return graph


def expectations(path: Path) -> Counter[str]:
    """The results that the head of a failing graph lists."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return Counter(
        line.removeprefix(EXPECT).strip() for line in lines if line.startswith(EXPECT)
    )


def written(result: Result, prefixes: Mapping[str, str]) -> str:
    """How a result is written in the head of a failing graph."""
    path = re.sub(
        r"<([^>]+)>", lambda iri: shorten(iri[1], prefixes), result.path or "-"
    )
    focus = "_:" if result.focus.startswith("_:") else shorten(result.focus, prefixes)
    return " ".join(
        (
            focus,
            shorten(path, prefixes),
            result.component.removesuffix("ConstraintComponent"),
            result.severity.capitalize(),
            shorten(result.shape, prefixes),
        )
    )


def concerned(result: Result) -> tuple[Node, Node]:
    """The focus node and the value of a result, as nodes of the graph."""
    value = URIRef(result.value or "")
    name = result.focus
    return (BNode(name[2:]) if name.startswith("_:") else URIRef(name)), value


def reachable(nodes: Iterable[Node], graph: Graph) -> Graph:
    """The statements of the nodes, and of all that these lead to."""
    part, ahead = Graph(), list(nodes)
    seen: set[Node] = set()
    while ahead:
        node = ahead.pop()
        if node not in seen and not isinstance(node, Literal):
            seen.add(node)
            for triple in graph.triples((node, None, None)):
                part.add(triple)
                ahead.append(triple[2])
    return part


def shape_nodes(shapes: Graph) -> set[Node]:
    """All node shapes and property shapes."""
    return {
        s
        for kind in (SH.NodeShape, SH.PropertyShape)
        for s in shapes[: RDF.type : kind]
    }


def conditions(shapes: Graph) -> set[Node]:
    """The shapes that others only ask about: they report nothing themselves."""
    asked: list[Node] = []
    for p in (SH.node, SH["not"], SH.qualifiedValueShape):
        asked.extend(shapes.objects(predicate=p))
    for p in (SH["or"], SH["and"], SH.xone):
        for members in shapes.objects(predicate=p):
            asked.extend(shapes.items(members))
    return set(reachable(asked, shapes).subjects()) & shape_nodes(shapes)


def focus_nodes(shape: Node, shapes: Graph, data: Graph) -> Iterator[Node]:
    """The nodes that a shape is about, by its targets or as part of another."""
    for kind in shapes.objects(shape, SH.targetClass):
        for below in data.transitive_subjects(RDFS.subClassOf, kind):
            yield from data.subjects(RDF.type, below)
    for p in shapes.objects(shape, SH.targetSubjectsOf):
        yield from data.subjects(p)
    for p in shapes.objects(shape, SH.targetObjectsOf):
        yield from data.objects(predicate=p)
    for whole in shapes.subjects(SH.property, shape):
        yield from focus_nodes(whole, shapes, data)
