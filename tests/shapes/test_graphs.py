"""Each constraint of each shape, on graphs that keep it and graphs that break it."""

from __future__ import annotations

import functools
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from rdflib import RDF, RDFS, SH, BNode, Graph, Namespace
from rdflib.collection import Collection

from tests.shapes.graphs import (
    COMPONENTS,
    FAILING,
    FOLDERS,
    HERE,
    conditions,
    expectations,
    parse,
    reachable,
    shape_nodes,
    written,
)
from vomkg.curate.validate import validate
from vomkg.graph.prefixes import shorten
from vomkg.namespaces import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib.term import Node

VOM = Namespace(ONTOLOGY)
TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


def test_every_file_of_shapes_has_a_folder(settings):
    """No concern is left without graphs that try its shapes."""
    assert [path.stem for path in settings.shapes_files()] == FOLDERS


@pytest.mark.parametrize("folder", FOLDERS)
def test_passing_graph_passes(folder, judged):
    """What is right is not reported, down to the least severe result."""
    assert Counter() == judged(folder).found["pass.ttl"]


@pytest.mark.parametrize(
    "path", FAILING, ids=[f"{path.parent.name}-{path.stem}" for path in FAILING]
)
def test_failing_graph_is_caught(path, judged):
    """Exactly the listed results are found: no more, no less, none elsewhere."""
    assert expectations(path), "a failing graph lists what must be found in it"
    verdict = judged(path.parent.name)
    assert verdict.expected[path.name] == verdict.found[path.name]


@pytest.mark.parametrize("folder", FOLDERS)
def test_graphs_of_a_folder_do_not_meet(folder):
    """A thing is described in one file, so each result has one file to belong to."""
    files = [HERE / "world.ttl", *(HERE / folder).glob("*.ttl")]
    named = Counter(
        node for path in files for node in set(parse(path).subjects(unique=True))
    )
    assert not [node for node, times in named.items() if times > 1]


def test_every_constraint_is_broken_by_a_graph(shapes, prefixes):
    """A constraint that no graph breaks could be dropped unnoticed."""
    broken = {
        tuple(line.split()[i] for i in (4, 2))
        for path in FAILING
        for line in expectations(path)
    }
    stated = {
        (shorten(str(shape), prefixes), COMPONENTS[p])
        for shape in shape_nodes(shapes) - conditions(shapes)
        for p in shapes.predicates(shape)
        if p in COMPONENTS
    }
    assert stated == broken


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_condition_decides_something(
    folder, shapes, terms, shapes_of, judged, prefixes
):
    """Of what shapes only ask about, no part can go without a verdict changing."""
    own, data = shapes_of(folder), Graph() + judged(folder).data
    asked = conditions(shapes)
    for p in (RDF.type, RDFS.subClassOf, VOM.metricFamily):
        data += terms.triples((None, p, None))
    parts = {
        root: reachable([root], shapes)
        for root in own
        if any((root, p, None) in shapes for p in TARGETS)
    }

    def verdict(judges: Graph) -> list[str]:
        # The few statements on terms that conditions rest on stand in the data: to
        # join all of them anew would take more time than the shapes do.
        results = validate(data, judges, Graph()).results
        return sorted(written(result, prefixes) for result in results)

    @functools.cache
    def users(roots: frozenset[Node]) -> tuple[Graph, Callable[[], list[str]]]:
        judges = functools.reduce(Graph.__iadd__, (parts[s] for s in roots), Graph())
        return judges, functools.cache(lambda: verdict(judges))

    idle = []
    for shape in sorted(own & shape_nodes(shapes)):
        found = (s for s, part in parts.items() if (shape, None, None) in part)
        judges, whole = users(frozenset(found))
        for what, cut in cuts(shape, judges, shape in asked):
            if verdict(cut) == whole():
                idle.append(f"{shorten(str(shape), prefixes)} without {what}")
    assert not idle


def cuts(shape: Node, graph: Graph, asked: bool) -> Iterator[tuple[str, Graph]]:
    """The graph with one part of a shape left out that no result names by itself.

    That is any part of a shape that others only ask about, and else one of several
    values of a constraint, or one of the shapes of a choice.
    """
    for p, o in sorted(graph.predicate_objects(shape)):
        several = p in COMPONENTS and len(list(graph.objects(shape, p))) > 1
        if several or (asked and (p in COMPONENTS or p == SH.property)):
            cut = Graph() + graph
            cut.remove((shape, p, o))
            yield f"{p} {o}", cut
        if p == SH["or"]:
            for member in graph.items(o):
                cut = Graph() + graph
                rest = [other for other in graph.items(o) if other != member]
                cut.set((shape, p, Collection(cut, BNode(), rest).uri))
                yield str(member), cut
