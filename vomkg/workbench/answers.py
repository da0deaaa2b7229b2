"""Which questions have another answer in another version of the graph."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from vomkg.errors import VomkgError
from vomkg.questions.catalogue import bind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from vomkg.engine.answer import Answer
    from vomkg.engine.results import Term
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.question import Question

    Line = tuple[str, ...]
    Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question whose answer differs.

    Attributes:
        question: the question's name.
        asked: its parameters, as ``name=value``.
        gone: rows that are no longer in the answer, in words, one cell a column.
        new: rows that were not in it before.
        note: what else differs: that the order does, that it is a new question or
            an old one, or why a version cannot answer it.
    """

    question: str
    asked: tuple[str, ...] = ()
    gone: tuple[Line, ...] = ()
    new: tuple[Line, ...] = ()
    note: str = ""


def answer_changes(
    old: KnowledgeGraph,
    new: KnowledgeGraph,
    step: Callable[[str], None] = lambda name: None,
) -> tuple[AnswerChange, ...]:
    """Every question whose answer differs, by name.

    A question is asked once with its defaults, or the first values that may be
    chosen, and once with every further value of each parameter that has choices
    in either version.

    Args:
        old: the version before.
        new: the version after.
        step: is told the name of each question before it is asked.
    """
    before = {question.id: question for question in old.questions}
    after = {question.id: question for question in new.questions}
    found: list[AnswerChange] = []
    for name in sorted(before.keys() | after.keys()):
        step(name)
        if name not in before or name not in after:
            note = "a new question" if name in after else "no longer a question"
            found.append(AnswerChange(name, note=note))
        else:
            found += _compared(old, new, before[name], after[name])
    return tuple(found)


def _compared(
    old: KnowledgeGraph, new: KnowledgeGraph, before: Question, after: Question
) -> Iterator[AnswerChange]:
    asked = dict.fromkeys([*_askings(new, after), *_askings(old, before)])
    for values in asked:
        was, now = _answer(old, before, values), _answer(new, after, values)
        words = tuple(f"{name}={value}" for name, value in values)
        if isinstance(was, str) or isinstance(now, str):
            if was != now:
                yield AnswerChange(before.id, words, note=_cannot(was, now))
            continue
        gone, came = _rows(was), _rows(now)
        if Counter(gone) != Counter(came):
            yield AnswerChange(
                before.id,
                words,
                _in_words(Counter(gone) - Counter(came), was, old),
                _in_words(Counter(came) - Counter(gone), now, new),
            )
        elif after.order == "exact" and gone != came:
            yield AnswerChange(before.id, words, note="the same rows in another order")


def _askings(
    kg: KnowledgeGraph, question: Question
) -> Iterator[tuple[tuple[str, str], ...]]:
    """Values to ask a question with: the usual ones, then each other choice."""
    graph = kg.choices(question)
    choices = {
        parameter.name: [
            choice.value
            for choice in parameter.choices or graph.get(parameter.name, ())
        ]
        for parameter in question.parameters
    }
    needed = {
        parameter.name: choices[parameter.name][0]
        for parameter in question.parameters
        if parameter.default is None and choices[parameter.name]
    }
    defaults = {item.name: item.default for item in question.parameters} | needed
    yield tuple(sorted(needed.items()))
    for name, values in choices.items():
        for value in values:
            if value != defaults.get(name):
                yield tuple(sorted({**needed, name: value}.items()))


def _answer(
    kg: KnowledgeGraph, question: Question, values: tuple[tuple[str, str], ...]
) -> Answer | str:
    """The answer, or why there is none."""
    given: Mapping[str, object] = dict(values)
    try:
        return kg.query(
            question.sparql, bindings=bind(question, given, kg.choices(question))
        )
    except VomkgError as error:
        return error.message


def _cannot(was: Answer | str, now: Answer | str) -> str:
    if isinstance(now, str):
        return f"cannot be answered any more: {now}"
    return f"can be answered now; before: {was}"


def _rows(answer: Answer) -> list[Row]:
    return [tuple(row[name] for name in answer.columns) for row in answer.rows]


def _in_words(
    rows: Counter[Row], answer: Answer, kg: KnowledgeGraph
) -> tuple[Line, ...]:
    """The rows as a person reads them: the columns that are filled, by name."""
    return tuple(
        tuple(
            f"{name}: {_cell(term, kg)}"
            for name, term in zip(answer.columns, row, strict=True)
            if term is not None
        )
        for row in rows.elements()
    )


def _cell(term: Term, kg: KnowledgeGraph) -> str:
    value: str = getattr(term, "value", str(term))
    return kg.label(value) if isinstance(term, NamedNode) else value
