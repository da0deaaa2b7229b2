"""A workspace whose data are in a store elsewhere."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from vomkg.namespaces import GraphName
from vomkg.workbench.workspace import Workspace

if TYPE_CHECKING:
    from vomkg.config import Settings
    from vomkg.graph.triples import Triples


class StoredWorkspace(Workspace):
    """The data graph of the store of the settings; ontology and shapes are files."""

    def __init__(self, settings: Settings, **options: Any) -> None:  # noqa: ANN401  as of the class above
        super().__init__(settings, **options)
        self.data_files = ()

    @cached_property
    def triples(self) -> Triples:
        """A copy of the store's data, or of the graphs that ``store_graphs`` names.

        Raises:
            UpstreamError: the store fails, or cannot be copied whole.
            LimitError: it holds more than is copied.
        """
        import pyoxigraph

        from vomkg.engine.remote.copying import copied
        from vomkg.graph.triples import Triples as Read

        graphs = self.settings.store_graphs or (GraphName.data,)
        found = copied(self.settings, graphs, self.tell)
        return Read([pyoxigraph.Quad(*triple) for triple in found], {})
