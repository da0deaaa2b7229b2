"""The settings of the server: its address, what it tells, and how it stops."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from vomkg.settings.kinds import (
    Check,
    choice,
    number,
    seconds,
    switch,
    text,
    web_address,
)

SERVERS: Final = ("auto", "granian", "waitress")


@dataclass(frozen=True, kw_only=True)
class ServerSettings:
    """How the front end is served.

    Attributes:
        host: address that the front end listens on.
        port: its port; 0 lets the system choose.
        server: what speaks HTTP: ``granian``, ``waitress``, or ``auto`` for the
            first of them that runs here.
        stop_time: seconds that a server which is told to stop gives to what it
            is answering; None for a little over the time limit.
        proxies: how many proxies in front are trusted to say who asks, and by
            which address.
        public_url: the address that clients see, if the server cannot know it.
        access_log: file of the access log, ``-`` for standard output, or none.
        log_queries: whether the access log holds the text of queries.
    """

    host: str = "127.0.0.1"
    port: int = 8077
    server: str = "auto"
    stop_time: float | None = None
    proxies: int = 0
    public_url: str = ""
    access_log: str = ""
    log_queries: bool = False


CHECKS: Final[dict[str, Check]] = {
    "host": text,
    "port": partial(number, limits=(0, 65_535)),
    "server": partial(choice, allowed=SERVERS),
    "stop_time": partial(seconds, limits=(0.0, 7_200.0)),
    "proxies": partial(number, limits=(0, 10)),
    "public_url": web_address,
    "access_log": text,
    "log_queries": switch,
}
