"""A curator's whole report on one text of data/vom.ttl, put together for tests.

It stands in for the pipeline of the workbench, with places by the spots of mends.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph
from rdflib import BNode, Graph, URIRef

from vomkg.config import graph_root
from vomkg.curate.mends import mended
from vomkg.curate.mends.spots import Spot, spots
from vomkg.curate.mends.world import node_of
from vomkg.curate.names import Names
from vomkg.curate.place import Place
from vomkg.curate.result import Report, Result, text_of
from vomkg.curate.validate import validate
from vomkg.errors import InputError
from vomkg.graph.lexical import literal_fault
from vomkg.graph.parse import well_formed
from vomkg.graph.prefixes import load_prefixes, shorten
from vomkg.graph.read import read
from vomkg.graph.terms import to_rdflib

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


FILE = "data/vom.ttl"
ROOT = graph_root()
_COUNTS = {"MaxCountConstraintComponent", "UniqueLangConstraintComponent"}


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


def unreadable(text: str, folder: Path) -> Report:
    """The fault of syntax at which the parser stops, with its mends.

    Args:
        text: the text; what is no UTF-8 in it stands as lone surrogates.
        folder: an empty folder to write to.
    """
    path = folder / "vom.ttl"
    path.write_text(text, encoding="utf-8", errors="surrogateescape", newline="")
    try:
        well_formed(path)
    except InputError as error:
        message = error.message + (f"; {error.fix}" if error.fix else "")
        at = Place(FILE, error.line or 1, error.column or 1)
        result = Result(
            *("violation", "syntax", "", None, None, None, "", message),
            check="syntax",
            at=at,
        )
        return mended(
            Report((result,), (FILE,)),
            *(Graph(), Graph(), Names(), load_prefixes(ROOT), {FILE: text}),
        )
    return Report((), (FILE,))


def examined(text: str) -> Report:
    """All that literals, shapes and the rule on labels find, with places and mends."""
    graph = graph_of(text)
    found = [*spots(FILE, text)]
    report = validate(graph, shapes(), ontology())
    results = [
        *(_located(result, found) for result in report.results),
        *_literals(found),
        *_labels(graph, found),
    ]
    prefixes = load_prefixes(ROOT)
    data = graph + ontology()
    return mended(
        Report(tuple(results), (FILE,), report.graph),
        *(data, shapes(), Names.of(data, prefixes), prefixes, {FILE: text}),
    )


def _located(result: Result, found: list[Spot]) -> Result:
    """At the value, the misspelt property, or the subject where something is missing."""
    focus = result.focus
    node = BNode(focus[2:]) if focus.startswith("_:") else URIRef(focus)
    path = URIRef(result.path) if result.path and "<" not in result.path else None
    value = node_of(result.value, result.value_type)
    about = [spot for spot in found if spot.triple[0] == node]
    at = about[0].subject if about else None
    for spot in about:
        if spot.triple[1] != path:
            continue
        if result.component == "ClosedConstraintComponent":
            return replace(result, at=spot.predicate)
        if spot.triple[2] == value or result.component in _COUNTS:
            return replace(result, at=spot.value)
    return replace(result, at=at, add_here=value is None and path is not None)


def _literals(found: list[Spot]) -> Iterator[Result]:
    for spot in found:
        s, p, o = spot.triple
        datatype = str(getattr(o, "datatype", None) or "")
        words = literal_fault(str(o), datatype) if datatype else None
        if words:
            yield Result(
                *("violation", "literal", text_of(s), str(p), str(o), datatype),
                *("", words),
                check="literal",
                at=spot.value,
            )


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
    return [*report.results, *_literals(found), *_labels(graph, found)]
