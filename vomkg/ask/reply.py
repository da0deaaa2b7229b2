"""What comes back when the graph is asked in plain words."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from vomkg.errors import UsageError
from vomkg.namespaces import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from vomkg.engine.answer import Answer
    from vomkg.engine.trail import Trail
    from vomkg.engine.values import Value
    from vomkg.questions.question import Question

Outcome = Literal["answered", "suggestions", "not-reported", "refused"]

_NOT_IN_SOURCE: Final = ONTOLOGY + "NotStatedInSource"
_LEADS: Final = {
    "answered": "",
    "suggestions": "It is not clear what is meant.",
    "not-reported": "The reviews do not report this.",
    "refused": "This cannot be answered from the graph.",
}


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another question that may have been meant.

    Attributes:
        question: its name.
        words: the question, with the values that it would take.
        parameters: values that the words asked give to its parameters.
    """

    question: str
    words: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Absence:
    """One statement that something is not reported.

    Attributes:
        claim: IRI of the statement of absence.
        label: its name.
        statement: what it says.
        topic: IRI of what is missing.
        topic_label: what is missing.
        kind: IRI of the way in which it is missing.
        kind_label: that way in words.
        trails: who says so, and each place.
    """

    claim: str
    label: str
    statement: str
    topic: str
    topic_label: str
    kind: str
    kind_label: str
    trails: tuple[Trail, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """The outcome of a question in plain words.

    An answered reply is used as its answer: iterate it, or take ``df()``,
    ``to_csv()`` and ``trail()``. Any other is false, and says so when it is used.

    Attributes:
        asked: the words.
        outcome: answered, suggestions, not-reported or refused.
        question: the question that was answered; None if none was.
        read_as: how the words were read; None for suggestions and refusals.
        parameters: the values that the words gave to the question's parameters.
        alternatives: what else may have been meant, the nearest first.
        unknown_words: words that mean nothing here.
        corrected: mistyped words with what they were read as.
        absences: what is not reported.
        answer: the answer; None if there is none.
    """

    asked: str
    outcome: Outcome
    question: Question | None = None
    read_as: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    alternatives: tuple[Alternative, ...] = ()
    unknown_words: tuple[str, ...] = ()
    corrected: Mapping[str, str] = field(default_factory=dict)
    absences: tuple[Absence, ...] = ()
    answer: Answer | None = None

    @property
    def lead(self) -> str:
        """The outcome in a sentence; empty for an answer.

        That the reviews do not report a matter is said only where the source says
        so; what is merely not in the source is said to be that.
        """
        if self.outcome == "not-reported" and all(
            absence.kind == _NOT_IN_SOURCE for absence in self.absences
        ):
            return "The source of this graph does not say."
        return _LEADS[self.outcome]

    def __bool__(self) -> bool:
        """Whether a question was answered."""
        return self.outcome == "answered"

    def __len__(self) -> int:
        return len(self._answer())

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self._answer())

    def df(self) -> pd.DataFrame:
        """The answer as a DataFrame; see :meth:`Answer.df`.

        Raises:
            UsageError: nothing was answered.
            MissingToolError: pandas is not installed.
        """
        return self._answer().df()

    def to_csv(self) -> str:
        """The answer as CSV; see :meth:`Answer.to_csv`.

        Raises:
            UsageError: nothing was answered.
        """
        return self._answer().to_csv()

    def trail(self, row: int | Mapping[str, object]) -> list[Trail]:
        """Who says what a row of the answer says; see :meth:`Answer.trail`.

        Raises:
            UsageError: nothing was answered, or there is no such row.
        """
        return self._answer().trail(row)

    def fields(self) -> dict[str, object]:
        """The members of the JSON object that a program gets.

        The answer is in the form of SPARQL 1.1 Query Results JSON.
        """
        return {
            "asked": self.asked,
            "outcome": self.outcome,
            "question": self.question.id if self.question else None,
            "read_as": self.read_as,
            "parameters": dict(self.parameters),
            "alternatives": [
                {
                    "question": other.question,
                    "words": other.words,
                    "parameters": dict(other.parameters),
                }
                for other in self.alternatives
            ],
            "unknown_words": list(self.unknown_words),
            "corrected": dict(self.corrected),
            "absences": [_record(absence) for absence in self.absences],
            "answer": json.loads(self.answer.to_json()) if self.answer else None,
        }

    def _answer(self) -> Answer:
        if self.outcome == "answered" and self.answer is not None:
            return self.answer
        near = "; ".join(other.words for other in self.alternatives)
        raise UsageError(
            f"{self.asked!r} was not answered: the outcome is {self.outcome}",
            fix=f"nearest: {near}" if near else "see kg.questions for what is",
        )


def _record(absence: Absence) -> dict[str, object]:
    return {
        "claim": absence.claim,
        "label": absence.label,
        "statement": absence.statement,
        "topic": absence.topic,
        "topic_label": absence.topic_label,
        "kind": absence.kind,
        "kind_label": absence.kind_label,
        "places": [
            {
                "speaker": trail.speaker_label,
                "section": trail.section_label,
                "start": trail.start,
                "end": trail.end,
            }
            for trail in absence.trails
        ],
    }
