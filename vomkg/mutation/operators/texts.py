"""Operators on texts, their language and their datatype."""

from __future__ import annotations

import re
from itertools import cycle, islice
from typing import TYPE_CHECKING, Final

from rdflib import RDF, SKOS, XSD, Literal, URIRef

from vomkg.mutation.mutant import Operator, in_order, listed, literal_like
from vomkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vomkg.mutation.mutant import Targets, Triple
    from vomkg.mutation.world import World

    Changes = Iterator[tuple[list[Triple], list[Triple]]]
    Rewrite = Callable[[Literal], Literal | None]

_OTHER_NUMBER: Final = {
    XSD.decimal: XSD.double,
    XSD.integer: XSD.decimal,
    XSD.nonNegativeInteger: XSD.integer,
}


def _each(rewrite: Rewrite) -> Targets:
    """An operator that writes every literal that it can anew."""

    def changes(world: World) -> Changes:
        for s, p, o in world.triples:
            if isinstance(o, Literal) and (other := rewrite(o)) is not None:
                yield [(s, p, o)], [(s, p, other)]

    return changes


def _is_text(o: Literal) -> bool:
    return bool(o.language) or o.datatype in (None, XSD.string)


def _only_text(rewrite: Callable[[str], str]) -> Targets:
    return _each(lambda o: literal_like(rewrite(str(o)), o) if _is_text(o) else None)


def _tagged(o: Literal, tag: str | None) -> Literal | None:
    return Literal(str(o), lang=tag) if o.language else None


def _ill_formed(o: Literal) -> Literal | None:
    if o.datatype is None or o.datatype == XSD.string:
        return None
    return literal_like(f"about {o}", o)


def _as_string(o: Literal) -> Literal | None:
    return None if _is_text(o) else Literal(str(o), datatype=XSD.string)


def _other_number(o: Literal) -> Literal | None:
    other = _OTHER_NUMBER.get(o.datatype) if o.datatype else None
    return Literal(str(o), datatype=other, normalize=False) if other else None


def _as_link(world: World) -> Changes:
    for s, p, o in world.triples:
        if isinstance(o, Literal):
            name = re.sub(r"[^a-z0-9]+", "-", str(o).lower()).strip("-")
            yield [(s, p, o)], [(s, p, URIRef(f"{BASE}id/{name}"))]


def second_text(world: World) -> Changes:
    """A second text in the same language."""
    for (s, p), objects in world.values.items():
        first = objects[0]
        if isinstance(first, Literal) and _is_text(first) and len(objects) == 1:
            yield [], [(s, p, literal_like(f"Also: {first}", first))]


def duplicated(world: World) -> Changes:
    """The text that another thing of the class has, in place of the own."""
    for p in in_order({p for _, p in world.values}):
        told = [t for t in world.triples if t[1] == p and isinstance(t[2], Literal)]
        for (s, _, o), (t, _, u) in zip(
            told, islice(cycle(told), 1, None), strict=False
        ):
            alike = isinstance(o, Literal) and _is_text(o)
            if alike and s != t and world.kind.get(s) == world.kind.get(t):
                yield [(s, p, o)], [(s, p, u)]


def copied_thing(world: World) -> Changes:
    """A thing is entered twice, under two names."""
    for s in world.subjects:
        if (s, SKOS.prefLabel) in world.values and (s, RDF.type) in world.values:
            copy = URIRef(f"{s}-again")
            incoming: list[Triple] = [
                (t, p, copy) for t, p, _ in world.data.triples((None, None, s))
            ]
            told: list[Triple] = [
                (copy, p, o) for _, p, o in world.data.triples((s, None, None))
            ]
            yield [], listed(told + incoming)


OPERATORS: Final = (
    Operator("empty-text", "a text is empty", _only_text(lambda text: "")),
    Operator("blank-text", "a text is a blank", _only_text(lambda text: " ")),
    Operator(
        "stray-blank", "a text ends with a blank", _only_text(lambda text: f"{text} ")
    ),
    Operator(
        "cut-text",
        "a text breaks off in the middle",
        _only_text(lambda text: text[: len(text) // 2]),
    ),
    Operator("copied-text", "a text is that of another thing", duplicated),
    Operator(
        "copied-thing", "a thing is entered a second time, with its links", copied_thing
    ),
    Operator("second-text", "a second text in the same language", second_text),
    Operator(
        "wrong-language",
        "English is marked as German",
        _each(lambda o: _tagged(o, "de")),
    ),
    Operator(
        "lost-language", "a text loses its language", _each(lambda o: _tagged(o, None))
    ),
    Operator(
        "added-language",
        "a code is marked as English",
        _each(lambda o: None if o.language else Literal(str(o), lang="en")),
    ),
    Operator("ill-formed", "a value is none of its datatype", _each(_ill_formed)),
    Operator(
        "string-for-type",
        "a number, date or truth value is a string",
        _each(_as_string),
    ),
    Operator(
        "other-number-type",
        "a number has another numeric datatype",
        _each(_other_number),
    ),
    Operator("link-for-text", "a link stands where a value belongs", _as_link),
)
