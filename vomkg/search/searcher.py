"""Words looked up in one graph, whose names and texts it has read."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from vomkg.errors import ParameterError, UnknownNameError
from vomkg.graph.prefixes import shorten
from vomkg.search.hits import Hit, Hits, Kind
from vomkg.search.index import Index, wanted
from vomkg.search.kinds import in_words, short_name
from vomkg.search.material import gather
from vomkg.search.snippet import marked, snippet
from vomkg.wording.words import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vomkg.search.index import Found
    from vomkg.search.material import Entry, Graph
    from vomkg.search.snippet import Part

_REMEMBERED: Final = 4_096


class Searcher:
    """Finds things by words.

    Args:
        kg: the graph; its names and texts are read now.

    Raises:
        LimitError: there are more names and texts than may be indexed.
        UpstreamError: a remote store fails.
    """

    def __init__(self, kg: Graph) -> None:
        self._kg = kg
        entries = gather(kg)
        self._called = {entry.iri: entry.names[0] for entry in entries if entry.names}
        short = {entry.iri: _short(entry.iri, kg) for entry in entries}
        self._index = Index(entries, short)
        self.classes = {
            short_name(iri, kg.prefixes): iri
            for entry in entries
            for iri in entry.classes
        }
        self._kind = lru_cache(_REMEMBERED)(self._named)

    def search(
        self, text: str, kind: str | None = None, limit: int = 20, start: int = 0
    ) -> Hits:
        """The things that the words find, the best first.

        Args:
            text: the words.
            kind: a class that they must be of, by name or IRI; None for any.
            limit: how many hits come back.
            start: how many better ones are passed over.

        Raises:
            ParameterError: nothing is searched for, or too much.
            UnknownNameError: nothing that can be found is of that class.
        """
        asked = checked(text, self._kg.settings.search_length)
        confined = None if kind is None else self._kind(self._class(kind))
        keys, corrected, unknown = self._read(asked)
        sought = wanted(asked, keys)
        found = self._index.find(sought)
        mine = [
            one for one in found if not confined or confined.iri in one.entry.classes
        ]
        shown = mine[start : start + limit]
        marks = frozenset(sought.telling)
        return Hits(
            asked,
            total=len(mine),
            hits=tuple(
                self._hit(rank, one.entry, marks)
                for rank, one in enumerate(shown, start + 1)
            ),
            kind=confined,
            by_kind=self._by_kind(found),
            corrected=corrected,
            unknown=unknown,
        )

    def _read(
        self, asked: str
    ) -> tuple[list[str], dict[str, str], dict[str, tuple[str, ...]]]:
        """The keys of the known words; those read as others; those found nowhere."""
        keys, corrected, unknown = [], {}, {}
        is_name = self._index.is_name(asked)
        for piece in pieces(asked):
            if is_name or self._index.knows(piece.key):
                keys.append(piece.key)
                continue
            near = self._index.speller.near(piece.text)
            meant = {pieces(word)[0].key for word in near}
            if len(meant) == 1:
                # The singular and the plural are one word.
                corrected[piece.text] = near[0]
                keys += meant
            else:
                unknown[piece.text] = near
        return keys, corrected, unknown

    def _class(self, name: str) -> str:
        iri = self.classes.get(name, name)
        if iri in self.classes.values():
            return iri
        raise unknown_class(name, self.classes)

    def _hit(self, rank: int, entry: Entry, keys: frozenset[str]) -> Hit:
        label = entry.names[0] if entry.names else shorten(entry.iri, self._kg.prefixes)
        title, told = marked(label, keys), snippet(entry.texts, keys)
        # Why it was found, if neither its name nor its texts say so.
        also = () if _says(title) or _says(told) else snippet(entry.names[1:], keys)
        return Hit(
            rank,
            entry.iri,
            label,
            tuple(map(self._kind, entry.kinds)),
            title,
            also if _says(also) else told,
            is_other_name=_says(also),
        )

    def _by_kind(self, found: Sequence[Found]) -> tuple[tuple[Kind, int], ...]:
        """The classes that say most of the hits, with all hits that are of each."""
        of = Counter(iri for one in found for iri in one.entry.classes)
        narrow = {iri for one in found for iri in one.entry.kinds}
        counted = [(self._kind(iri), of[iri]) for iri in narrow]
        return tuple(sorted(counted, key=lambda one: (-one[1], one[0].label)))

    def _named(self, iri: str) -> Kind:
        prefixes = self._kg.prefixes
        label = self._called.get(iri) or in_words(iri, prefixes)
        return Kind(iri, label, short_name(iri, prefixes))


def checked(text: str, most: int) -> str:
    """The text without blanks round it, if it can be searched for.

    Raises:
        ParameterError: it has no word, or more than that many characters.
    """
    asked = " ".join(text.split())
    if not pieces(asked):
        raise ParameterError(
            "there is no word to search for", fix="search, for example, for 'apology'"
        )
    if len(asked) > most:
        raise ParameterError(
            f"the words have {len(asked):,} characters, more than the {most:,} allowed",
            fix="search for the words that tell most, or raise search_length",
        )
    return asked


def unknown_class(name: str, names: Iterable[str]) -> UnknownNameError:
    """The error that a class is not there, with the names that are written alike."""
    near = nearest(name, names)
    choice = f"did you mean {', '.join(near)}" if near else "all are listed at /browse"
    return UnknownNameError(f"there is no class {name[:60]!r} here", fix=choice)


def nearest(name: str, names: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Those names that are written most like a name, the likest first."""
    from difflib import get_close_matches

    by_folded = {known.casefold(): known for known in sorted(names)}
    wanted_name = name.casefold()[:100]
    found = get_close_matches(wanted_name, by_folded, most)
    return tuple(by_folded[folded] for folded in found)


def _says(parts: Iterable[Part]) -> bool:
    return any(part.is_match for part in parts)


def _short(iri: str, kg: Graph) -> set[str]:
    curie = shorten(iri, kg.prefixes)
    return {curie, curie.partition(":")[2] or curie}
