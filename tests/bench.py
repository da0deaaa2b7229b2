"""A curator's whole report on one text of data/vom.ttl, put together for tests.

It is the pipeline of the workbench; the rule on labels is asked besides, since the
pipeline asks no rule where a literal has no value.
"""

from __future__ import annotations

import tempfile
from contextlib import chdir, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from rdflib import XSD, Graph, Literal, URIRef

from vomkg.config import graph_root, load_settings
from vomkg.curate.mends import mended
from vomkg.curate.mends.spots import Spot, spots
from vomkg.curate.names import Names
from vomkg.curate.place import Place
from vomkg.curate.result import Report, Result, text_of
from vomkg.curate.validate import validate
from vomkg.graph.lexical import literal_fault
from vomkg.graph.prefixes import load_prefixes, shorten
from vomkg.graph.read import read
from vomkg.graph.terms import to_rdflib
from vomkg.workbench.examine import examine
from vomkg.workbench.reading import Reading
from vomkg.workbench.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator


FILE = "data/vom.ttl"
ROOT = graph_root()


@cache
def ontology() -> Graph:
    """The shipped ontology; never change it."""
    return read(sorted((ROOT / "ontology").glob("*.ttl")))


@cache
def shapes() -> Graph:
    """The shipped shapes; never change them."""
    return read(sorted((ROOT / "shapes").glob("*.ttl")))


def graph_of(text: str) -> Graph:
    """The text as a graph, whatever its literals hold; labels of blank nodes stay."""
    graph = Graph(bind_namespaces="none")
    for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE):
        s, p, o = (to_rdflib(term) for term in quad.triple)
        graph.add((s, p, o))
    return graph


def unreadable(text: str) -> Report:
    """What is said of a text that cannot be read, with mends.

    Args:
        text: the text; what is no UTF-8 in it stands as lone surrogates.
    """
    return _examined(text)


def examined(text: str) -> Report:
    """What the pipeline and the rule on labels find, with places and mends."""
    graph = graph_of(text)
    report = _examined(text)
    prefixes = load_prefixes(ROOT)
    labels = mended(
        Report(tuple(_labels(graph, [*spots(FILE, text)])), (FILE,)),
        *(graph, shapes(), Names.of(graph, prefixes), prefixes, {FILE: text}),
    )
    return replace(report, results=(*report.results, *labels.results))


def _examined(text: str) -> Report:
    settings = load_settings({})
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        path = Path(FILE)
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8", errors="surrogateescape", newline="")
        return examine(Workspace(settings, data=[path], reading=Reading()))


def _labels(graph: Graph, found: list[Spot]) -> Iterator[Result]:
    query = (ROOT / "queries" / "hygiene" / "label-shared.rq").read_text("utf-8")
    store = pyoxigraph.Store()
    text = graph.serialize(format="nt")
    with suppress(SyntaxError):
        store.load(text.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    first = {spot.triple[0]: spot.subject for spot in reversed(found)}
    solutions = store.query(query)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    for row in solutions:
        term, other = (row[name].value for name in ("term", "other"))
        prefixes = load_prefixes(ROOT)
        words = " and ".join(shorten(iri, prefixes) for iri in (term, other))
        yield Result(
            *("violation", "label-shared", term, None, None, None, ""),
            f"{words} are both called {row['label']}: give one of them another label",
            check="rule",
            at=first.get(URIRef(term)),
        )


def triples_of(turtle: str) -> Graph:
    """Statements without prefix lines as a graph."""
    lines = [f"@prefix {n}: <{iri}> ." for n, iri in load_prefixes(ROOT).items()]
    return graph_of("\n".join([*lines, turtle]))


def faults_of(graph: Graph) -> list[Result]:
    """What literals, shapes and the rule on labels find in a graph, without places."""
    report = validate(graph, shapes(), ontology())
    nowhere = Place(FILE, 1, 1)
    found = [Spot(triple, nowhere, nowhere, nowhere) for triple in graph]
    ill_typed = [
        Result(
            *("violation", "literal", text_of(s), str(p), str(o), None, "", words),
            check="literal",
        )
        for s, p, o in graph
        if isinstance(o, Literal) and (words := _ill_typed(o))
    ]
    return [*report.results, *ill_typed, *_labels(graph, found)]


def _ill_typed(literal: Literal) -> str | None:
    if literal.language:
        return None
    return literal_fault(str(literal), str(literal.datatype or XSD.string))
