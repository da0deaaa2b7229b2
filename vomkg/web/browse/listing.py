"""Long lists in pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vomkg.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST: Final = 9  # digits of a page number


@dataclass(frozen=True, slots=True)
class Pages:
    """One page of a list among the others.

    Attributes:
        total: how many there are in the list.
        number: of the page, from 1.
        last: number of the last page.
        first: number of the first one on the page, from 1; 0 of an empty list.
        end: number of the last one on it.
    """

    total: int
    number: int
    last: int
    first: int
    end: int

    @property
    def near(self) -> tuple[int | None, ...]:
        """Numbers of the pages to offer; None where two or more are left out."""
        here = range(max(1, self.number - 2), min(self.last, self.number + 2) + 1)
        found: list[int | None] = []
        before = 0
        for number in sorted({1, *here, self.last}):
            if number == before + 2:
                found.append(number - 1)
            elif number > before + 2:
                found.append(None)
            found.append(number)
            before = number
        return tuple(found)


def page_number(given: Mapping[str, str]) -> int:
    """The number of the page that is asked for; 1 if none is named.

    Raises:
        ParameterError: it is no number of a page.
    """
    text = given.get("page", "1")
    if text.isascii() and text.isdecimal() and len(text) <= _LONGEST and int(text):
        return int(text)
    raise ParameterError(
        f"page must be a whole number from 1, found {text[:40]!r}", fix="begin at 1"
    )


def paged(total: int, number: int, size: int) -> Pages:
    """The page of that number in a list of so many.

    Raises:
        ParameterError: the list ends before it.
    """
    last = max(1, -(-total // size))
    if number > last:
        raise ParameterError(
            f"there is no page {number:,}: the list ends with page {last:,}",
            fix="begin at 1",
        )
    first = (number - 1) * size + 1 if total else 0
    return Pages(total, number, last, first, min(number * size, total))
