"""All operators, the special ones before the general ones.

Where two operators make the same mutant it counts for the first one only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vomkg.mutation.operators import (
    classes,
    links,
    meaning,
    names,
    numbers,
    places,
    removal,
    texts,
)

if TYPE_CHECKING:
    from vomkg.mutation.mutant import Operator

OPERATORS: Final[tuple[Operator, ...]] = (
    *places.OPERATORS,
    *meaning.OPERATORS,
    *numbers.OPERATORS,
    *texts.OPERATORS,
    *classes.OPERATORS,
    *names.OPERATORS,
    *links.OPERATORS,
    *removal.OPERATORS,
)
