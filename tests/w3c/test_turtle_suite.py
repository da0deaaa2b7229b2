"""Turtle with places gives the graphs that the W3C's suites of Turtle ask for.

They run where VOMKG_W3C_SUITES names the folder of the SPARQL suites and those of
RDF 1.1 lie beside it (``make w3c SUITES=rdf-tests/sparql``). The cases of our own
always run: tests/graph/positions.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as og
import pytest
from rdflib import BNode, Graph
from rdflib.compare import isomorphic

from vomkg.errors import TurtleError
from vomkg.graph.positions.grammar import Reader
from vomkg.graph.recovery import turtle_faults
from vomkg.graph.terms import to_rdflib

ROOT: Final = Path(os.environ["VOMKG_W3C_SUITES"]).parent / "rdf" / "rdf11"
BASE: Final = "https://w3c.github.io/rdf-tests/rdf/rdf11/"
MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
FORMS: Final = {
    "ttl": ("turtle", og.RdfFormat.TURTLE),
    "nt": ("ntriples", og.RdfFormat.N_TRIPLES),
    "trig": ("trig", og.RdfFormat.TRIG),
    "nq": ("nquads", og.RdfFormat.N_QUADS),
}
PARTS: Final = ("action", "result")
SUITES: Final = ("rdf-turtle", "rdf-trig", "rdf-n-triples", "rdf-n-quads")


@dataclass(frozen=True)
class Case:
    suite: str
    kind: str
    action: str
    result: str | None

    @property
    def name(self):
        return self.action.removeprefix(BASE)

    @property
    def text(self):
        return _file(self.action).read_bytes().decode()

    @property
    def form(self):
        return FORMS[self.action.rpartition(".")[2]]

    @property
    def base(self):
        return self.action if self.suite in {"rdf-turtle", "rdf-trig"} else None

    @property
    def is_bad(self):
        return "Negative" in self.kind


def _file(iri):
    return ROOT / iri.removeprefix(BASE)


def _cases():
    for suite in SUITES:
        store = og.Store()
        base = f"{BASE}{suite}/manifest.ttl"
        store.load(path=_file(base), format=og.RdfFormat.TURTLE, base_iri=base)
        for quad in store.quads_for_pattern(None, og.NamedNode(TYPE), None):
            action, result = (_value(store, quad.subject, p) for p in PARTS)
            kind = _iri(quad.object).rpartition("#")[2]
            if action is not None:
                yield Case(suite, kind, action, result)


def _value(store, subject, part):
    found = next(store.quads_for_pattern(subject, og.NamedNode(MF + part), None), None)
    return None if found is None else _iri(found.object)


def _iri(term):
    assert isinstance(term, og.NamedNode)
    return term.value


CASES = list(_cases())
WHOLE = [case for case in CASES if not case.is_bad]
BAD = [case for case in CASES if case.is_bad]
whole = pytest.mark.parametrize("case", WHOLE, ids=lambda case: case.name)
bad = pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)


def graph_of(triples):
    graph = Graph(bind_namespaces="none")
    for s, p, o in triples:
        graph.add((s, p, o))
    return graph


def by_pyoxigraph(data, form, base=None):
    quads = og.parse(data, format=form, base_iri=base)
    return graph_of([to_rdflib(term) for term in quad.triple] for quad in quads)


def read(case):
    return Reader(case.text, "p", base=case.base, form=case.form[0]).read()


@whole
def test_the_graph_is_the_one_of_the_suite(case, record_property):
    record_property("suite", case.suite)
    record_property("outcome", "both")
    graph = graph_of(record[:3] for record in read(case).records)
    assert isomorphic(graph, by_pyoxigraph(case.text, case.form[1], case.base))
    if case.result is not None:
        form = FORMS[case.result.rpartition(".")[2]][1]
        expected = by_pyoxigraph(_file(case.result).read_bytes(), form)
        assert isomorphic(graph, expected)


@whole
def test_what_stands_at_the_place_of_a_value_is_the_value(case):
    """Read again alone, by another parser."""
    reader = read(case)
    tokens = reader.tokens
    for *_, value, _, _, first in reader.records:
        last = reader.last.get(first, first)
        said = case.text[tokens.starts[first] : tokens.ends[last]]
        if isinstance(value, BNode) or said[0] in "()" or not is_alone(said):
            continue
        (quad,) = og.parse(
            f"<u:s> <u:p> {said} .",
            format=og.RdfFormat.TURTLE,
            base_iri=case.base,
        )
        assert to_rdflib(quad.object) == value


def is_alone(said):
    """Whether it needs neither a prefix nor a base that the text declares."""
    is_iri = said.startswith("<") and ":" in said
    is_plain = said[0] in "\"'+-.0123456789" and "^^" not in said
    return is_iri or is_plain or said in {"true", "false"}


@bad
def test_what_is_broken_has_a_broken_place(case, record_property):
    """N-Triples are read as Turtle for their places, so it may allow more there."""
    record_property("suite", case.suite)
    record_property("outcome", "both")
    name = case.action.rpartition("/")[2]
    assert turtle_faults(name, case.text)
    if case.suite in {"rdf-turtle", "rdf-trig"}:
        with pytest.raises(TurtleError):
            read(case)


@whole
def test_what_is_whole_has_no_broken_place(case):
    head = f"@base <{case.base}> .\n" if case.base else ""
    assert turtle_faults(case.action.rpartition("/")[2], head + case.text) == []
