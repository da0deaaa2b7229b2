"""The numbers of an answer as they can be drawn, or why they cannot."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from vomkg.claims import text_of
from vomkg.errors import NoPictureError
from vomkg.namespaces import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vomkg.engine.answer import Answer
    from vomkg.engine.results import Row
    from vomkg.knowledge import KnowledgeGraph

UNNAMED: Final = ONTOLOGY + "UnspecifiedRatioFamily"


@dataclass(frozen=True, slots=True)
class Number:
    """One row that holds a number.

    Attributes:
        reported: the form in which the source prints it.
        ratio: treated over control.
        metric: IRI of what it expresses.
        speaker: name of who says so.
        row: where it stands.
    """

    reported: str
    ratio: Decimal
    metric: str
    speaker: str
    row: Row


def numbers(kg: KnowledgeGraph, answer: Answer) -> list[Number]:
    """The rows with a number, in the order of the answer.

    Raises:
        NoPictureError: a column is missing, or no row has a number.
    """
    missing = [n for n in ("reported", "ratio", "metric") if n not in answer.columns]
    if missing:
        raise NoPictureError(f"the answer has no column {missing[0]!r} to draw")
    found = []
    for row in answer.rows:
        ratio = decimal(text_of(row, "ratio"))
        reported = text_of(row, "reported")
        if ratio is not None and reported:
            speaker = text_of(row, "speaker")
            found.append(
                Number(
                    reported,
                    ratio,
                    text_of(row, "metric"),
                    kg.label(speaker) if speaker else "",
                    row,
                )
            )
    if not found:
        raise NoPictureError("no row of the answer holds a number")
    return found


def decimal(text: str) -> Decimal | None:
    """The finite number that a text is; None if it is none."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def check_families(families: Sequence[str], labels: Sequence[str]) -> None:
    """Refuse to draw numbers that may not be compared.

    Raises:
        NoPictureError: there is more than one family of metric.
    """
    if len(families) > 1:
        raise NoPictureError(
            f"the answer holds {len(families)} families of metric "
            f"({', '.join(labels)}), which may not stand on one axis",
            fix="ask for the numbers of one family",
        )


def check_speakers(families: Sequence[str], found: Sequence[Number]) -> None:
    """Refuse ratios of unnamed metric by several speakers: nothing says they compare.

    Raises:
        NoPictureError: they are by more than one.
    """
    speakers = sorted({number.speaker for number in found})
    if UNNAMED in families and len(speakers) > 1:
        raise NoPictureError(
            f"ratios of unnamed metric by {' and '.join(speakers)} "
            "may not stand on one axis",
            fix="ask for the numbers of one speaker",
        )


def left_out(answer: Answer, found: Sequence[Number]) -> tuple[str, ...]:
    """A remark on rows that hold no number; nothing if there are none."""
    gone = len(answer.rows) - len(found)
    if not gone:
        return ()
    rows, have = ("row", "has") if gone == 1 else ("rows", "have")
    return (f"{gone} {rows} of the answer {have} no number and cannot be drawn.",)


def capital(text: str) -> str:
    """The text with a capital first letter; a short IRI stays as it is."""
    if ":" in text.partition(" ")[0]:
        return text
    return text[:1].upper() + text[1:]
