"""Expected answers and served answers, from their files and bytes."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as og

if TYPE_CHECKING:
    from pathlib import Path

    from tests.w3c.compare import Row

RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_RDF: Final = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "nq": "application/n-quads",
}
_TYPE: Final = og.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@dataclass(frozen=True, slots=True)
class Found:
    """An answer in a form that can be compared.

    Attributes:
        kind: ``boolean``, ``rows`` or ``graph``.
        boolean: the answer of ASK.
        columns: the variables, in order.
        rows: the solutions, cells in the order of the sorted variables; of a graph,
            its triples, each once.
    """

    kind: str
    boolean: bool = False
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


def quads_of(path: Path, base: str) -> list[og.Quad]:
    """The quads of an RDF file; blank nodes are named anew."""
    return _quads(path.suffix[1:], path.read_bytes(), base)


def _quads(kind: str, data: bytes, base: str) -> list[og.Quad]:
    form = og.RdfFormat.from_media_type(_RDF[kind])
    assert form is not None
    return list(og.parse(data, format=form, base_iri=base, rename_blank_nodes=True))


def expected(kind: str, data: bytes, base: str) -> Found:
    """What a result says.

    Args:
        kind: the extension of such files.
        data: the result.
        base: against which relative IRIs in it are resolved.
    """
    if kind == "csv":
        return csv_rows(data)
    if kind in _RDF:
        return _of_graph(_quads(kind, data, base))
    form = og.QueryResultsFormat.from_extension(kind)
    assert form is not None
    return of_results(data, form)


def of_results(data: bytes, form: og.QueryResultsFormat) -> Found:
    """What bytes in a SPARQL result format say."""
    parsed = og.parse_query_results(data, format=form)
    if isinstance(parsed, og.QueryBoolean):
        return Found("boolean", bool(parsed))
    return of_solutions(parsed)


def of_solutions(solutions: og.QuerySolutions) -> Found:
    """The rows of an answer to SELECT."""
    columns = tuple(variable.value for variable in solutions.variables)
    names = sorted(columns)
    rows = tuple(tuple(row[name] for name in names) for row in solutions)
    return Found("rows", columns=columns, rows=rows)


def of_triples(triples) -> Found:
    """A graph of triples or quads; the name of a graph plays no part."""
    kept = {(item.subject, item.predicate, item.object) for item in triples}
    return Found("graph", rows=tuple(kept))


def csv_rows(data: bytes) -> Found:
    """Rows of bare values; a blank node is told by its underscore."""
    head, *rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    order = sorted(range(len(head)), key=head.__getitem__)
    cells = tuple(tuple(_bare(row[index]) for index in order) for row in rows)
    return Found("rows", columns=tuple(head), rows=cells)


def _bare(text: str):
    if text.startswith("_:"):
        return og.BlankNode(text[2:])
    try:
        return str(float(text))
    except ValueError:
        return text


def _of_graph(quads: list[og.Quad]) -> Found:
    """A graph, or the result set that it describes."""
    store = og.Dataset(quads)
    sets = {q.subject for q in quads if q.object == og.NamedNode(RS + "ResultSet")}
    if not sets:
        return of_triples(quads)

    def values(subject, name):
        found = store.quads_for_subject(subject)
        return [q.object for q in found if q.predicate.value == RS + name]

    head = sets.pop()
    for answer in values(head, "boolean"):
        return Found("boolean", answer.value in {"true", "1"})
    columns = [item.value for item in values(head, "resultVariable")]
    rows = []
    for solution in values(head, "solution"):
        index = [int(item.value) for item in values(solution, "index")]
        cells = {
            values(binding, "variable")[0].value: values(binding, "value")[0]
            for binding in values(solution, "binding")
        }
        rows.append((index, tuple(cells.get(name) for name in sorted(columns))))
    rows.sort(key=lambda pair: pair[0])
    return Found("rows", columns=tuple(columns), rows=tuple(row for _, row in rows))
