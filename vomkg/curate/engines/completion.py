"""Results of the fast engine, completed by pySHACL where that one says more.

That is the wording of shapes without ``sh:message``, the details of ``sh:node``,
what SPARQL constraints say, and the names of blank nodes. pySHACL is run on the
shapes and nodes concerned alone, and must find there what the fast engine found.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from rdflib import OWL, RDF, RDFS, SH, BNode, Graph

from vomkg.curate.engines import pyshacl, shacl
from vomkg.curate.engines.proven import CORE
from vomkg.curate.engines.reading import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rdflib.term import Node

    from vomkg.curate.engines.judged import Judged

_TARGETS: Final = (
    SH.targetClass,
    SH.targetNode,
    SH.targetSubjectsOf,
    SH.targetObjectsOf,
)
_SHOWN: Final = re.compile(
    r"\bSELECT\s+(?:DISTINCT\s+)?(?:[$?](?:this|path|value)\s+)+(?:WHERE\b|\{)", re.I
)
_CLASSES: Final = (RDFS.Class, OWL.Class)
# A result of these has details, or words that are made when it is found.
_TOLD_OTHERWISE: Final = frozenset({SH.NodeConstraintComponent})


def completed(
    found: Graph,
    data: Judged,
    shapes: Graph,
    counts: Callable[[Node, Graph], bool],
) -> Graph | None:
    """The report with every result as pySHACL gives it, or None if they disagree.

    Args:
        found: the report of the fast engine.
        data: what was judged.
        shapes: the shapes.
        counts: whether a result of a report graph will be kept.
    """
    open_ = [
        node
        for node in found.objects(predicate=SH.result)
        if counts(node, found) and _is_open(node, found, shapes)
    ]
    if not open_:
        return found
    pairs = {
        (found.value(node, SH.sourceShape), found.value(node, SH.focusNode))
        for node in open_
    }
    part = _narrowed(pairs, data.graph, shapes)
    fast = shacl.report_of(data, part)
    rest = _without(found, fast)
    exact = pyshacl.report_of(data.graph, part)
    if rest is None or _keys(exact) != _keys(fast):
        return None
    if any(counts(node, found) and _is_open(node, found, shapes) for node in rest):
        return None
    return _joined(found, rest, exact)


def _is_open(node: Node, found: Graph, shapes: Graph) -> bool:
    """Whether pySHACL would tell the result in other words."""
    component = found.value(node, SH.sourceConstraintComponent)
    if any(shacl.is_renamed(found.value(node, p)) for p in (SH.focusNode, SH.value)):
        return True
    shape = found.value(node, SH.sourceShape)
    if component == SH.SPARQLConstraintComponent:
        return not _has_one_message(shape, shapes)
    if component in _TOLD_OTHERWISE or component not in CORE:
        return True
    return (shape, SH.message, None) not in shapes


def _has_one_message(shape: Node | None, shapes: Graph) -> bool:
    """Whether a shape with queries has one message, whatever the rows hold.

    Rows that differ in other columns than the results show are left to pySHACL.
    """
    told = list(shapes.objects(shape, SH.message))
    for query in shapes.objects(shape, SH.sparql):
        if (query, SH.message, None) in shapes:
            return False
        if not _SHOWN.search(str(shapes.value(query, SH.select))):
            return False
    return len(told) == 1 and "{" not in str(told[0])


def _keys(found: Graph) -> Counter[object]:
    nodes = found.objects(predicate=SH.result)
    return Counter(key_of(node, found, blank=False) for node in nodes)


def _without(found: Graph, part: Graph) -> list[Node] | None:
    """The results beyond those of the part; None if it has some of its own."""
    left = Counter(key_of(node, part) for node in part.objects(predicate=SH.result))
    rest = []
    for node in found.objects(predicate=SH.result):
        key = key_of(node, found)
        if left[key]:
            left[key] -= 1
        else:
            rest.append(node)
    return None if left.total() else rest


def _joined(found: Graph, rest: Iterable[Node], exact: Graph) -> Graph:
    """One report of both; blank nodes of different reports stay different."""
    graph = Graph(bind_namespaces="none")
    graph += exact
    reports = set(exact.subjects(RDF.type, SH.ValidationReport))
    for report in reports:
        for node in rest:
            graph.add((report, SH.result, node))
        graph.set((report, SH.conforms, _false(exact, found)))
    for node in rest:
        found.cbd(node, target_graph=graph)
    return graph


def _false(*reports: Graph) -> Node:
    return next(
        value
        for report in reports
        for value in report.objects(predicate=SH.conforms)
        if not value.toPython()  # type: ignore[attr-defined]  # a literal
    )


def _narrowed(
    pairs: Iterable[tuple[Node | None, Node | None]], data: Graph, shapes: Graph
) -> Graph:
    """The shapes with no targets but those that lead to these shapes and nodes."""
    keep: set[Node] = set()
    chosen: defaultdict[Node, set[Node]] = defaultdict(set)
    for shape, focus in pairs:
        if shape is None or focus is None:
            continue
        for top, is_direct in _tops(shape, shapes):
            if not is_direct or isinstance(focus, BNode):
                keep.add(top)
            elif is_target(focus, top, data, shapes):
                chosen[top].add(focus)
    part = Graph(bind_namespaces="none")
    for s, p, o in shapes:
        is_target_ = p in _TARGETS or (p == RDF.type and o in _CLASSES)
        if s in keep or not is_target_:
            part.add((s, p, o))
    for top, nodes in chosen.items():
        for node in nodes:
            part.add((top, SH.targetNode, node))
    return part


def _tops(shape: Node, shapes: Graph) -> list[tuple[Node, bool]]:
    """The shapes with targets that report results of this one.

    Beside each: whether its focus nodes are those of the results. Only
    ``sh:property`` passes results on (SHACL §4.7.2).
    """
    found, seen = [], {shape}
    level = [(shape, True)]
    while level:
        found += [item for item in level if _has_target(item[0], shapes)]
        above = [
            (owner, is_direct and (owner, SH.path, None) not in shapes)
            for part, is_direct in level
            for owner in shapes.subjects(SH.property, part)
            if owner not in seen
        ]
        seen |= {owner for owner, _ in above}
        level = above
    return found


def _has_target(shape: Node, shapes: Graph) -> bool:
    return any((shape, p, None) in shapes for p in _TARGETS) or any(
        (shape, RDF.type, kind) in shapes for kind in _CLASSES
    )


def is_target(focus: Node, shape: Node, data: Graph, shapes: Graph) -> bool:
    """Whether the shape's own targets reach the node (SHACL §2.1.3)."""
    if (shape, SH.targetNode, focus) in shapes:
        return True
    wanted = set(shapes.objects(shape, SH.targetClass))
    if any((shape, RDF.type, kind) in shapes for kind in _CLASSES):
        wanted.add(shape)
    for kind in data.objects(focus, RDF.type):
        if not wanted.isdisjoint(data.transitive_objects(kind, RDFS.subClassOf)):
            return True
    return any(
        (focus, p, None) in data for p in shapes.objects(shape, SH.targetSubjectsOf)
    ) or any(
        (None, p, focus) in data for p in shapes.objects(shape, SH.targetObjectsOf)
    )
