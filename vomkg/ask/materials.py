"""What is read from the graph before it can be asked in plain words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from pyoxigraph import NamedNode

from vomkg.engine.paged import all_rows
from vomkg.errors import LimitError
from vomkg.wording.words import pieces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vomkg.config import Settings
    from vomkg.engine.answer import Answer
    from vomkg.engine.results import Row
    from vomkg.questions.catalogue import Catalogue
    from vomkg.questions.question import Choice, Question

    class Graph(Protocol):
        """What can be asked in plain words: a knowledge graph."""

        settings: Settings

        @property
        def questions(self) -> Catalogue:
            """The questions that have a name."""
            ...

        def query(self, text: str, /) -> Answer:
            """The answer to a SPARQL text."""
            ...

        def run(self, name: str, /, **parameters: object) -> Answer:
            """The answer of a question."""
            ...

        def choices(self, question: Question, /) -> Mapping[str, Sequence[Choice]]:
            """The values from the graph that parameters may take."""
            ...

        def label(self, iri: str, /) -> str:
            """The name of a thing."""
            ...


_LEXICON: Final = """
SELECT DISTINCT ?thing ?label
WHERE {
  ?thing skos:altLabel ?any .
  ?thing skos:prefLabel|skos:altLabel ?label .
}
ORDER BY ?thing ?label
"""
_ABSENCES: Final = """
SELECT DISTINCT ?claim ?topic ?kind ?statement
WHERE {
  ?claim a vom:AbsenceStatement ;
    vom:aboutTopic ?topic ;
    vom:absenceKind ?kind ;
    vom:statement ?statement .
}
ORDER BY ?claim ?topic
"""
_NUMBERS: Final = """
SELECT DISTINCT ?form
WHERE { ?claim vom:reportedForm ?form }
ORDER BY ?form
"""
_NAMES: Final = """
SELECT DISTINCT ?thing ?label
WHERE {
  VALUES ?thing { %s }
  ?thing skos:prefLabel ?label .
}
ORDER BY ?thing ?label
"""
# Far below the longest query allowed, whatever the length of the IRIs.
_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement of absence as the graph has it."""

    claim: str
    topic: str
    kind: str
    statement: str


@dataclass(frozen=True, slots=True)
class Materials:
    """All that the matcher is made of.

    Attributes:
        labels: the labels, the other ones too, of each thing of the lexicon.
        absences: the statements of absence, by topic.
        numbers: the numbers that the sources report.
        choices: the allowed values of each parameter, by question and name.
        named: names of the things in the answer of each question.
    """

    labels: Mapping[str, Sequence[str]]
    absences: Mapping[str, Sequence[Stated]]
    numbers: frozenset[float]
    choices: Mapping[str, Mapping[str, Sequence[Choice]]]
    named: Mapping[str, Sequence[str]]


def gather(kg: Graph) -> Materials:
    """What the graph holds for a matcher; some dozens of queries.

    Raises:
        UpstreamError: a remote store fails.
    """
    labels: dict[str, list[str]] = defaultdict(list)
    for row in all_rows(kg, _LEXICON):
        labels[_text(row, "thing")].append(_text(row, "label"))
    absences: dict[str, list[Stated]] = defaultdict(list)
    for row in all_rows(kg, _ABSENCES):
        stated = Stated(
            *(_text(row, n) for n in ("claim", "topic", "kind", "statement"))
        )
        absences[stated.topic].append(stated)
    things = {
        q.id: _things(kg, q) for q in kg.questions if q.is_ready and not q.parameters
    }
    names = _names(kg, sorted({iri for found in things.values() for iri in found}))
    forms = [_text(row, "form") for row in all_rows(kg, _NUMBERS)]
    return Materials(
        labels={thing: sorted(labels[thing]) for thing in sorted(labels)},
        absences=absences,
        numbers=frozenset(
            piece.number
            for form in forms
            for piece in pieces(form)
            if piece.number is not None
        ),
        choices={q.id: _choices(kg, q) for q in kg.questions if q.parameters},
        named={
            name: [names[iri] for iri in sorted(found) if iri in names]
            for name, found in things.items()
        },
    )


def _choices(kg: Graph, question: Question) -> dict[str, Sequence[Choice]]:
    found = kg.choices(question)
    return {p.name: p.choices or found.get(p.name, ()) for p in question.parameters}


def _things(kg: Graph, question: Question) -> set[str]:
    """The things in the answer of a question; none if it cannot be had in time."""
    try:
        answer = kg.run(question.id)
    except LimitError:
        return set()
    return {
        term.value
        for row in answer.rows
        for term in row.values()
        if isinstance(term, NamedNode)
    }


def _names(kg: Graph, things: Sequence[str]) -> dict[str, str]:
    """The name of each thing that has one, by few queries instead of many."""
    found: dict[str, str] = {}
    for start in range(0, len(things), _AT_ONCE):
        listed = " ".join(f"<{iri}>" for iri in things[start : start + _AT_ONCE])
        for row in all_rows(kg, _NAMES % listed):
            found.setdefault(_text(row, "thing"), _text(row, "label"))
    return found


def _text(row: Row, name: str) -> str:
    return str(getattr(row[name], "value", ""))
