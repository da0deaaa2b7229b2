"""What passes between the server and its workers, as bytes on a socket pair.

An answer travels as the JSON of its distinct terms and an array of their
numbers. Such bytes can become nothing but terms, whatever a broken worker sends,
and a term that stands in many cells is read once.
"""

from __future__ import annotations

import json
import struct
from array import array
from itertools import chain
from time import monotonic
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, Triple

from vomkg import errors
from vomkg.engine.answer import Answer
from vomkg.errors import LimitError, VomkgError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from socket import socket

    from vomkg.engine.results import Row, Term

ANSWER: Final = b"A"
ERROR: Final = b"E"
ORDER: Final = b"O"
# To the mother: the worker to end, 0 for none; whether to tell how it ended.
REPLACE: Final = struct.Struct("!i?")
# From her: the new worker, 0 if none could be made; how the old one ended, and
# whether it was for want of memory.
REPLACED: Final = struct.Struct("!ii?")
_HEAD: Final = struct.Struct("!c?QQ")
_CHUNK: Final = 1 << 20


class Message(NamedTuple):
    """One message.

    Attributes:
        kind: what it is.
        text: its text, UTF-8.
        cells: the numbers of an answer's terms, row by row.
        worn: the sender should be replaced.
    """

    kind: bytes
    text: bytes
    cells: bytes = b""
    worn: bool = False


def send(channel: socket, message: Message, deadline: float | None = None) -> None:
    """Nothing; the message is on its way.

    Args:
        channel: one end of a socket pair.
        message: what to send.
        deadline: when to give up, by :func:`time.monotonic`.

    Raises:
        TimeoutError: the deadline is over.
        OSError: the other end is gone.
    """
    head = _HEAD.pack(message.kind, message.worn, len(message.text), len(message.cells))
    _wait(channel, deadline)
    channel.sendall(head + message.text)
    if message.cells:
        channel.sendall(message.cells)


def receive(channel: socket, deadline: float | None = None) -> Message:
    """The next message.

    Raises:
        TimeoutError: the deadline is over.
        EOFError: the other end is gone.
        OSError: the other end is gone, with something unread.
    """
    head = _exactly(channel, _HEAD.size, deadline)
    kind, worn, length, rest = _HEAD.unpack(head)
    text = bytes(_exactly(channel, length, deadline))
    return Message(kind, text, bytes(_exactly(channel, rest, deadline)), worn)


def pack_error(error: VomkgError, *, worn: bool = False) -> Message:
    """The error as a message."""
    facts = {
        "message": error.message,
        "path": error.path,
        "line": error.line,
        "column": error.column,
        "fix": error.fix,
        "retry_after": error.retry_after,
    }
    found = json.dumps([type(error).__name__, facts])
    return Message(ERROR, found.encode(), worn=worn)


def unpack_error(message: Message) -> VomkgError:
    """The error that such a message carries."""
    name, facts = json.loads(message.text)
    kind = getattr(errors, name, None)
    if not (isinstance(kind, type) and issubclass(kind, VomkgError)):
        kind = VomkgError
    return kind(**facts)


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
        raise LimitError(
            f"the answer has more than {byte_limit} bytes",
            fix="ask page by page with ORDER BY, LIMIT and OFFSET, or for fewer "
            "columns, or raise byte_limit",
        )
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
    subject, predicate, value = row.values()
    return Triple(subject, predicate, value)  # type: ignore[arg-type]  # as it was


def _packed(term: Term) -> str | list[str]:
    if isinstance(term, NamedNode):
        return term.value
    if isinstance(term, BlankNode):
        return [term.value]
    if term.language is None:
        return [term.value, term.datatype.value]
    way = "" if term.direction is None else str(term.direction)
    return [term.value, term.language, way]


def _unpacked(packed: str | list[str]) -> Term:
    if isinstance(packed, str):
        return NamedNode(packed)
    if len(packed) == 1:
        return BlankNode(packed[0])
    if len(packed) == 2:
        return Literal(packed[0], datatype=NamedNode(packed[1]))
    value, language, way = packed
    direction = BaseDirection(way) if way else None
    return Literal(value, language=language, direction=direction)


def _exactly(channel: socket, size: int, deadline: float | None) -> bytearray:
    found = bytearray()
    while len(found) < size:
        _wait(channel, deadline)
        part = channel.recv(min(size - len(found), _CHUNK))
        if not part:
            raise EOFError
        found += part
    return found


def _wait(channel: socket, deadline: float | None) -> None:
    """Let the next call on the socket give up at the deadline."""
    if deadline is None:
        channel.settimeout(None)
        return
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError
    channel.settimeout(left)
