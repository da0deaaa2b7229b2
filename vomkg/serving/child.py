"""The server process of granian: it opens the graph, serves it, and closes it."""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path
from threading import Event, Thread, get_ident
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from granian.server.mp import MPServer

from vomkg.errors import VomkgError
from vomkg.serving.service import Service

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from types import FrameType

    from vomkg.config import Settings
    from vomkg.serving.front import Opener

# Seconds between two looks at whether the supervisor is still there.
_LOOK: Final = 1.0
# The same at whether all clients have gone, and then for granian to end.
_GLANCE: Final = 0.02
_LAST: Final = 0.5
_INTERNET: Final = {socket.AF_INET, socket.AF_INET6}


def work(
    settings: Settings,
    opener: Opener,
    parent: int,
    tell: Connection,
    worker_id: int,
    process_name: str | None,
    _loader: object,
    *rest: Any,  # noqa: ANN401  granian's own
) -> None:
    """Be the server process until told to stop.

    Args:
        settings: limits and the like.
        opener: opens the graph.
        parent: the process number of the supervisor.
        tell: where to say None when all is ready, or the error that ends this.
        worker_id: granian's number of this process.
        process_name: granian's name for it.
        _loader: granian's way to the application, which is not used.
        rest: what granian's worker takes besides.
    """
    # Until granian listens to it, the order to stop ends the loading.
    signal.signal(signal.SIGTERM, _leave)
    asked = _obey_once()
    Thread(target=_watch, args=(parent,), daemon=True).start()

    def lost(error: VomkgError) -> None:
        tell.send(error)
        os.kill(os.getpid(), signal.SIGTERM)

    try:
        service = Service(settings, opener, "granian", lost)
    except VomkgError as error:
        tell.send(error)
        return
    with service:

        def leave(_number: int, _frame: object) -> None:
            # At once: what granian has begun to set up complains if it is unwound.
            service.close()
            os._exit(0)

        signal.signal(signal.SIGTERM, leave)

        def hang_up(number: int, frame: object) -> None:
            if not service.hang_up():
                _stop(number, frame)

        signal.signal(signal.SIGHUP, hang_up)
        tell.send(None)
        left = Event()
        Thread(
            target=_finish, args=(service, settings.grace, asked, left), daemon=True
        ).start()
        serve = MPServer._spawn_wsgi_worker
        serve(worker_id, process_name, lambda: service.app, *rest)
        left.set()


def _obey_once() -> Event:
    """Let the first order to stop through, and no other; set when it came.

    A terminal and a service manager send it to every process, and the supervisor
    sends it too; granian's handler stands still for ever when a second one comes
    while it is at the first.
    """
    orders = {signal.SIGINT, signal.SIGTERM}
    # Threads that are started from now on take over what is blocked.
    signal.pthread_sigmask(signal.SIG_BLOCK, orders)
    signal.signal(signal.SIGUSR1, _obey)
    main = get_ident()
    asked = Event()

    def listen() -> None:
        signal.sigwait(orders)
        signal.pthread_kill(main, signal.SIGUSR1)
        asked.set()

    Thread(target=listen, daemon=True).start()
    return asked


def _finish(service: Service, seconds: float, asked: Event, left: Event) -> None:
    """End this process when all is sent, should granian not do so.

    It takes no more requests and answers those it has, but often waits for ever
    afterwards if a query was running when it was told to stop.
    """
    asked.wait()
    end = monotonic() + seconds
    service.counts.all_ended(seconds)
    while _connected() and monotonic() < end:
        left.wait(_GLANCE)
    if not left.wait(_LAST):
        service.close()
        os._exit(0)


def _connected() -> bool:
    """Whether a client is still connected, and so may not have all of its answer."""
    return any(_is_connection(int(entry.name)) for entry in Path("/dev/fd").iterdir())


def _is_connection(number: int) -> bool:
    try:
        found = socket.socket(fileno=number)
    except OSError:  # no socket, or closed meanwhile
        return False
    try:
        return found.family in _INTERNET and bool(found.getpeername())
    except OSError:  # it listens
        return False
    finally:
        found.detach()  # it is not ours to close


def _obey(_number: int, frame: FrameType | None) -> None:
    handler = signal.getsignal(signal.SIGTERM)
    if callable(handler):
        handler(signal.SIGTERM, frame)


def _leave(_number: int, _frame: object) -> None:
    sys.exit(0)


def _stop(_number: int, _frame: object) -> None:
    # By the supervisor, which else would start another.
    os.kill(os.getppid(), signal.SIGTERM)


def _watch(parent: int) -> None:
    """Stop when the supervisor is gone."""
    never = Event()
    while os.getppid() == parent:
        never.wait(_LOOK)
    os.kill(os.getpid(), signal.SIGTERM)
