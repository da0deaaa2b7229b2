"""What is judged: the data with its background, as text for one engine, graph for both."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph
from rdflib import Graph as RdfGraph

from vomkg.curate.engines.lines import lines_of
from vomkg.graph.triples import Triples

if TYPE_CHECKING:
    from rdflib import Graph


class Judged:
    """Several graphs as one; a graph of rdflib is made when an engine asks for it."""

    def __init__(self, *parts: Graph | Triples) -> None:
        self._parts = parts

    @cached_property
    def text(self) -> str:
        """N-Triples; what stands in two parts comes twice."""
        return "".join(
            part.text if isinstance(part, Triples) else lines_of(part)
            for part in self._parts
        )

    @cached_property
    def quads(self) -> list[pyoxigraph.Quad]:
        """The same as terms of pyoxigraph."""
        form = pyoxigraph.RdfFormat.N_TRIPLES
        return list(pyoxigraph.parse(self.text, format=form))

    @cached_property
    def graph(self) -> Graph:
        """One graph of rdflib; the parts stay as they are."""
        graph = RdfGraph(bind_namespaces="none")
        for part in self._parts:
            graph += part.graph if isinstance(part, Triples) else part
        return graph
