"""The catalogue of questions: one ``.rq`` file each, refused at the door if faulty.

A question is a page, an HTTP address, a command, a Python call and a test; all of
them read it from here.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from vomkg.errors import QuestionFileError, UnknownNameError
from vomkg.questions.binding import bind, choices_of
from vomkg.questions.header import Entry, split
from vomkg.questions.question import (
    CHARTS,
    DIMENSIONS,
    ORDERS,
    TYPES,
    Choice,
    Column,
    Parameter,
    Question,
)
from vomkg.questions.sentence import unknown_places
from vomkg.questions.text import QueryText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = [
    "Catalogue",
    "Choice",
    "Column",
    "Parameter",
    "Question",
    "bind",
    "choices_of",
    "read_question",
]

_REQUIRED = (
    "summary",
    "question",
    "phrasings",
    "dimension",
    "parameters",
    "columns",
    "order",
    "chart",
)
_OPTIONAL = ("empty", "sentence")
# Names that the addresses of a question use for something else.
_RESERVED = ("format", "query")
STEM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
# Of a wrong name no more is compared, or told.
_COMPARED = 80
_SELECT = re.compile(r"\b(select)\b", re.IGNORECASE)


class Catalogue:
    """The questions of a release, by name and in the order of the dimensions."""

    def __init__(self, questions: Iterable[Question]) -> None:
        rank = list(DIMENSIONS)
        ordered = sorted(questions, key=lambda q: (rank.index(q.dimension), q.id))
        self._by_id = {question.id: question for question in ordered}

    @classmethod
    def load(cls, files: Iterable[Path], prefixes: Mapping[str, str]) -> Catalogue:
        """The questions in the given files.

        Args:
            files: ``.rq`` files, one question each.
            prefixes: the prefix list, with which each file must agree.

        Raises:
            QuestionFileError: with file and line, for the first faulty file.
        """
        return cls(read_question(path, prefixes) for path in files)

    def __iter__(self) -> Iterator[Question]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, name: object) -> bool:
        return name in self._by_id

    def __getitem__(self, name: str) -> Question:
        """The question of that name.

        Raises:
            UnknownNameError: names the three nearest questions.
        """
        if name in self._by_id:
            return self._by_id[name]
        name = name[:_COMPARED]
        near = get_close_matches(name, self._by_id, n=3, cutoff=0.0)
        fix = f"nearest names: {', '.join(near)}" if near else None
        raise UnknownNameError(f"no question is called {name!r}", fix=fix)

    def in_dimension(self, dimension: str) -> tuple[Question, ...]:
        """The questions of one dimension; it may have none.

        Raises:
            UnknownNameError: if there is no such dimension.
        """
        if dimension not in DIMENSIONS:
            raise UnknownNameError(
                f"no dimension is called {dimension!r}",
                fix=f"dimensions: {', '.join(DIMENSIONS)}",
            )
        return tuple(q for q in self if q.dimension == dimension)


def read_question(path: Path, prefixes: Mapping[str, str]) -> Question:
    """The question in one file.

    Raises:
        QuestionFileError: unreadable file, faulty header, or a query that does
            not do what its header says.
    """
    text = read_text(path)
    header, sparql, first_line = split(text, path)
    fields = header.fields(_REQUIRED, _OPTIONAL)
    query = QueryText(sparql, path, first_line)
    query.check_prefixes(prefixes)
    query.check_limits()
    columns = tuple(_column(entry) for entry in fields["columns"].entries())
    if query.columns != tuple(column.name for column in columns):
        raise fields["columns"].fault(
            f"the header names the columns {[c.name for c in columns]}, "
            f"the query selects {list(query.columns)}",
            fix="make both lists equal, in the same order",
        )
    parameters = tuple(_parameter(e) for e in fields["parameters"].entries())
    for parameter in parameters:
        if parameter.name not in query.variables:
            raise fields["parameters"].fault(
                f"the query does not use the parameter ?{parameter.name}",
                fix="use it or take it out of the header",
            )
    if "empty" in fields:
        fields["empty"].choice(["expected"])
    return Question(
        id=_stem(path),
        path=path,
        summary=fields["summary"].one_line(),
        question=fields["question"].one_line(),
        phrasings=tuple(e.one_line() for e in fields["phrasings"].entries()),
        dimension=fields["dimension"].choice(DIMENSIONS),
        parameters=parameters,
        columns=columns,
        order=fields["order"].choice(ORDERS),
        chart=fields["chart"].choice(CHARTS),
        may_be_empty="empty" in fields,
        sentence=_sentence(fields, query.columns),
        text=text,
        sparql=sparql,
        prefixes=prefixes,
    )


def read_text(path: Path) -> str:
    """The text of a question or rule file, with plain line ends."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise QuestionFileError("the file is not UTF-8", path=path) from fault
    except OSError as fault:
        reason = fault.strerror or "unknown reason"
        raise QuestionFileError(
            f"the file cannot be read: {reason.lower()}", path=path
        ) from fault


def _sentence(fields: Mapping[str, Entry], columns: tuple[str, ...]) -> str:
    """The template of the sentence; empty if the file has none."""
    if "sentence" not in fields:
        return ""
    template = fields["sentence"].one_line()
    unknown = unknown_places(template, columns)
    if unknown:
        raise fields["sentence"].fault(
            f"no column fills {{{unknown[0]}}} in the sentence",
            fix=f"columns of the query: {', '.join(columns)}",
        )
    return template


def _stem(path: Path) -> str:
    if not STEM.fullmatch(path.stem):
        raise QuestionFileError(
            f"{path.stem!r} cannot name a question",
            path=path,
            fix="use lower-case letters, digits and single hyphens",
        )
    return path.stem


def _name(entry: Entry) -> str:
    name = entry.one_line()
    if not _NAME.fullmatch(name) or name in _RESERVED:
        raise entry.fault(
            f"{name!r} cannot be a name here",
            fix="use lower-case letters, digits and '_', and neither of "
            + " and ".join(_RESERVED),
        )
    return name


def _column(entry: Entry) -> Column:
    fields = entry.fields(["name", "meaning"])
    return Column(_name(fields["name"]), fields["meaning"].one_line())


def _parameter(entry: Entry) -> Parameter:
    fields = entry.fields(["name", "type", "label"], ["default", "choices"])
    choices: tuple[Choice, ...] = ()
    query = None
    if "choices" in fields:
        given = fields["choices"]
        if isinstance(given.value, str):
            query = given.text()
            if not _SELECT.search(query):
                raise given.fault("'choices' must be a list or a SELECT text")
        else:
            choices = tuple(_choice(item) for item in given.entries())
    return Parameter(
        name=_name(fields["name"]),
        type=fields["type"].choice(TYPES),
        label=fields["label"].one_line(),
        default=fields["default"].one_line() if "default" in fields else None,
        choices=choices,
        choices_query=query,
    )


def _choice(entry: Entry) -> Choice:
    if isinstance(entry.value, dict):
        fields = entry.fields(["value", "label"])
        return Choice(fields["value"].one_line(), fields["label"].one_line())
    return Choice(entry.one_line(), entry.one_line())
