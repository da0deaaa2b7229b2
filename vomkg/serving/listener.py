"""The socket that is served, bound before anything else is done."""

from __future__ import annotations

import os
from socket import AddressFamily, create_server
from typing import TYPE_CHECKING, Final

from vomkg.errors import UsageError

if TYPE_CHECKING:
    from socket import socket

# Connections that may wait, as while a server process that died is replaced.
BACKLOG: Final = 1024


def listening(host: str, port: int) -> socket:
    """A socket that listens there.

    Raises:
        UsageError: the address is not ours, or the port is taken.
    """
    family = AddressFamily.AF_INET6 if ":" in host else AddressFamily.AF_INET
    try:
        return create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as fault:
        # A name that is not found has a negative number and words of its own.
        number = fault.errno or 0
        reason = os.strerror(number) if number > 0 else fault.strerror or str(fault)
        raise UsageError(
            f"cannot listen on {host}:{port}: {reason.lower()}",
            fix="choose another by --port or --host",
        ) from fault


def address_of(listener: socket) -> str:
    """Its address, as a browser takes it."""
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"
