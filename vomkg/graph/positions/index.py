"""Where each triple of some files is said, looked up by its terms."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import rdflib

from vomkg.errors import FormatError, TurtleError
from vomkg.formats import by_extension
from vomkg.graph.labels import mark_of
from vomkg.graph.positions.grammar import Reader
from vomkg.graph.positions.terminals import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vomkg.graph.positions.frame import Record, Term

FORMS: Final = frozenset({"turtle", "ntriples", "trig", "nquads"})
_BRACKETS: Final = frozenset({Kind.OPEN, Kind.LIST})


class Span(NamedTuple):
    """A stretch of a text; see :class:`vomkg.curate.place.Place`."""

    line: int
    column: int
    end_line: int
    end_column: int


class File:
    """One text with its triples and the places where they are said.

    Args:
        name: what it is called.
        text: Turtle, TriG, N-Triples or N-Quads, by the name's extension; Turtle
            where that says nothing.
        mark: what the labels of its blank nodes begin with.

    Raises:
        TurtleError: the text is not of the grammar.
    """

    def __init__(self, name: str, text: str, mark: str = "p") -> None:
        self.name = name
        reader = Reader(text, mark, form=form_of(name))
        try:
            reader.read()
        except TurtleError as error:
            error.path = name
            raise
        self.records: list[Record] = reader.records
        self.prefixes = reader.names.prefixes
        self._tokens = reader.tokens
        self._last = reader.last

    @cached_property
    def by_subject(self) -> dict[Term, list[int]]:
        """The numbers of the triples with a subject, in the order of the text."""
        return _grouped(record[0] for record in self.records)

    @cached_property
    def by_object(self) -> dict[Term, list[int]]:
        """The numbers of the triples with an object, in the order of the text."""
        return _grouped(record[2] for record in self.records)

    def span(self, token: int, *, whole: bool = True) -> Span:
        """Where a node stands that begins with a token.

        Args:
            token: the number of the token.
            whole: whether a bracket counts to its end, or as its first character.
        """
        tokens = self._tokens
        is_bracket = tokens.kinds[token] in _BRACKETS
        last = token if is_bracket and not whole else self._last.get(token, token)
        first = tokens.place(tokens.starts[token])
        line, column = tokens.place(tokens.ends[last] - 1)
        return Span(*first, line, column + 1)


@dataclass(frozen=True, slots=True)
class Statement:
    """One triple as one file says it."""

    file: File
    number: int

    @property
    def subject(self) -> Term:
        """Its subject."""
        return self.file.records[self.number][0]

    @property
    def predicate(self) -> rdflib.URIRef:
        """Its predicate."""
        return self.file.records[self.number][1]

    @property
    def object(self) -> Term:
        """Its object."""
        return self.file.records[self.number][2]

    @property
    def subject_at(self) -> Span:
        """Where the block of its subject begins; of a bracket the first character.

        The cell of a list stands where its item does.
        """
        return self.file.span(self.file.records[self.number][3], whole=False)

    @property
    def predicate_at(self) -> Span:
        """Where its predicate stands; of a list cell, the item."""
        return self.file.span(self.file.records[self.number][4])

    @property
    def object_at(self) -> Span:
        """Where its object stands, with brackets, tag and datatype."""
        return self.file.span(self.file.records[self.number][5])


class Positions:
    """The places of the triples of several files.

    Attributes:
        files: the files, in the order in which they were given.
    """

    def __init__(self, files: list[File]) -> None:
        self.files = files

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Positions:
        """Read the texts by their names.

        Raises:
            TurtleError: a text is not of the grammar.
        """
        same: Counter[str] = Counter()
        files = []
        for name, text in texts.items():
            mark = mark_of(text)
            same[mark] += 1
            files.append(File(name, text, f"p{mark}x{same[mark]}n"))
        return cls(files)

    def graph(self) -> rdflib.Graph:
        """All triples as one graph, whose blank nodes have the labels used here."""
        graph = rdflib.Graph(bind_namespaces="none")
        for file in self.files:
            for prefix, namespace in file.prefixes.items():
                graph.bind(prefix, namespace)
            for record in file.records:
                graph.add(record[:3])
        return graph

    def statements(
        self,
        subject: Term | None = None,
        predicate: Term | None = None,
        value: Term | None = None,
    ) -> Iterator[Statement]:
        """Each place at which triples are said that match, in order.

        Args:
            subject: the subject, or None for any if a value is given.
            predicate: the predicate, or None for any.
            value: the object, or None for any if a subject is given.
        """
        for file in self.files:
            if subject is not None:
                numbers = file.by_subject.get(subject, [])
            else:
                numbers = file.by_object.get(value, []) if value is not None else []
            for number in numbers:
                record = file.records[number]
                if predicate is not None and record[1] != predicate:
                    continue
                if value is None or record[2] == value:
                    yield Statement(file, number)

    def holds(self, node: Term) -> bool:
        """Whether a file speaks of a node as subject or object."""
        return any(
            node in file.by_subject or node in file.by_object for file in self.files
        )


def form_of(name: str) -> str:
    """The format that a file's name stands for, Turtle where it says nothing."""
    extension = name.rpartition(".")[2] if "." in name else ""
    try:
        found = by_extension(extension) if extension else None
    except FormatError:
        found = None
    return found.name if found else "turtle"


def _grouped(terms: Iterable[Term]) -> dict[Term, list[int]]:
    found: dict[Term, list[int]] = {}
    for number, term in enumerate(terms):
        found.setdefault(term, []).append(number)
    return found
