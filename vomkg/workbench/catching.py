"""Hygiene rules on mutants: whether one of them finds what was not there before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph

from vomkg.questions.hygiene import read_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


class RulesOnMutants:
    """The hygiene rules of severity error, asked of one graph changed a little.

    Args:
        files: the rules.
        turtle: the files of ontology and data.
    """

    def __init__(self, files: Iterable[Path], turtle: Iterable[Path]) -> None:
        rules = [read_rule(path) for path in files]
        self._queries = [rule.sparql for rule in rules if rule.severity == "error"]
        self._store = pyoxigraph.Store()
        for path in turtle:
            self._store.load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
        self._usual = {query: self._rows(query) for query in self._queries}

    def __call__(self, removed: Sequence[str], added: Sequence[str]) -> bool:
        """Whether a rule finds more with some lines of N-Triples gone and others new."""
        gone = [quad for quad in _quads(removed) if quad in self._store]
        new = [quad for quad in _quads(added) if quad not in self._store]
        for quad in gone:
            self._store.remove(quad)
        self._store.extend(new)
        try:
            return any(self._rows(q) > self._usual[q] for q in self._queries)
        finally:
            for quad in new:
                self._store.remove(quad)
            self._store.extend(gone)

    def _rows(self, query: str) -> int:
        found = self._store.query(query)
        return sum(1 for _ in found)  # type: ignore[union-attr,misc]


def _quads(lines: Sequence[str]) -> Sequence[pyoxigraph.Quad]:
    text = "\n".join(lines) + "\n"
    return list(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES))
