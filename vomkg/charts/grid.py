"""Answers as fields: one thing down, who says so across, symbol and word in each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from vomkg.charts.facts import tensions
from vomkg.charts.numbers import capital
from vomkg.claims import Said, text_of
from vomkg.errors import NoPictureError
from vomkg.namespaces import ONTOLOGY
from vomkg.questions.cell import cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vomkg.engine.answer import Answer
    from vomkg.engine.results import Row
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.cell import Cell

# A picture knows the columns of an answer by their names.
DOWN: Final = ("dimension", "moderator", "mechanism", "topic", "step", "proposition")
ACROSS: Final = ("review", "speaker", "absent_from")
_BESIDES: Final = ("claim", "missing")
_UNSAID: Final = ("EffectDirectionNotReported", "OutcomeDirectionNotReported")
ABSENT: Final = "Not reported"
UNSAID: Final = "Nothing said"
_SYMBOLS: Final = {
    "ReducesEffect": "▼",
    "IncreasesEffect": "▲",
    "NoSignificantDifference": "=",
    "HigherReoffending": "↑",
    "LowerReoffending": "↓",
    "NotReported": "×",
    "NotConducted": "×",
    "NotConsidered": "×",
    "TestedEmpirically": "✓",
}
_PRESENT: Final = "■"


@dataclass(frozen=True, slots=True)
class Square:
    """One field of a grid.

    Attributes:
        symbol: of what the word says; never alone.
        word: what is there, in a word or a few.
        value: more of it, such as the numbers; may be empty.
        count: how many claims it stands for, in words; may be empty.
        is_absent: whether it says that something is missing.
        claims: IRIs of the claims behind it.
        notes: numbers of the notes that say with what it does not line up.
    """

    symbol: str
    word: str
    value: str = ""
    count: str = ""
    is_absent: bool = False
    claims: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()

    @property
    def sign(self) -> str:
        """What marks a field that does not line up with another; may be empty."""
        return " ".join(f"≠{number}" for number in self.notes)


@dataclass(frozen=True, slots=True)
class Grid:
    """Fields in rows and columns; each row has a field for each column.

    Attributes:
        corner: what the heads of the rows are.
        columns: heads of the columns.
        rows: the head of each row, and its fields.
        tensions: what does not line up; the first has the number 1.
    """

    corner: str
    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, tuple[Square, ...]], ...]
    tensions: tuple[Said, ...] = ()


def grid(kg: KnowledgeGraph, answer: Answer) -> Grid:
    """The answer as fields.

    Raises:
        NoPictureError: no column is known as one to put down, or across.
    """
    down, across = _axes(answer.columns)
    details = [n for n in answer.columns if n not in (down, across, *_BESIDES)]
    pulls = tensions(kg, answer.rows)
    squares: dict[tuple[str, str], Square] = {}
    for row in answer.rows:
        key = text_of(row, down), text_of(row, across)
        found = _square(kg, row, details)
        notes = tuple(
            number
            for number, tension in enumerate(pulls, 1)
            if text_of(row, "claim") in tension.claims
        )
        found = replace(found, notes=notes)
        squares[key] = _joined(squares[key], found) if key in squares else found
    heads = dict(sorted((text_of(row, across), row[across]) for row in answer.rows))
    sides = {text_of(row, down): row[down] for row in answer.rows}
    # Where absences are what is listed, an empty field is not one more of them.
    word = UNSAID if set(details) & {"absence_kind", "considered"} else ABSENT
    empty = Square("–", word, is_absent=True)
    return Grid(
        corner=capital(down.replace("_", " ")),
        columns=tuple(cell(term, kg.label) for term in heads.values()),
        rows=tuple(
            (
                cell(term, kg.label),
                tuple(squares.get((side, head), empty) for head in heads),
            )
            for side, term in sides.items()
        ),
        tensions=tuple(tension.said for tension in pulls),
    )


def _axes(columns: Sequence[str]) -> tuple[str, str]:
    down = next((name for name in DOWN if name in columns), None)
    across = next((name for name in ACROSS if name in columns), None)
    if down is None or across is None:
        raise NoPictureError(
            f"no picture has rows and columns for {', '.join(columns)}",
            fix=f"name one column of {', '.join(DOWN)} and one of {', '.join(ACROSS)}",
        )
    return down, across


def _square(kg: KnowledgeGraph, row: Row, details: Sequence[str]) -> Square:
    """One row as a field: the first thing said is its word."""
    claim = text_of(row, "claim")
    claims = (claim,) if claim else ()
    said = [
        (capital(words), _symbol(text_of(row, name)))
        for name in details
        if (words := _words(kg, row, name))
    ]
    if {"reference", "comparison"} <= set(details):
        ends = kg.label(text_of(row, "reference")), kg.label(text_of(row, "comparison"))
        rest = [
            words for words, _ in said if words not in {capital(end) for end in ends}
        ]
        return Square(
            "▼", "Smaller effect", _sentence([" → ".join(ends), *rest]), claims=claims
        )
    if not said:
        return Square("–", ABSENT, is_absent=True, claims=claims)
    (word, symbol), *rest_said = said
    value = _sentence([words for words, _ in rest_said])
    return Square(symbol, word, value, is_absent=symbol == "×", claims=claims)


def _words(kg: KnowledgeGraph, row: Row, name: str) -> str:
    """The words of one value; nothing where it says that nothing is said."""
    shown = cell(row[name], kg.label)
    if shown.is_unbound or text_of(row, name).removeprefix(ONTOLOGY) in _UNSAID:
        return ""
    if shown.text in {"yes", "no"} and shown.iri is None:
        if shown.text == "yes":
            return name.replace("_", " ")
        return "" if name == "hedged" else f"not {name.replace('_', ' ')}"
    return shown.text


def _symbol(value: str) -> str:
    if value == "false":
        return "×"
    return _SYMBOLS.get(value.removeprefix(ONTOLOGY), _PRESENT)


def _sentence(words: Sequence[str]) -> str:
    return "; ".join(w[:1].lower() + w[1:] if i else w for i, w in enumerate(words))


def _joined(one: Square, other: Square) -> Square:
    """Two rows of one field: both are said."""
    values = dict.fromkeys(v for v in (one.value, other.value) if v)
    words = one.word
    if other.word not in words:
        words = f"{words}; {other.word[:1].lower()}{other.word[1:]}"
    return replace(
        one,
        word=words,
        value="; ".join(values),
        is_absent=one.is_absent and other.is_absent,
        claims=(*one.claims, *other.claims),
        notes=tuple(sorted({*one.notes, *other.notes})),
    )
