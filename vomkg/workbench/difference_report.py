"""The difference of two versions in words, as JSON, or as Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from json import dumps
from typing import TYPE_CHECKING, Final

from rdflib import RDF, SKOS, BNode, Literal, URIRef

from vomkg.graph.text import plain_markdown, printable
from vomkg.namespaces import Vom

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rdflib.term import Node

    from vomkg.curate.names import Names
    from vomkg.workbench.answers import AnswerChange
    from vomkg.workbench.differences import Change, Difference

# What tells most of a thing that came or went; the rest is in its page.
_TELLING: Final = (RDF.type, SKOS.prefLabel, URIRef(Vom.statement), SKOS.definition)
_ROWS_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Told:
    """All that differs between two versions.

    Attributes:
        old: the name of the version before.
        new: the name of the version after.
        things: the things of the data that differ.
        terms: IRIs of the ontology's terms that differ.
        answers: the questions whose answer differs; None if they were not asked.
    """

    old: str
    new: str
    things: Sequence[Difference]
    terms: Sequence[str]
    answers: Sequence[AnswerChange] | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.things or self.terms or self.answers)


@dataclass(frozen=True, slots=True)
class Style:
    """How lines look: a heading, what goes before a detail, and foreign text."""

    strong: str
    indent: str
    safe: Callable[[str], str]


_PLAIN: Final = Style("{}", "    ", printable)
_MARKDOWN: Final = Style("**{}**", "- ", plain_markdown)


def text(told: Told, names: Names) -> str:
    """The difference in plain words, one block a thing."""
    return "".join(f"{line}\n" for line in _lines(told, names, _PLAIN))


def markdown(told: Told, names: Names) -> str:
    """The difference for a comment on a pull request."""
    lines: list[str] = []
    for line in _lines(told, names, _MARKDOWN):
        # A list needs an empty line before what follows it.
        if lines and lines[-1].startswith("- ") and line and not line.startswith("- "):
            lines.append("")
        lines.append(line)
    return "".join(f"{line}\n" for line in lines)


def json(told: Told, names: Names) -> str:
    """The difference as one JSON object; terms as N-Triples writes them."""
    return (
        dumps(
            {
                "old": told.old,
                "new": told.new,
                "counts": {what[1]: number for what, number in _counts(told)},
                "things": [_thing(item, names) for item in told.things],
                "ontology": list(told.terms),
                "answers": None
                if told.answers is None
                else [
                    {
                        "question": item.question,
                        "asked": list(item.asked),
                        "gone": [list(row) for row in item.gone],
                        "new": [list(row) for row in item.new],
                        "note": item.note or None,
                    }
                    for item in told.answers
                ],
            },
            indent=2,
            ensure_ascii=False,
        )
        + "\n"
    )


def summary(told: Told) -> str:
    """How much differs, in one line."""
    parts = [f"{number} {what[number > 1]}" for what, number in _counts(told) if number]
    return ", ".join(parts) or "nothing differs"


def _counts(told: Told) -> Iterator[tuple[tuple[str, str], int]]:
    """Each count with what it counts, for one and for several."""
    for one, many, is_claim in (
        ("claim", "claims", True),
        ("other thing", "other things", False),
    ):
        for way in ("added", "removed", "changed"):
            number = sum(
                item.way == way and item.is_claim == is_claim for item in told.things
            )
            yield (f"{one} {way}", f"{many} {way}"), number
    ending = "of the ontology changed"
    yield (f"term {ending}", f"terms {ending}"), len(told.terms)
    if told.answers is not None:
        ending = "with another answer"
        questions = {item.question for item in told.answers}
        yield (f"question {ending}", f"questions {ending}"), len(questions)


def _thing(item: Difference, names: Names) -> dict[str, object]:
    return {
        "iri": str(item.thing),
        "label": names.label(str(item.thing)),
        "way": item.way,
        "claim": item.is_claim,
        "changes": [
            {
                "path": str(change.path),
                "gone": [term.n3() for term in change.gone],
                "new": [term.n3() for term in change.new],
            }
            for change in item.changes
        ],
    }


def _lines(told: Told, names: Names, style: Style) -> Iterator[str]:
    yield f"{style.safe(told.old)} → {style.safe(told.new)}: {summary(told)}"
    for title, is_claim in (("Claims", True), ("Other things", False)):
        items = [item for item in told.things if item.is_claim == is_claim]
        if items:
            yield from ("", style.strong.format(title))
        for item in items:
            yield from _block(item, names, style)
    if told.terms:
        yield from ("", style.strong.format("Terms of the ontology"))
        yield from (f"{style.indent}{style.safe(names.both(t))}" for t in told.terms)
    if told.answers:
        yield from ("", style.strong.format("Questions with another answer"))
        for answer in told.answers:
            yield from _answer(answer, style)


def _block(item: Difference, names: Names, style: Style) -> Iterator[str]:
    yield f"{item.way}: {style.strong.format(style.safe(names.both(str(item.thing))))}"
    if item.way == "changed":
        for change in item.changes:
            yield f"{style.indent}{style.safe(_change(change, names))}"
        return
    for change in sorted(item.changes, key=_telling):
        if change.path in _TELLING:
            words = _values((*change.gone, *change.new), names)
            path = names.label(str(change.path))
            yield f"{style.indent}{style.safe(f'{path}: {words}')}"
    rest = sum(
        len((*change.gone, *change.new))
        for change in item.changes
        if change.path not in _TELLING
    )
    if rest:
        yield f"{style.indent}and {rest} more {'fact' if rest == 1 else 'facts'}"


def _telling(change: Change) -> int:
    path = change.path
    return _TELLING.index(path) if path in _TELLING else len(_TELLING)


def _change(change: Change, names: Names) -> str:
    path = names.label(str(change.path))
    if not change.gone:
        return f"{path}: now also {_values(change.new, names)}"
    if not change.new:
        return f"{path}: no longer {_values(change.gone, names)}"
    return f"{path}: {_values(change.gone, names)} → {_values(change.new, names)}"


def _answer(answer: AnswerChange, style: Style) -> Iterator[str]:
    asked = f" ({', '.join(answer.asked)})" if answer.asked else ""
    yield style.strong.format(style.safe(f"{answer.question}{asked}"))
    if answer.note:
        yield f"{style.indent}{style.safe(answer.note)}"
    for sign, rows in (("gone", answer.gone), ("new", answer.new)):
        for row in rows[:_ROWS_SHOWN]:
            yield f"{style.indent}{sign}: {style.safe('; '.join(row))}"
        if len(rows) > _ROWS_SHOWN:
            yield f"{style.indent}{sign}: {len(rows) - _ROWS_SHOWN} rows more"


def _values(terms: Iterable[Node], names: Names) -> str:
    return ", ".join(_value(term, names) for term in terms)


def _value(term: Node, names: Names) -> str:
    if isinstance(term, Literal):
        return f'"{term}"'
    if isinstance(term, BNode):
        return "a thing without a name"
    return names.label(str(term))
