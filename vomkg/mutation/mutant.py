"""One deliberate fault: which triples go, and which come in their place."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from rdflib import BNode, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rdflib.term import Node

    from vomkg.mutation.world import World

    Triple = tuple[Node, Node, Node]
    Targets = Callable[[World], Iterator[tuple[list[Triple], list[Triple]]]]

_Term = TypeVar("_Term", bound="Node")
_ESCAPES: Final = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A graph that differs from the valid one in a few triples.

    Attributes:
        operator: the name of the operator that made it.
        subject: the thing that is concerned.
        predicate: the property that is concerned, or None where a whole thing is.
        removed: the triples that it lacks, as lines of N-Triples.
        added: the triples that it has in their place, as lines of N-Triples.
        ill_typed: a literal among the added ones is not of its datatype.
    """

    operator: str
    subject: str
    predicate: str | None
    removed: tuple[str, ...]
    added: tuple[str, ...]
    ill_typed: bool = False

    @property
    def words(self) -> str:
        """The change in two lines of a diff at most, in N-Triples."""
        told = [f"- {line}" for line in self.removed]
        told += [f"+ {line}" for line in self.added]
        rest = len(told) - 4
        return "\n".join([*told[:4], *([f"… and {rest} more"] if rest > 0 else [])])


@dataclass(frozen=True, slots=True)
class Operator:
    """A kind of fault, and where it can be planted.

    Attributes:
        name: its name in options and tables.
        breaks: what it does to the data, in plain words.
        targets: all changes that it can make to a graph, in a fixed order.
    """

    name: str
    breaks: str
    targets: Targets


def in_order(terms: Iterable[_Term]) -> list[_Term]:
    """The terms sorted: blank nodes, IRIs, literals, each by their text."""
    return sorted(terms, key=_rank)


def listed(triples: Iterable[Triple]) -> list[Triple]:
    """The triples sorted by subject, property and object."""
    return sorted(triples, key=lambda triple: tuple(map(_rank, triple)))


def _rank(term: Node) -> tuple[int, str, str]:
    if isinstance(term, Literal):
        return 2, str(term), term.language or str(term.datatype)
    return int(not isinstance(term, BNode)), str(term), ""


def line_of(triple: Triple) -> str:
    """A triple as a line of N-Triples, without the line feed."""
    return " ".join(map(_term, triple)) + " ."


def _term(term: Node) -> str:
    if not isinstance(term, Literal):
        return term.n3()
    text = f'"{str(term).translate(_ESCAPES)}"'
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^<{term.datatype}>" if term.datatype else text


def literal_like(text: str, model: Literal) -> Literal:
    """A literal with another text and the language or datatype of the model."""
    with warnings.catch_warnings():
        # rdflib remarks upon "about true"^^xsd:boolean, which is the very point.
        warnings.simplefilter("ignore")
        return Literal(
            text, lang=model.language, datatype=model.datatype, normalize=False
        )
