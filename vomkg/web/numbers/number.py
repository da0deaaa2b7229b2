"""A printed number as the question ``number-in-full`` knows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from vomkg.engine.binding import bound
from vomkg.errors import UnknownNameError
from vomkg.namespaces import ONTOLOGY, THINGS
from vomkg.questions.cell import cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vomkg.engine.answer import Answer
    from vomkg.engine.results import Row
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.cell import Cell

QUESTION: Final = "number-in-full"
# What a number without a metric is told by: the property that holds its value.
_OTHER: Final = ONTOLOGY + "prevalencePercent"
_PLACE: Final = ("place", "section", "start", "end", "source")


@dataclass(frozen=True, slots=True)
class Number:
    """One number with each of its rows: a row for each place.

    Attributes:
        iri: the claim that holds it.
        label: name of the claim.
        cells: the columns of its first row, in words.
        places: place, section, start, end and source of each row.
    """

    iri: str
    label: str
    cells: Mapping[str, Cell]
    places: tuple[tuple[Cell, ...], ...]

    @property
    def slug(self) -> str:
        """What its address ends with."""
        return self.iri.removeprefix(THINGS)

    @property
    def kind(self) -> Cell | None:
        """The family of its metric; None if it has none."""
        family = self.cells["family"]
        return None if family.is_unbound else family


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers of one family, in the order of speaker and name, never of value."""

    kind: Cell
    meaning: str
    numbers: tuple[Number, ...]


def whole_query(kg: KnowledgeGraph, iri: str | None = None) -> str:
    """The query behind every number, or behind one.

    Raises:
        UnknownNameError: the graph comes without the question.
    """
    text = kg.questions[QUESTION].sparql
    return text if iri is None else bound(text, {"number": NamedNode(iri)})


def numbers(kg: KnowledgeGraph) -> tuple[Number, ...]:
    """Every number that the graph can trace to its place; none without the question."""
    if QUESTION not in kg.questions:
        return ()
    return read(kg, kg.query(whole_query(kg)).rows)


def number(kg: KnowledgeGraph, slug: str) -> tuple[Number, Answer]:
    """One number, and the answer that it was read from.

    Raises:
        UnknownNameError: the graph holds no such number.
    """
    fault = UnknownNameError(
        f"no number is called {slug[:80]!r}", fix="choose one from /numbers"
    )
    try:
        iri = NamedNode(THINGS + slug).value
    except ValueError:
        raise fault from None
    if QUESTION not in kg.questions:
        raise fault
    answer = kg.query(whole_query(kg, iri))
    if not answer.rows:
        raise fault
    return read(kg, answer.rows)[0], answer


def read(kg: KnowledgeGraph, rows: Iterable[Row]) -> tuple[Number, ...]:
    """The numbers in rows of the question, each once."""
    found: dict[str, list[dict[str, Cell]]] = {}
    for row in rows:
        cells = {name: cell(term, kg.label) for name, term in row.items()}
        found.setdefault(cells["number"].iri or "", []).append(cells)
    return tuple(
        Number(
            iri=iri,
            label=kg.label(iri),
            cells=lines[0],
            places=tuple(
                dict.fromkeys(tuple(line[name] for name in _PLACE) for line in lines)
            ),
        )
        for iri, lines in found.items()
    )


def groups(kg: KnowledgeGraph, found: Iterable[Number]) -> tuple[Group, ...]:
    """The numbers by family; those without a metric come last."""
    other = cell(NamedNode(_OTHER), kg.label)
    by_kind: dict[Cell, list[Number]] = {}
    for item in found:
        by_kind.setdefault(item.kind or other, []).append(item)
    meanings = _definitions(kg, by_kind)
    order = sorted(by_kind, key=lambda kind: (kind == other, kind.text))
    return tuple(
        Group(
            kind,
            meanings.get(kind.iri or "", ""),
            tuple(
                sorted(by_kind[kind], key=lambda n: (n.cells["speaker"].text, n.iri))
            ),
        )
        for kind in order
    )


def _definitions(kg: KnowledgeGraph, things: Iterable[Cell]) -> dict[str, str]:
    """What the graph says that each thing is."""
    listed = " ".join(str(NamedNode(thing.iri)) for thing in things if thing.iri)
    text = f"""
    SELECT ?thing ?text
    WHERE {{ VALUES ?thing {{ {listed} }} ?thing skos:definition ?text }}
    ORDER BY ?thing ?text
    """
    return {
        row["thing"].value: row["text"].value  # type: ignore[union-attr]
        for row in kg.query(text).rows
    }
