"""What the pages of one graph know of its classes, and where each is shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from flask import g, url_for

from vomkg.web.browse.classes import Classes, classes
from vomkg.web.browse.facets import facets
from vomkg.web.browse.selection import Selection
from vomkg.web.browse.ways import ways

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.knowledge import KnowledgeGraph
    from vomkg.web.browse.classes import Class
    from vomkg.web.browse.facets import Facet
    from vomkg.web.browse.selection import Way

# Classes whose facets are kept.
_REMEMBERED: Final = 256


@dataclass(frozen=True, slots=True)
class Whole:
    """All members of a class, the ways to cut them, and the facets of these."""

    every: Selection
    ways: tuple[Way, ...]
    facets: tuple[Facet, ...]


class Shelf:
    """The classes of one graph, read once if the graph cannot change.

    Args:
        kg: the graph.
    """

    def __init__(self, kg: KnowledgeGraph) -> None:
        self.kg = kg
        self._kept: Classes | None = None
        self._cuts = lru_cache(_REMEMBERED)(self._whole)

    @property
    def classes(self) -> Classes:
        """All classes.

        Raises:
            VomkgError: the graph cannot be asked.
        """
        if not self.kg.settings.store:
            self._kept = self._kept or classes(self.kg)
            return self._kept
        # A store may change, but not within one page.
        found: Classes = g.setdefault("classes", None) or classes(self.kg)
        g.classes = found
        return found

    def whole(self, one: Class) -> Whole:
        """All members of a class, and how they can be cut.

        Raises:
            VomkgError: the graph cannot be asked.
        """
        return self._whole(one) if self.kg.settings.store else self._cuts(one)

    def _whole(self, one: Class) -> Whole:
        every = Selection(one.iri, (), self.kg.prefixes)
        possible = ways(self.kg, every, one.things)
        return Whole(every, possible, facets(self.kg, self.classes, every, possible))


def class_link(shelf: Shelf, iri: str, cuts: Mapping[str, str] | None = None) -> str:
    """The address of the members of a class, cut by values or not."""
    one = shelf.classes.by_iri.get(iri)
    if one is None or "/" in one.name:
        place, given = url_for("browse.classes_page"), {"class": iri, **(cuts or {})}
    else:
        place, given = url_for("browse.members_page", name=one.name), dict(cuts or {})
    return f"{place}?{urlencode(given)}" if given else place
