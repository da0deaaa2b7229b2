"""Mends for what other checks than the shapes find, and for queries in shapes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rdflib import SH, Literal, URIRef

from vomkg.curate.mend import Mend, Patch
from vomkg.curate.mends.kinds import as_datatype
from vomkg.curate.mends.wording import held, wrong
from vomkg.curate.place import Place
from vomkg.errors import UnknownNameError
from vomkg.graph.prefixes import expand
from vomkg.graph.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from vomkg.curate.mends.case import Case

_PREFIX: Final = re.compile(
    r"prefix ['\"<]?(?P<name>[\w.-]*):?['\">]?,? .*(?:not|un)[ -]?(?:been )?declared",
    re.I,
)
_NAME: Final = re.compile(r"[A-Za-z][\w-]*:[A-Za-z][\w-]*")
_SWAP: Final = re.compile(r"\bswap (\S+:\w+) and (\S+:\w+)")


def by_message(case: Case) -> Iterator[Mend]:
    """The advice of the message itself, which stands behind its last semicolon, or a rule's colon.

    Where it says ``swap p and q``, the two values are shown the other way round,
    else the statements of the focus node that it speaks of, as they are now. A shape
    without a message leaves the engine's own words, which advise nothing.
    """
    message = case.result.message
    if case.result.check == "shape" and not case.speaks:
        yield Mend(f"mend this: {wrong(case)}")
        return
    swap = _SWAP.search(message)
    if swap and (snippet := _swapped(case, swap[1], swap[2])):
        yield Mend(f"swap {swap[1]} and {swap[2]}", snippet)
    colon = case.result.check == "rule" and "; " not in message
    advice = message.rpartition(": " if colon else "; ")[2]
    named = dict.fromkeys(_NAME.findall(advice))
    lines = [line for name in named for line in _statements(case, name)]
    yield Mend(advice, "\n".join(lines))


def must_not(case: Case) -> Iterator[Mend]:
    """The mend for ``sh:not`` inside a branch: one condition of it has to go."""
    for shape in case.parameters(SH["not"]):
        yield Mend(f"change what makes this hold: {held(shape, case.world)}")


def of_literal(case: Case) -> Iterator[Mend]:
    """Mends for a literal that is not of its own type."""
    if isinstance(case.value, Literal) and case.value.datatype is not None:
        yield from as_datatype(case, case.value, case.value.datatype)
    else:
        yield from by_message(case)


def of_syntax(case: Case) -> Iterator[Mend]:
    """Mends for text that is no Turtle: a prefix to declare, else the advice."""
    undeclared = _PREFIX.search(case.result.message)
    name = undeclared["name"] if undeclared else ""
    if undeclared and name in case.world.prefixes:
        line = f"@prefix {name}: <{case.world.prefixes[name]}> ."
        at = _head(case)
        patch = Patch(at, line + "\n") if at else None
        yield Mend(f"declare the prefix {name}: at the head of the file", line, patch)
    elif undeclared:
        known = ", ".join(sorted(case.world.prefixes))
        yield Mend(
            f"declare the prefix {name}:, or write one of the list: {known}",
            f"@prefix {name}: <…> .",
        )
    elif not case.result.mends:
        yield from by_message(case)


def _head(case: Case) -> Place | None:
    """Where the first statement of the file begins."""
    file = case.result.file
    if file is None or file not in case.world.texts:
        return None
    for token in tokens(case.world.texts[file]):
        if token.kind != "comment":
            return Place(file, token.line, 1)
    return None


def _statements(case: Case, name: str) -> list[str]:
    """What the focus node says by the property of that short name."""
    p = _property(case, name)
    if p is None:
        return []
    found = sorted(case.world.data.objects(case.focus, p), key=str)
    if p == case.path and case.value in found:
        found = [value for value in found if value == case.value]
    return [f"# now: {case.told(value, p)}" for value in found]


def _swapped(case: Case, one: str, other: str) -> str:
    left, right = _property(case, one), _property(case, other)
    if left is None or right is None:
        return ""
    to = sorted(case.world.data.objects(case.focus, right), key=str)
    back = sorted(case.world.data.objects(case.focus, left), key=str)
    lines = [case.told(value, left) for value in to]
    return "\n".join([*lines, *(case.told(value, right) for value in back)])


def _property(case: Case, name: str) -> Node | None:
    try:
        return URIRef(expand(name, case.world.prefixes))
    except UnknownNameError:
        return None
