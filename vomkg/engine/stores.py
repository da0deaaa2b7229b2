"""Stores in memory, and the default graph that answers a query without FROM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pyoxigraph

from vomkg.graph.parse import rdf_format, well_formed
from vomkg.namespaces import APART

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DefaultGraph = Literal["union", "plain"]


def loaded(paths: Iterable[Path], default_graph: DefaultGraph) -> pyoxigraph.Store:
    """A store of those RDF files, quads with their graphs, literals as they are.

    Raises:
        FormatError: an extension is not one of RDF.
        InputError: a file cannot be read or is not well-formed.
    """
    store = pyoxigraph.Store()
    for path in paths:
        _load(store, path)
    return merged(store) if default_graph == "union" else store


def _load(store: pyoxigraph.Store, path: Path) -> None:
    form = pyoxigraph.RdfFormat.from_media_type(rdf_format(path).media_type)
    try:
        store.bulk_load(path=path, format=form)
    except (OSError, SyntaxError):
        # Read again for an error that names the place, and the next step; or, if
        # only a byte order mark was in the way, for the quads.
        store.extend(well_formed(path))


def merged(store: pyoxigraph.Store) -> pyoxigraph.Store:
    """The store with every named graph but those apart added to the default graph."""
    for graph in list(store.named_graphs()):
        if getattr(graph, "value", "") not in APART:
            store.update(f"ADD GRAPH {graph} TO DEFAULT")
    return store
