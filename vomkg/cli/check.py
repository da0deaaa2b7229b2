"""The steps of ``vomkg check``: each gives its faults as sentences, or none."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Final

from vomkg.errors import MissingToolError, VomkgError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vomkg.workbench.draft import Draft

_SHOWN: Final = 20  # faults of one step; the rest is counted
_ABOVE: Final = "not run, because of a fault named above"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one step found: faults make it fail, notes do not."""

    faults: Sequence[str] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that must hold.

    Attributes:
        name: what must hold, in few words.
        run: finds what does not hold.
        starts_java: whether ``--fast`` leaves it out.
    """

    name: str
    run: Callable[[Draft], Finding]
    starts_java: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """A step that was run, or the reason why not."""

    step: Step
    finding: Finding = Finding()
    seconds: float = 0.0
    left_out: str = ""

    @property
    def failed(self) -> bool:
        """Whether something does not hold."""
        return bool(self.finding.faults)

    def lines(self) -> Iterator[str]:
        """The outcome as lines for a terminal, the mark first."""
        good, bad, none = ("✓", "✗", "!") if _shows_marks() else ("ok", "NO", "!")
        if self.left_out:
            yield f"{none} {self.step.name}: NOT CHECKED, {self.left_out}"
            return
        mark = bad if self.failed else good
        yield f"{mark} {self.step.name} ({self.seconds:.1f} s)"
        yield from (f"    {fault}" for fault in self.finding.faults[:_SHOWN])
        if len(self.finding.faults) > _SHOWN:
            yield f"    and {len(self.finding.faults) - _SHOWN} more"
        yield from (f"    note: {note}" for note in self.finding.notes)


def run_step(
    step: Step, draft: Draft, *, fast: bool, before: Sequence[Outcome]
) -> Outcome:
    """The outcome of a step; an error of ours is its fault.

    Args:
        step: what to run.
        draft: what to run it on.
        fast: whether steps that start Java are left out.
        before: the outcomes so far, so that no fault is told twice.
    """
    if fast and step.starts_java:
        return Outcome(step, left_out="as --fast asks")
    start = perf_counter()
    try:
        finding = step.run(draft)
    except MissingToolError as missing:
        return Outcome(step, left_out=str(missing))
    except VomkgError as fault:
        told = {fault for outcome in before for fault in outcome.finding.faults}
        finding = Finding([_ABOVE if str(fault) in told else str(fault)])
    return Outcome(step, finding, perf_counter() - start)


def _shows_marks() -> bool:
    return (getattr(sys.stdout, "encoding", None) or "").lower().startswith("utf")
