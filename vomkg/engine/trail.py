"""From a claim back to who says it and where: the provenance of one row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from vomkg.namespaces import OA, SKOS, Vom

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vomkg.engine.answer import Answer
    from vomkg.engine.results import Row, Term

_QUERY: Final = f"""
SELECT ?speaker ?location ?section ?start ?end ?source
       ?claimLabel ?speakerLabel ?sectionLabel ?sourceLabel
WHERE {{
  ?claim <{Vom.reportedBy}> ?speaker ;
    <{Vom.locatedIn}> ?location .
  ?location <{Vom.inSection}> ?section ;
    <{OA}hasSource> ?source ;
    <{OA}hasSelector> ?selector .
  ?selector <{OA}start> ?start ;
    <{OA}end> ?end .
  OPTIONAL {{ ?claim <{SKOS}prefLabel> ?claimLabel }}
  OPTIONAL {{ ?speaker <{SKOS}prefLabel> ?speakerLabel }}
  OPTIONAL {{ ?section <{SKOS}prefLabel> ?sectionLabel }}
  OPTIONAL {{ ?source <{SKOS}prefLabel> ?sourceLabel }}
}}
ORDER BY ?start ?end ?section ?speaker
"""


@dataclass(frozen=True, slots=True)
class Trail:
    """One place where one claim is made; a label falls back to the IRI.

    Attributes:
        claim: IRI of the claim.
        place: IRI of the place.
        speaker: IRI of who makes it.
        section: IRI of the section that holds the place.
        start: offset of the first character in the source, from 0.
        end: offset behind the last character.
        source: IRI of the source.
        claim_label: name of the claim, and so on below.
        speaker_label: name of the speaker.
        section_label: name of the section.
        source_label: name of the source.
    """

    claim: str
    place: str
    speaker: str
    section: str
    start: int
    end: int
    source: str
    claim_label: str
    speaker_label: str
    section_label: str
    source_label: str


def trails(claim: str, ask: Callable[[str, Mapping[str, Term]], Answer]) -> list[Trail]:
    """Every place of the claim in order of start; none if it is not a claim."""
    try:
        node = NamedNode(claim)
    except ValueError:
        return []
    return [_trail(claim, row) for row in ask(_QUERY, {"claim": node}).rows]


def _trail(claim: str, row: Row) -> Trail:
    found = {name: "" if term is None else term.value for name, term in row.items()}
    return Trail(
        claim=claim,
        place=found["location"],
        speaker=found["speaker"],
        section=found["section"],
        start=int(found["start"]),
        end=int(found["end"]),
        source=found["source"],
        claim_label=found["claimLabel"] or claim,
        speaker_label=found["speakerLabel"] or found["speaker"],
        section_label=found["sectionLabel"] or found["section"],
        source_label=found["sourceLabel"] or found["source"],
    )
