"""The cuts that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vomkg.errors import ParameterError
from vomkg.search.searcher import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vomkg.web.browse.facets import Facet
    from vomkg.web.browse.selection import Value, Way


def chosen_cuts(
    every: Iterable[Facet], given: Mapping[str, str]
) -> tuple[tuple[Way, Value | None], ...]:
    """The cuts that an address names.

    Raises:
        ParameterError: one of them is not among the facets, or not their values.
    """
    by_name = {facet.name: facet for facet in every}
    cuts = []
    for name, code in given.items():
        facet = by_name.get(name)
        if facet is None:
            near = nearest(name, by_name)
            choice = f"did you mean {', '.join(near)}" if near else "choose from below"
            raise ParameterError(
                f"the members of this class cannot be cut by {name[:60]!r}",
                fix=choice if by_name else "there is nothing to cut them by",
            )
        option = facet.option(code)
        if option is None:
            near = nearest(code, (one.code for one in facet.options))
            choice = f"did you mean {', '.join(near)}" if near else "choose from below"
            raise ParameterError(
                f"no member of this class has {code[:60]!r} as {facet.label}",
                fix=choice,
            )
        cuts.append((facet.way, option.term))
    return tuple(cuts)
