"""Counts of an answer as bars; nothing else is drawn of a free query.

Bars of any numbers would set months beside percents. A COUNT has one unit, whatever
is asked; what estimates mean is known to the question pages, which draw them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vomkg.graph.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vomkg.graph.tokens import Token
    from vomkg.web.view import Table

MOST: Final = 30
_WIDTH: Final = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its name, its number as printed, and its length from 0 to 100."""

    label: str
    number: str
    length: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts of one column, drawn; or why they are not.

    Attributes:
        title: what the picture finds, in words.
        bars: one a row; empty if nothing is drawn.
        reason: why nothing is drawn, else empty.
    """

    title: str = ""
    bars: tuple[Bar, ...] = ()
    reason: str = ""


def bars(table: Table, query: str) -> Bars | None:
    """The counts as bars; None where the answer has not the shape of a picture.

    Args:
        table: an answer; its shape fits if one column is words and one is numbers.
        query: its text, which tells whether the numbers are counts.
    """
    numbers = [i for i, heading in enumerate(table.headings) if heading.is_number]
    if len(table.headings) != 2 or len(numbers) != 1 or len(table.lines) < 2:
        return None
    column = numbers[0]
    title = table.headings[column].title
    if not _is_count(list(tokens(query)), title.replace(" ", "_")):
        return Bars(
            reason="Not drawn: only counts are, as other numbers may be of "
            "different metrics. The questions draw the estimates."
        )
    if table.is_cut or len(table.lines) > MOST:
        return Bars(reason=f"Not drawn: more than {MOST} rows.")
    rows = [(line.cells[1 - column].text, line.cells[column]) for line in table.lines]
    if any(cell.is_unbound for _, cell in rows):
        return Bars(reason="Not drawn: a count is missing.")
    counts = [float(cell.text) for _, cell in rows]
    largest = max(counts)
    if largest <= 0:
        return None
    return Bars(
        title=_title(rows[counts.index(largest)], title, counts.count(largest)),
        bars=tuple(
            Bar(label or "no value", cell.text, round(_WIDTH * number / largest, 2))
            for (label, cell), number in zip(rows, counts, strict=True)
        ),
    )


def _title(row: tuple[str, object], column: str, times: int) -> str:
    label, cell = row
    number = getattr(cell, "text", "")
    if times > 1:
        return f"Largest under “{column}”: {number}, in {times} rows"
    return f"Largest under “{column}”: {number}, for {label or 'no value'}"


def _is_count(found: Sequence[Token], name: str) -> bool:
    """Whether the column is ``(COUNT(…) AS ?name)`` wherever it is given a value."""
    words = [token for token in found if token.kind != "comment"]
    places = [
        at
        for at, token in enumerate(words[1:], 1)
        if token.text[1:] == name
        and token.text[:1] in {"?", "$"}
        and words[at - 1].text.lower() == "as"
    ]
    return bool(places) and all(_counted(words, at - 2) for at in places)


def _counted(words: Sequence[Token], end: int) -> bool:
    """Whether a call of COUNT, and nothing besides, ends at that token."""
    depth = 0
    for at in range(end, -1, -1):
        depth += (words[at].text == ")") - (words[at].text == "(")
        if not depth:
            before = [token.text.lower() for token in words[max(at - 2, 0) : at]]
            return before == ["(", "count"]
    return False
