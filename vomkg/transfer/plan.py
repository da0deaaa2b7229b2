"""What has to be written, and whether what is there may be written over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vomkg.errors import UsageError
from vomkg.transfer.proof import bounds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyoxigraph

    from vomkg.transfer.contents import Contents
    from vomkg.transfer.journal import Journal


@dataclass(slots=True)
class Plan:
    """The work that is left.

    Attributes:
        starts: number of finished requests by graph, for graphs with work left.
        leftover: graphs of an earlier load that are no longer wanted.
        foreign: triples by graph, where somebody else's stand in the way.
        whole: whether each graph holds as many triples as it should.
    """

    starts: dict[str, int] = field(default_factory=dict)
    leftover: list[str] = field(default_factory=list)
    foreign: dict[str, int] = field(default_factory=dict)
    whole: bool = True


def planned(contents: Contents, journal: Journal, counts: Mapping[str, int]) -> Plan:
    """What is left to do.

    A graph may be written over if it is empty, if it holds as many triples as after
    our last load, or no more than an interrupted load has sent.

    Args:
        contents: what the store is to hold.
        journal: what was written before.
        counts: triples in the store by graph: those wanted and those held.
    """
    plan = Plan()
    same = journal.contents == contents.id
    for graph, triples in contents.graphs.items():
        number = counts[graph]
        fewest, most = bounds(triples)
        fits = fewest <= number <= most
        plan.whole = plan.whole and fits
        held = journal.held.get(graph) == number
        if same and graph in journal.done and _goes_on(triples, journal, graph, number):
            if journal.done[graph] * journal.chunk < most:
                plan.starts[graph] = journal.done[graph]
        elif not (same and held and fits):
            plan.starts[graph] = 0
            if number and not held and number > _sent(journal, graph):
                plan.foreign[graph] = number
    for graph, number in journal.held.items():
        if graph not in contents.graphs and number and counts[graph] == number:
            plan.leftover.append(graph)
    return plan


def _goes_on(
    triples: Sequence[pyoxigraph.Triple], journal: Journal, graph: str, number: int
) -> bool:
    """Whether the graph holds what was finished, and at most one request more."""
    done = journal.done[graph] * journal.chunk
    fewest, _ = bounds(triples[:done])
    return fewest <= number <= min(done + journal.chunk, len(triples))


def _sent(journal: Journal, graph: str) -> int:
    """The most triples that an interrupted load has put into the graph."""
    if graph not in journal.done:
        return 0
    return (journal.done[graph] + 1) * journal.chunk


def foreign_fault(found: dict[str, int]) -> UsageError:
    """The error of graphs that hold triples of others, with their number."""
    listed = ", ".join(f"{graph} ({number})" for graph, number in found.items())
    return UsageError(
        f"the store holds triples that this command did not put there: {listed}",
        fix="add --replace to remove them from these graphs",
    )


def leftover_fault(graphs: list[str]) -> UsageError:
    """The error of graphs of an earlier load that this one does not have."""
    return UsageError(
        f"an earlier load put graphs there that are not in this one: "
        f"{', '.join(graphs)}",
        fix="add --replace to remove them, and to put this one in their place",
    )
