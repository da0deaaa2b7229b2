"""Candidates ranked by the notions that they share with what was asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vomkg.wording.weights import rarity, saturated, slack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What a notion counts that only the answer names, beside one of a phrasing.
_ASIDE: Final = 0.3
# What the nearest single phrasing counts beside all of them together.
_PHRASE: Final = 1.0

# What a topic that nobody reports counts where its name was not used.
_UNNAMED: Final = 0.8


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may have been asked for.

    Attributes:
        name: a question, or the IRI of a topic that is not reported.
        is_absence: whether it is such a topic.
        phrases: the notions of each of its phrasings.
        aside: notions that its answer names.
        filled: its name with each value of its parameters.
    """

    name: str
    is_absence: bool
    phrases: tuple[frozenset[str], ...]
    aside: frozenset[str] = frozenset()
    filled: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """How well a candidate fits.

    Attributes:
        candidate: what fits.
        score: by all phrasings and the nearest one; from 0 to about 2.
        likeness: with the nearest phrasing; 1 if both have the same notions.
        cover: share of what was asked that the candidate's phrasings name.
    """

    candidate: Candidate
    score: float
    likeness: float
    cover: float


class Ranking:
    """Every candidate, with the weight of each notion."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.candidates = tuple(candidates)
        self._counts = [_counted(one) for one in self.candidates]
        self._lengths = [sum(counts.values()) for counts in self._counts]
        self._mean = sum(self._lengths) / max(len(self._lengths), 1) or 1.0
        occurrences = Counter(notion for counts in self._counts for notion in counts)
        total = len(self.candidates)
        self._weights = {
            notion: rarity(total, many) for notion, many in occurrences.items()
        }
        # A notion that no candidate names weighs as much as one that one names.
        self._rare = rarity(total, 1)

    def hits(self, asked: Sequence[str]) -> list[Hit]:
        """The candidates that share a notion with these, the best first."""
        notions = frozenset(asked)
        whole = sum(map(self.weight, notions))
        if not whole:
            return []
        found = [
            self._hit(index, notions, whole)
            for index, counts in enumerate(self._counts)
            if not notions.isdisjoint(counts)
        ]
        return sorted(found, key=_rank)

    def weight(self, notion: str) -> float:
        """How much a notion tells candidates apart."""
        return self._weights.get(notion, self._rare)

    def _hit(self, index: int, notions: frozenset[str], whole: float) -> Hit:
        candidate, counts = self.candidates[index], self._counts[index]
        held_back = slack(self._lengths[index], self._mean)
        score = sum(
            self.weight(notion) * saturated(counts[notion], held_back)
            for notion in notions
            if notion in counts
        )
        phrases = candidate.phrases + candidate.filled
        likeness = max(
            (self._likeness(notions, whole, phrase) for phrase in phrases),
            default=0.0,
        )
        named = frozenset().union(*phrases)
        cover = sum(map(self.weight, notions & named)) / whole
        score = score / whole + _PHRASE * likeness
        if candidate.is_absence and candidate.name not in notions:
            score *= _UNNAMED
        return Hit(candidate, score, likeness, cover)

    def _likeness(
        self, notions: frozenset[str], whole: float, phrase: frozenset[str]
    ) -> float:
        """Twice what both share over what both have (Dice), by weight."""
        shared = sum(map(self.weight, notions & phrase))
        return 2 * shared / (whole + sum(map(self.weight, phrase))) if shared else 0.0


def _rank(hit: Hit) -> tuple[float, str]:
    # Sums differ in their last digits with the order in which they are made.
    return -round(hit.score, 9), hit.candidate.name


def _counted(candidate: Candidate) -> dict[str, float]:
    counts: dict[str, float] = defaultdict(float)
    for phrase in candidate.phrases:
        for notion in phrase:
            counts[notion] += 1.0
    for notion in candidate.aside:
        counts[notion] += _ASIDE
    return dict(counts)
