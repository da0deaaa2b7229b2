"""A sample of the mutants before pySHACL, whose verdict is the one of record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Graph

from vomkg.curate.validate import validate
from vomkg.mutation.bench import parsed
from vomkg.mutation.mutant import line_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from vomkg.mutation.mutant import Mutant
    from vomkg.mutation.trial import Verdict


def disputed(
    verdicts: Sequence[Verdict],
    chosen: Collection[Mutant],
    data: Graph,
    ontology: Graph,
    shapes: Graph,
) -> list[Verdict]:
    """The verdicts on chosen mutants that pySHACL does not share."""
    asked = set(chosen)
    return [
        verdict
        for verdict in verdicts
        if verdict.mutant in asked
        and verdict.by_shapes != catches(verdict.mutant, data, ontology, shapes)
    ]


def catches(mutant: Mutant, data: Graph, ontology: Graph, shapes: Graph) -> bool:
    """Whether pySHACL finds a violation in the mutant of data that have none."""
    gone = set(mutant.removed)
    broken = Graph(bind_namespaces="none")
    for triple in data:
        if line_of(triple) not in gone:
            broken.add(triple)
    for triple in parsed(mutant.added):
        broken.add(triple)
    return bool(validate(broken, shapes, ontology).at_least("violation"))
