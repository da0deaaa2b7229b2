"""Mends where a value is of the wrong kind (SHACL, section 4.1)."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from rdflib import RDF, SH, XSD, BNode, Literal, URIRef

from vomkg.curate.mend import Mend, Patch
from vomkg.curate.mends.choice import replaced
from vomkg.curate.mends.spelling import meant
from vomkg.curate.mends.values import allowed, choices, fits, known_as, typed
from vomkg.errors import UnknownNameError
from vomkg.graph.prefixes import expand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from vomkg.curate.mends.case import Case

# What Turtle lets stand between angle brackets, with a scheme and an authority.
_IRI: Final = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*://[^\s<>"{}|\\^`]+')
_LONG: Final = 40  # digits beyond which an exponent is not written out
_DECIMALS: Final = {XSD.decimal, XSD.integer, XSD.nonNegativeInteger}
_TRUTH: Final = {"True": "true", "TRUE": "true", "False": "false", "FALSE": "false"}


def not_of_class(case: Case) -> Iterator[Mend]:
    """Mends for ``sh:class``: things of the class, or the class for the value."""
    world, value = case.world, case.value
    kinds = case.parameters(SH["class"])
    if value is None or not kinds:
        return
    wanted = world.listed(kinds)
    if isinstance(value, Literal):
        if (iri := _iri_of(value, case)) is not None:
            words = f"write {world.name(iri)} itself, not its name in quotes"
            yield case.instead(words, iri, safe=iri in world.known)
            return
    elif value not in world.known:
        yield from replaced(case, allowed(case))
        yield Mend(
            f"or describe {world.name(value)} as {wanted}",
            f"{world.turtle(value)} a {world.turtle(kinds[0])} .",
        )
        return
    if (slip := _misspelt_class(case, value, kinds)) is not None:
        yield slip
        return
    choice = allowed(case)
    only = world.turtle(choice[0]) if len(choice) == 1 else "…"
    words = f"{world.name(value)} {known_as(value, case)}; give {choices(case)}"
    yield case.instead(words, only)


def _misspelt_class(case: Case, value: Node, kinds: list[Node]) -> Mend | None:
    """The class of the value, where it is one that is asked for, misspelt."""
    world = case.world
    for kind in sorted(world.data.objects(value, RDF.type), key=str):
        right = (
            None
            if kind in world.known
            else meant(world.local(kind), kinds, world.local)
        )
        if right is not None:
            at = world.spots.value(value, RDF.type, kind)
            return Mend(
                f"write {world.name(right)} where {world.turtle(kind)} stands as the "
                f"class of {world.name(value)}",
                f"{world.turtle(value)} a {world.turtle(right)} .",
                Patch(at, world.turtle(right)) if at else None,
            )
    return None


def not_of_datatype(case: Case) -> Iterator[Mend]:
    """Mends for ``sh:datatype``: the same value as a literal of the type."""
    datatype, value = case.parameter(SH.datatype), case.value
    if datatype is not None and value is not None:
        yield from as_datatype(case, value, datatype)


def as_datatype(case: Case, value: Node, datatype: Node) -> Iterator[Mend]:
    """The value as a literal of a datatype; safe where nothing of it is lost."""
    world = case.world
    kind = world.turtle(datatype)
    if not isinstance(value, Literal):
        words = f"write a literal of the type {kind}, not {world.name(value)}"
        yield case.instead(words, f'"…"^^{kind}')
        return
    new = lossless(value, datatype)
    if new is not None:
        literal = typed(new, datatype)
        words = f"write {world.turtle(literal)}, the same as {kind}"
        yield case.instead(words, literal, safe=not value.language)
        return
    guess = _guess(str(value), datatype)
    if guess is not None:
        literal = typed(guess, datatype)
        yield case.instead(
            f"if {guess} is meant, write {world.turtle(literal)}", literal
        )
    words = f"write {kind} where {world.turtle(value)} stands"
    yield case.instead(words, f'"…"^^{kind}')


def lossless(value: Literal, datatype: Node) -> str | None:
    """The value's text as one of the datatype, if it says exactly the same.

    Blanks at the ends go, an exponent is written out, a fraction of noughts falls
    away before an integer, and ``True`` becomes ``true``.
    """
    text = str(value)
    for candidate in (text, text.strip(), *_numbers(text, datatype)):
        if fits(candidate, datatype):
            return candidate
    truth = _TRUTH.get(text.strip())
    return truth if datatype == XSD.boolean else None


def not_of_kind(case: Case) -> Iterator[Mend]:
    """Mends for ``sh:nodeKind``: an IRI for a literal, or the other way."""
    world, value = case.world, case.value
    kind = str(case.parameter(SH.nodeKind) or "").removeprefix(str(SH))
    if value is None:
        return
    if "IRI" in kind and isinstance(value, Literal):
        iri = _iri_of(value, case)
        if iri is not None:
            words = f"write {world.turtle(iri)} without quotes: it is an IRI"
            yield case.instead(words, iri, safe=not value.language)
        else:
            shown = world.turtle(value)
            yield case.instead(f"write an IRI where {shown} stands", "<…>")
    elif "IRI" in kind and isinstance(value, BNode):
        yield Mend(
            "give it an identifier: write its statements under id:… and that name "
            "where the brackets stand",
            case.told("id:…") if case.path else "id:… a … .",
        )
    elif "Literal" in kind:
        yield case.instead(f"write text or a number, not {world.name(value)}", '"…"')
    else:
        yield Mend(f"put {_KINDS.get(kind, kind)} where {world.name(value)} stands")


_KINDS: Final = {
    "BlankNode": "brackets [ … ]",
    "BlankNodeOrIRI": "a node",
    "IRI": "an IRI",
}


def _iri_of(value: Literal, case: Case) -> URIRef | None:
    """The IRI that a literal spells: a web address, or a name that the graph knows."""
    text = str(value).strip()
    if _IRI.fullmatch(text):
        return URIRef(text)
    with suppress(UnknownNameError):
        named = URIRef(expand(text, case.world.prefixes))
        return named if named in case.world.known else None
    return None


def _numbers(text: str, datatype: Node) -> Iterator[str]:
    """The number in the form without exponent or needless fraction."""
    if datatype not in _DECIMALS or len(text) > _LONG:
        return
    with suppress(InvalidOperation):
        number = Decimal(text.strip())
        if number.is_finite() and abs(number.adjusted()) < _LONG:
            yield f"{number:f}"
            if number == number.to_integral_value():
                yield f"{number.to_integral_value():f}"


def _guess(text: str, datatype: Node) -> str | None:
    """What may be meant, though something of the text is lost."""
    found = re.findall(r"[+-]?\d+(?:[.,]\d+)?", text)
    candidates = [number.replace(",", ".") for number in found[:1]]
    return next((item for item in candidates if fits(item, datatype)), None)
