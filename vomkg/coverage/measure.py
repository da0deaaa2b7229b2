"""All figures of coverage together, and how a badge shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from vomkg.coverage.completeness import LEVELS, emmie, filled, share
from vomkg.coverage.reach import reach

if TYPE_CHECKING:
    from rdflib import Graph

    from vomkg.coverage.completeness import Filled, Level, Said
    from vomkg.coverage.reach import Reach

_CHARACTER: Final = 6.6  # pixels of one, at the size of a badge


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what the shapes ask for is there, and what they look at.

    Attributes:
        filled: each property of each class.
        said: each review on each EMMIE dimension.
        reach: what the shapes look at.
    """

    filled: tuple[Filled, ...]
    said: tuple[Said, ...]
    reach: Reach

    def share(self, level: Level) -> tuple[int, int]:
        """How many properties of a level are there, and of how many."""
        return share(self.filled, level)

    @property
    def looked_at(self) -> tuple[int, int]:
        """How many triples a shape looks at, and of how many."""
        return self.reach.triples - len(self.reach.unseen), self.reach.triples


def measure(data: Graph, shapes: Graph, ontology: Graph) -> Coverage:
    """The coverage of data by its shapes; the ontology gives the classes."""
    return Coverage(
        filled(data, shapes, ontology),
        emmie(data, ontology),
        reach(data, shapes, ontology),
    )


def percent(part: tuple[int, int]) -> str:
    """A share in percent, rounded down, so that only all of it is 100 %."""
    have, of = part
    if not of:
        return "none asked"
    tenths = have * 1000 // of
    return f"{tenths // 10}.{tenths % 10} %" if tenths % 10 else f"{tenths // 10} %"


def badge(found: Coverage) -> str:
    """An SVG with the shares of MUST and SHOULD, and of the triples looked at."""
    words = " · ".join(
        [
            *(f"{level} {percent(found.share(level))}" for level in LEVELS[:2]),
            f"seen {percent(found.looked_at)}",
        ]
    )
    full = all(have == of for have, of in (found.share("MUST"), found.share("SHOULD")))
    return _badge("coverage", words, "#1b6e3c" if full else "#8a5300")


def _badge(title: str, words: str, colour: str) -> str:
    left, right = (int(len(text) * _CHARACTER) + 12 for text in (title, words))
    label = escape(f"{title}: {words}", {'"': "&quot;"})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" '
        f'role="img" aria-label="{label}"><title>{label}</title>'
        f'<rect width="{left}" height="20" fill="#333"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{colour}"/>'
        '<g fill="#fff" font-family="DejaVu Sans,Verdana,sans-serif" font-size="11">'
        f'<text x="6" y="14" textLength="{left - 12}">{escape(title)}</text>'
        f'<text x="{left + 6}" y="14" textLength="{right - 12}">{escape(words)}</text>'
        "</g></svg>\n"
    )
