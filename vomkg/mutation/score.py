"""The score of the shapes: how much is caught, by operator and by property."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vomkg.mutation.acceptance import Acceptance
    from vomkg.mutation.loosened import Loosened
    from vomkg.mutation.trial import Verdict


@dataclass(slots=True)
class Tally:
    """Counts of mutants.

    Attributes:
        made: how many were tried.
        shapes: how many of them the shapes alone catch.
        other: how many more the check of literals or a hygiene rule catches.
        warned: how many of the rest bring a warning or hint.
        accepted: how many that no shape catches are accepted by name.
    """

    made: int = 0
    shapes: int = 0
    other: int = 0
    warned: int = 0
    accepted: int = 0

    @property
    def before(self) -> float:
        """The share that the shapes catch, of all; 1 if there are none."""
        return self.shapes / self.made if self.made else 1.0

    @property
    def after(self) -> float:
        """The share that the shapes catch, of those not accepted."""
        asked = self.made - self.accepted
        return self.shapes / asked if asked else 1.0

    @property
    def any(self) -> float:
        """The share that any check catches, of all."""
        return (self.shapes + self.other) / self.made if self.made else 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """Data and shape score of one run.

    Attributes:
        verdicts: what became of each mutant of the data.
        acceptances: what may go uncaught.
        loosened: what became of each weakening of the shapes; None if not tried.
        made: how many mutants of the data there are, of which a sample was tried.
        seed: the seed of the run.
        disputed: mutants on which pySHACL and the fast engine differ.
        compared: how many mutants both engines judged.
    """

    verdicts: Sequence[Verdict]
    acceptances: Sequence[Acceptance]
    loosened: Sequence[Loosened] | None
    made: int
    seed: int
    disputed: Sequence[Verdict] = ()
    compared: int = 0

    def acceptance(self, verdict: Verdict) -> Acceptance | None:
        """The first acceptance of a mutant that no shape catches."""
        if verdict.by_shapes:
            return None
        covering = (a for a in self.acceptances if a.covers(verdict.mutant))
        return next(covering, None)

    @property
    def total(self) -> Tally:
        """The counts of the whole run."""
        return self._tallied(lambda verdict: "")[""] if self.verdicts else Tally()

    @property
    def by_operator(self) -> dict[str, Tally]:
        """The counts of each operator."""
        return self._tallied(lambda verdict: verdict.mutant.operator)

    @property
    def by_property(self) -> dict[str, Tally]:
        """The counts of each property; of whole things under an empty name."""
        return self._tallied(lambda verdict: verdict.mutant.predicate or "")

    def _tallied(self, group: Callable[[Verdict], str]) -> dict[str, Tally]:
        found: dict[str, Tally] = defaultdict(Tally)
        for verdict in self.verdicts:
            tally = found[group(verdict)]
            tally.made += 1
            tally.shapes += verdict.by_shapes
            tally.other += verdict.by_any and not verdict.by_shapes
            tally.warned += bool(verdict.warned) and not verdict.by_any
            tally.accepted += self.acceptance(verdict) is not None
        return dict(sorted(found.items()))

    @property
    def accepted(self) -> dict[str, int]:
        """How many mutants each acceptance takes, those of none included."""
        found = {acceptance.name: 0 for acceptance in self.acceptances}
        for verdict in self.verdicts:
            if (acceptance := self.acceptance(verdict)) is not None:
                found[acceptance.name] += 1
        return found

    @property
    def survivors(self) -> list[Verdict]:
        """The mutants that neither a shape catches nor an acceptance names."""
        return [
            verdict
            for verdict in self.verdicts
            if not verdict.by_shapes and self.acceptance(verdict) is None
        ]

    @property
    def unnoticed(self) -> list[Loosened]:
        """The weakenings that no example notices."""
        return [item for item in self.loosened or () if not item.noticed]

    @property
    def shape_score(self) -> float | None:
        """The share of weakenings that an example notices; None if none was tried."""
        if self.loosened is None:
            return None
        tried = len(self.loosened)
        return 1 - len(self.unnoticed) / tried if tried else 1.0

    @property
    def whole(self) -> bool:
        """Whether every mutant that there is was tried."""
        return len(self.verdicts) == self.made
