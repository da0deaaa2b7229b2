"""What is wrong, in a few words that need no knowledge of SHACL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import SH, URIRef

from vomkg.curate.mends.values import languages

if TYPE_CHECKING:
    from collections.abc import Callable

    from rdflib.term import Node

    from vomkg.curate.mends.case import Case
    from vomkg.curate.mends.world import World

COMPONENT: Final = "ConstraintComponent"


def wrong(case: Case) -> str:
    """What one result finds wrong, as a clause without a full stop."""
    kind = case.result.component.removesuffix(COMPONENT)
    told = _CLAUSES.get(kind)
    return told(case) if told else case.result.message.partition(";")[0] or kind


def called(shape: Node, world: World) -> str:
    """A shape in words: its name, else its IRI in short, else what it is."""
    name = world.shapes.value(shape, SH.name)
    if name is not None:
        return str(name)
    if isinstance(shape, URIRef):
        return world.names.short(str(shape))
    path = world.shapes.value(shape, SH.path)
    if isinstance(path, URIRef):
        return f"what is said of {world.name(path)}"
    parts = [
        f"{str(p).removeprefix(str(SH))} {world.name(o)}"
        for p, o in world.shapes.predicate_objects(shape)
        if p in _TELLING
    ]
    return ", ".join(sorted(parts)) or "an unnamed condition"


def held(shape: Node, world: World) -> str:
    """A shape that holds and must not, with the conditions in it."""
    inner = sorted(
        called(part, world) for part in world.shapes.objects(shape, SH.property)
    )
    name = called(shape, world)
    return f"{name} ({' and '.join(inner)})" if inner else name


_TELLING: Final = {SH["class"], SH.datatype, SH.nodeKind, SH.hasValue}


def _few(case: Case) -> str:
    least = str(case.parameter(SH.minCount) or 1)
    have = len(case.values)
    if least == "1":
        return f"it has no {case.named}"
    return f"it has {have} of at least {least} values of {case.named}"


def _many(case: Case) -> str:
    most = str(case.parameter(SH.maxCount) or 0)
    shown = case.world.listed(case.values)
    if most == "0":
        return f"it has {case.named}: {shown}"
    return f"it has more than {most} values of {case.named}: {shown}"


def _value(case: Case) -> str:
    wanted = case.world.listed(case.parameters(SH.hasValue))
    if case.path is None:
        return f"nothing {case.through} is {wanted}"
    have = case.world.listed(case.values)
    rest = f"and is {have}" if have else "and there is none"
    return f"its {case.named} should be {wanted}, {rest}"


def _class(case: Case) -> str:
    kinds = case.world.listed(case.parameters(SH["class"]))
    return f"{_found(case)} is not of the class {kinds}"


def _pair(p: URIRef, words: str) -> Callable[[Case], str]:
    def told(case: Case) -> str:
        other = case.parameter(p)
        if other is None:
            return f"its {case.named} breaks a rule"
        theirs = case.world.listed(
            sorted(case.world.data.objects(case.focus, other), key=str)
        )
        ours = _found(case) if case.path else f"{case.named}, {_found(case)},"
        return f"{ours} {words} {case.world.name(other)} ({theirs or 'none'})"

    return told


def _bound(p: URIRef, words: str) -> Callable[[Case], str]:
    return lambda case: f"{_found(case)} is not {words} {case.parameter(p)}"


def _not(case: Case) -> str:
    shapes = " and ".join(called(s, case.world) for s in case.parameters(SH["not"]))
    return f"{_subject(case)}this holds and must not: {shapes}"


def _joined(p: URIRef, words: str) -> Callable[[Case], str]:
    def told(case: Case) -> str:
        heads = case.parameters(p)
        parts = [part for head in heads for part in case.world.items(head)]
        names = ", ".join(called(part, case.world) for part in parts)
        return f"{_subject(case)}{words}: {names}"

    return told


def _subject(case: Case) -> str:
    """The value concerned, where it is not the focus node."""
    other = case.value is not None and case.value != case.focus
    return f"of {_found(case)} " if other else ""


def _found(case: Case) -> str:
    value = case.value
    return case.world.name(value) if value is not None else f"its {case.named}"


_CLAUSES: Final[dict[str, Callable[[Case], str]]] = {
    "MinCount": _few,
    "MaxCount": _many,
    "HasValue": _value,
    "Class": _class,
    "Datatype": lambda case: (
        f"{_found(case)} is not of the type "
        f"{case.world.turtle(case.parameter(SH.datatype))}"
    ),
    "NodeKind": lambda case: f"{_found(case)} is of the wrong kind",
    "In": lambda case: f"{_found(case)} is none of the allowed values",
    "Pattern": lambda case: f"{_found(case)} does not have the form that is asked for",
    "LanguageIn": lambda case: f"{_found(case)} is not in {', '.join(languages(case))}",
    "UniqueLang": lambda case: f"two values of {case.named} share a language",
    "MinLength": _bound(SH.minLength, "as long as"),
    "MaxLength": _bound(SH.maxLength, "as short as"),
    "MinInclusive": _bound(SH.minInclusive, "at least"),
    "MinExclusive": _bound(SH.minExclusive, "above"),
    "MaxInclusive": _bound(SH.maxInclusive, "at most"),
    "MaxExclusive": _bound(SH.maxExclusive, "below"),
    "LessThan": _pair(SH.lessThan, "is not less than"),
    "LessThanOrEquals": _pair(SH.lessThanOrEquals, "is more than"),
    "Equals": _pair(SH.equals, "is not the same as"),
    "Disjoint": _pair(SH.disjoint, "stands also in"),
    "Closed": lambda case: f"it may not have {case.named}",
    "Not": _not,
    "Or": _joined(SH["or"], "none of these holds"),
    "Xone": _joined(SH.xone, "not exactly one of these holds"),
    "And": _joined(SH["and"], "not all of these hold"),
    "Node": lambda case: (
        f"{_found(case)} is not "
        + " and ".join(called(s, case.world) for s in case.parameters(SH.node))
    ),
    "QualifiedMinCount": lambda case: _qualified(case, "few"),
    "QualifiedMaxCount": lambda case: _qualified(case, "many"),
}


def _qualified(case: Case, words: str) -> str:
    shapes = case.parameters(SH.qualifiedValueShape)
    names = " and ".join(called(shape, case.world) for shape in shapes)
    return f"too {words} values of {case.named} are {names}"
