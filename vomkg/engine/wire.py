"""What passes between the server and its workers, as bytes on a socket pair."""

from __future__ import annotations

import json
import struct
from time import monotonic
from typing import TYPE_CHECKING, Final, NamedTuple

from vomkg import errors
from vomkg.engine.writing import Written
from vomkg.errors import VomkgError

if TYPE_CHECKING:
    from socket import socket

    from vomkg.engine.writing import Forms

ANSWER: Final = b"A"
WRITTEN: Final = b"W"
ERROR: Final = b"E"
ORDER: Final = b"O"
# To the mother: the worker to end, 0 for none; whether to tell how it ended.
REPLACE: Final = struct.Struct("!i?")
# From her: the new worker, 0 if none could be made; how the old one ended, and
# whether it was for want of memory.
REPLACED: Final = struct.Struct("!ii?")
_HEAD: Final = struct.Struct("!c?QQ")
_CHUNK: Final = 1 << 20
# A message below this size is sent by one call.
_SMALL: Final = 1 << 16


class Message(NamedTuple):
    """One message.

    Attributes:
        kind: what it is.
        text: its text, UTF-8, or the bytes of a written answer.
        cells: the numbers of an answer's terms, row by row; with a query the
            formats wanted, with a written answer its kind and format.
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
    if len(message.text) < _SMALL:
        channel.sendall(head + message.text + message.cells)
        return
    for part in (head, message.text, message.cells):
        channel.sendall(part)


def receive(channel: socket, deadline: float | None = None) -> Message:
    """The next message.

    Raises:
        TimeoutError: the deadline is over.
        EOFError: the other end is gone.
        OSError: the other end is gone, with something unread.
    """
    found = bytearray()
    _fill(channel, found, _HEAD.size, deadline)
    kind, worn, length, rest = _HEAD.unpack_from(found)
    start, middle = _HEAD.size, _HEAD.size + length
    _fill(channel, found, middle + rest, deadline)
    whole = memoryview(found)
    return Message(kind, bytes(whole[start:middle]), bytes(whole[middle:]), worn)


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


def pack_query(ready: str, forms: Forms | None) -> Message:
    """A query as a message, asking for bytes if formats are given."""
    wanted = b"" if forms is None else json.dumps(forms).encode()
    return Message(ORDER, ready.encode("utf-8", "surrogatepass"), wanted)


def unpack_query(message: Message) -> tuple[str, Forms | None]:
    """What :func:`pack_query` was given."""
    ready = message.text.decode("utf-8", "surrogatepass")
    return ready, json.loads(message.cells) if message.cells else None


def pack_written(written: Written) -> Message:
    """The written answer as a message."""
    facts = json.dumps([written.kind, written.form])
    return Message(WRITTEN, written.body, facts.encode())


def unpack_written(message: Message) -> Written:
    """The written answer that such a message carries."""
    kind, form = json.loads(message.cells)
    return Written(kind, form, message.text)


def _fill(channel: socket, found: bytearray, size: int, deadline: float | None) -> None:
    """Read until there are so many bytes; nobody sends two messages in a row."""
    while len(found) < size:
        _wait(channel, deadline)
        part = channel.recv(_CHUNK)
        if not part:
            raise EOFError
        found += part


def _wait(channel: socket, deadline: float | None) -> None:
    """Let the next call on the socket give up at the deadline."""
    if deadline is None:
        channel.settimeout(None)
        return
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError
    channel.settimeout(left)
