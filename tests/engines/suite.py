"""The tests of the W3C's SHACL suite, read from its manifests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import rdflib
from rdflib import RDF, SH, Namespace

from tests.engines.verdicts import REFUSED, keys

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
_LOCAL = re.compile(r"^file://")


@dataclass(frozen=True)
class Case:
    """One test: its name, its graphs, and the results that the W3C expects."""

    name: str
    data: Graph
    shapes: Graph
    expected: Counter[object] | str


def files(root: Path) -> list[Path]:
    """Every file below the parts core and sparql that holds a test."""
    found = [*root.glob("core/*/*.ttl"), *root.glob("sparql/*/*.ttl")]
    return sorted(path for path in found if "sht:Validate" in path.read_text("utf-8"))


def cases(path: Path, root: Path) -> Iterator[Case]:
    """The tests of one file."""
    known: dict[Path, Graph] = {}
    whole = _graph(path, known)
    for test in whole.subjects(RDF.type, SHT.Validate):
        action = whole.value(test, MF.action)
        data = _graph(_path(whole.value(action, SHT.dataGraph)), known)
        shapes = _graph(_path(whole.value(action, SHT.shapesGraph)), known)
        result = whole.value(test, MF.result)
        expected: Counter[object] | str = REFUSED
        if result != SHT.Failure:
            expected = keys(whole, whole.objects(result, SH.result), data, shapes)
        name = f"{path.relative_to(root).with_suffix('')}"
        yield Case(name, data, shapes, expected)


def _path(iri: Node | None) -> Path:
    return Path(_LOCAL.sub("", str(iri)))


def _graph(path: Path, known: dict[Path, Graph]) -> Graph:
    """The file as a graph, its literals as written; the same graph each time."""
    if path not in known:
        normalise = rdflib.NORMALIZE_LITERALS
        rdflib.NORMALIZE_LITERALS = False
        try:
            known[path] = rdflib.Graph().parse(
                path, format="turtle", publicID=f"file://{path}"
            )
        finally:
            rdflib.NORMALIZE_LITERALS = normalise
    return known[path]
