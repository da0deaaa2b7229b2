"""The index: which word stands in the names and texts of which thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vomkg.wording.spelling import Speller
from vomkg.wording.weights import rarity, saturated, slack
from vomkg.wording.words import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vomkg.search.material import Entry

# What a word in a name counts beside one in a text (BM25F, of the same authors).
_NAME: Final = 3.0
# How well a thing fits, the best last; within one of these the score decides.
_SOME, _ALL, _ONE_NAME, _OTHER_NAME, _ITS_NAME, _ITS_IRI = range(6)
# Words that hold a sentence together; they count only where nothing else is asked.
_SMALL: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "do",
        "does",
        "did",
        "for",
        "from",
        "had",
        "has",
        "have",
        "how",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "so",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "was",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whose",
        "why",
        "will",
        "with",
        "would",
    ]
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for.

    Attributes:
        keys: of all its words, in order.
        telling: those of them that tell things apart.
        iri: the text as it may stand in an IRI, without blanks round it.
    """

    keys: tuple[str, ...]
    telling: tuple[str, ...]
    iri: str


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that fits, and how well; the better ones compare as greater."""

    fit: int
    score: float
    entry: Entry


class Index:
    """Every word of the names and texts of things, ready to be looked up.

    Args:
        entries: what can be found.
        short: other names by which a thing goes in addresses, by its IRI.
    """

    def __init__(
        self, entries: Sequence[Entry], short: Mapping[str, Iterable[str]]
    ) -> None:
        self.entries = entries
        self._held: dict[str, dict[int, float]] = defaultdict(dict)
        self._names: list[tuple[tuple[str, ...], ...]] = []
        self._lengths: list[float] = []
        words: set[str] = set()
        for number, entry in enumerate(entries):
            self._add(number, entry, words)
        self._mean = sum(self._lengths) / max(len(entries), 1) or 1.0
        self._by_iri: dict[str, set[int]] = defaultdict(set)
        for number, entry in enumerate(entries):
            for name in (entry.iri, *short.get(entry.iri, ())):
                self._by_iri[name].add(number)
        self.speller = Speller(words)

    def knows(self, key: str) -> bool:
        """Whether a word stands anywhere."""
        return key in self._held

    def is_name(self, text: str) -> bool:
        """Whether a text is the IRI of a thing, or a short form of it."""
        return text in self._by_iri

    def find(self, wanted: Wanted) -> list[Found]:
        """Everything that holds one of the words, the best first."""
        scores: dict[int, float] = defaultdict(float)
        count: Counter[int] = Counter()
        for key in wanted.telling:
            held = self._held.get(key, {})
            weight = rarity(len(self.entries), len(held))
            for number, times in held.items():
                held_back = slack(self._lengths[number], self._mean)
                scores[number] += weight * saturated(times, held_back)
                count[number] += 1
        named = self._by_iri.get(wanted.iri) or set()
        found = [
            Found(
                _ITS_IRI
                if number in named
                else self._fit(number, wanted, count[number]),
                # Sums differ in their last digits with the order of adding.
                round(scores[number], 9),
                self.entries[number],
            )
            for number in scores.keys() | named
        ]
        return sorted(found, key=lambda one: (-one.fit, -one.score, one.entry.iri))

    def _add(self, number: int, entry: Entry, words: set[str]) -> None:
        counts: dict[str, float] = defaultdict(float)
        names = []
        for name in entry.names:
            read = pieces(name)
            words.update(piece.text for piece in read)
            names.append(tuple(piece.key for piece in read))
            for key in names[-1]:
                counts[key] += _NAME
        for text in entry.texts:
            read = pieces(text)
            words.update(piece.text for piece in read)
            for piece in read:
                counts[piece.key] += 1.0
        for key, times in counts.items():
            self._held[key][number] = times
        self._names.append(tuple(names))
        self._lengths.append(float(sum(counts.values())))

    def _fit(self, number: int, wanted: Wanted, matched: int) -> int:
        names = self._names[number]
        if wanted.keys in names:
            return _ITS_NAME if names[0] == wanted.keys else _OTHER_NAME
        telling = frozenset(wanted.telling)
        if any(telling <= frozenset(name) for name in names):
            return _ONE_NAME
        return _ALL if matched == len(telling) else _SOME


def wanted(text: str, keys: Iterable[str]) -> Wanted:
    """What is searched for by a text whose words have these keys."""
    found = tuple(keys)
    telling = tuple(dict.fromkeys(key for key in found if key not in _SMALL))
    return Wanted(found, telling or tuple(dict.fromkeys(found)), text.strip())
