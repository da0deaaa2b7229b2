"""Which engine judges, and how the results of the fast one become those of record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from vomkg.curate.engines import pyshacl, shacl
from vomkg.curate.engines.completion import completed
from vomkg.curate.engines.likeness import doubts_of_data
from vomkg.curate.engines.proven import check_recursion, doubts_of_shapes

if TYPE_CHECKING:
    from collections.abc import Callable

    from rdflib import Graph
    from rdflib.term import Node

    from vomkg.curate.engines.judged import Judged

Engine = Literal["auto", "pyshacl", "shacl"]
ENGINES: tuple[Engine, ...] = get_args(Engine)


def report_of(
    data: Judged,
    shapes: Graph,
    engine: Engine = "auto",
    *,
    counts: Callable[[Node, Graph], bool] = lambda _node, _found: True,
) -> Graph:
    """The report graph on the data (SHACL §3.6).

    ``auto`` takes the fast engine where it is installed, the shapes use only what
    both engines were shown to judge alike, and the data holds nothing that they
    read differently; else pySHACL. Results that pySHACL words or details otherwise
    are taken from pySHACL, run on the shapes and nodes concerned; where the two do
    not agree there, the whole report is pySHACL's.

    Args:
        data: what is judged, with its background.
        shapes: well-formed shapes.
        engine: the engine asked for.
        counts: whether a result of a report graph will be kept.

    Raises:
        MissingToolError: the engine asked for is not installed.
        ShapesError: for shapes that cannot be run.
    """
    if engine == "shacl":
        shacl.need()
        check_recursion(shapes)
        return _fast(data, shapes, counts, always=True)
    if engine == "auto" and shacl.is_installed() and not doubts(data, shapes):
        return _fast(data, shapes, counts, always=False)
    return pyshacl.report_of(data.graph, shapes)


def doubts(data: Judged, shapes: Graph) -> list[str]:
    """Why the engines may not judge this alike; empty if they do."""
    return doubts_of_shapes(shapes) or doubts_of_data(data, shapes)


def _fast(
    data: Judged,
    shapes: Graph,
    counts: Callable[[Node, Graph], bool],
    *,
    always: bool,
) -> Graph:
    found = shacl.report_of(data, shapes)
    whole = completed(found, data, shapes, counts)
    if whole is not None:
        return whole
    return found if always else pyshacl.report_of(data.graph, shapes)
