"""The process that holds the store and forks the workers, and what these do.

It has one thread, so that forking is safe, and does nothing but wait for the
server's orders: end this worker, make another. Each worker shares the store
with it, copy-on-write. Both end when the server does.
"""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import sys
from pathlib import Path
from socket import AF_UNIX, SOCK_STREAM, send_fds, socket, socketpair
from threading import Thread, stack_size
from typing import TYPE_CHECKING, Final

from vomkg.engine.endings import memory_fault
from vomkg.engine.parcels import pack_answer
from vomkg.engine.source import from_order
from vomkg.engine.wire import (
    ANSWER,
    REPLACE,
    REPLACED,
    Message,
    pack_error,
    pack_written,
    receive,
    send,
    unpack_query,
)
from vomkg.errors import VomkgError

if TYPE_CHECKING:
    from vomkg.config import Settings
    from vomkg.engine.local import Engine

_STATM: Final = Path("/proc/self/statm")
_MIB: Final = 1 << 20
_PR_SET_PDEATHSIG: Final = 1
# A worker that has used this much more memory than at its start is replaced.
_WORN: Final = 64 * _MIB
# Seconds past the limit after which a worker ends by itself, should the server
# and the mother be gone.
_GRACE: Final = 2.0
# The engine's parser is recursive; what is not used costs no memory.
_STACK: Final = 64 * _MIB
# Seconds between two looks at workers that are being ended.
_REAPING: Final = 0.05
_TOLD: Final = 4096
_WANT_OF_MEMORY: Final = (b"memory allocation of", b"MemoryError")


def main(fd: int) -> None:
    """Be the mother over the socket with that number; a forked child is a worker."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    control = socket(AF_UNIX, SOCK_STREAM, 0, fileno=fd)
    source, settings = from_order(receive(control).text)
    try:
        engine = source.engine(settings)
    except VomkgError as error:
        send(control, pack_error(error))
        return
    gc.collect()
    gc.freeze()
    send(control, Message(ANSWER, b""))
    channel = _mother(control)
    if channel is not None:
        # In a thread that was never forked: the engine's random numbers are kept
        # by thread, and every worker would repeat those that the mother has.
        stack_size(_STACK)
        thread = Thread(target=_work, args=(channel, engine))
        thread.start()
        thread.join()


def _mother(control: socket) -> socket | None:
    """Nothing in the mother when the server is gone; in a worker its socket."""
    children: dict[int, int] = {}
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    dying: set[int] = set()
    while len(order := _order(control, dying)) == REPLACE.size:
        old, asked = REPLACE.unpack(order)
        status, memory = 0, False
        if old and asked:
            status, memory = _ended(old, children)
        elif old:
            os.kill(old, signal.SIGKILL)
            os.close(children.pop(old))
            dying.add(old)
        ours, theirs = socketpair()
        told, tell = os.pipe()
        pid = _fork()
        if pid == 0:
            for number in (control.detach(), ours.detach(), told, *children.values()):
                os.close(number)
            os.dup2(tell, sys.stderr.fileno())
            os.close(tell)
            _watch_mother(libc)
            return theirs
        theirs.close()
        os.close(tell)
        if pid is None:
            os.close(told)
            control.sendall(REPLACED.pack(0, status, memory))
        else:
            children[pid] = told
            send_fds(control, [REPLACED.pack(pid, status, memory)], [ours.fileno()])
        ours.close()
    for pid in list(children):
        _ended(pid, children)
    for pid in dying:
        os.waitpid(pid, 0)
    return None


def _fork() -> int | None:
    """As :func:`os.fork`; None where that is forbidden or there is no room."""
    try:
        return os.fork()
    except OSError:
        return None


def _order(control: socket, dying: set[int]) -> bytes:
    """The next order; nothing if the server is gone, even in the midst of a word.

    Meanwhile reaps the dying: the system takes a tenth of a second to take back a
    gigabyte, which no query should wait for.
    """
    while True:
        control.settimeout(_REAPING if dying else None)
        try:
            return control.recv(REPLACE.size)
        except TimeoutError:
            for pid in list(dying):
                if os.waitpid(pid, os.WNOHANG)[0]:
                    dying.remove(pid)
        except ConnectionError:
            return b""


def _ended(pid: int, children: dict[int, int]) -> tuple[int, bool]:
    """How a worker ended, as by :func:`os.waitstatus_to_exitcode`; want of memory."""
    told = children.pop(pid)
    os.kill(pid, signal.SIGKILL)  # nothing to one that has ended, and is not reaped
    _, status = os.waitpid(pid, 0)
    os.set_blocking(told, False)
    try:
        words = os.read(told, _TOLD)
    except BlockingIOError:
        words = b""
    os.close(told)
    memory = any(word in words for word in _WANT_OF_MEMORY)
    return os.waitstatus_to_exitcode(status), memory


def _watch_mother(libc: ctypes.CDLL | None) -> None:
    """Let this worker end with its mother."""
    if libc is None:
        return
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() == 1:
        sys.exit(0)  # she had ended already


def _confine(settings: Settings, *, is_sealed: bool) -> None:
    """Bound what this worker may come to need: memory, files, connections."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if _STATM.exists():
        pages = int(_STATM.read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + settings.memory_limit * _MIB
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    if is_sealed and not settings.service_endpoints:
        # No file and no connection can be opened any more, whatever a query says.
        lowest = os.dup(sys.stderr.fileno())
        os.close(lowest)
        resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, lowest))


def _work(channel: socket, engine: Engine) -> None:
    """Answer queries until the server is gone."""
    _confine(engine.settings, is_sealed=not engine.opens_files)
    most = engine.settings.time_limit + _GRACE
    start = _peak()
    while True:
        try:
            query = receive(channel)
        except (EOFError, ConnectionError):
            return
        signal.setitimer(signal.ITIMER_REAL, most)
        reply = _reply(engine, query)
        send(channel, reply._replace(worn=reply.worn or _peak() > start + _WORN))
        signal.setitimer(signal.ITIMER_REAL, 0)


def _reply(engine: Engine, query: Message) -> Message:
    ready, forms = unpack_query(query)
    try:
        if forms is not None:
            return pack_written(engine.write(ready, forms))
        return pack_answer(engine.run(ready), engine.settings.byte_limit)
    except VomkgError as error:
        return pack_error(error)
    except MemoryError:
        return pack_error(memory_fault(engine.settings), worn=True)


def _peak() -> int:
    """The most memory this process has held, in bytes."""
    found = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found if sys.platform == "darwin" else found * 1024
