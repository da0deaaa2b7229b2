"""Plain words asked of a knowledge graph."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from vomkg.ask.matcher import Match, Matcher
from vomkg.ask.materials import gather
from vomkg.ask.reply import Absence, Alternative, Reply
from vomkg.errors import ParameterError
from vomkg.namespaces import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vomkg.ask.materials import Graph, Stated
    from vomkg.engine.answer import Answer
    from vomkg.questions.question import Question

EXAMPLE: Final = "does it still work after two years?"
# How many other questions are named beside an answer, and in place of one.
_BESIDE: Final = 2
_INSTEAD: Final = 3
_CLAIMS: Final = """
SELECT ?claim
WHERE {
  VALUES ?claim { %s }
  ?claim vom:reportedBy ?speaker .
}
ORDER BY ?claim
"""


class Asker:
    """Answers plain words from one graph, whose lexicon it has read."""

    def __init__(self, kg: Graph) -> None:
        """Read what the graph holds of words.

        Raises:
            UpstreamError: a remote store fails.
        """
        self._kg = kg
        self._materials = gather(kg)
        self._matcher = Matcher(kg.questions, self._materials)
        self._stated: Mapping[str, Stated] = {
            one.claim: one for all_ in self._materials.absences.values() for one in all_
        }

    def ask(self, text: str) -> Reply:
        """What the graph answers to a question in plain words.

        Raises:
            ParameterError: nothing is asked, or more than ``ask_length`` characters.
        """
        asked = checked(text, self._kg.settings.ask_length)
        match = self._matcher.match(asked)
        if match.verdict == "question":
            return self._answered(asked, match)
        if match.verdict == "absence":
            return self._not_reported(asked, match)
        is_near = match.verdict == "unsure"
        return Reply(
            asked,
            "suggestions" if is_near else "refused",
            alternatives=self._alternatives(match, _INSTEAD),
            unknown_words=match.reading.unknown,
            corrected=dict(match.reading.corrected),
            absences=self._perhaps_absent(match) if is_near else (),
        )

    def _answered(self, asked: str, match: Match) -> Reply:
        question = self._kg.questions[match.hits[0].candidate.name]
        values = self._matcher.values(question.id, match.reading)
        answer = self._kg.run(question.id, **values)
        absent = self._absent_only(question, answer)
        return Reply(
            asked,
            "not-reported" if absent else "answered",
            question=question,
            read_as=self._words(question, values),
            parameters=_short(values),
            alternatives=self._alternatives(match, _BESIDE, but=question.id),
            corrected=dict(match.reading.corrected),
            absences=self._absences(absent),
            answer=answer,
        )

    def _not_reported(self, asked: str, match: Match) -> Reply:
        topic = match.hits[0].candidate.name
        return Reply(
            asked,
            "not-reported",
            read_as=self._kg.label(topic),
            alternatives=self._alternatives(match, _INSTEAD),
            corrected=dict(match.reading.corrected),
            absences=self._absences(self._materials.absences[topic]),
        )

    def _perhaps_absent(self, match: Match) -> tuple[Absence, ...]:
        """The statements on a topic that may have been meant, if one is near."""
        near = [
            h.candidate.name for h in match.hits[:_INSTEAD] if h.candidate.is_absence
        ]
        return self._absences(self._materials.absences[near[0]]) if near else ()

    def _absent_only(self, question: Question, answer: Answer) -> list[Stated]:
        """The statements of absence that are all the answer; none if it says more.

        What asks for absences is answered by them.
        """
        if question.dimension == "absence":
            return []
        found = [
            {t.value for t in row.values() if t is not None and t.value in self._stated}
            for row in answer.rows
        ]
        claims = sorted(set().union(*found)) if all(found) else []
        return [self._stated[claim] for claim in claims]

    def _absences(self, found: Iterable[Stated]) -> tuple[Absence, ...]:
        stated = list(found)
        if not stated:
            return ()
        listed = " ".join(f"<{one.claim}>" for one in stated)
        answer = self._kg.query(_CLAIMS % listed)
        trails = {
            row["claim"].value: tuple(answer.trail(row))
            for row in answer.rows
            if row["claim"] is not None
        }
        return tuple(
            Absence(
                claim=one.claim,
                label=self._kg.label(one.claim),
                statement=one.statement,
                topic=one.topic,
                topic_label=self._kg.label(one.topic),
                kind=one.kind,
                kind_label=self._kg.label(one.kind),
                trails=trails.get(one.claim, ()),
            )
            for one in stated
        )

    def _alternatives(
        self, match: Match, most: int, *, but: str | None = None
    ) -> tuple[Alternative, ...]:
        names = (
            hit.candidate.name
            for hit in match.hits
            if not hit.candidate.is_absence and hit.candidate.name != but
        )
        return tuple(self._alternative(name, match) for name in islice(names, most))

    def _alternative(self, name: str, match: Match) -> Alternative:
        question = self._kg.questions[name]
        values = self._matcher.values(name, match.reading)
        return Alternative(name, self._words(question, values), _short(values))

    def _words(self, question: Question, values: Mapping[str, str]) -> str:
        """The question with the values that its parameters take, the defaults too."""
        shown = []
        for slot in self._matcher.slots[question.id]:
            default = next(
                p.default for p in question.parameters if p.name == slot.name
            )
            value = values.get(slot.name)
            words = slot.words(value) if value else slot.default_words(default or "")
            shown.append(f"{slot.label}: {words}")
        return (
            f"{question.question} ({'; '.join(shown)})" if shown else question.question
        )


def _short(values: Mapping[str, str]) -> dict[str, str]:
    """The values as an address or a command line may give them."""
    return {name: value.removeprefix(THINGS) for name, value in values.items()}


def checked(text: str, most: int) -> str:
    """The text without blanks round it, if it can be asked.

    Raises:
        ParameterError: it is blank, or longer than that many characters.
    """
    asked = " ".join(text.split())
    if not asked:
        raise ParameterError("nothing is asked", fix=f"ask, for example, {EXAMPLE!r}")
    if len(asked) > most:
        raise ParameterError(
            f"the question has {len(asked):,} characters, more than the {most:,} allowed",
            fix="ask one thing in a sentence, or raise ask_length",
        )
    return asked
