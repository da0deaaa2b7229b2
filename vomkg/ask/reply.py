"""What comes back when the graph is asked in plain words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NoReturn

from vomkg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from vomkg.engine.answer import Answer
    from vomkg.engine.trail import Trail
    from vomkg.engine.values import Value
    from vomkg.questions.question import Question

Outcome = Literal["answered", "suggestions", "not-reported", "refused"]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Something else that may have been meant.

    Attributes:
        words: what to ask to get it.
        question: the question that it is; None for a topic that is not reported.
        topic: IRI of that topic; None for a question.
        parameters: values that the words asked for give to the question.
    """

    words: str
    question: str | None = None
    topic: str | None = None
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
        kind: in which way it is missing.
        trails: who says so, and each place.
    """

    claim: str
    label: str
    statement: str
    topic: str
    topic_label: str
    kind: str
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

    def _answer(self) -> Answer:
        if self.outcome == "answered" and self.answer is not None:
            return self.answer
        self._refuse()

    def _refuse(self) -> NoReturn:
        near = "; ".join(other.words for other in self.alternatives)
        raise UsageError(
            f"{self.asked!r} was not answered: the outcome is {self.outcome}",
            fix=f"nearest: {near}" if near else "see kg.questions for what is",
        )
