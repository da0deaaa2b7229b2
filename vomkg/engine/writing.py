"""An answer as bytes, written where the query runs.

The engine writes rows several times faster than they can be handed out to
Python, so it does, and the rows are counted in what it wrote. Where that count
may be wrong, or a format needs more care, the rows are built after all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final, Literal, cast

import pyoxigraph

from vomkg.errors import LimitError
from vomkg.formats import by_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.engine.answer import Answer
    from vomkg.formats import Kind

# Name of a format by kind of answer; None where none is acceptable.
Forms = dict["Kind", str | None]
AnswerKind = Literal["bindings", "boolean", "graph"]

# What stands between two rows; inside a string only JSON and CSV may hold it.
_BETWEEN: Final[Mapping[str, bytes]] = {
    "json": b"},{",
    "xml": b"<result>",
    "csv": b"\r\n",
    "tsv": b"\n",
}
# How often it stands there if there are no more rows than one.
_AT_ONE: Final[Mapping[str, int]] = {"json": 0, "xml": 1, "csv": 2, "tsv": 2}
_NATIVE: Final = {
    "json": pyoxigraph.QueryResultsFormat.JSON,
    "xml": pyoxigraph.QueryResultsFormat.XML,
    "csv": pyoxigraph.QueryResultsFormat.CSV,
    "tsv": pyoxigraph.QueryResultsFormat.TSV,
}
# What XML 1.0 cannot hold (§2.2), and the carriage return that readers change;
# an empty line, by which many readers of CSV miss a row of one unbound cell.
_UNFIT: Final = {
    "xml": re.compile(rb"[\x00-\x08\x0b\x0c\x0d\x0e-\x1f]|\xef\xbf[\xbe\xbf]"),
    "csv": re.compile(rb"\r\n\r\n"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """One complete answer as bytes.

    Attributes:
        kind: of the answer.
        form: name of the format; None if none was acceptable for this kind, and
            then there is no body.
        body: the answer.
    """

    kind: AnswerKind
    form: str | None
    body: bytes = b""


class _Full(Exception):  # noqa: N818  a sign, not an error
    """There are more rows than may be, or there seem to be."""


class _Sink:
    """Takes what the engine writes, as long as it stays within the limits."""

    def __init__(self, form: str, rows: int, size: int) -> None:
        self._mark = _BETWEEN[form]
        self._most = rows - 1 + _AT_ONE[form]
        self._size = size
        self._rest = b""
        self._count = 0
        self.body = bytearray()

    def write(self, part: bytes) -> int:
        self.body += part
        # A mark may begin in one part and end in the next.
        seen = self._rest + part
        self._count += seen.count(self._mark)
        self._rest = seen[-(len(self._mark) - 1) :] if len(self._mark) > 1 else b""
        if len(self.body) > self._size:
            raise size_fault(self._size)
        if self._count > self._most:
            raise _Full
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""


def written_rows(
    found: pyoxigraph.QuerySolutions, form: str, rows: int, size: int
) -> bytes | None:
    """The rows in a SPARQL result format, as the engine writes them.

    Args:
        found: the answer, of which nothing has been read.
        form: name of the format.
        rows: most rows that there may be.
        size: most bytes.

    Returns:
        None if there seem to be more rows than that, or the format needs more
        care than the engine takes; the rows then tell.

    Raises:
        LimitError: there are more bytes.
    """
    sink = _Sink(form, rows, size)
    try:
        found.serialize(cast("IO[bytes]", sink), format=_NATIVE[form])
    except _Full:
        return None
    unfit = _UNFIT.get(form)
    return None if unfit and unfit.search(sink.body) else bytes(sink.body)


def written_answer(answer: Answer, forms: Forms, size: int) -> Written:
    """The answer in the format wanted for its kind.

    Raises:
        FormatError: the format cannot hold a character or property of it.
        LimitError: it has more bytes than that.
    """
    form = forms["graph" if answer.kind == "graph" else "bindings"]
    if form is None:
        return Written(answer.kind, None)
    body = answer.to_bytes(by_name(form))
    if len(body) > size:
        raise size_fault(size)
    return Written(answer.kind, form, body)


def size_fault(size: int) -> LimitError:
    """The error of an answer with too many bytes."""
    return LimitError(
        f"the answer has more than {size} bytes",
        fix="ask page by page with ORDER BY, LIMIT and OFFSET, or for fewer "
        "columns, or raise byte_limit",
    )
