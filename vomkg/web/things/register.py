"""Things that are no longer kept: what replaced them, or that nothing did.

The list is in the graph itself: a thing that is owl:deprecated is withdrawn, and
dcterms:isReplacedBy names its successor.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from vomkg.namespaces import DCTERMS, OWL, THINGS, XSD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.knowledge import KnowledgeGraph

_OLD: Final = f"""
SELECT ?thing (MIN(?new) AS ?successor)
WHERE {{
  ?thing <{OWL}deprecated> "true"^^<{XSD}boolean> .
  OPTIONAL {{ ?thing <{DCTERMS}isReplacedBy> ?new }}
}}
GROUP BY ?thing
"""
_LICENCE: Final = f"""
SELECT DISTINCT ?licence
WHERE {{
  VALUES ?kind {{ owl:Ontology dcat:Dataset }}
  ?thing a ?kind ;
    <{DCTERMS}license> ?licence .
}}
ORDER BY ?licence
"""


class Register:
    """What every document of a graph needs to know, asked once.

    Args:
        kg: the graph.
    """

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._kg = kg

    @cached_property
    def withdrawn(self) -> Mapping[str, str]:
        """IRI of the successor by IRI of each withdrawn thing; empty if none."""
        return {
            thing: getattr(row["successor"], "value", "")
            for row in self._kg.query(_OLD).rows
            if (thing := getattr(row["thing"], "value", "")).startswith(THINGS)
        }

    @cached_property
    def licence(self) -> str | None:
        """IRI of the licence of data and ontology, if it is one and the same."""
        found = [getattr(row["licence"], "value", "") for row in self._licences()]
        return found[0] if len(found) == 1 and ":" in found[0] else None

    def _licences(self) -> list[dict[str, object]]:
        return list(map(dict, self._kg.query(_LICENCE).rows))
