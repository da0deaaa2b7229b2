"""Which question a text asks, and how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vomkg.ask.ranking import Candidate, Hit, Ranking
from vomkg.ask.reading import Reader, Reading
from vomkg.ask.slots import Slot
from vomkg.wording.words import pieces

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.ask.materials import Materials
    from vomkg.questions.catalogue import Catalogue
    from vomkg.questions.question import Question

# Settled on the tuning half of the bank in tests/ask; see docs/decisions/ask.md.
_ENOUGH: Final = 0.75  # score from which on a question may be answered
_MARGIN: Final = 0.25  # by how much it must lie above the next
_COVER: Final = 0.8  # share of the words that its phrasings must name
_NAMED: Final = 0.4  # likeness to a topic from which on it was asked for by name
_DESCRIBED: Final = 0.9  # the same where its name was not used
_LIKELY: Final = 0.55  # score from which on something is suggested
_NEAR: Final = 0.25  # score from which on it is named beside a refusal
# Words that leave something out, which no question can: it would be answered of it.
_LEAVES_OUT: Final = re.compile(
    r"\b(?:other than|apart from|aside from|rather than|instead of|except|excluding)\b"
)
# Words of a topic's name up to which it stands for the topic inside a text.
_NAME_LENGTH: Final = 4


@dataclass(frozen=True, slots=True)
class Match:
    """What a text was found to ask.

    Attributes:
        reading: the text in notions.
        hits: what may be meant, the best first.
        verdict: question, absence, unsure or nothing.
    """

    reading: Reading
    hits: tuple[Hit, ...]
    verdict: str


class Matcher:
    """Finds the question, or the absence, that a text asks for."""

    def __init__(self, catalogue: Catalogue, materials: Materials) -> None:
        chosen = {
            choice.value
            for slots in materials.choices.values()
            for choices in slots.values()
            for choice in choices
        }
        texts = [text for question in catalogue for text in _phrasings(question)]
        texts += [name for names in materials.named.values() for name in names]
        texts += [s.statement for all_ in materials.absences.values() for s in all_]
        months = {
            float(choice.value)
            for question in catalogue
            for parameter in question.parameters
            if parameter.type in {"decimal", "integer"}
            for choice in materials.choices[question.id][parameter.name]
        }
        self.reader = Reader(
            [
                (thing, label)
                for thing, labels in materials.labels.items()
                if thing not in chosen
                for label in labels
                if thing not in materials.absences or _is_name(label)
            ],
            texts,
            materials.numbers,
            months,
        )
        read = self.reader.notions
        self._ranking = Ranking(
            [
                Candidate(
                    question.id,
                    is_absence=False,
                    phrases=tuple(map(read, _phrasings(question))),
                    aside=frozenset().union(
                        *map(read, materials.named.get(question.id, ()))
                    ),
                    filled=tuple(
                        read(question.summary) | read(choice.label)
                        for choices in materials.choices.get(question.id, {}).values()
                        for choice in choices
                    ),
                )
                for question in catalogue
            ]
            + [
                Candidate(
                    topic,
                    is_absence=True,
                    phrases=tuple(map(read, materials.labels.get(topic, ()))),
                    aside=frozenset().union(*(read(s.statement) for s in stated)),
                )
                for topic, stated in materials.absences.items()
            ]
        )
        self._literal = {
            _key(text): question.id
            for question in catalogue
            for text in _phrasings(question)
        }
        self.slots: Mapping[str, tuple[Slot, ...]] = {
            question.id: tuple(
                Slot(
                    p,
                    materials.choices[question.id][p.name],
                    materials.labels,
                    self.reader,
                )
                for p in question.parameters
            )
            for question in catalogue
        }

    def match(self, text: str) -> Match:
        """What the text asks; a verdict is given only where nothing is unknown."""
        reading = self.reader.read(text)
        hits = tuple(h for h in self._ranking.hits(reading.notions) if h.score >= _NEAR)
        literal = self._literal.get(_key(text))
        if literal and not (hits and hits[0].candidate.is_absence):
            first = [hit for hit in hits if hit.candidate.name == literal]
            rest = [hit for hit in hits if hit.candidate.name != literal]
            if first:
                return Match(reading, (*first, *rest), "question")
        verdict = self._verdict(reading, hits)
        if verdict == "question" and _LEAVES_OUT.search(text.casefold()):
            verdict = "unsure"
        return Match(reading, hits, verdict)

    def values(self, name: str, reading: Reading) -> dict[str, str]:
        """The parameters of a question that the words give a value."""
        found = {slot.name: slot.value(reading) for slot in self.slots[name]}
        return {name: value for name, value in found.items() if value is not None}

    def _verdict(self, reading: Reading, hits: tuple[Hit, ...]) -> str:
        if reading.unknown or not hits or hits[0].score < _LIKELY:
            return "nothing"
        best = hits[0]
        rival = hits[1].score if len(hits) > 1 else 0.0
        if best.candidate.is_absence:
            is_named = best.candidate.name in reading.notions
            question = next((h for h in hits if not h.candidate.is_absence), None)
            clear = question is None or (
                best.score - question.score >= _MARGIN
                and (is_named or question.likeness < 1)
            )
            enough = _NAMED if is_named else _DESCRIBED
            return "absence" if clear and best.likeness >= enough else "unsure"
        if not self._is_filled(best, reading):
            return "unsure"
        alone = not any(
            hit.likeness == 1 and not hit.candidate.is_absence for hit in hits[1:]
        )
        if best.likeness == 1 and alone and len(reading.notions) > 1:
            return "question"
        clear = best.score >= _ENOUGH and best.score - rival >= _MARGIN
        return "question" if clear and best.cover >= _COVER else "unsure"

    def _is_filled(self, best: Hit, reading: Reading) -> bool:
        """Whether the words name a value for each parameter of the best hit."""
        slots = self.slots[best.candidate.name]
        return all(slot.value(reading) is not None for slot in slots)


def _phrasings(question: Question) -> tuple[str, ...]:
    return (question.question, question.summary, *question.phrasings)


def _key(text: str) -> tuple[str, ...]:
    return tuple(piece.key for piece in pieces(text))


def _is_name(label: str) -> bool:
    return len(label.split()) <= _NAME_LENGTH
