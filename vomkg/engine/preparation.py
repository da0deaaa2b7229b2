"""From a query as it is asked to the query that is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph

from vomkg.engine.binding import bound
from vomkg.engine.guard import check_query
from vomkg.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.config import Settings
    from vomkg.engine.results import Term


def prepared(
    text: str,
    bindings: Mapping[str, Term] | None,
    settings: Settings,
    prefixes: dict[str, str],
) -> str:
    """The query that is run: checked, and with the values in place.

    Raises:
        QueryRefusedError: it asks for what is not allowed here.
        QuerySyntaxError: its brackets or terminals are not SPARQL.
        ParameterError: a binding has no variable, or is a blank node.
    """
    check_query(text, settings, prefixes)
    return bound(text, _bindable(bindings)) if bindings else text


def _bindable(
    bindings: Mapping[str, Term],
) -> dict[str, pyoxigraph.NamedNode | pyoxigraph.Literal]:
    ready = {}
    for name, term in bindings.items():
        if not isinstance(term, (pyoxigraph.NamedNode, pyoxigraph.Literal)):
            raise ParameterError(f"?{name} must be an IRI or a literal, found {term!r}")
        ready[name] = term
    return ready
