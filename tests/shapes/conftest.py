"""The shipped shapes, and the verdict on the graphs of each folder."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph, URIRef

from tests.shapes.graphs import (
    HERE,
    Folder,
    concerned,
    expectations,
    parse,
    reachable,
    written,
)
from vomkg.curate.validate import validate
from vomkg.graph.read import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from rdflib.term import Node

    from vomkg.config import Settings


@pytest.fixture(scope="session")
def shapes(settings: Settings) -> Graph:
    """All shipped shapes; never change them."""
    return read(settings.shapes_files())


@pytest.fixture(scope="session")
def terms(settings: Settings) -> Graph:
    """The ontology without its vocabulary: the world of the tests has its own."""
    return read([settings.root / "ontology" / "vomkg.ttl"])


@pytest.fixture(scope="session")
def shapes_of(settings: Settings) -> Callable[[str], set[Node]]:
    """The shapes that one file describes."""
    files = {path.stem: path for path in settings.shapes_files()}

    @functools.cache
    def find(name: str) -> set[Node]:
        return {s for s in read([files[name]]).subjects() if isinstance(s, URIRef)}

    return find


@pytest.fixture(scope="session")
def judged(
    shapes: Graph,
    terms: Graph,
    shapes_of: Callable[[str], set[Node]],
    prefixes: dict[str, str],
) -> Callable[[str], Folder]:
    """The verdict on a folder; each folder is judged once."""

    @functools.cache
    def judge(name: str) -> Folder:
        owner: dict[Node, str] = {}
        expected: dict[str, Counter[str]] = {}
        data = parse(HERE / "world.ttl", HERE / name / "pass.ttl")
        for path in sorted((HERE / name).glob("fail-*.ttl")):
            graph = parse(path)
            owner |= dict.fromkeys(graph.subjects(), path.name)
            data += graph
            expected[path.name] = expectations(path)
        found: dict[str, Counter[str]] = defaultdict(Counter)
        judges = reachable(shapes_of(name), shapes)
        for result in validate(data, judges, terms).results:
            focus, value = concerned(result)
            place = owner.get(focus) or owner.get(value) or "pass.ttl"
            found[place][written(result, prefixes)] += 1
        return Folder(data, expected, found)

    return judge
