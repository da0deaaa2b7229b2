"""What a question is: its words, its blanks, its columns and its query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DIMENSIONS: Final[Mapping[str, str]] = {
    "effect": "Effect: does it reduce reoffending?",
    "mechanism": "Mechanism: how may it work?",
    "moderator": "Moderators: where does it work better or worse?",
    "implementation": "Implementation: how is it put into practice?",
    "economics": "Economics: what does it cost?",
    "intervention": "The intervention itself",
    "trust": "Trust: how sound is the evidence?",
    "disagreement": "Agreement and disagreement",
    "absence": "Absence: what nobody reported",
    "provenance": "Provenance: who says so, and where",
}
ORDERS: Final = ("exact", "any")
CHARTS: Final = ("table", "dots", "points", "matrix", "steps")
TYPES: Final = ("iri", "string", "integer", "decimal", "date")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a parameter may take, with the words shown for it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One blank of a question.

    Attributes:
        name: the variable of the query, and the name in CLI, HTTP and Python.
        type: iri, string, integer, decimal or date.
        label: the words beside the form field.
        default: the value taken when none is given; None makes it required.
        choices: the allowed values; empty if any value of the type will do.
        choices_query: a SELECT of ?value and ?label that gives the allowed
            values from the graph, instead of a list.
    """

    name: str
    type: str
    label: str
    default: str | None = None
    choices: tuple[Choice, ...] = ()
    choices_query: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the answer and what it means."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question that has a ready query.

    Attributes:
        id: the stem of its file, used everywhere as its name.
        path: its file.
        summary: one line that could head its answer.
        question: plain words, with a question mark.
        phrasings: other words for the same question.
        dimension: one of DIMENSIONS.
        parameters: its blanks.
        columns: the columns of the answer, in order.
        order: whether the order of the rows is part of the answer.
        chart: a hint how to draw it.
        may_be_empty: whether no row is an expected answer.
        text: the whole file.
        sparql: the query alone.
        prefixes: the prefix list, for values given as prefixed names.
        sentence: template that the answer fills, see questions/sentence.py; empty
            if there is none.
    """

    id: str
    path: Path
    summary: str
    question: str
    phrasings: tuple[str, ...]
    dimension: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    order: str
    chart: str
    may_be_empty: bool
    text: str
    sparql: str
    prefixes: Mapping[str, str]
    sentence: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether it can be answered without any value given."""
        return all(item.default is not None for item in self.parameters)
