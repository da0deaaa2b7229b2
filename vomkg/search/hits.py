"""What a search gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from vomkg.engine.answer import Answer
from vomkg.graph.prefixes import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vomkg.search.snippet import Part


@dataclass(frozen=True, slots=True)
class Kind:
    """A class, what it is called, and its name in addresses and commands."""

    iri: str
    label: str
    name: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found.

    Attributes:
        rank: from 1 for the best.
        iri: of the thing.
        label: its name; its short IRI if it has none.
        kinds: the classes that say most of it.
        title: the name in parts, the words marked.
        snippet: of what is said of it, in parts; empty if nothing is.
        is_other_name: whether the snippet is another name of it.
    """

    rank: int
    iri: str
    label: str
    kinds: tuple[Kind, ...]
    title: tuple[Part, ...]
    snippet: tuple[Part, ...]
    is_other_name: bool = False

    @property
    def text(self) -> str:
        """The snippet without marks."""
        return "".join(part.text for part in self.snippet)

    def fields(self) -> dict[str, object]:
        """The members of the JSON object; marks are pairs of characters."""
        return {
            "rank": self.rank,
            "iri": self.iri,
            "label": self.label,
            "classes": [{"iri": kind.iri, "label": kind.label} for kind in self.kinds],
            "snippet": self.text,
            "marks": _marks(self.snippet),
            "is_other_name": self.is_other_name,
        }


@dataclass(frozen=True, slots=True)
class Hits:
    """The things that were found, the best first; false if there are none.

    Attributes:
        asked: what was searched for.
        total: how many things were found, shown or not.
        hits: those of the page that was asked for.
        kind: the class that they were confined to.
        by_kind: how many there are of each class, without that confinement.
        corrected: words read as others, as typed and as read.
        unknown: words that stand nowhere, with those that are written alike.
    """

    asked: str
    total: int = 0
    hits: tuple[Hit, ...] = ()
    kind: Kind | None = None
    by_kind: tuple[tuple[Kind, int], ...] = ()
    corrected: Mapping[str, str] = field(default_factory=dict)
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.hits)

    def __bool__(self) -> bool:
        return bool(self.total)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def fields(self) -> dict[str, object]:
        """The members of the JSON object."""
        return {
            "asked": self.asked,
            "class": self.kind.iri if self.kind else None,
            "total": self.total,
            "hits": [hit.fields() for hit in self.hits],
            "classes": [
                {"iri": kind.iri, "label": kind.label, "name": kind.name, "hits": many}
                for kind, many in self.by_kind
            ],
            "corrected": dict(self.corrected),
            "unknown_words": {word: list(near) for word, near in self.unknown.items()},
        }

    def answer(self, prefixes: Mapping[str, str] | None = None) -> Answer:
        """The hits as rows, for tables and CSV: label, class, snippet, thing.

        Args:
            prefixes: shorten the IRIs of the things, for people.
        """
        return Answer(
            "bindings",
            columns=("label", "class", "snippet", "thing"),
            rows=[
                {
                    "label": Literal(hit.label),
                    "class": Literal(", ".join(kind.label for kind in hit.kinds)),
                    "snippet": Literal(hit.text),
                    "thing": NamedNode(hit.iri)
                    if prefixes is None
                    else Literal(shorten(hit.iri, prefixes)),
                }
                for hit in self.hits
            ],
        )


def _marks(parts: tuple[Part, ...]) -> list[tuple[int, int]]:
    """The first character of each marked part, and the one behind its last."""
    found = []
    place = 0
    for part in parts:
        if part.is_match:
            found.append((place, place + len(part.text)))
        place += len(part.text)
    return found
