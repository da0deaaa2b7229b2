"""What a picture must know of the claims that it draws: families, gaps, tensions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vomkg.claims import Said, about, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vomkg.engine.results import Row
    from vomkg.knowledge import KnowledgeGraph

_FAMILIES: Final = """
SELECT DISTINCT ?family
WHERE {
  %s
  ?claim vom:metric/vom:metricFamily ?family .
}
ORDER BY ?family
"""
_ABSENCES: Final = """
SELECT DISTINCT ?absence
WHERE {
  %s
  ?claim vom:absenceNotedBy ?absence .
}
ORDER BY ?absence
"""
_TENSIONS: Final = """
SELECT DISTINCT ?tension ?text ?speaker ?claim
WHERE {
  %s
  ?tension a vom:Tension ;
    vom:relatesClaim ?claim ;
    vom:statement ?text ;
    vom:reportedBy ?speaker .
}
ORDER BY ?tension ?claim
"""


@dataclass(frozen=True, slots=True)
class Tension:
    """What does not line up: the statement of it, and the claims it relates."""

    said: Said
    claims: tuple[str, ...]


def families(kg: KnowledgeGraph, rows: Iterable[Row]) -> tuple[str, ...]:
    """IRIs of the metric families of the claims in these rows."""
    return tuple({text_of(r, "family"): None for r in about(kg, _FAMILIES, rows)})


def absences(kg: KnowledgeGraph, rows: Iterable[Row]) -> tuple[str, ...]:
    """Names of what is stated to be missing about the claims in these rows."""
    found = {text_of(row, "absence"): None for row in about(kg, _ABSENCES, rows)}
    return tuple(kg.label(iri) for iri in found)


def tensions(kg: KnowledgeGraph, rows: list[Row]) -> tuple[Tension, ...]:
    """The tensions between at least two of the claims in these rows."""
    found: dict[str, tuple[Said, list[str]]] = {}
    for row in about(kg, _TENSIONS, rows):
        iri = text_of(row, "tension")
        said = Said(
            iri, kg.label(iri), text_of(row, "text"), kg.label(text_of(row, "speaker"))
        )
        found.setdefault(iri, (said, []))[1].append(text_of(row, "claim"))
    return tuple(
        Tension(said, tuple(claims))
        for said, claims in found.values()
        if len(claims) > 1
    )
