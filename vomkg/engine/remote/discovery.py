"""Which graphs a store has for us, found out once, before the first query."""

from __future__ import annotations

from itertools import combinations
from time import monotonic
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from vomkg.engine.remote.asking import Asking
from vomkg.engine.remote.client import Client
from vomkg.engine.remote.graphs import Graphs
from vomkg.errors import InputError, UsageError
from vomkg.namespaces import APART, GRAPHS, UNION_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vomkg.config import Settings

_HELD: Final = f"""
SELECT DISTINCT ?graph
WHERE {{
  GRAPH ?graph {{ ?s ?p ?o }}
  FILTER(STRSTARTS(STR(?graph), "{GRAPHS}"))
}}
ORDER BY ?graph
"""
_HAS: Final = "ASK { GRAPH %s { ?s ?p ?o } }"
_SHARE: Final = "ASK { GRAPH %s { ?s ?p ?o } GRAPH %s { ?s ?p ?o } }"


def discovered(settings: Settings) -> Graphs:
    """The graphs of the store that are asked.

    The default graph is the store's union graph, if it has one, or else the merge
    of the others without those apart. Servers look into such graphs one after the
    other and count a triple once per graph, so these must not share any.

    Raises:
        InputError: the store holds none of them, or some share a triple.
        UpstreamError: it cannot be asked.
        LimitError: it does not answer in time.
    """
    client = Client(settings)
    asking = Asking(client, (), 0, monotonic() + settings.time_limit)
    try:
        held = _held(settings, asking)
        if not held:
            raise InputError(
                "the store holds no graph to serve",
                fix="fill it by `vomkg load`, name its graphs in store_graphs, or "
                "take --default-graph plain",
            )
        named = tuple(iri for iri in held if iri != UNION_GRAPH)
        if UNION_GRAPH in held:
            return Graphs((UNION_GRAPH,), named)
        default = tuple(iri for iri in named if iri not in APART)
        _check_apart(default, asking)
        return Graphs(default, named)
    finally:
        client.close()


def _held(settings: Settings, asking: Asking) -> list[str]:
    if settings.store_graphs:
        return [
            iri for iri in settings.store_graphs if asking.boolean(_HAS % _node(iri))
        ]
    rows = asking.table(_HELD).rows
    return [term.value for row in rows if (term := row.get("graph")) is not None]


def _check_apart(graphs: Iterable[str], asking: Asking) -> None:
    for one, other in combinations(graphs, 2):
        if asking.boolean(_SHARE % (_node(one), _node(other))):
            raise InputError(
                f"graphs <{one}> and <{other}> of the store share triples, which it "
                "would count twice",
                fix="let `vomkg load` write the union graph, name one graph in "
                "store_graphs, or take --default-graph plain",
            )


def _node(iri: str) -> str:
    try:
        return str(NamedNode(iri))
    except ValueError as error:
        raise UsageError(f"store_graphs holds {iri!r}, which is no IRI") from error
