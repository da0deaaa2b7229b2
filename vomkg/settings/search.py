"""The settings of searching and browsing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from vomkg.settings.kinds import Check, number


@dataclass(frozen=True, kw_only=True)
class SearchSettings:
    """How much is searched, and how much of it a page shows.

    Attributes:
        search_length: most characters of what is searched for.
        search_texts: labels and texts up to which a graph is indexed.
        list_page: hits or members that one page of a list shows.
        facet_values: most values that a property may have to cut a list by.
    """

    search_length: int = 200
    search_texts: int = 20_000
    list_page: int = 25
    facet_values: int = 25


CHECKS: Final[dict[str, Check]] = {
    "search_length": partial(number, limits=(1, 10_000)),
    "search_texts": partial(number, limits=(1, None)),
    "list_page": partial(number, limits=(1, 500)),
    "facet_values": partial(number, limits=(2, 200)),
}
