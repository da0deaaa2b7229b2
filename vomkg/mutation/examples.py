"""The folder of examples: graphs that shapes must accept, and graphs that they must not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import rdflib
from rdflib import Graph, Literal, URIRef

from vomkg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rdflib.term import Node


@dataclass(frozen=True, slots=True)
class Examples:
    """The examples of one file of shapes.

    Attributes:
        name: the stem of the file of shapes.
        data: all of them, with the world that stands behind them.
        own: the shapes that the file describes.
    """

    name: str
    data: Graph
    own: frozenset[Node]


def read_examples(folder: Path, shapes_files: Iterable[Path]) -> list[Examples]:
    """The examples of each file of shapes.

    Raises:
        InputError: the folder, or a part of it, is not there.
    """
    world = folder / "world.ttl"
    if not world.is_file():
        raise InputError(
            f"{str(folder)!r} is no folder of examples: it has no world.ttl",
            fix="take tests/shapes of the source of vomkg, which a package leaves out",
        )
    found = []
    for path in sorted(shapes_files):
        part = folder / path.stem
        if not (part / "pass.ttl").is_file():
            raise InputError(
                f"there are no examples for {path.name}: {str(part)!r} has no pass.ttl",
                fix="add a graph that the shapes accept, and one for each way to fail",
            )
        own = {s for s in _parsed([path]).subjects() if isinstance(s, URIRef)}
        data = _parsed([world, *sorted(part.glob("*.ttl"))])
        found.append(Examples(path.stem, data, frozenset(own)))
    return found


def reachable(nodes: Iterable[Node], shapes: Graph) -> Graph:
    """The statements of the nodes, and of all that these lead to."""
    part, ahead = Graph(bind_namespaces="none"), list(nodes)
    seen: set[Node] = set()
    while ahead:
        node = ahead.pop()
        if node not in seen and not isinstance(node, Literal):
            seen.add(node)
            for triple in shapes.triples((node, None, None)):
                part.add(triple)
                ahead.append(triple[2])
    return part


def _parsed(paths: Iterable[Path]) -> Graph:
    """The files as one graph, with literals as written, good or bad."""
    graph, normalise = Graph(bind_namespaces="none"), rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        for path in paths:
            graph.parse(path)
    finally:
        rdflib.NORMALIZE_LITERALS = normalise
    return graph
