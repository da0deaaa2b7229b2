"""Mends where there are too few or too many values (SHACL, sections 4.2, 4.4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, SH, Literal, URIRef

from vomkg.curate.mend import Mend
from vomkg.curate.mends.classes import fitting
from vomkg.curate.mends.spelling import meant
from vomkg.curate.mends.values import choices, form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from vomkg.curate.mends.case import Case


def too_few(case: Case) -> Iterator[Mend]:
    """Mends for ``sh:minCount``: a misspelt property, else a statement to add."""
    yield from _misspelt(case)
    if case.path == RDF.type:
        yield from _class(case)
        return
    wanted, have = _wanted(case), len(case.values)
    more = "" if wanted - have <= 1 else f"{wanted - have} values of "
    among = choices(case)
    listed = f": {among}" if among else ""
    yield Mend(f"add {more}{case.named}{listed}", added(case, form(case)))


def too_many(case: Case) -> Iterator[Mend]:
    """Mends for ``sh:maxCount``: one for each value that may be kept."""
    values = case.values
    most = _number(case.parameter(SH.maxCount), 1)
    shown = case.world.listed(values)
    if most == 0:
        yield Mend(f"remove {case.named}: {shown}")
    elif most > 1 or case.path is None:
        yield Mend(f"keep at most {most} of the {len(values)} values: {shown}")
    else:
        for value in values:
            words = f"of the values {shown} keep only {case.world.name(value)}"
            yield Mend(words, case.told(value))


def one_language(case: Case) -> Iterator[Mend]:
    """Mends for ``sh:uniqueLang``: the texts that share a language, to keep one."""
    texts: dict[str, list[Node]] = {}
    for value in case.values:
        if isinstance(value, Literal) and value.language:
            texts.setdefault(value.language.lower(), []).append(value)
    for language, shared in sorted(texts.items()):
        if len(shared) > 1:
            shown = case.world.listed(shared)
            words = f"keep one of the {len(shared)} texts in {language!r}: {shown}"
            yield Mend(words, "\n".join(case.told(value) for value in shared))


def added(case: Case, value: str) -> str:
    """Turtle that gives the focus node one more value along the path."""
    path = case.path_node
    return "\n".join(_steps(case, path, case.subject, value)) if path else ""


def _steps(case: Case, path: Node, start: str, end: str) -> Iterator[str]:
    """The statements that lead along a path; each way, where it forks."""
    shapes = case.world.shapes
    if isinstance(path, URIRef):
        yield f"{start} {case.verb(path)} {end} ."
    elif (back := shapes.value(path, SH.inversePath)) is not None:
        yield from _steps(case, back, end, start)
    elif (ways := shapes.value(path, SH.alternativePath)) is not None:
        for way in case.world.items(ways):
            yield from _steps(case, way, start, end)
    elif (path, RDF.first, None) in shapes:
        hops = case.world.items(path)
        for number, hop in enumerate(hops):
            here = start if number == 0 else "…"
            there = end if number == len(hops) - 1 else "…"
            yield from _steps(case, hop, here, there)
    else:  # zero or more, one or more, zero or one
        for inner in shapes.objects(path):
            yield from _steps(case, inner, start, end)


def _misspelt(case: Case) -> Iterator[Mend]:
    """The missing property, written with a slip of the pen."""
    world = case.world
    if case.path is None:
        return
    used = set(world.data.predicates(case.focus)) - world.properties
    slip = meant(world.local(case.path), used, world.local)
    if slip is not None:
        right, wrong = world.name(case.path), world.turtle(slip)
        words = f"write {right} where {wrong} stands, which nobody declares"
        values = sorted(world.data.objects(case.focus, slip), key=str)
        yield Mend(words, "\n".join(case.told(value) for value in values))


def _class(case: Case) -> Iterator[Mend]:
    world = case.world
    kinds = fitting(case.focus, world)
    if not kinds:
        spoken = case.focus in world.known
        words = "say of which class it is" if spoken else "describe it, or correct it"
        yield Mend(words, case.told("…"))
    for kind in kinds:
        yield Mend(
            f"say that it is {world.name(kind)}, which may have all that is said of it",
            case.told(kind),
        )


def _wanted(case: Case) -> int:
    return _number(case.parameter(SH.minCount), 1)


def _number(node: Node | None, default: int) -> int:
    return int(node) if isinstance(node, Literal) and str(node).isdigit() else default
