"""Why a constraint that joins other shapes does not hold (SHACL, sections 4.6, 4.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import SH

from vomkg.curate.mend import Mend
from vomkg.curate.mends.checks import by_message
from vomkg.curate.mends.wording import called, wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rdflib.term import Node

    from vomkg.curate.mends.case import Case
    from vomkg.curate.mends.trials import Trials

    Branch = tuple[Node, Node, list[Case]]  # the shape, the node, and what fails

_LISTS: Final = {"Or": SH["or"], "Xone": SH.xone, "And": SH["and"]}
_COUNTED: Final = {"QualifiedMinCount", "QualifiedMaxCount"}
_LOOKED_AT: Final = 20  # values of a counted property that are looked into
_TOLD: Final = 5  # of them that are told
_OFFERED: Final = 3  # branches for which a mend is offered
JOINS: Final = {*_LISTS, "Node", "Not", *_COUNTED}


def kind_of(case: Case) -> str:
    """The constraint component without its ending."""
    return case.result.component.removesuffix("ConstraintComponent")


def pairs(case: Case) -> list[tuple[Node, Node]]:
    """The nodes and shapes to try, so that the case can be explained."""
    kind = kind_of(case)
    if kind in _COUNTED:
        shapes = case.parameters(SH.qualifiedValueShape)
        return [(node, s) for s in shapes for node in case.values[:_LOOKED_AT]]
    node = case.focus if case.value is None else case.value
    return [(node, shape) for shape in _shapes(case)]


def details(case: Case, trials: Trials) -> list[str]:
    """What fails, a line for each branch, the one that fails least first.

    Nothing is said where the engine does not confirm the fault.
    """
    kind, world = kind_of(case), case.world
    if kind == "Not":
        return [_held(shape, case) for shape in case.parameters(SH["not"])]
    found = _tried(case, trials)
    if found is None:
        return []
    if kind in _COUNTED:
        return list(_counted(case, found))
    held = [called(shape, world) for shape, _, failures in found if not failures]
    if kind == "Xone" and len(held) > 1:
        return [f"more than one holds: {', '.join(held)}"]
    if held and kind in {"Or", "Xone"}:
        return []
    return [
        f"{called(shape, world)}: {_all(failures)}"
        for shape, _, failures in found
        if failures
    ]


def mends(
    case: Case, trials: Trials, of: Callable[[Case], Sequence[Mend]]
) -> Iterator[Mend]:
    """A mend for each branch, the one that fails least first.

    Args:
        case: the fault.
        trials: what was tried.
        of: the mends of a fault inside a branch.
    """
    kind, world = kind_of(case), case.world
    if kind == "Not":
        for shape in case.parameters(SH["not"]):
            advice = next(by_message(case))
            if case.path is not None and case.value is not None:
                advice = case.instead(advice.words, "…")
            change = f"change what makes this hold: {_held(shape, case)}"
            yield advice if case.speaks else Mend(change)
        return
    found = _tried(case, trials) or []
    failing = [branch for branch in found if branch[2]]
    if kind == "QualifiedMaxCount" or (
        kind == "Xone" and len(found) - len(failing) > 1
    ):
        held = [
            world.name(node) if kind in _COUNTED else called(shape, world)
            for shape, node, failures in found
            if not failures
        ]
        yield Mend(f"let fewer of these hold: {', '.join(held)}")
        return
    if kind in {"And", "Node"}:
        for _, _, failures in failing:
            for failure in failures:
                yield from of(failure)
        return
    for shape, node, failures in failing[:_OFFERED]:
        yield _branch(shape, node, failures, case, of)
    if kind == "QualifiedMinCount":
        shapes = case.parameters(SH.qualifiedValueShape)
        names = " and ".join(called(shape, world) for shape in shapes)
        yield Mend(f"add a value of {case.named} that is {names}")


def _branch(
    shape: Node,
    node: Node,
    failures: list[Case],
    case: Case,
    of: Callable[[Case], Sequence[Mend]],
) -> Mend:
    """All that one branch lacks, as one mend; safe if it lacks one thing only."""
    first = [found[0] for failure in failures if (found := of(failure))]
    about = case.world.name(node) if kind_of(case) in _COUNTED else ""
    aim = (
        f"{about} as {called(shape, case.world)}"
        if about
        else called(shape, case.world)
    )
    words = "; and ".join(dict.fromkeys(mend.words for mend in first))
    lines = dict.fromkeys(mend.snippet for mend in first if mend.snippet)
    return Mend(f"for {aim!r}: {words or 'see its shape'}", "\n".join(lines))


def _shapes(case: Case) -> list[Node]:
    kind = kind_of(case)
    if kind in _LISTS:
        heads = case.parameters(_LISTS[kind])
        return [part for head in heads for part in case.world.items(head)]
    return case.parameters(SH.node) if kind == "Node" else []


def _tried(case: Case, trials: Trials) -> list[Branch] | None:
    """The branches with what fails in each, the least first; None if unknown."""
    found: list[Branch] = []
    for node, shape in pairs(case):
        failures = trials.failures(node, shape)
        if failures is None:
            return None
        found.append((shape, node, failures))
    return sorted(found, key=lambda branch: len(branch[2]))


def _counted(case: Case, found: list[Branch]) -> Iterator[str]:
    world = case.world
    if not case.values:
        yield f"it has no {case.named}"
    elif kind_of(case) == "QualifiedMaxCount":
        held = [world.name(node) for _, node, failures in found if not failures]
        yield f"too many are: {', '.join(held)}"
    else:
        failing = [branch for branch in found if branch[2]]
        for _, node, failures in failing[:_TOLD]:
            yield f"{world.name(node)}: {_all(failures)}"
        if (rest := len(case.values) - len(found) + len(failing) - _TOLD) > 0:
            yield f"and {rest} more"


def _held(shape: Node, case: Case) -> str:
    """A shape that holds and must not, with the conditions in it."""
    world = case.world
    inner = sorted(
        called(part, world) for part in world.shapes.objects(shape, SH.property)
    )
    name = called(shape, world)
    return f"{name} ({' and '.join(inner)})" if inner else name


def _all(failures: list[Case]) -> str:
    told = list(dict.fromkeys(wrong(failure) for failure in failures))
    rest = f" and {len(told) - _TOLD} more" if len(told) > _TOLD else ""
    return ", and ".join(told[:_TOLD]) + rest
