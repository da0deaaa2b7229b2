"""SPARQL 1.1 Query Results JSON, read strictly: whole and well-formed, or not at all."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

from pyoxigraph import BlankNode, Literal, NamedNode

from vomkg.errors import QueryRefusedError, UpstreamError
from vomkg.namespaces import XSD

if TYPE_CHECKING:
    from vomkg.engine.results import Row, Term

_LABEL: Final = re.compile(r"[A-Za-z0-9]+")
_BOOLEAN: Final = XSD + "boolean"
_BOOLEANS: Final = {"1": "true", "0": "false"}


class Table(NamedTuple):
    """Rows as a store gave them.

    Attributes:
        columns: names of the columns.
        rows: one mapping a row, None where nothing is bound.
    """

    columns: tuple[str, ...]
    rows: list[Row]


def read_answer(body: bytes) -> Table | bool:
    """The rows of a SELECT, or the answer of an ASK.

    Raises:
        UpstreamError: it is not SPARQL 1.1 Query Results JSON, or is cut.
        QueryRefusedError: a cell holds a triple.
    """
    found = _json(body)
    boolean = found.get("boolean")
    if isinstance(boolean, bool):
        return boolean
    columns = _columns(found)
    results = found.get("results")
    rows = results.get("bindings") if isinstance(results, dict) else None
    if not isinstance(rows, list):
        raise malformed("it has neither results.bindings nor a boolean")
    empty: Row = dict.fromkeys(columns)
    return Table(columns, [_row(row, empty, number) for number, row in enumerate(rows)])


def restored(term: Literal) -> Literal:
    """The literal, a boolean as true or false: Virtuoso writes 1 and 0."""
    if term.datatype.value == _BOOLEAN and term.value in _BOOLEANS:
        return Literal(_BOOLEANS[term.value], datatype=term.datatype)
    return term


def malformed(what: str) -> UpstreamError:
    """The error of an answer that cannot be read; the caller raises it."""
    return UpstreamError(
        f"the answer of the store is malformed or cut: {what}",
        fix="ask again; if it stays so, look at the store's log",
    )


def _json(body: bytes) -> dict[str, object]:
    try:
        found = json.loads(body.decode(), parse_constant=_refused)
    except UnicodeDecodeError as error:
        raise malformed(f"byte {error.start} is not UTF-8") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise malformed(f"no JSON at {where} of {len(body)} bytes") from error
    except (ValueError, RecursionError) as error:
        raise malformed("its JSON has numbers or a depth of no such answer") from error
    if not isinstance(found, dict):
        raise malformed("it is not an object of JSON")
    return found


def _refused(_: str) -> NoReturn:
    raise ValueError


def _columns(found: dict[str, object]) -> tuple[str, ...]:
    head = found.get("head")
    names = head.get("vars") if isinstance(head, dict) else None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise malformed("head.vars is no list of names")
    if len(set(names)) < len(names):
        raise malformed("head.vars names a column twice")
    return tuple(names)


def _row(found: object, empty: Row, number: int) -> Row:
    if not isinstance(found, dict):
        raise malformed(f"row {number + 1} is no object")
    row = empty.copy()
    for name, cell in found.items():
        if name not in row:
            raise malformed(f"row {number + 1} binds ?{name}, which is no column")
        try:
            row[name] = _term(cell)
        except (KeyError, TypeError, ValueError) as error:
            raise malformed(f"row {number + 1} has no RDF term in ?{name}") from error
    return row


def _term(cell: dict[str, object]) -> Term:
    kind = cell["type"]
    value = _text(cell["value"])
    if kind == "uri":
        return NamedNode(value)
    if kind == "bnode":
        # Virtuoso's labels are addresses, which no syntax takes.
        return BlankNode(
            value if _LABEL.fullmatch(value) else f"x{value.encode().hex()}"
        )
    if kind in {"literal", "typed-literal"}:
        return _literal(cell, value)
    if kind == "triple":
        raise QueryRefusedError(
            "the answer holds a triple as a term, which RDF 1.1 does not have",
            fix="ask for its subject, predicate and object",
        )
    raise ValueError(kind)


def _literal(cell: dict[str, object], value: str) -> Literal:
    language = cell.get("xml:lang")
    datatype = cell.get("datatype")
    if language is not None:
        return Literal(value, language=_text(language))
    if datatype is None:
        return Literal(value)
    return restored(Literal(value, datatype=NamedNode(_text(datatype))))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise TypeError
