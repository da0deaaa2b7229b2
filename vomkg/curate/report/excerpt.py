"""The line of a file that a fault stands in, and what of it to mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from unicodedata import combining, east_asian_width

from vomkg.curate.report import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.curate.place import Place

_BEFORE: Final = 60  # characters kept before the place in a long line
_WIDEST: Final = 120


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line of a file in three parts, safe to print.

    Attributes:
        line: its number, from 1.
        before: what stands before the place.
        marked: what the fault is about; empty for a point.
        after: what stands behind it.
        more: how many further lines the place covers.
    """

    line: int
    before: str
    marked: str
    after: str
    more: int = 0

    @property
    def text(self) -> str:
        """The line as it is shown."""
        return self.before + self.marked + self.after

    @property
    def caret(self) -> str:
        """What goes below the line: blanks, then a caret under each marked cell."""
        return " " * cells(self.before) + "^" * max(1, cells(self.marked))


def excerpt(place: Place, texts: Mapping[str, str]) -> Excerpt | None:
    """The line of the place; None if its file or line is not there."""
    source = texts.get(place.file)
    if source is None:
        return None
    # At line feeds only, as lines are counted: a literal may hold other ends.
    lines = source.split("\n")
    if not 1 <= place.line <= len(lines):
        return None
    whole = lines[place.line - 1].removesuffix("\r")
    start = min(place.column - 1, len(whole))
    same_line = place.end_line == place.line
    end = max(start, min(place.end_column - 1 if same_line else len(whole), len(whole)))
    first = max(0, start - _BEFORE) if len(whole) > _WIDEST else 0
    last = min(len(whole), first + _WIDEST)
    end = min(end, last)
    return Excerpt(
        place.line,
        ("…" if first else "") + _tabless(whole[first:start]),
        _tabless(whole[start:end]),
        _tabless(whole[end:last]) + ("…" if last < len(whole) else ""),
        place.end_line - place.line,
    )


def source_of(place: Place, texts: Mapping[str, str]) -> str:
    """The very text of the place, as it is; empty if its file is not there."""
    lines = texts.get(place.file, "").split("\n")[place.line - 1 : place.end_line]
    if not lines:
        return ""
    lines[-1] = lines[-1][: place.end_column - 1]
    lines[0] = lines[0][place.column - 1 :]
    return "\n".join(lines)


def cells(text: str) -> int:
    """How many cells of a terminal the text fills (Unicode Annex 11)."""
    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1
        for char in text
    )


def _tabless(text: str) -> str:
    return clean.line(text.replace("\t", "    "))
