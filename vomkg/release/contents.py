"""What goes into a release: the sources, checked, and what follows from them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pyoxigraph

from vomkg.curate.validate import validate
from vomkg.describe.dataset import void
from vomkg.errors import ConformanceError
from vomkg.graph.prefixes import load_prefixes, shorten
from vomkg.graph.read import read
from vomkg.graph.terms import triples_of
from vomkg.namespaces import BASE, ONTOLOGY, OWL, RDF, RDFS, SH, GraphName
from vomkg.questions.catalogue import Catalogue
from vomkg.reason import infer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    import rdflib

    from vomkg.config import Settings
    from vomkg.curate.result import Report
    from vomkg.questions.catalogue import Question

    Progress = Callable[[str], None]


def lines(
    settings: Settings, say: Progress, judged: Callable[[Report], None]
) -> list[str]:
    """Every quad as a line of N-Quads, sorted, each line once.

    Args:
        settings: where the sources are.
        say: is told in a few words what takes a moment.
        judged: is given the report on the data, which has no violation.

    Raises:
        InputError: a source cannot be read.
        ConformanceError: the data breaks a shape or contradicts the ontology.
    """
    say("reading the graph")
    prefixes = load_prefixes(settings.root)
    catalogue = Catalogue.load(settings.question_files(), prefixes)
    data = read(settings.data_files())
    ontology = read(settings.ontology_files())
    shapes = read(settings.shapes_files())
    say("checking it against its shapes")
    # What is published has the verdict of record.
    report = validate(data, shapes, ontology, engine="pyshacl")
    broken = report.at_least("violation")
    if broken:
        first = broken[0]
        places = "1 place" if len(broken) == 1 else f"{len(broken)} places"
        raise ConformanceError(
            f"the data breaks its shapes in {places}, first at "
            f"{shorten(first.focus, prefixes)}: {first.message}",
            fix="run 'vomkg validate' to see all",
        )
    judged(report)
    say("inferring what follows")
    graphs = {
        GraphName.data: data,
        GraphName.ontology: ontology,
        GraphName.shapes: shapes,
        GraphName.inferred: infer(data + ontology),
    }
    quads = [quad for name, graph in graphs.items() for quad in _quads(graph, name)]
    quads += _question_quads(catalogue)
    say("describing the whole")
    context = pyoxigraph.NamedNode(GraphName.void)
    quads += [
        pyoxigraph.Quad(triple.subject, triple.predicate, triple.object, context)
        for triple in void(quads, prefixes)
    ]
    return _canonical(quads)


def _quads(graph: rdflib.Graph, name: str) -> Iterable[pyoxigraph.Quad]:
    context = pyoxigraph.NamedNode(name)
    for triple in triples_of(graph):
        yield pyoxigraph.Quad(triple.subject, triple.predicate, triple.object, context)


def _question_quads(questions: Iterable[Question]) -> Iterable[pyoxigraph.Quad]:
    """The questions as SHACL's executables, which SPARQL editors read."""
    node = pyoxigraph.NamedNode
    context = node(GraphName.questions)
    ontology = node(ONTOLOGY.removesuffix("#"))
    for item in questions:
        subject = node(f"{BASE}question/{item.id}")
        for predicate, value in (
            (RDF + "type", node(SH + "SPARQLExecutable")),
            (RDF + "type", node(SH + "SPARQLSelectExecutable")),
            (RDFS + "label", pyoxigraph.Literal(item.summary, language="en")),
            (RDFS + "comment", pyoxigraph.Literal(item.question, language="en")),
            (SH + "prefixes", ontology),
            (SH + "select", pyoxigraph.Literal(item.sparql)),
            # So that a changed default or meaning gives another release too.
            (OWL + "versionInfo", pyoxigraph.Literal(f"sha256:{_hash(item.path)}")),
        ):
            yield pyoxigraph.Quad(subject, node(predicate), value, context)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _canonical(quads: Iterable[pyoxigraph.Quad]) -> list[str]:
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(f"{quad} .\n" for quad in dataset)


def counts(found: Iterable[str]) -> dict[str, int]:
    """The number of lines by name of graph, 0 for an empty one."""
    names = {
        f" <{iri}> .\n": name
        for name, iri in vars(GraphName).items()
        if not name.startswith("_")
    }
    totals = dict.fromkeys(names.values(), 0)
    for line in found:
        totals[names[line[line.rindex(" <") :]]] += 1
    return totals
