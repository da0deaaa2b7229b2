"""Served by granian: a supervisor, and one server process that it starts.

The supervisor binds the socket, starts the server process, starts another when
it dies, and stops it. It never loads the graph. See docs/decisions/server.md.
"""

from __future__ import annotations

import os
import signal
import socket
from contextlib import suppress
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces, Loops, RuntimeModes
from granian.server.mp import MPServer, WorkerProcess

from vomkg.errors import EngineError, VomkgError
from vomkg.serving.child import work
from vomkg.serving.listener import BACKLOG
from vomkg.serving.run import threads_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from vomkg.config import Settings
    from vomkg.serving.front import Opener

# Connections open at a time: each holds a place, idle ones too.
_CONNECTIONS: Final = 1024
# Seconds between two looks at whether we were told to stop.
_LOOK: Final = 0.1
_NO_WORD: Final = "the server process ended before it could answer"
# What granian, whose methods have no types, hands to itself.
_Granian: TypeAlias = Any


def supervise(
    settings: Settings,
    opener: Opener,
    listener: socket.socket,
    ready: Callable[[], None],
    say: Callable[[str], None],
) -> None:
    """Serve by granian until told to stop.

    Args:
        settings: limits and the like.
        opener: opens the graph in the server process; may be pickled.
        listener: the socket.
        ready: called when the first server process can answer.
        say: tells a person.

    Raises:
        VomkgError: the graph cannot be opened, or was lost.
        EngineError: the server process died twice within seconds.
        KeyboardInterrupt: told to stop twice.
    """
    server = _Supervisor(settings, listener, ready, say)
    begin = partial(work, settings, opener, os.getpid())
    with suppress(SystemExit):  # granian's own exit code says less than ours
        server.serve(begin, _nothing, wrap_loader=False)
    if server.fault is not None:
        raise server.fault
    if server.is_hurried:
        raise KeyboardInterrupt
    if not server.interrupt_signal:
        raise EngineError(
            "the server process died twice within seconds",
            fix="see above for its last words, and report it",
        )


class _Supervisor(MPServer):
    """Granian's, with our socket, and with an ear for what the process says.

    Attributes:
        fault: why serving cannot go on, if so.
        is_hurried: whether it was told to stop twice.
    """

    def __init__(
        self,
        settings: Settings,
        listener: socket.socket,
        ready: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        super().__init__(
            "vomkg",
            interface=Interfaces.WSGI,
            workers=1,
            runtime_mode=RuntimeModes.mt,
            runtime_threads=1,
            blocking_threads=threads_for(settings),
            backpressure=_CONNECTIONS,
            loop=Loops.asyncio,
            http=HTTPModes.http1,
            websockets=False,
            backlog=BACKLOG,
            # We say in our own words what concerns a person.
            log_enabled=False,
            respawn_failed_workers=True,
            workers_kill_timeout=max(settings.grace, 0.001),  # type: ignore[arg-type]
        )
        self.fault: VomkgError | None = None
        self.is_hurried = False
        self._listener = listener
        self._ready = ready
        self._say = say
        self._heard: Connection | None = None
        self._told: Connection | None = None

    def signal_handler_interrupt(self, *args: _Granian, **kwargs: _Granian) -> None:
        """Stop; told twice, at once."""
        if self.interrupt_signal:
            self.is_hurried = True
            for process in self.wrks:
                process.inner.kill()
        super().signal_handler_interrupt(*args, **kwargs)  # type: ignore[no-untyped-call]

    def signal_handler_reload(self, *_args: _Granian, **_kwargs: _Granian) -> None:
        """Pass it on: the server process opens its log anew."""
        for process in self.wrks:
            with suppress(OSError):
                os.kill(process.inner.pid, signal.SIGHUP)

    def _init_shared_socket(self) -> None:
        # Ours, which listens already; granian's own would share the port with
        # any other server of this user without a word.
        number = self._listener.fileno()
        self._sfd: int | None = number  # type: ignore[assignment]
        self._shd: object = SocketHolder(number, False, BACKLOG)  # type: ignore[assignment, call-arg]
        self._ssp = None
        self._sso = self._listener

    def _drop_shared_socket(self) -> None:
        for process in self.wrks:
            process.interrupt_by_parent = True
            process.inner.terminate()
        # For every process that holds it, so that who comes now is refused
        # instead of waiting for a server that has gone.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _spawn_worker(  # type: ignore[override]  # theirs is called so too
        self, idx: int, target: _Granian, callback_loader: _Granian
    ) -> WorkerProcess:
        if self._heard is not None:
            self._heard.close()
        self._heard, self._told = Pipe(duplex=False)
        return super()._spawn_worker(idx, partial(target, self._told), callback_loader)

    def _spawn_workers(self, spawn_target: _Granian, target_loader: _Granian) -> None:
        super()._spawn_workers(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        self._await()
        if not self.interrupt_signal:
            self._ready()

    def _respawn_workers(
        self,
        workers: _Granian,
        spawn_target: _Granian,
        target_loader: _Granian,
        delay: float = 0,
    ) -> None:
        if self._heard is not None and self._heard.poll():
            self._hear(self._heard, None)
        if self.interrupt_signal:
            self.main_loop_interrupt.set()
            return
        code = self.wrks[0].inner.exitcode
        self._say(f"warning: the server process ended ({code}); another is started")
        super()._respawn_workers(workers, spawn_target, target_loader, delay)
        self._await()

    def _await(self) -> None:
        """Returns when the server process can answer, or cannot, or is not to."""
        assert self._heard is not None  # noqa: S101  made with the process
        assert self._told is not None  # noqa: S101
        self._told.close()
        while not self.interrupt_signal:
            if wait([self._heard], _LOOK):
                self._hear(self._heard, EngineError(_NO_WORD))
                return

    def _hear(self, channel: Connection, silence: VomkgError | None) -> None:
        """Take what the server process says: None, or why it ended.

        Args:
            channel: where it says so.
            silence: what it means if it ended without a word.
        """
        try:
            fault = channel.recv()
        except EOFError:
            fault = silence
        if fault is not None:
            self.fault = fault
            self.interrupt_signal = True
            self.main_loop_interrupt.set()


def _nothing() -> Callable[..., object]:
    """What granian would load; our process loads the application itself."""
    raise NotImplementedError
