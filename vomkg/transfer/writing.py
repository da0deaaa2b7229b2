"""Two ways to write triples into a named graph of a remote store."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Protocol

from vomkg.transfer.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyoxigraph

    from vomkg.config import Settings
    from vomkg.transfer.addresses import Addresses
    from vomkg.transfer.connection import Connection

GSP: Final = "gsp"
UPDATE: Final = "update"
# Every server that speaks the protocol reads Turtle (§5.3), not each N-Triples.
_TURTLE: Final = {"Content-Type": "text/turtle; charset=utf-8"}


class Writer(Protocol):
    """Writes to named graphs; every call may be repeated without harm."""

    name: str
    chunk: int
    url: str

    def start(self, graph: str, triples: Sequence[pyoxigraph.Triple]) -> None:
        """The graph holds these triples and no others."""

    def add(self, graph: str, triples: Sequence[pyoxigraph.Triple]) -> None:
        """The graph holds these triples too."""

    def empty(self, graph: str) -> None:
        """The graph holds nothing."""


class GraphStore:
    """Writes by the SPARQL 1.1 Graph Store HTTP Protocol: PUT, then POST."""

    name = GSP

    def __init__(
        self, connection: Connection, places: Addresses, settings: Settings
    ) -> None:
        self.chunk = settings.load_chunk
        self._connection = connection
        self.url = places.graph_store

    def start(self, graph: str, triples: Sequence[pyoxigraph.Triple]) -> None:
        """Replaces the graph (§5.3)."""
        self._send("PUT", graph, triples)

    def add(self, graph: str, triples: Sequence[pyoxigraph.Triple]) -> None:
        """Merges into the graph (§5.5)."""
        self._send("POST", graph, triples)

    def empty(self, graph: str) -> None:
        """Deletes the graph (§5.4); that there is none is no fault."""
        try:
            self._connection.send("DELETE", self.url, params={"graph": graph})
        except RefusedError as error:
            if error.code != HTTPStatus.NOT_FOUND:
                raise

    def _send(
        self, method: str, graph: str, triples: Sequence[pyoxigraph.Triple]
    ) -> None:
        self._connection.send(
            method,
            self.url,
            params={"graph": graph},
            data=_lines(triples).encode(),
            headers=_TURTLE,
        )


class Update:
    """Writes by SPARQL 1.1 Update: INSERT DATA, the graph always named."""

    name = UPDATE

    def __init__(
        self, connection: Connection, places: Addresses, settings: Settings
    ) -> None:
        self.chunk = settings.load_insert
        self._connection = connection
        self.url = places.update

    def start(self, graph: str, triples: Sequence[pyoxigraph.Triple]) -> None:
        """Drops the graph, then inserts (§3.2.2, §3.1.1)."""
        self.empty(graph)
        self.add(graph, triples)

    def add(self, graph: str, triples: Sequence[pyoxigraph.Triple]) -> None:
        """Inserts into the graph."""
        self._send(f"INSERT DATA {{ GRAPH <{graph}> {{\n{_lines(triples)}}} }}")

    def empty(self, graph: str) -> None:
        """Drops the graph; that there is none is no fault."""
        self._send(f"DROP SILENT GRAPH <{graph}>")

    def _send(self, text: str) -> None:
        self._connection.send("POST", self.url, data={"update": text})


def _lines(triples: Sequence[pyoxigraph.Triple]) -> str:
    return "".join(f"{triple} .\n" for triple in triples)
