"""Served by waitress: one process, with a thread for each request."""

from __future__ import annotations

import logging
import signal
from contextlib import suppress
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import waitress.server

from vomkg.serving.address import longest_address
from vomkg.serving.run import threads_for
from vomkg.serving.service import Service

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket

    from vomkg.config import Settings
    from vomkg.errors import VomkgError
    from vomkg.serving.front import Opener

# Room for the other headers beside the longest address that is taken.
_HEADERS: Final = 262_144
# Connections open at a time, idle ones too.
_CONNECTIONS: Final = 1024
# Seconds between two looks at whether all bytes were sent.
_LOOK: Final = 0.02


def serve_in_threads(
    settings: Settings,
    opener: Opener,
    listener: socket,
    ready: Callable[[], None],
) -> None:
    """Serve by waitress until told to stop.

    Args:
        settings: limits and the like.
        opener: opens the graph.
        listener: the socket.
        ready: called when requests can be answered.

    Raises:
        VomkgError: the graph cannot be opened, or was lost.
        KeyboardInterrupt: told to stop twice.
    """
    told = Event()
    lost: list[VomkgError] = []

    def on_loss(error: VomkgError) -> None:
        lost.append(error)
        told.set()

    with Service(settings, opener, "waitress", on_loss) as service:
        # A short queue is no news; a fault of ours still is.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        server: Any = waitress.server.create_server(
            service.app,
            sockets=[listener],
            ident=None,
            threads=threads_for(settings),
            max_request_header_size=longest_address(settings) + _HEADERS,
            connection_limit=_CONNECTIONS,
            asyncore_use_poll=True,  # select() knows no more than 1024 files
        )
        _obey(settings, service, told)
        Thread(target=server.run, daemon=True).start()
        ready()
        told.wait()
        _drain(server, service, settings.grace)
    if lost:
        raise lost[0]


def _obey(settings: Settings, service: Service, told: Event) -> None:
    """Let the signals stop the server, the second at once."""

    def stop(_number: int, _frame: object) -> None:
        if told.is_set():
            raise KeyboardInterrupt
        told.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    if hasattr(signal, "SIGHUP"):

        def hang_up(_number: int, _frame: object) -> None:
            if not service.hang_up():
                told.set()

        signal.signal(signal.SIGHUP, hang_up)


def _drain(server: Any, service: Service, seconds: float) -> None:  # noqa: ANN401
    """Take no more requests; returns when all are answered, or the time is up."""
    end = monotonic() + seconds

    def refuse() -> None:
        server.del_channel()
        server.socket.close()

    server.trigger.pull_trigger(refuse)
    service.counts.all_ended(seconds)
    never = Event()
    while monotonic() < end and not all(map(_is_sent, _channels(server))):
        never.wait(_LOOK)


def _channels(server: Any) -> list[Any]:  # noqa: ANN401
    with suppress(RuntimeError):  # one came or went while we looked
        return list(server.active_channels.values())
    return []


def _is_sent(channel: Any) -> bool:  # noqa: ANN401
    return not channel.requests and not channel.total_outbufs_len
