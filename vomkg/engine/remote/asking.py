"""What one query may ask of a store, until its time is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vomkg.engine.remote.graphs import Request
from vomkg.engine.remote.rows import Table, malformed, read_answer
from vomkg.engine.remote.triples import ACCEPT, SYNTAXES, read_triples

if TYPE_CHECKING:
    import pyoxigraph

    from vomkg.engine.remote.client import Client

_JSON: Final = ("application/sparql-results+json", "application/json")


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks a store for answers over one dataset.

    Attributes:
        client: the connection.
        fields: what names the dataset.
        shift: characters put before the first line of each query.
        deadline: when to give up, by :func:`time.monotonic`.

    Every method raises what :meth:`Client.ask` does, and UpstreamError for an
    answer that is not of the form asked for.
    """

    client: Client
    fields: tuple[tuple[str, str], ...]
    shift: int
    deadline: float

    def boolean(self, query: str) -> bool:
        """The answer of an ASK."""
        found, _ = self._answer(query)
        if not isinstance(found, bool):
            raise malformed("it is no yes or no")
        return found

    def rows(self, query: str) -> tuple[Table, int | None]:
        """The rows of a SELECT, and the cap that the store says it cut them at."""
        found, cap = self._answer(query)
        if isinstance(found, bool):
            raise malformed("it is a yes or no where rows were asked for")
        return found, cap

    def table(self, query: str) -> Table:
        """The rows of a SELECT."""
        return self.rows(query)[0]

    def triples(self, query: str) -> list[pyoxigraph.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, each once."""
        body = self.client.ask(self._request(query), ACCEPT, SYNTAXES, self.deadline)
        return read_triples(body.data, body.media)

    def _answer(self, query: str) -> tuple[Table | bool, int | None]:
        accept = ", ".join(_JSON)
        body = self.client.ask(self._request(query), accept, _JSON, self.deadline)
        return read_answer(body.data), body.cap

    def _request(self, query: str) -> Request:
        return Request(query, self.fields, self.shift)
