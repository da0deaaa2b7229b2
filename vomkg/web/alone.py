"""One release that is served by itself, at its permanent addresses too."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from vomkg.errors import UnknownNameError
from vomkg.release.manifest import NAME_LENGTH
from vomkg.web.dumped import Dumped
from vomkg.web.pinned import FAULT, PREFIX, current_front, entered, pinned_front

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from vomkg.knowledge import KnowledgeGraph

# So many digits of an id tell one release from every other.
_ENOUGH = 12


class OneRelease:
    """A WSGI application over one release; another has no address here.

    Args:
        kg: the graph of the release.
        patience: seconds to wait for the same answer under way elsewhere.
    """

    def __init__(self, kg: KnowledgeGraph, patience: float) -> None:
        self._kg = kg
        self._patience = patience
        current = current_front(kg, patience)
        self.figures = current.figures
        self._current = Dumped(current, kg, is_cited=True)

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """The response to one request; see PEP 3333."""
        if not environ.get("PATH_INFO", "").startswith(PREFIX):
            return self._current(environ, start_response)
        before = environ.get("SCRIPT_NAME", ""), environ["PATH_INFO"]
        name = entered(environ, start_response)
        if name is None:
            return self._current(environ, start_response) if FAULT in environ else []
        here = self._kg.release.id
        if len(name) >= _ENOUGH and here.startswith(name):
            return self._pinned(environ, start_response)
        environ[FAULT] = UnknownNameError(
            f"release {name[:NAME_LENGTH]!r} is not kept here",
            fix=f"the current release is {PREFIX}{here[:NAME_LENGTH]}/",
        )
        environ["SCRIPT_NAME"], environ["PATH_INFO"] = before
        return self._current(environ, start_response)

    @cached_property
    def _pinned(self) -> WSGIApplication:
        # Made when the first asks: few do.
        app = pinned_front(self._kg, self._patience)
        return Dumped(app, self._kg, is_cited=True, is_pinned=True)
