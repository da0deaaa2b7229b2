"""RDF files as one rdflib graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rdflib

from vomkg.graph.literals import Fault
from vomkg.graph.parse import lexical_faults, parse, rdf_format, read_text
from vomkg.graph.terms import to_rdflib

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Fault", "lexical_faults", "rdf_format", "read", "read_text"]


def read(paths: Iterable[Path], *, most: int | None = None) -> rdflib.Graph:
    """One graph with the triples of all files; named graphs are merged into it.

    Blank nodes of different files stay different. Literals keep the form in
    which they are written.

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
    for path in paths:
        quads, prefixes = parse(path, most=most)
        for name, namespace in prefixes.items():
            graph.bind(name, namespace)
        for quad in quads:
            graph.add(tuple(to_rdflib(term) for term in quad.triple))  # type: ignore[arg-type]  # three terms
    return graph
