"""Mutants before the judges: which of them are caught, and by what."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator, Sequence

    from vomkg.mutation.judge import Bench, Found
    from vomkg.mutation.mutant import Mutant

    # What hygiene rules find in the data without some lines and with others.
    Rules = Callable[[Sequence[str], Sequence[str]], bool]

# Enough for a process to be worth the hand-over, few enough to show progress.
_CHUNK: Final = 50


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one mutant.

    Attributes:
        mutant: the mutant.
        shapes: the shapes that report a violation which the valid data has not.
        warned: the same of warnings and hints; these alone do not catch it.
        literal: the check of literals refuses it.
        rule: a hygiene rule of severity error fires; asked only if nothing else did.
    """

    mutant: Mutant
    shapes: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    literal: bool = False
    rule: bool = False

    @property
    def by_shapes(self) -> bool:
        """Whether the shapes alone catch it."""
        return bool(self.shapes)

    @property
    def by_any(self) -> bool:
        """Whether anything in ``vomkg validate`` catches it."""
        return self.by_shapes or self.literal or self.rule


def tried(
    bench: Bench,
    mutants: Sequence[Mutant],
    *,
    rules: Rules | None = None,
    jobs: int = 1,
    tell: Callable[[int], None] = lambda done: None,
) -> list[Verdict]:
    """The verdict on each mutant, in their order.

    Args:
        bench: the valid data and its shapes.
        mutants: what is tried.
        rules: whether a hygiene rule finds something new; None asks none.
        jobs: how many processes judge at once.
        tell: is told after every few how many are done.
    """
    verdicts: list[Verdict] = []
    for found in _judged(bench, mutants, jobs):
        verdicts.append(found)
        if len(verdicts) % _CHUNK == 0:
            tell(len(verdicts))
    if rules is None:
        return verdicts
    return [
        item
        if item.by_any
        else Verdict(
            item.mutant,
            warned=item.warned,
            rule=rules(item.mutant.removed, item.mutant.added),
        )
        for item in verdicts
    ]


def _judged(bench: Bench, mutants: Sequence[Mutant], jobs: int) -> Iterator[Verdict]:
    if jobs < 2 or len(mutants) < 2 * _CHUNK:
        _start(bench)
        yield from map(_verdict, mutants)
        return
    # A forked process would share threads and locks that are not its own.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        jobs, mp_context=context, initializer=_start, initargs=(bench,)
    ) as pool:
        yield from pool.map(_verdict, mutants, chunksize=_CHUNK)


class _Hall:
    """What one process judges with."""

    bench: Bench
    usual: Counter[Found]


def _start(bench: Bench) -> None:
    _Hall.bench, _Hall.usual = bench, bench.results()


def _verdict(mutant: Mutant) -> Verdict:
    # Where the valid data is without fault, the first one found is a new one.
    look = _Hall.bench.results if _Hall.usual else _Hall.bench.first
    new = look(mutant.removed, mutant.added) - _Hall.usual
    return Verdict(
        mutant,
        tuple(sorted({r.shape for r in new if r.severity == "Violation"})),
        tuple(sorted({r.shape for r in new if r.severity != "Violation"})),
        mutant.ill_typed,
    )
