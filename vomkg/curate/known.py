"""What some files say and where, read when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from rdflib import RDF, SH, BNode

from vomkg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.graph.positions import Positions, Statement
    from vomkg.graph.positions.frame import Term


class Known:
    """The places of some files' triples, by the terms that results name.

    Args:
        texts: each file, by its name, whose extension tells its form; those of
            other forms than Turtle and its kin have no places.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    @cached_property
    def positions(self) -> Positions:
        """The places of all triples, of the files that can be read."""
        from vomkg.graph.positions import FORMS, Positions, form_of

        placed = {n: t for n, t in self._texts.items() if form_of(n) in FORMS}
        try:
            return Positions.of(placed)
        except InputError:
            # A result of the grammar tells of the broken file; the others count.
            return Positions.of({n: t for n, t in placed.items() if _is_whole(n, t)})

    def node(self, term: Term) -> Term:
        """The node as the places know it; blank ones are labelled otherwise."""
        if isinstance(term, BNode) and not self.positions.holds(term):
            return self._blank.get(term, term)
        return term

    @cached_property
    def _blank(self) -> dict[BNode, BNode]:
        from vomkg.graph.positions import aligned
        from vomkg.graph.read import labelled

        files = self.positions.files
        known = labelled({file.name: self._texts[file.name] for file in files})
        found: dict[BNode, BNode] = {}
        for file in files:
            ours = (record[:3] for record in file.records)
            found.update(aligned(known[file.name], ours))
        return found

    def block(self, node: Term) -> Statement | None:
        """The statement that begins a node's block: the one with its type first."""
        first = None
        for statement in self.positions.statements(node):
            if statement.predicate in (RDF.type, SH.path):
                return statement
            first = first or statement
        return first


def _is_whole(name: str, text: str) -> bool:
    from vomkg.graph.positions import File

    try:
        File(name, text)
    except InputError:
        return False
    return True
