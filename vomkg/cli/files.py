"""A knowledge graph over RDF files as they are, without a release."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from vomkg.graph.prefixes import shorten
from vomkg.knowledge import KnowledgeGraph
from vomkg.release import Release

if TYPE_CHECKING:
    from vomkg.engine.local import Engine
    from vomkg.engine.workers import IsolatedEngine

_LABEL: Final = """
SELECT (MIN(STR(?text)) AS ?label)
WHERE { ?thing skos:prefLabel|rdfs:label ?text }
"""
_LABELS_KEPT: Final = 50_000


class GraphOfFiles(KnowledgeGraph):
    """Answers queries, and the shipped questions, over files that are named.

    A file may name more things than an answer may have rows, so labels are
    looked up one by one instead of all at once.
    """

    knows_labels = False

    def __init__(
        self, engine: Engine | IsolatedEngine, release: Release | None = None
    ) -> None:
        nothing = Release(engine.settings.cache, "", {}, {}, {})
        super().__init__(engine.settings, release or nothing, engine)
        self._label = lru_cache(_LABELS_KEPT)(self._look_up)

    def label(self, iri: str) -> str:
        """The name of a thing; its short IRI where the files give none."""
        return self._label(iri)

    def _look_up(self, iri: str) -> str:
        rows = self.engine.query(_LABEL, bindings={"thing": NamedNode(iri)}).rows
        label = rows[0]["label"] if rows else None
        return shorten(iri, self.prefixes) if label is None else label.value
