"""The bank of plain questions: its lines, its halves, and what becomes of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from vomkg.namespaces import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vomkg.ask.reply import Reply
    from vomkg.knowledge import KnowledgeGraph

FILE = Path(__file__).with_name("bank.tsv")
ABSENT = "absent:"
OUTSIDE = "outside"
_OFFERED = 3


@dataclass(frozen=True)
class Item:
    """One line: what is asked, and what is expected of it."""

    expected: str
    text: str
    parameters: dict[str, str] = field(default_factory=dict)

    @property
    def half(self):
        """Tuning or test, by the words alone."""
        odd = hashlib.sha256(self.text.encode()).digest()[0] % 2
        return "test" if odd else "tuning"

    @property
    def kind(self):
        """Whether a question, an absence or a refusal is expected."""
        if self.expected == OUTSIDE:
            return "outside"
        return "absent" if self.expected.startswith(ABSENT) else "answerable"


def items() -> list[Item]:
    """Every line of the bank."""
    found = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        expected, text, *given = line.split("\t")
        found.append(Item(expected, text, dict(pair.split("=") for pair in given)))
    return found


def first_of(reply: Reply) -> str | None:
    """What stands first: the question answered, the topic, or the first offer."""
    if reply.question is not None:
        return reply.question.id
    if reply.outcome == "not-reported":
        return ABSENT + reply.absences[0].topic.removeprefix(THINGS)
    return reply.alternatives[0].question if reply.alternatives else None


def offered_by(reply: Reply) -> list[str]:
    """The questions named, at most three, and the topics that are not reported."""
    named = [reply.question.id] if reply.question else []
    named += [other.question for other in reply.alternatives]
    return named[:_OFFERED] + [
        ABSENT + absence.topic.removeprefix(THINGS) for absence in reply.absences
    ]


def is_confident(reply: Reply) -> bool:
    """Whether it says outright: an answer, or that something is not reported."""
    return reply.outcome in {"answered", "not-reported"}


def figures(kg: KnowledgeGraph, half: str) -> dict[str, float]:
    """The shares that are published, and the number of lines behind each."""
    asked = [(item, kg.ask(item.text)) for item in items() if item.half == half]
    by_kind = {
        kind: [(item, reply) for item, reply in asked if item.kind == kind]
        for kind in ("answerable", "absent", "outside")
    }
    answerable, absent, outside = by_kind.values()
    with_values = [
        (i, r) for i, r in answerable if i.parameters and first_of(r) == i.expected
    ]
    return {
        "answerable": len(answerable),
        "first": _share(first_of(r) == i.expected for i, r in answerable),
        "offered": _share(i.expected in offered_by(r) for i, r in answerable),
        "answered": _share(
            is_confident(r) and first_of(r) == i.expected for i, r in answerable
        ),
        "wrong": _share(
            is_confident(r) and first_of(r) != i.expected for i, r in answerable
        ),
        "refused_though_answerable": _share(
            r.outcome == "refused" for _, r in answerable
        ),
        "with_values": len(with_values),
        "values": _share(
            _values(i, r).items() >= i.parameters.items() for i, r in with_values
        ),
        "absent": len(absent),
        "absent_right": _share(
            r.outcome == "not-reported" and first_of(r) == i.expected for i, r in absent
        ),
        "absent_answered": _share(r.outcome == "answered" for _, r in absent),
        "outside": len(outside),
        "outside_refused": _share(r.outcome == "refused" for _, r in outside),
        "outside_not_answered": _share(not is_confident(r) for _, r in outside),
    }


def _values(item: Item, reply: Reply) -> dict[str, str]:
    if reply.question is not None:
        return dict(reply.parameters)
    return dict(reply.alternatives[0].parameters)


def _share(found: Iterable[bool]) -> float:
    listed = list(found)
    return sum(listed) / len(listed) if listed else 1.0
