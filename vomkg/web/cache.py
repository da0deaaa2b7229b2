"""The response cache: a WSGI application that stands before the front end.

A release never changes, so the same question has the same answer for as long as
the process serves it; a store elsewhere may change, so there it has a lifetime. What is asked again is answered without entering Flask:
that is most of what a request costs. One cache belongs to one release; a new
release gets a new cache.
"""

from __future__ import annotations

import math
from threading import Lock
from typing import TYPE_CHECKING, Final

from vomkg.web.coding import IDENTITY, available, chosen
from vomkg.web.flights import Flights
from vomkg.web.keys import body_of, key_of, plain_request, queries_of
from vomkg.web.packing import packed, recoded, uncacheable
from vomkg.web.replies import Store
from vomkg.web.volatile import is_volatile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from _typeshed import OptExcInfo

    from vomkg.config import Settings
    from vomkg.web.replies import Key, Reply

_CAPACITY: Final = 64 * 1024 * 1024
# Longer than an evaluation may take: whoever is still at it is lost.
_PATIENCE: Final = 60.0
# Always made anew: they tell of this moment, not of the release.
_MOMENTARY: Final = frozenset({"/healthz", "/metrics"})
# Files on disk, with tags and ranges of their own, are not kept in memory too.
_ON_DISK: Final = "/data/"
# Where whoever stands before the cache reads whether it was a hit or a miss.
OUTCOME: Final = "vomkg.cache"


class ResponseCache:
    """A WSGI application that answers as the one behind it, from memory if it can.

    Args:
        app: what answers in the end.
        release: id of the release that it answers from; the tags begin with it.
        capacity: most bytes to keep.
        patience: seconds to wait for the same answer under way elsewhere.
        lifetime: seconds for which an answer is kept.
    """

    def __init__(
        self,
        app: WSGIApplication,
        release: str,
        capacity: int = _CAPACITY,
        patience: float = _PATIENCE,
        lifetime: float = math.inf,
    ) -> None:
        self._app = app
        self._release = release
        self._store = Store(capacity, lifetime)
        self._flights = Flights(patience)
        self._codings = available()
        self._offered = tuple(self._codings)
        self._counting = Lock()
        self._hits = 0
        self._misses = 0

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """The response to one request; see PEP 3333."""
        path = environ.get("PATH_INFO", "")
        is_momentary = path in _MOMENTARY
        is_past = is_momentary or path.startswith(_ON_DISK)
        body = None if is_past else body_of(environ)
        if body is None:
            return self._past(environ, start_response, is_volatile=is_momentary)
        key = key_of(environ, body)
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        coding = chosen(accepted, self._offered) if accepted else IDENTITY
        reply = self._kept(key, coding)
        is_hit = reply is not None
        if reply is None:
            if any(map(is_volatile, queries_of(environ, body))):
                return self._past(environ, start_response, is_volatile=True)
            reply = self._found(environ, key, coding)
        environ[OUTCOME] = "hit" if is_hit else "miss"
        with self._counting:
            self._hits += is_hit
            self._misses += not is_hit
        return _send(reply, environ, start_response)

    def figures(self) -> Mapping[str, int]:
        """What there is to watch: hits, misses, and replies and bytes kept."""
        return {
            "hits": self._hits,
            "misses": self._misses,
            "replies": len(self._store),
            "bytes": self._store.size,
        }

    def _kept(self, key: Key, coding: str) -> Reply | None:
        found = self._store.get((coding, *key))
        if found is None and coding:
            plain = self._store.get((IDENTITY, *key))
            if plain is not None and not plain.is_compressible:
                return plain
        return found

    def _found(self, environ: WSGIEnvironment, key: Key, coding: str) -> Reply:
        """The reply in that coding, or as it is if coding would not pay."""

        def evaluated() -> Reply:
            return packed(self._app, plain_request(environ), self._release)

        def compressed() -> Reply:
            return recoded(plain, coding, self._codings[coding], self._release)

        origin = (IDENTITY, *key)
        plain = self._made(origin, evaluated)
        if not (coding and plain.is_compressible):
            return plain
        return self._made((coding, *key), compressed, origin)

    def _made(
        self, key: Key, make: Callable[[], Reply], origin: Key | None = None
    ) -> Reply:
        def kept() -> Reply:
            # It may have been put there since this thread looked last.
            reply = self._store.get(key)
            if reply is None:
                reply = make()
                if reply.tag is not None:
                    self._store.put(key, reply, origin)
            return reply

        return self._flights.run(key, kept)

    def _past(
        self,
        environ: WSGIEnvironment,
        start_response: StartResponse,
        *,
        is_volatile: bool,
    ) -> Iterable[bytes]:
        """The application's own response, and nothing of it kept."""

        def start(
            status: str,
            headers: list[tuple[str, str]],
            exc_info: OptExcInfo | None = None,
            /,
        ) -> Callable[[bytes], object]:
            if is_volatile or status[:1] in "45":
                headers = uncacheable(headers)
            return start_response(status, headers, exc_info)

        return self._app(environ, start)


def cached(
    app: WSGIApplication,
    *,
    release: str,
    capacity: int = _CAPACITY,
    patience: float = _PATIENCE,
    lifetime: float = math.inf,
) -> ResponseCache:
    """The application with a response cache before it.

    Args:
        app: the front end.
        release: id of the release that it answers from.
        capacity: most bytes to keep; 0 keeps nothing.
        patience: seconds to wait for the same answer under way elsewhere; more
            than an evaluation may take.
        lifetime: seconds for which an answer is kept, where the data may change;
            0 keeps nothing.
    """
    return ResponseCache(app, release, capacity, patience, lifetime)


def patience_of(settings: Settings) -> float:
    """Seconds to wait for an answer under way: whoever waits waits for its queue too."""
    return max(_PATIENCE, 6 * settings.time_limit)


def lifetime_of(settings: Settings) -> float:
    """Seconds for which an answer may be kept: for ever, unless a store may change."""
    return settings.store_cache if settings.store else math.inf


def _send(
    reply: Reply, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    """Start the response and give its body: none for HEAD and for 304."""
    method = environ["REQUEST_METHOD"]
    # For other methods a condition means something else (RFC 9110 §13.1.2).
    if reply.tag is not None and method != "POST":
        known = environ.get("HTTP_IF_NONE_MATCH", "")
        # A tag cannot stand inside another: it has its quotes with it.
        if known and (reply.tag in known or known.strip() == "*"):
            start_response("304 NOT MODIFIED", list(reply.brief))
            return []
    start_response(reply.status, list(reply.headers))
    return [] if method == "HEAD" else [reply.body]
