"""What the graph itself says about the claims in an answer, in its own words.

Statements, caveats and the warning not to compare are read from the graph, so
that no page can say more, or less, than it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vomkg.engine.answer import Answer
    from vomkg.engine.results import Row
    from vomkg.knowledge import KnowledgeGraph

# Far below the longest query allowed, whatever the length of the IRIs.
_AT_ONCE: Final = 200
_STATEMENTS: Final = """
SELECT ?claim ?text ?speaker (MIN(?printed) AS ?form)
WHERE {
  %s
  ?claim vom:statement ?text ;
    vom:reportedBy ?speaker .
  OPTIONAL { ?claim vom:reportedForm ?printed }
}
GROUP BY ?claim ?text ?speaker
"""
_CAVEATS: Final = """
SELECT DISTINCT ?claim ?caveat ?text
WHERE {
  %s
  ?caveat vom:limits ?claim ;
    vom:statement ?text .
}
ORDER BY ?caveat ?claim
"""
_NOTES: Final = """
SELECT DISTINCT ?text
WHERE {
  %s
  ?claim vom:reportedBy ?speaker ;
    vom:editorialNote ?text .
}
ORDER BY ?text
"""
_FAMILIES: Final = """
SELECT DISTINCT ?family ?text ?rule
WHERE {
  %s
  ?claim vom:metric ?metric .
  ?metric vom:metricFamily ?family .
  ?family skos:definition ?text .
  OPTIONAL { vom:MetricFamily skos:definition ?rule }
}
ORDER BY ?family
"""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of the graph: its words, and the thing that holds them."""

    iri: str
    label: str
    text: str
    speaker: str = ""
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Incomparable:
    """Kinds of number that stand in one answer and may not be compared.

    Attributes:
        rule: what makes numbers comparable, as the ontology defines it.
        families: the kinds, each with its definition.
    """

    rule: str
    families: tuple[Said, ...]


def statements(kg: KnowledgeGraph, answer: Answer) -> dict[str, Said]:
    """What each claim in the answer says, by IRI, in the order of the rows."""
    return said_in(kg, answer.rows)


def said_in(kg: KnowledgeGraph, rows: Iterable[Row]) -> dict[str, Said]:
    """What each claim in these rows says, by IRI, in their order."""
    rows = list(rows)
    found = {
        text_of(row, "claim"): _said(kg, row, "claim")
        for row in about(kg, _STATEMENTS, rows)
    }
    order = [term.value for term in things(rows)]
    return {iri: found[iri] for iri in order if iri in found}


def caveats(kg: KnowledgeGraph, rows: Iterable[Row]) -> tuple[Said, ...]:
    """The limitations that the graph ties to claims in these rows."""
    found = about(kg, _CAVEATS, rows)
    return tuple({row["caveat"]: _said(kg, row, "caveat") for row in found}.values())


def caveats_by_row(kg: KnowledgeGraph, rows: Iterable[Row]) -> list[tuple[Said, ...]]:
    """The same for each row by itself, in their order; few queries for all."""
    rows = list(rows)
    found: dict[str, list[Said]] = {}
    for row in about(kg, _CAVEATS, rows):
        found.setdefault(text_of(row, "claim"), []).append(_said(kg, row, "caveat"))
    return [
        tuple(
            dict.fromkeys(
                said for term in things([row]) for said in found.get(term.value, ())
            )
        )
        for row in rows
    ]


def notes(kg: KnowledgeGraph, rows: Iterable[Row]) -> tuple[str, ...]:
    """The curators' remarks on claims in these rows, each once."""
    found = about(kg, _NOTES, rows)
    return tuple({text_of(row, "text"): None for row in found})


def incomparable(kg: KnowledgeGraph, rows: Iterable[Row]) -> Incomparable | None:
    """The families of metric in these rows; None unless there are several."""
    found = list(about(kg, _FAMILIES, rows))
    families = {row["family"]: _said(kg, row, "family") for row in found}
    if len(families) < 2:
        return None
    return Incomparable(text_of(found[0], "rule"), tuple(families.values()))


def things(rows: Iterable[Row]) -> list[NamedNode]:
    """Every IRI of the rows, once, in order."""
    found = {
        term: None
        for row in rows
        for term in row.values()
        if isinstance(term, NamedNode)
    }
    return list(found)


def about(kg: KnowledgeGraph, query: str, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows of a query over the things of an answer.

    Args:
        kg: what is asked.
        query: with ``%s`` where ``?claim`` gets the things as its values.
        rows: whose IRIs are the things.
    """
    named = things(rows)
    for start in range(0, len(named), _AT_ONCE):
        # The engine's library writes the IRIs, so none can end its brackets.
        listed = " ".join(str(term) for term in named[start : start + _AT_ONCE])
        yield from kg.query(query % f"VALUES ?claim {{ {listed} }}").rows


def _said(kg: KnowledgeGraph, row: Row, name: str) -> Said:
    iri = text_of(row, name)
    speaker = text_of(row, "speaker")
    return Said(
        iri=iri,
        label=kg.label(iri),
        text=text_of(row, "text"),
        speaker=kg.label(speaker) if speaker else "",
        form=text_of(row, "form") or None,
    )


def text_of(row: Row, name: str) -> str:
    """The IRI or the text in a column; empty where there is none."""
    term = row.get(name)
    return "" if term is None else term.value
