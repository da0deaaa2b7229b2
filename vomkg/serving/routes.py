"""The route of a path: one of few labels, whatever is asked for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from vomkg.web.pinned import PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from werkzeug.routing import MapAdapter

NOWHERE: Final = "none"
_REMEMBERED: Final = 1024
_PINNED: Final = re.compile(rf"{PREFIX}[^/]+/")


def routes(app: Flask) -> Callable[[str], str]:
    """A function from ``PATH_INFO`` to the rule of the app that takes it.

    What no rule takes is ``none``, one release at its own addresses like another. A path that was seen lately costs a look-up.
    """
    adapter = app.url_map.bind("localhost")

    @lru_cache(_REMEMBERED)
    def route(path: str) -> str:
        pinned = _PINNED.match(path)
        if pinned is None:
            return _rule(adapter, path)
        rule = _rule(adapter, path[pinned.end() - 1 :])
        return NOWHERE if rule == NOWHERE else f"{PREFIX}<id>{rule}"

    return route


def _rule(adapter: MapAdapter, path: str) -> str:
    text = path.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return adapter.match(text, method="GET", return_rule=True)[0].rule
    except MethodNotAllowed as fault:
        method = next(iter(fault.valid_methods or ()), "POST")
        return adapter.match(text, method=method, return_rule=True)[0].rule
    except (NotFound, RequestRedirect):
        return NOWHERE
