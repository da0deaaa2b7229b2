"""RDF files as one rdflib graph."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import rdflib

from vomkg.graph.labels import Labels
from vomkg.graph.literals import Fault
from vomkg.graph.parse import lexical_faults, parse, quads_of, rdf_format, read_text
from vomkg.graph.terms import to_rdflib

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pyoxigraph
    from rdflib.term import Node

    Triple = tuple[Node, Node, Node]

__all__ = ["Fault", "labelled", "lexical_faults", "rdf_format", "read", "read_text"]


def read(paths: Iterable[Path], *, most: int | None = None) -> rdflib.Graph:
    """One graph with the triples of all files; named graphs are merged into it.

    Blank nodes of different files stay different, and have the same labels when
    the files are read again. Literals keep the form in which they are written.

    Args:
        paths: the files.
        most: bytes up to which each is read; None for any number.

    Raises:
        FormatError: an extension is not one of RDF.
        InputError: a file is missing, is a folder, cannot be read or is no text.
        LimitError: a file is larger than that.
        TurtleError: a file is not well-formed, or a literal is not of its type.
    """
    graph = rdflib.Graph(bind_namespaces="none")
    labels = Labels()
    for path in paths:
        quads, prefixes = parse(path, most=most)
        for name, namespace in prefixes.items():
            graph.bind(name, namespace)
        for quad in labels.quads(quads, partial(read_text, path, most=most)):
            graph.add(triple_of(quad))
    return graph


def labelled(texts: Mapping[str, str]) -> dict[str, list[Triple]]:
    """The triples of texts of Turtle and the like, labelled as :func:`read` does.

    Args:
        texts: what the files hold, by their names, whose extensions tell the form.

    Raises:
        TurtleError: a text is not well-formed.
    """
    labels = Labels()
    found = {}
    for name, text in texts.items():
        quads = labels.quads(quads_of(name, text), partial(str, text))
        found[name] = [triple_of(quad) for quad in quads]
    return found


def triple_of(quad: pyoxigraph.Quad) -> Triple:
    """The triple of a quad for rdflib."""
    return tuple(to_rdflib(term) for term in quad.triple)  # type: ignore[return-value]  # three terms; triples as terms were refused
