"""The server's ends of the mother process and of her workers."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Final, Self

from vomkg.engine.endings import Death
from vomkg.engine.source import to_order
from vomkg.engine.wire import (
    ERROR,
    ORDER,
    REPLACE,
    REPLACED,
    Message,
    receive,
    send,
    unpack_error,
)
from vomkg.errors import EngineError, MissingToolError

if TYPE_CHECKING:
    from vomkg.config import Settings
    from vomkg.engine.source import Source

# The child finds the package where its parent found it, and nowhere else.
_CODE: Final = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from vomkg.engine.mother import main; main(int(sys.argv[1]))"
)
# Seconds for what takes milliseconds, before the mother counts as lost.
_PATIENCE: Final = 10.0


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker process.

    Attributes:
        pid: its number.
        channel: the socket that it reads queries from.
        mother: who forked it, and alone may end it.
    """

    pid: int
    channel: socket.socket
    mother: Mother

    @property
    def alive(self) -> bool:
        """Whether it may be asked: an idle worker has nothing to say but goodbye."""
        self.channel.setblocking(False)
        try:
            self.channel.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def ask(self, query: Message, seconds: float) -> Message:
        """What it answers.

        Raises:
            TimeoutError: it takes longer.
            EOFError: it died.
            OSError: it died, or was dead.
        """
        deadline = monotonic() + seconds
        send(self.channel, query, deadline)
        return receive(self.channel, deadline)


class Mother:
    """The process that holds the store and forks the workers."""

    def __init__(self, source: Source, settings: Settings) -> None:
        """A new mother with the source loaded and no worker yet.

        Raises:
            VomkgError: the source cannot be loaded.
            EngineError: the process ended while it loaded.
            MissingToolError: no process can be started here.
        """
        self._control, theirs = socket.socketpair(socket.AF_UNIX)
        number = theirs.fileno()
        # A fresh interpreter, since a server that has threads must not fork.
        words = [sys.executable, "-P", "-c", _CODE, str(number), *sys.path]
        try:
            self._process = subprocess.Popen(  # noqa: S603  our own program
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[number],
            )
        except OSError as error:
            self._control.close()
            raise MissingToolError(
                f"no worker process can be started here: {error.strerror}"
            ) from error
        finally:
            theirs.close()
        self.pid = self._process.pid
        try:
            send(self._control, Message(ORDER, to_order(source, settings)))
            told = receive(self._control)
        except (EOFError, OSError) as error:
            self.close()
            raise EngineError(
                f"the query engine ended with status {self._process.returncode} "
                "while it loaded the data"
            ) from error
        if told.kind == ERROR:
            self.close()
            raise unpack_error(told)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def replace(
        self, old: Worker | None, *, ask: bool = False
    ) -> tuple[Worker | None, Death]:
        """A new worker, None if none can be made, and how the old one ended.

        Args:
            old: a worker of hers, which is ended; None only adds one.
            ask: whether how it ended is worth waiting for.

        Raises:
            EOFError: she has ended.
            OSError: she has ended, or does not answer.
        """
        if old is not None:
            old.channel.close()
        self._control.settimeout(_PATIENCE)
        self._control.sendall(REPLACE.pack(old.pid if old else 0, ask))
        told, numbers, _, _ = socket.recv_fds(self._control, REPLACED.size, 1)
        if len(told) < REPLACED.size:
            raise EOFError
        pid, status, memory = REPLACED.unpack(told)
        worker = None
        if numbers:
            channel = socket.socket(
                socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=numbers[0]
            )
            channel.set_inheritable(False)
            worker = Worker(pid, channel, self)
        return worker, Death(status, memory)

    def close(self) -> None:
        """End her and all her workers; returns when they are gone."""
        # By shutdown, which reaches her even if another process holds a copy.
        with suppress(OSError):  # she has ended
            self._control.shutdown(socket.SHUT_RDWR)
        self._control.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
