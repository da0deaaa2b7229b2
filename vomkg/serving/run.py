"""Serve until told to stop, by the server that was chosen."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from vomkg.errors import MissingToolError
from vomkg.serving.listener import address_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket

    from vomkg.config import Settings
    from vomkg.serving.front import Opener


def serve(
    settings: Settings,
    opener: Opener,
    listener: socket,
    say: Callable[[str], None],
) -> None:
    """Serve over that socket; returns when told to stop and all is answered.

    Args:
        settings: limits, the server's name and the like.
        opener: opens the graph, in this process or in a child of it.
        listener: the socket.
        say: tells a person.

    Raises:
        VomkgError: the graph cannot be opened, or is lost.
        KeyboardInterrupt: told to stop twice.
    """
    address = address_of(listener)

    def ready() -> None:
        say(f"serving on {address} (stop with Ctrl+C)")

    if server_for(settings.server) == "granian":
        from vomkg.serving.supervisor import supervise

        supervise(settings, opener, listener, ready, say)
    else:
        from vomkg.serving.threads import serve_in_threads

        serve_in_threads(settings, opener, listener, ready)


def server_for(chosen: str) -> str:
    """The server that is meant by a setting.

    Raises:
        MissingToolError: the one named cannot run here.
    """
    # Its processes share a socket in a way that Windows does not know.
    runs = sys.platform != "win32" and find_spec("granian") is not None
    if chosen == "granian" and not runs:
        raise MissingToolError(
            "granian does not run here", fix="install it, or use --server waitress"
        )
    return "granian" if runs and chosen != "waitress" else "waitress"


def threads_for(settings: Settings) -> int:
    """Threads that answer requests: one for each query that runs or waits, and some.

    What asks nothing, or is answered from memory, must pass those that wait.
    """
    return settings.workers + settings.queue + _BESIDES


_BESIDES = 4
