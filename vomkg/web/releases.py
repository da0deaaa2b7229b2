"""A folder of releases as one front end: the current one, and the others by id."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Final, Self, cast

from vomkg.errors import UnknownNameError, VomkgError
from vomkg.release.manifest import NAME_LENGTH
from vomkg.web.dumped import dumped
from vomkg.web.live import Held, Live
from vomkg.web.others import Others, unopened
from vomkg.web.pinned import FAULT, PREFIX, current_front, entered, pinned_front

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from vomkg.knowledge import KnowledgeGraph
    from vomkg.release.manifest import Published
    from vomkg.release.shelf import Shelf

_LOG: Final = logging.getLogger(__name__)
# Seconds between two looks at which release is current: reading one link.
_LOOK: Final = 1.0
# Seconds for processes to end when the server does.
_PATIENCE: Final = 15.0


@dataclass(frozen=True, slots=True)
class Opened:
    """A release that can be asked.

    Attributes:
        kg: what answers.
        close: ends its processes.
    """

    kg: KnowledgeGraph
    close: Callable[[], object]


class Releases:
    """A WSGI application over a shelf of releases.

    What is current is answered at every address; any release that is held is
    answered below ``/release/ID``. Close it, or its processes end with this one.
    """

    def __init__(
        self,
        shelf: Shelf,
        open_release: Callable[[Published, bool, Callable[[], None]], Opened],
        *,
        others: int,
        patience: float = 60.0,
        on_loss: Callable[[], object] | None = None,
    ) -> None:
        """The front end over the release that is current now.

        Args:
            shelf: the releases.
            open_release: opens one, given whether it is to be the current one
                and what to call if its engine is lost.
            others: most releases besides the current one to keep open.
            patience: seconds to wait for the same answer under way elsewhere.
            on_loss: called if the current release can answer no query any more.

        Raises:
            VomkgError: no release is current, or it cannot be opened.
        """
        self._shelf = shelf
        self._open = open_release
        self._patience = patience
        self._on_loss = on_loss
        self._others = Others(others)
        self._refreshing = Lock()
        self._closing: list[Held] = []
        self._live = Live(self._held(shelf.opened(), is_current=True))
        self._asked = Event()
        self._ended = Event()
        self._watcher = Thread(target=self._watch, name="releases", daemon=True)
        self._watcher.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """The response to one request; see PEP 3333."""
        if not environ.get("PATH_INFO", "").startswith(PREFIX):
            return self._live(environ, start_response)
        before = environ.get("SCRIPT_NAME", ""), environ["PATH_INFO"]
        name = entered(environ, start_response)
        if name is None:
            return self._live(environ, start_response) if FAULT in environ else []
        try:
            held = self._taken(name)
        except VomkgError as fault:
            environ[FAULT] = fault
            environ["SCRIPT_NAME"], environ["PATH_INFO"] = before
            return self._live(environ, start_response)
        return held.respond(held.pinned, environ, start_response)

    @property
    def current(self) -> str:
        """The directory of the release that is served."""
        return self._live.current.name

    @property
    def app(self) -> WSGIApplication:
        """What answers."""
        return self

    @property
    def kg(self) -> KnowledgeGraph:
        """The graph of the release that is served."""
        return cast("KnowledgeGraph", self._live.current.kg)

    @property
    def lost(self) -> VomkgError | None:
        """Why no query can be answered any more, if that is so."""
        lost: VomkgError | None = getattr(self.kg.engine, "lost", None)
        return lost

    def figures(self) -> Mapping[str, int]:
        """The figures of the response cache of the release that is served."""
        return self._live.current.figures()

    def opened(self) -> list[str]:
        """The directories of the other releases that are open."""
        return self._others.names()

    def look(self) -> bool:
        """True; it looks soon whether another release is current."""
        self._asked.set()
        return True

    def refresh(self) -> bool:
        """Serve the release that is current on the shelf; whether it is another.

        One that cannot be opened is logged, and the old one stays.
        """
        with self._refreshing:
            return self._refreshed()

    def _refreshed(self) -> bool:
        name = self._shelf.current()
        if name is None or name == self.current:
            return False
        try:
            new = self._held(self._shelf.opened(), is_current=True)
        except Exception as fault:  # noqa: BLE001  whatever it is, the old one serves on
            _LOG.warning("release %s is refused: %s", name, fault)
            return False
        old = self._live.switch(new)
        _LOG.warning("release %s is served, %s no more", new.name, old.name)
        self._closing = [held for held in self._closing if not held.is_closed]
        self._closing.append(old)
        self._others.drop(new.name)
        return True

    def close(self) -> None:
        """Answer no more; returns when all processes have ended."""
        self._ended.set()
        self._asked.set()
        self._watcher.join(_PATIENCE)
        self._live.close()
        self._others.close(_PATIENCE)
        for held in (self._live.current, *self._closing):
            held.wait(_PATIENCE)

    def _watch(self) -> None:
        refused: str | None = None
        while not self._ended.is_set():
            is_told = self._asked.wait(_LOOK)
            self._asked.clear()
            name = self._shelf.current()
            # Told by a person, even what was refused is tried again.
            if self._ended.is_set() or (name == refused and not is_told):
                continue
            refused = None if self.refresh() else name

    def _taken(self, start: str) -> Held:
        """The release whose id begins so, with one user more.

        Raises:
            UnknownNameError: it is not held, or the digits fit several.
            LimitError: it is not open, and another is just being opened.
            EngineError: it cannot be opened.
        """
        held = self._open_already(start)
        if held is not None:
            return held
        try:
            found = self._shelf.find(start)
        except UnknownNameError as fault:
            raise UnknownNameError(
                fault.message, fix=f"the current release is {PREFIX}{self.current}/"
            ) from fault
        except VomkgError as fault:
            raise unopened(start) from fault
        name = found.path.name
        current = self._live.current
        if current.name == name and current.take():
            return current
        return self._others.take(name, lambda: self._held(found, is_current=False))

    def _open_already(self, start: str) -> Held | None:
        """The open release of that id, found without a look at the folder."""
        if len(start) < NAME_LENGTH:
            return None
        current = self._live.current
        if current.id.startswith(start) and current.take():
            return current
        return self._others.taken(start)

    def _held(self, found: Published, *, is_current: bool) -> Held:
        name = found.path.name
        opened = self._open(found, is_current, lambda: self._lost(name))
        pinned = pinned_front(opened.kg, self._patience)
        app = current_front(opened.kg, self._patience) if is_current else pinned
        fronts = dumped(app, pinned, opened.kg)
        return Held(found.id, *fronts, opened.close, opened.kg, app.figures)

    def _lost(self, name: str) -> None:
        if name == self.current:
            if self._on_loss is not None:
                self._on_loss()
            return
        self._others.drop(name)
