"""The working files as a knowledge graph that is asked without making a release."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from vomkg.namespaces import GraphName
from vomkg.workbench.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph

    from vomkg.knowledge import KnowledgeGraph


class Draft(Workspace):
    """The workspace with an engine over it, faults and all."""

    @cached_property
    def knowledge(self) -> KnowledgeGraph:
        """The graph as it would be served, whether it conforms or not."""
        import pyoxigraph

        from vomkg.engine.local import Engine
        from vomkg.engine.stores import merged
        from vomkg.knowledge import KnowledgeGraph
        from vomkg.release import Release

        store = pyoxigraph.Store()
        # Blank nodes keep their labels, by which their places are found.
        store.bulk_extend(
            pyoxigraph.parse(
                "".join(self._quads()).encode(), format=pyoxigraph.RdfFormat.N_QUADS
            )
        )
        path = self.settings.cache / "draft"  # of no release: nothing lies there
        release = Release(path, id="draft", counts={}, versions={}, files={})
        engine = Engine(merged(store), self.settings, release=release.id)
        return KnowledgeGraph(self.settings, release, engine)

    def _quads(self) -> Iterator[str]:
        graphs: dict[str, Graph] = {
            GraphName.data: self.data,
            GraphName.ontology: self.ontology,
            GraphName.shapes: self.shapes,
            # Empty where the data contradicts itself: rules can still be asked.
            GraphName.inferred: self.reasoning.inferred,
        }
        for name, graph in graphs.items():
            # At line feeds only: a literal may hold other characters that end lines.
            for line in graph.serialize(format="nt").split("\n"):
                if line:
                    yield f"{line.removesuffix('.')}<{name}> .\n"
