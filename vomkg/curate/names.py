"""IRIs in messages: label and short form, as people read them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rdflib import RDFS, SKOS, Graph, URIRef

from vomkg.graph.prefixes import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

BLANK: Final = "a blank node"
_LABEL: Final = re.compile(r"_:b[0-9a-f]{12}x[0-9]+n[0-9]+\b")  # of graph.labels
_IRI: Final = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)>")


@dataclass(frozen=True, slots=True)
class Names:
    """The labels of a graph's nodes and the prefixes to shorten their IRIs."""

    labels: Mapping[str, str] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, graph: Graph, prefixes: Mapping[str, str], *more: Graph) -> Names:
        """The names of what the graphs label; the English label goes first."""
        graphs = (graph, *more)
        labels: dict[str, str] = {}
        for p in (RDFS.label, SKOS.prefLabel):
            for node, label in sorted(
                (pair for one in graphs for pair in one.subject_objects(p)),
                key=lambda pair: (getattr(pair[1], "language", None) == "en", pair[1]),
            ):
                if isinstance(node, URIRef):
                    labels[str(node)] = str(label)
        return cls(labels, prefixes)

    def short(self, iri: str) -> str:
        """The IRI as a prefixed name where a prefix fits; a blank node has no name."""
        if iri.startswith("_:"):
            return BLANK
        return shorten(iri, self.prefixes)

    def label(self, iri: str) -> str:
        """The label, or the short IRI where there is none."""
        return self.labels.get(iri) or self.short(iri)

    def both(self, iri: str) -> str:
        """Label and short IRI, as ``reported by (vom:reportedBy)``."""
        label = self.labels.get(iri)
        return f"{label} ({self.short(iri)})" if label else self.short(iri)

    def in_words(self, text: str) -> str:
        """The text with each ``<IRI>`` in it as label and short form.

        Labels of blank nodes are ours and mean nothing to people, so they are left
        out.
        """
        told = _IRI.sub(lambda match: self.both(match[1]), text)
        return _LABEL.sub(BLANK, told)
