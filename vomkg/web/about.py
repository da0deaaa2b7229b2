"""Who stands behind the source, as the graph has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vomkg.questions.cell import cell

if TYPE_CHECKING:
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.cell import Cell

# Each row: the document, a property of it with a label in the ontology or a
# word of ours, and a value.
_FACTS: Final = """
SELECT ?source ?fact ?value
WHERE {
  ?source a vom:SourceNarrative .
  VALUES (?property ?fact ?rank) {
    (dcterms:title "title" 1)
    (prov:wasAttributedTo "prepared by" 2)
    (vom:fundedBy "funded by" 3)
    (vom:underGrant "under the grant" 4)
    (dcterms:publisher "published by" 5)
    (dcterms:isPartOf "part of" 6)
    (dcterms:date "date printed on the page" 7)
    (vom:characterCount "length in characters" 8)
    (vom:sha256 "SHA-256 of the text read" 9)
  }
  ?source ?property ?value .
}
ORDER BY ?source ?rank ?value
"""
_NOTES: Final = """
SELECT DISTINCT ?note
WHERE {
  { ?thing a vom:SourceNarrative } UNION { ?thing a dcat:Dataset }
  ?thing vom:editorialNote ?note .
}
ORDER BY ?note
"""
_DATASETS: Final = """
SELECT ?dataset ?text ?licence ?version
WHERE {
  ?dataset a dcat:Dataset ;
    dcterms:description ?text ;
    dcterms:license ?licence ;
    dcat:version ?version .
}
ORDER BY ?dataset
"""
_ABSENT: Final = """
SELECT ?kind ?claim ?text
WHERE {
  ?claim vom:absenceKind ?kind ;
    vom:statement ?text .
}
ORDER BY ?kind ?claim
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of the source."""

    name: str
    values: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Absences:
    """What is missing in one way, each as a sentence."""

    kind: Cell
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class About:
    """All that the page on the project takes from the graph.

    Attributes:
        facts: on the source.
        notes: the curators' remarks on it.
        datasets: description, licence and version of each dataset.
        absences: what is not covered, by the way in which it is missing.
    """

    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    datasets: tuple[tuple[Cell, Cell, Cell], ...]
    absences: tuple[Absences, ...]


def about(kg: KnowledgeGraph) -> About:
    """Who made the source, under which terms, and what it leaves open."""
    facts: dict[str, list[Cell]] = {}
    for row in kg.query(_FACTS).rows:
        name = cell(row["fact"], kg.label).text
        facts.setdefault(name, []).append(cell(row["value"], kg.label))
    absences: dict[Cell, list[str]] = {}
    for row in kg.query(_ABSENT).rows:
        kind = cell(row["kind"], kg.label)
        absences.setdefault(kind, []).append(cell(row["text"], kg.label).text)
    return About(
        facts=tuple(Fact(name, tuple(values)) for name, values in facts.items()),
        notes=tuple(cell(row["note"], kg.label).text for row in kg.query(_NOTES).rows),
        datasets=tuple(
            (
                cell(row["text"], kg.label),
                cell(row["licence"], kg.label),
                cell(row["version"], kg.label),
            )
            for row in kg.query(_DATASETS).rows
        ),
        absences=tuple(Absences(k, tuple(found)) for k, found in absences.items()),
    )
