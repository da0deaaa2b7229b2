"""What to do about a fault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vomkg.curate.place import Place


@dataclass(frozen=True, slots=True)
class Patch:
    """A change of one file.

    Attributes:
        at: what is replaced; a point where text is only added.
        text: what stands there afterwards.
    """

    at: Place
    text: str


@dataclass(frozen=True, slots=True)
class Mend:
    """One way to mend a fault.

    Attributes:
        words: what to do, as an instruction.
        snippet: Turtle that shows it, with ``…`` where only a person knows the
            value; empty where words say all.
        patch: the change itself, where it is safe to make without a person.
    """

    words: str
    snippet: str = ""
    patch: Patch | None = None
