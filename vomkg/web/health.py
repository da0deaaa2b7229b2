"""Whether the front end can answer, and the store behind it, if there is one."""

from __future__ import annotations

from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final

from vomkg.errors import VomkgError
from vomkg.settings.store import shown_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from vomkg.knowledge import KnowledgeGraph

# Seconds for which a look at the store holds, so that looking costs it nothing.
_HOLDS: Final = 5.0
_OK: Final = 200
_UNAVAILABLE: Final = 503


class Health:
    """Tells of the front end over one graph."""

    def __init__(
        self, kg: KnowledgeGraph, clock: Callable[[], float] = monotonic
    ) -> None:
        """The health of a front end, not yet looked at.

        Args:
            kg: the graph that it serves.
            clock: tells the time in seconds.
        """
        self._kg = kg
        self._clock = clock
        self._lock = Lock()
        self._seen: tuple[float, str] | None = None

    def facts(self) -> tuple[dict[str, object], int]:
        """What /healthz says, and its status: 503 if the store does not answer."""
        kg = self._kg
        facts: dict[str, object] = {"status": "ok", "release": kg.release.id}
        if kg.release.id or not kg.settings.store:
            return facts, _OK
        fault = self._fault()
        facts["store"] = {
            "address": shown_address(kg.settings),
            "status": fault or "ok",
        }
        if fault:
            facts["status"] = "the store does not answer"
        return facts, _UNAVAILABLE if fault else _OK

    def _fault(self) -> str:
        """What is wrong with the store, empty if nothing is."""
        with self._lock:
            now = self._clock()
            if self._seen is None or now >= self._seen[0]:
                try:
                    self._kg.query("ASK {}")
                    found = ""
                except VomkgError as error:
                    found = error.message
                self._seen = self._clock() + _HOLDS, found
            return self._seen[1]
