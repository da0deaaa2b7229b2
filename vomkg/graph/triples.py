"""Triples as they were read, without rdflib until someone asks for its graph."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

import pyoxigraph

from vomkg.graph.labels import Labels
from vomkg.graph.parse import parse, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rdflib import Graph


class Triples:
    """The triples of some files, named graphs merged, blank nodes kept apart.

    Args:
        quads: what was read; no blank node of one file bears the label of another.
        prefixes: namespaces by prefix.
    """

    def __init__(
        self, quads: list[pyoxigraph.Quad], prefixes: Mapping[str, str]
    ) -> None:
        self._quads = quads
        self._prefixes = prefixes

    @classmethod
    def read(cls, paths: Iterable[Path], *, most: int | None = None) -> Triples:
        """The triples of all files.

        Args:
            paths: the files.
            most: bytes up to which each is read; None for any number.

        Raises:
            FormatError: an extension is not one of RDF.
            InputError: a file is missing, is a folder, cannot be read or is no text.
            LimitError: a file is larger than that.
            TurtleError: a file is not well-formed, or a literal is not of its type.
        """
        quads: list[pyoxigraph.Quad] = []
        prefixes: dict[str, str] = {}
        labels = Labels()
        for path in paths:
            found, names = parse(path, most=most)
            quads += labels.quads(found, partial(read_text, path, most=most))
            prefixes |= names
        return cls(quads, prefixes)

    @cached_property
    def text(self) -> str:
        """The triples as N-Triples, in the order in which they were read."""
        triples = (quad.triple for quad in self._quads)
        form = pyoxigraph.RdfFormat.N_TRIPLES
        return (pyoxigraph.serialize(triples, format=form) or b"").decode()

    @cached_property
    def graph(self) -> Graph:
        """The graph of rdflib; literals keep the form in which they are written."""
        from rdflib import Graph as RdfGraph

        from vomkg.graph.read import triple_of

        graph = RdfGraph(bind_namespaces="none")
        for name, namespace in self._prefixes.items():
            graph.bind(name, namespace)
        for quad in self._quads:
            graph.add(triple_of(quad))
        return graph

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The IRIs that something is said of."""
        return frozenset(
            quad.subject.value
            for quad in self._quads
            if isinstance(quad.subject, pyoxigraph.NamedNode)
        )

    @cached_property
    def nodes(self) -> frozenset[str]:
        """All subjects and objects, as results name them.

        IRIs, texts of literals, and labels of blank nodes behind ``_:``.
        """
        terms = {term for quad in self._quads for term in (quad.subject, quad.object)}
        blank = pyoxigraph.BlankNode
        return frozenset(
            str(term) if isinstance(term, blank) else term.value  # type: ignore[union-attr]
            for term in terms
        )
