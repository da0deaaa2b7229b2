"""Answers as messages between a worker and the server.

An answer travels as the JSON of its distinct terms and an array of their
numbers. Such bytes can become nothing but terms, whatever a broken worker sends,
and a term that stands in many cells is read once.
"""

from __future__ import annotations

import json
from array import array
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, Triple

from vomkg.engine.answer import Answer
from vomkg.engine.results import TripleTerm
from vomkg.engine.wire import ANSWER, Message
from vomkg.engine.writing import size_fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.engine.results import Row, Term

# An IRI; a blank node or literal; the parts of a triple.
_Packed = str | list[str] | dict[str, list["_Packed"]]


def pack_answer(answer: Answer, byte_limit: int) -> Message:
    """The answer as a message.

    Args:
        answer: what to send.
        byte_limit: most bytes that it may have as tab-separated values.

    Raises:
        LimitError: it has more.
    """
    numbers: dict[Term | None, int] = {None: 0}
    terms = chain.from_iterable(row.values() for row in answer.rows)
    cells = array("I", (numbers.setdefault(term, len(numbers)) for term in terms))
    # A tab or a line end behind each value; a term counts each time it stands.
    sizes = [1 if term is None else len(str(term).encode()) + 1 for term in numbers]
    if sum(map(sizes.__getitem__, cells)) > byte_limit:
        raise size_fault(byte_limit)
    facts = {
        "kind": answer.kind,
        "columns": answer.columns,
        "boolean": answer.boolean,
        "count": len(answer.rows),
        "terms": [_packed(term) for term in numbers if term is not None],
    }
    text = json.dumps(facts, ensure_ascii=False, check_circular=False)
    return Message(ANSWER, text.encode(), cells.tobytes())


def unpack_answer(
    message: Message, query: str, release: str, prefixes: Mapping[str, str]
) -> Answer:
    """The answer that such a message carries, not yet connected to a graph."""
    facts = json.loads(message.text)
    columns = tuple(facts["columns"])
    terms = [None, *(_unpacked(packed) for packed in facts["terms"])]
    numbers = array("I")
    numbers.frombytes(message.cells)
    values = map(terms.__getitem__, numbers)
    if columns:
        width = len(columns)
        rows: list[Row] = [
            dict(zip(columns, cells, strict=True))
            for cells in zip(*[values] * width, strict=True)
        ]
    else:
        rows = [{} for _ in range(facts["count"])]
    return Answer(
        kind=facts["kind"],
        columns=columns,
        rows=rows,
        boolean=facts["boolean"],
        triples=tuple(_triple(row) for row in rows) if facts["kind"] == "graph" else (),
        query=query,
        release=release,
        prefixes=prefixes,
    )


def _triple(row: Row) -> Triple:
    parts = [
        part.triple if isinstance(part, TripleTerm) else part for part in row.values()
    ]
    return Triple(*parts)  # type: ignore[arg-type]  # as it was


def _packed(term: Term | Triple) -> _Packed:
    if isinstance(term, NamedNode):
        return term.value
    if isinstance(term, BlankNode):
        return [term.value]
    if isinstance(term, TripleTerm):
        return _packed(term.triple)
    if isinstance(term, Triple):
        return {"triple": [_packed(part) for part in term]}
    if term.language is None:
        return [term.value, term.datatype.value]
    way = "" if term.direction is None else str(term.direction)
    return [term.value, term.language, way]


def _unpacked(packed: _Packed) -> Term:
    if isinstance(packed, str):
        return NamedNode(packed)
    if isinstance(packed, dict):
        names = ("subject", "predicate", "object")
        parts = map(_unpacked, packed["triple"])
        return TripleTerm(_triple(dict(zip(names, parts, strict=True))))
    if len(packed) == 1:
        return BlankNode(packed[0])
    if len(packed) == 2:
        return Literal(packed[0], datatype=NamedNode(packed[1]))
    value, language, way = packed
    direction = BaseDirection(way) if way else None
    return Literal(value, language=language, direction=direction)
