"""The server process of granian: it opens the graph, serves it, and closes it."""

from __future__ import annotations

import os
import signal
import sys
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Final

from granian.server.mp import MPServer

from vomkg.errors import VomkgError
from vomkg.serving.service import Service

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from vomkg.config import Settings
    from vomkg.serving.service import Opener

# Seconds between two looks at whether the supervisor is still there.
_LOOK: Final = 1.0


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
    # Until granian listens to them, they end the loading.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    Thread(target=_watch, args=(parent,), daemon=True).start()

    def lost(error: VomkgError) -> None:
        tell.send(error)
        os.kill(os.getpid(), signal.SIGTERM)

    try:
        service = Service(opener, "granian", lost)
    except VomkgError as error:
        tell.send(error)
        return
    with service:
        if settings.access_log:
            signal.signal(signal.SIGHUP, lambda *_: service.reopen_log())
        else:
            signal.signal(signal.SIGHUP, _stop)
        tell.send(None)
        serve = MPServer._spawn_wsgi_worker
        serve(worker_id, process_name, lambda: service.app, *rest)


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
