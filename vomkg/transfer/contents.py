"""What a store is to hold: triples by named graph, without blank nodes.

A request that may be repeated must not add anything the second time, and the parts
of a graph must fit together. Blank nodes break both, since each request makes new
ones; so each becomes an IRI of its own, the same at every load of the same data
(RDF 1.1 Concepts §3.5).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph

from vomkg.errors import InputError
from vomkg.graph.parse import parse
from vomkg.namespaces import APART, SKOLEM, UNION_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from vomkg.release import Release

_Term = TypeVar("_Term")


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that is to be in the store.

    Attributes:
        id: id of the release, or the hash of the files.
        graphs: triples by IRI of graph, in an order that is always the same; the
            last graph is the union of the others but those apart.
        renamed: number of blank nodes that became IRIs.
    """

    id: str
    graphs: Mapping[str, Sequence[pyoxigraph.Triple]]
    renamed: int

    @property
    def total(self) -> int:
        """The number of triples over all graphs."""
        return sum(map(len, self.graphs.values()))


def of_release(release: Release) -> Contents:
    """The named graphs of a release.

    Raises:
        InputError: its dataset cannot be read.
    """
    try:
        quads = list(
            pyoxigraph.parse(path=release.dataset, format=pyoxigraph.RdfFormat.N_QUADS)
        )
    except (OSError, SyntaxError) as error:
        raise InputError(
            f"cannot be read as N-Quads: {error}", path=release.dataset
        ) from error
    return _contents(release.id, quads)


def of_files(paths: Iterable[Path]) -> Contents:
    """The graphs of RDF files; what is in no named graph goes to the union alone.

    Raises:
        FormatError: an extension is not one of RDF.
        InputError: a file cannot be read, or holds a triple used as a term.
        TurtleError: a file is not well-formed.
    """
    digest = hashlib.sha256()
    quads: list[pyoxigraph.Quad] = []
    for path in paths:
        found, _ = parse(path)
        quads += found
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    if any(isinstance(quad.object, pyoxigraph.Triple) for quad in quads):
        raise InputError(
            "a triple is used as a term, which not every store takes",
            fix="state it as a node with properties",
        )
    return _contents(digest.hexdigest(), quads)


def _contents(key: str, quads: Iterable[pyoxigraph.Quad]) -> Contents:
    names: dict[pyoxigraph.BlankNode, pyoxigraph.NamedNode] = {}

    def named(term: _Term) -> _Term | pyoxigraph.NamedNode:
        if not isinstance(term, pyoxigraph.BlankNode):
            return term
        # By first appearance: the parser's own labels change from run to run.
        iri = f"{SKOLEM}{key[:16]}/{len(names)}"
        return names.setdefault(term, pyoxigraph.NamedNode(iri))

    graphs: dict[str, dict[pyoxigraph.Triple, None]] = {}
    union: dict[pyoxigraph.Triple, None] = {}
    for quad in quads:
        triple = pyoxigraph.Triple(
            named(quad.subject), quad.predicate, named(quad.object)
        )
        graph = named(quad.graph_name)
        name = graph.value if isinstance(graph, pyoxigraph.NamedNode) else UNION_GRAPH
        if name != UNION_GRAPH:
            graphs.setdefault(name, {})[triple] = None
        if name not in APART:
            union[triple] = None
    listed = {name: list(graphs[name]) for name in sorted(graphs)}
    return Contents(key, {**listed, UNION_GRAPH: list(union)}, len(names))
