"""Who kills processes of the server, without a word, at random moments."""

from __future__ import annotations

import signal
import time
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Final

from harness.processes import command, parents, started, stop, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from harness.servers import Server

_MOTHER: Final = "vomkg.engine.mother"
# A server process that dies twice within so many seconds is not started again.
_SERVER_PAUSE: Final = 8.0
_HELPERS: Final = ("resource_tracker", "forkserver")


class Killer:
    """Sends SIGKILL to one process after another.

    Attributes:
        killed: how often each kind.
        switched: how often the release was switched.
        seen: all processes of the server that ever were, with their start.
    """

    def __init__(self, server: Server, seed: int, kinds: Sequence[str]) -> None:
        self.killed: Counter[str] = Counter()
        self.switched = 0
        self.seen: dict[int, str] = {}
        self._server = server
        self._kinds = kinds
        self._chance = Random(seed)  # noqa: S311  not for secrets
        self._server_died = -_SERVER_PAUSE

    def run(
        self, over: float, pause: float, switch: Callable[[], None] | None = None
    ) -> None:
        """Kill, and switch if there is a way to, until the time is over.

        Args:
            over: when to stop, by :func:`time.monotonic`.
            pause: most seconds between two kills.
            switch: puts another release in place.
        """
        while time.monotonic() < over:
            time.sleep(self._chance.uniform(pause / 4, pause))
            self.look()
            self.kill(self._chance.choice(self._kinds))
            if switch is not None:
                switch()
                self.switched += 1

    def look(self) -> None:
        """Remember who is there."""
        for pid in tree(self._server.pid):
            self.seen.setdefault(pid, started(pid))

    def kill(self, kind: str) -> bool:
        """Whether there was one of that kind to kill."""
        found = roles(self._server.pid)[kind]
        now = time.monotonic()
        if not found or (kind == "server" and now < self._server_died + _SERVER_PAUSE):
            return False
        if kind == "server":
            self._server_died = now
        stop([self._chance.choice(found)], signal.SIGKILL)
        self.killed[kind] += 1
        return True


def roles(root: int) -> dict[str, list[int]]:
    """The processes under a server's first one: ``worker``, ``mother``, ``server``."""
    by_child = parents()
    found: dict[str, list[int]] = {"worker": [], "mother": [], "server": []}
    members = tree(root)
    mothers = {pid for pid in members if _MOTHER in command(pid)}
    for pid in members[1:]:
        if pid in mothers:
            kind = "worker" if by_child.get(pid) in mothers else "mother"
            found[kind].append(pid)
        elif not any(name in command(pid) for name in _HELPERS):
            found["server"].append(pid)
    return found
