"""Terms and triples of pyoxigraph as those of rdflib, and back."""

from __future__ import annotations

import logging

import pyoxigraph
import rdflib

from vomkg.namespaces import XSD

# Else rdflib rewrites 34.0 as 34 when other libraries copy a literal.
rdflib.NORMALIZE_LITERALS = False
# It warns, with a traceback, of literals that are right but beyond Python, such as
# the year 0; whether a literal is right is found out in vomkg.graph.lexical.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


def to_rdflib(
    term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal,
) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    """The same term for rdflib; a literal keeps the text it was written with."""
    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    # RDF 1.1 has one kind of plain literal, rdflib two.
    kind = term.datatype.value
    datatype = None if kind == XSD + "string" else rdflib.URIRef(kind)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


def triples_of(graph: rdflib.Graph) -> list[pyoxigraph.Triple]:
    """The graph's triples for pyoxigraph, sorted by their text.

    Blank nodes get new labels, so the triples of two graphs can be mixed.
    """
    lines = graph.serialize(format="nt", encoding="utf-8").splitlines(keepends=True)
    quads = pyoxigraph.parse(
        b"".join(sorted(lines)),
        format=pyoxigraph.RdfFormat.N_TRIPLES,
        rename_blank_nodes=True,
    )
    return [quad.triple for quad in quads]


def relabelled(graph: rdflib.Graph) -> rdflib.Graph:
    """The graph with its blank nodes named by what it says of them (RDFC-1.0)."""
    dataset = pyoxigraph.Dataset(pyoxigraph.Quad(*t) for t in triples_of(graph))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    found = rdflib.Graph(bind_namespaces="none")
    for quad in dataset:
        found.add(tuple(to_rdflib(term) for term in quad.triple))  # type: ignore[arg-type]  # three terms
    return found
