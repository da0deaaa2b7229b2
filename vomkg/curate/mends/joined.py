"""Why a constraint that joins other shapes does not hold (SHACL, sections 4.6, 4.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import SH

from vomkg.curate.mend import Mend
from vomkg.curate.mends.checks import by_message
from vomkg.curate.mends.counts import added
from vomkg.curate.mends.wording import called, held, wrong

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
    found = _tried(case, trials)
    if found is None:
        return []
    if kind == "Not":
        return [held(shape, world) for shape, _, failures in found if not failures]
    if kind in _COUNTED:
        return list(_counted(case, found))
    good = [called(shape, world) for shape, _, failures in found if not failures]
    if kind == "Xone" and len(good) > 1:
        return [f"more than one holds: {', '.join(good)}"]
    if good and kind in {"Or", "Xone"}:
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
    found = _tried(case, trials) or []
    if kind == "Not":
        yield from _must_not(case, found)
        return
    failing = [branch for branch in found if branch[2]]
    if kind == "QualifiedMaxCount" or (
        kind == "Xone" and len(found) - len(failing) > 1
    ):
        good = [
            world.name(node) if kind in _COUNTED else called(shape, world)
            for shape, node, failures in found
            if not failures
        ]
        yield Mend(f"let fewer of these hold: {', '.join(good)}")
        return
    if kind in {"And", "Node"}:
        for _, _, failures in failing:
            for failure in failures:
                yield from of(failure)
        return
    if kind == "QualifiedMinCount":
        # What is there may be right as it is, so it is not touched first.
        shapes = case.parameters(SH.qualifiedValueShape)
        names = " and ".join(called(shape, world) for shape in shapes)
        if case.speaks:
            yield from by_message(case)
        yield Mend(f"add a value of {case.named} that is {names}", added(case, "…"))
    for shape, node, failures in failing[:_OFFERED]:
        yield _branch(shape, node, failures, case, of)


def _must_not(case: Case, found: list[Branch]) -> Iterator[Mend]:
    if case.speaks:
        advice = next(by_message(case))
        is_value = case.path is not None and case.value is not None
        yield case.instead(advice.words, "…") if is_value else advice
    for shape, _, failures in found:
        if not failures:
            words = f"change what makes this hold: {held(shape, case.world)}"
            yield Mend(words)


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
    single = {"Node": SH.node, "Not": SH["not"]}.get(kind)
    return [] if single is None else case.parameters(single)


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
        good = [world.name(node) for _, node, failures in found if not failures]
        yield f"too many are: {', '.join(good)}"
    else:
        failing = [branch for branch in found if branch[2]]
        for _, node, failures in failing[:_TOLD]:
            yield f"{world.name(node)}: {_all(failures)}"
        if (rest := len(case.values) - len(found) + len(failing) - _TOLD) > 0:
            yield f"and {rest} more"


def _all(failures: list[Case]) -> str:
    told = list(dict.fromkeys(wrong(failure) for failure in failures))
    rest = f" and {len(told) - _TOLD} more" if len(told) > _TOLD else ""
    return ", and ".join(told[:_TOLD]) + rest
