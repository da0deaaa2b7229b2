"""The settings of what a report says on how to mend faults."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from vomkg.settings.kinds import Check, number


@dataclass(frozen=True, kw_only=True)
class MendSettings:
    """How much work is put into explaining faults.

    Attributes:
        explain_limit: most faults of constraints that join other shapes which are
            looked into; the others say that they were not.
    """

    explain_limit: int = 100


CHECKS: Final[dict[str, Check]] = {
    "explain_limit": partial(number, limits=(0, None)),
}
