"""Filling a remote SPARQL 1.1 store with named graphs, and proving it afterwards.

The store needs no extension: it takes graphs by the Graph Store HTTP Protocol or by
SPARQL Update, and answers queries. An interrupted load goes on where it stopped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Literal

from vomkg.errors import ConformanceError
from vomkg.transfer.plan import Plan, foreign_fault, leftover_fault, planned
from vomkg.transfer.proof import Proof, prove
from vomkg.transfer.reading import Reader
from vomkg.transfer.refusals import RefusedError
from vomkg.transfer.writing import GSP, UPDATE, GraphStore, Update

if TYPE_CHECKING:
    from collections.abc import Callable

    from vomkg.config import Settings
    from vomkg.transfer.addresses import Addresses
    from vomkg.transfer.connection import Connection
    from vomkg.transfer.contents import Contents
    from vomkg.transfer.journal import Journal
    from vomkg.transfer.writing import Writer

    Progress = Callable[[str, int, int], None]

Way = Literal["auto", "gsp", "update"]
WRITING: Final = "writing"
READING: Final = "reading back"
_FAULTS_SHOWN: Final = 5
# What a server says that does not speak the Graph Store Protocol there.
_NO_PROTOCOL: Final = {
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.NOT_IMPLEMENTED,
}


@dataclass(slots=True)
class Outcome:
    """What a load did.

    Attributes:
        way: how it wrote: ``gsp`` or ``update``; empty if nothing was to write.
        written: triples that were sent in this run.
        emptied: graphs of an earlier load that were removed.
        proof: what reading back found.
    """

    way: str = ""
    written: int = 0
    emptied: list[str] = field(default_factory=list)
    proof: Proof = field(default_factory=Proof)


class Load:
    """One load of one store.

    Attributes:
        there: triples that were written, in this run or before it.
    """

    def __init__(
        self,
        contents: Contents,
        connection: Connection,
        places: Addresses,
        settings: Settings,
        journal: Journal,
    ) -> None:
        """A load that has not begun.

        Args:
            contents: what the store is to hold.
            connection: reaches the store.
            places: where its services are.
            settings: sizes and limits.
            journal: what was written before; kept up to date.
        """
        self._contents = contents
        self._connection = connection
        self._places = places
        self._settings = settings
        self._journal = journal
        self._reader = Reader(connection, places)
        self.there = 0

    def run(
        self,
        way: Way = "auto",
        *,
        replace: bool = False,
        restart: bool = False,
        progress: Progress | None = None,
    ) -> Outcome:
        """Fills the store and reads back what it holds.

        Args:
            way: the protocol; ``auto`` takes the Graph Store Protocol where the
                store speaks it, else updates.
            replace: whether triples of others in our graphs may be removed.
            restart: whether to write all again.
            progress: told the step, the triples done and all of them.

        Raises:
            UsageError: our graphs hold triples of others, or an earlier load put
                graphs there that this one does not have.
            UpstreamError: the store refuses, fails or cannot be reached.
            ConformanceError: it holds something else than what was sent.
            InputError: the journal cannot be written.
        """
        tell = progress or _silent
        writer = self._writer(self._first_way() if way == "auto" else way)
        plan = self._plan(writer, restart=restart, replace=replace)
        outcome = Outcome()
        if plan.starts:
            try:
                self._write(plan, writer, outcome, tell)
            except RefusedError as error:
                if way != "auto" or outcome.written or error.code not in _NO_PROTOCOL:
                    raise
                writer = self._writer(UPDATE)
                plan.starts = dict.fromkeys(plan.starts, 0)
                self._begin(writer)
                self._write(plan, writer, outcome, tell)
            outcome.way = writer.name
        for graph in plan.leftover:
            writer.empty(graph)
            outcome.emptied.append(graph)
        outcome.proof = self._proof(tell)
        self._keep()
        return outcome

    def _first_way(self) -> str:
        """How to try: as the load that was interrupted, if there was one."""
        journal = self._journal
        begun = journal.done and journal.contents == self._contents.id
        return journal.way if begun else GSP

    def _plan(self, writer: Writer, *, restart: bool, replace: bool) -> Plan:
        """What is left to write, once it is sure that it may be written."""
        journal = self._journal
        # Finished requests are counted in chunks; in chunks of another size or
        # sent another way they mean nothing, but the graphs are still ours.
        again = restart or (journal.way, journal.chunk) != (writer.name, writer.chunk)
        wanted = dict.fromkeys([*self._contents.graphs, *journal.held])
        counts = {graph: self._reader.count(graph) for graph in wanted}
        plan = planned(self._contents, journal, counts)
        # Filled from another machine, perhaps: then there is nothing to do.
        other = bool(plan.foreign) and not (restart or replace)
        if other and plan.whole and not self._proof(_silent, fail=False).faults:
            return Plan()
        if plan.foreign and not replace:
            raise foreign_fault(plan.foreign)
        if plan.leftover and not replace:
            raise leftover_fault(plan.leftover)
        if again and (plan.starts or restart):
            plan.starts = dict.fromkeys(self._contents.graphs, 0)
        if plan.starts:
            kept = (
                {} if again or self._contents.id != journal.contents else journal.done
            )
            self._begin(writer, kept)
        return plan

    def _begin(self, writer: Writer, done: dict[str, int] | None = None) -> None:
        journal = self._journal
        journal.contents = self._contents.id
        journal.way, journal.chunk = writer.name, writer.chunk
        journal.done = done or {}
        journal.save()

    def _write(
        self, plan: Plan, writer: Writer, outcome: Outcome, tell: Progress
    ) -> None:
        # A small request first: a server that asks for credentials may hang up on
        # a large one.
        self._connection.knock(writer.url)
        chunk = writer.chunk
        left = {
            graph: len(self._contents.graphs[graph]) - start * chunk
            for graph, start in plan.starts.items()
        }
        total = self._contents.total
        self.there = total - sum(left.values())
        for graph, start in plan.starts.items():
            triples = self._contents.graphs[graph]
            self._journal.done[graph] = start
            self._journal.save()
            for number in range(start, max(1, -(-len(triples) // chunk))):
                part = triples[number * chunk : (number + 1) * chunk]
                (writer.add if number else writer.start)(graph, part)
                self._journal.done[graph] = number + 1
                self._journal.save()
                outcome.written += len(part)
                self.there += len(part)
                tell(WRITING, self.there, total)

    def _proof(self, tell: Progress, *, fail: bool = True) -> Proof:
        done = 0

        def add(number: int) -> None:
            nonlocal done
            done += number
            tell(READING, done, self._contents.total)

        limit = self._settings.load_proof
        proof = prove(self._contents, self._reader, limit, add)
        if proof.faults and fail:
            shown = "; ".join(proof.faults[:_FAULTS_SHOWN])
            raise ConformanceError(
                f"the store does not hold what it was sent, in {len(proof.faults)} "
                f"places: {shown}",
                fix="run it again with --restart; if that is no help, the store "
                "changes what it is given",
            )
        return proof

    def _keep(self) -> None:
        """Remembers what is there, so that the next load may write over it."""
        journal = self._journal
        graphs = self._contents.graphs
        journal.contents = self._contents.id
        journal.done = {}
        journal.held = {graph: self._reader.count(graph) for graph in graphs}
        journal.save()

    def _writer(self, way: str) -> Writer:
        kind = GraphStore if way == GSP else Update
        return kind(self._connection, self._places, self._settings)


def _silent(_step: str, _done: int, _total: int) -> None:
    """Says nothing."""


__all__ = ["READING", "WRITING", "Load", "Outcome", "Way"]
