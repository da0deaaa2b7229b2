"""What a query gives back: rows, a yes or no, or triples; complete or not at all."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from vomkg.engine.results import Row, Term, bindings_bytes, boolean_bytes
from vomkg.engine.trail import Trail
from vomkg.engine.values import python_value, shown
from vomkg.errors import FormatError, UsageError
from vomkg.formats import by_name, offered
from vomkg.graph.encode import encode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pandas as pd
    import pyoxigraph

    from vomkg.engine.values import Value
    from vomkg.formats import Format

__all__ = ["Answer", "Trail"]

# How many rows a notebook shows; the rest are counted below the table.
_NOTEBOOK_ROWS = 50


@dataclass(frozen=True, slots=True)
class Answer:
    """One complete answer; iterate it for rows of plain Python values.

    Numbers come in the engine's form (34.0 becomes 34); where the form that a
    source printed matters, the data holds it as vom:reportedForm.

    Attributes:
        kind: ``bindings`` (SELECT), ``boolean`` (ASK) or ``graph`` (CONSTRUCT,
            DESCRIBE).
        columns: names of the columns, in the order of the query; a graph has
            subject, predicate and object.
        rows: one mapping a row, column to term, None where nothing is bound.
        boolean: the answer of ASK, else None.
        triples: the triples of a graph answer.
        query: the text that was run.
        release: id of the release that was asked, empty for other data.
        prefixes: prefixes for short names.
        trails: the places of a claim, where there is a graph behind the answer.
        limits: the caveats of all rows, where there is a graph behind the answer.
    """

    kind: Literal["bindings", "boolean", "graph"]
    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    boolean: bool | None = None
    triples: tuple[pyoxigraph.Triple, ...] = ()
    query: str = ""
    release: str = ""
    prefixes: Mapping[str, str] = field(default_factory=dict)
    trails: Callable[[str], list[Trail]] | None = field(default=None, repr=False)
    limits: Callable[[], tuple[str, ...]] | None = field(
        default=None, repr=False, compare=False
    )

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        """Yes or no for ASK; else whether there is any row."""
        return bool(self.rows) if self.boolean is None else self.boolean

    def __iter__(self) -> Iterator[dict[str, Value]]:
        for row in self.rows:
            yield {name: python_value(term) for name, term in row.items()}

    def to_bytes(self, form: Format) -> bytes:
        """The answer in that format.

        Raises:
            FormatError: the format cannot carry this kind of answer.
        """
        kind: Literal["bindings", "graph"] = (
            "graph" if self.kind == "graph" else "bindings"
        )
        if not form.carries(kind):
            names = ", ".join(item.name for item in offered(kind))
            what = "rows" if kind == "bindings" else "a graph"
            raise FormatError(
                f"{what} cannot be written as {form.name}", fix=f"choose from {names}"
            )
        if self.kind == "graph":
            return encode(self.triples, form, self.prefixes)
        if self.boolean is not None:
            return boolean_bytes(self.boolean, form)
        return bindings_bytes(self.columns, self.rows, form)

    def to_csv(self) -> str:
        """The rows as CSV (SPARQL 1.1 Query Results CSV), lines ending in CRLF."""
        return self.to_bytes(by_name("csv")).decode()

    def to_json(self) -> str:
        """The rows as SPARQL 1.1 Query Results JSON."""
        return self.to_bytes(by_name("json")).decode()

    def df(self) -> pd.DataFrame:
        """The rows as a DataFrame with typed columns, IRIs as prefixed names.

        ``attrs`` holds the query and the release, so a saved frame says where it
        comes from, and of a question the caveats of its claims.

        Raises:
            MissingToolError: pandas is not installed.
        """
        from vomkg.engine.frame import frame

        return frame(self)

    def trail(self, row: int | Mapping[str, object]) -> list[Trail]:
        """Who says what the row's claims say, and where, in order of the source.

        Args:
            row: a row of ``rows`` or of iteration, or its number from 0.

        Raises:
            UsageError: there is no such row, or the answer has no graph behind it.
        """
        if self.trails is None:
            raise UsageError("this answer is not connected to a graph")
        if isinstance(row, int):
            if not 0 <= row < len(self.rows):
                raise UsageError(
                    f"there is no row {row}: the answer has {len(self.rows)}",
                    fix="count rows from 0",
                )
            row = self.rows[row]
        iris = dict.fromkeys(iri for cell in row.values() if (iri := _iri(cell)))
        return [trail for iri in iris for trail in self.trails(iri)]

    def short(self, term: Term | None) -> str:
        """The term as a person reads it: prefixed name, bare value, or nothing."""
        return shown(term, self.prefixes)

    def _repr_html_(self) -> str:
        if self.boolean is not None:
            return f"<p>{'yes' if self.boolean else 'no'}</p>"
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>"
            + "".join(
                f"<td>{html.escape(self.short(cell))}</td>" for cell in row.values()
            )
            + "</tr>"
            for row in self.rows[:_NOTEBOOK_ROWS]
        )
        rest = len(self.rows) - _NOTEBOOK_ROWS
        note = (
            f"<p>and {rest} more rows: see .df() or .to_csv()</p>" if rest > 0 else ""
        )
        return (
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"
        )


def _iri(cell: object) -> str | None:
    """The IRI in a cell, be it a term or plain text."""
    value = getattr(cell, "value", cell)
    if isinstance(value, str) and "://" in value and type(cell).__name__ != "Literal":
        return value
    return None
