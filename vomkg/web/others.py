"""The releases besides the current one that are open: few, and one opened at a time."""

from __future__ import annotations

import logging
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Final

from vomkg.errors import EngineError, LimitError, VomkgError

if TYPE_CHECKING:
    from collections.abc import Callable

    from vomkg.web.live import Held

_LOG: Final = logging.getLogger(__name__)
# Seconds to wait while another is opened, and after which to ask again.
_RETRY: Final = 2


class Others:
    """Front ends by name, never more than there is room for.

    Args:
        room: most of them; the one unused longest makes place.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._open: OrderedDict[str, Held] = OrderedDict()
        self._closing: list[Held] = []
        self._lock = Lock()
        self._opening = Lock()

    def names(self) -> list[str]:
        """Those that are open, the one unused longest first."""
        with self._lock:
            return list(self._open)

    def taken(self, start: str) -> Held | None:
        """The open one whose id begins so, with one user more."""
        with self._lock:
            for held in self._open.values():
                if held.id.startswith(start) and held.take():
                    self._open.move_to_end(held.name)
                    return held
        return None

    def take(self, name: str, make: Callable[[], Held]) -> Held:
        """The one of that name with one user more, opened if need be.

        Raises:
            LimitError: another is just being opened.
            EngineError: it cannot be opened.
        """
        # Who asks for many must not make the server open many at once.
        if not self._opening.acquire(timeout=_RETRY):
            raise LimitError(
                "another release is being opened", fix="ask again", retry_after=_RETRY
            )
        try:
            held = self.taken(name)
            return held if held is not None else self._made(name, make)
        finally:
            self._opening.release()

    def drop(self, name: str) -> None:
        """Close that one, if it is open, when its last request has ended."""
        with self._lock:
            self._leave(self._open.pop(name, None))

    def close(self, seconds: float) -> None:
        """Close all; returns when their processes have ended, or after so long each."""
        with self._lock:
            while self._open:
                self._leave(self._open.popitem()[1])
        for held in self._closing:
            held.wait(seconds)

    def _made(self, name: str, make: Callable[[], Held]) -> Held:
        with self._lock:
            while len(self._open) >= self._room:
                self._leave(self._open.popitem(last=False)[1])
        try:
            held = make()
        except VomkgError as fault:
            _LOG.warning("release %s cannot be opened: %s", name, fault)
            raise unopened(name) from fault
        held.take()
        with self._lock:
            self._open[name] = held
        return held

    def _leave(self, held: Held | None) -> None:
        if held is not None:
            self._closing = [old for old in self._closing if not old.is_closed]
            self._closing.append(held)
            held.retire()


def unopened(name: str) -> EngineError:
    """What those are told who ask for a release that is damaged."""
    return EngineError(
        f"the release {name} is held here, but cannot be opened",
        fix="tell whoever runs this server",
    )
