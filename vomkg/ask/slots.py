"""The values of a question's parameters, found among the words that were asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vomkg.ask.ranking import Candidate, Ranking

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vomkg.ask.reading import Reader, Reading
    from vomkg.questions.question import Choice, Parameter

# How far the value that fits best must lie above the next.
_CLEAR: Final = 1.1
_NUMERIC: Final = frozenset({"integer", "decimal"})


class Slot:
    """One parameter with the words for each of its values."""

    def __init__(
        self,
        parameter: Parameter,
        choices: Sequence[Choice],
        others: Mapping[str, Sequence[str]],
        reader: Reader,
    ) -> None:
        """The parameter as this reader would read its values.

        Args:
            parameter: what is to be filled.
            choices: its allowed values with their labels.
            others: other labels of values that are things.
            reader: reads the labels.
        """
        self.name = parameter.name
        self.label = parameter.label
        self._is_number = parameter.type in _NUMERIC
        self._labels = {choice.value: choice.label for choice in choices}
        self._ranking = Ranking(
            Candidate(
                choice.value,
                is_absence=False,
                phrases=tuple(
                    reader.notions(text)
                    for text in (choice.label, *others.get(choice.value, ()))
                ),
            )
            for choice in choices
        )

    def value(self, reading: Reading) -> str | None:
        """The one value that the words name; None if none or several fit."""
        if self._is_number:
            named = {f"{months:g}" for months in reading.months}
            fitting = [v for v in self._labels if f"{float(v):g}" in named]
            return fitting[0] if len(fitting) == 1 else None
        hits = self._ranking.hits(reading.notions)
        if not hits:
            return None
        best = max(hits, key=lambda hit: hit.likeness)
        rival = max((h.likeness for h in hits if h is not best), default=0.0)
        return best.candidate.name if best.likeness > _CLEAR * rival else None

    def words(self, value: str) -> str:
        """The value as people read it."""
        return self._labels.get(value, value)

    def default_words(self, default: str) -> str:
        """The default as people read it, marked as one."""
        name = default.rpartition(":")[2]
        found = (v for v in self._labels if v == default or v.endswith(f"/{name}"))
        return f"{self.words(next(found, default))}, unless you choose"
