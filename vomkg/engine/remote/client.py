"""One connection to a store: a query goes out, a whole answer comes back.

A client belongs to one process and one thread, and connects when it is first
asked, so that nothing open is ever shared over a fork.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final, NamedTuple

import requests
import urllib3
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

from vomkg.engine.endings import time_fault
from vomkg.engine.remote.faults import fault_of, unreachable
from vomkg.errors import LimitError, UpstreamError
from vomkg.settings.store import check_credentials

if TYPE_CHECKING:
    from collections.abc import Collection

    from vomkg.config import Settings
    from vomkg.engine.remote.graphs import Request

_CHUNK: Final = 1 << 16
# Bytes of an error that are looked at.
_TOLD: Final = 1 << 12
# What Virtuoso sends beside an answer that its "anytime" mode broke off.
_PARTIAL: Final = ("X-SQL-State", "X-SQL-Message")
# KeyError and ValueError: the library's own on a challenge or header it cannot read.
_FAILURES: Final = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    KeyError,
    ValueError,
)


class Body(NamedTuple):
    """A whole answer.

    Attributes:
        media: its media type, without parameters.
        data: its bytes.
        cap: the most rows that the store says it gives; None if it does not say.
    """

    media: str
    data: bytes
    cap: int | None


class _NoAuth(AuthBase):
    """Sends nothing, and keeps the library from looking into a .netrc file."""

    def __call__(self, prepared: requests.PreparedRequest) -> requests.PreparedRequest:
        return prepared


class _Bearer(AuthBase):
    """Sends a token (RFC 6750 §2.1)."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, prepared: requests.PreparedRequest) -> requests.PreparedRequest:
        prepared.headers["Authorization"] = f"Bearer {self._token}"
        return prepared


class Client:
    """Asks one store, by the settings."""

    def __init__(self, settings: Settings) -> None:
        """A client that has not connected yet.

        Raises:
            UsageError: the credentials do not fit together or to the address.
        """
        check_credentials(settings)
        self._settings = settings
        self._session: requests.Session | None = None
        self._auth: AuthBase = (
            _Bearer(settings.store_token) if settings.store_token else _NoAuth()
        )

    def close(self) -> None:
        """Close the connection; the next query opens another."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def ask(
        self, request: Request, accept: str, media: Collection[str], deadline: float
    ) -> Body:
        """The whole answer of a query (SPARQL 1.1 Protocol §2.1.2, by POST form).

        Args:
            request: the query and its dataset.
            accept: the media types asked for.
            media: those that can be read.
            deadline: when to give up, by :func:`time.monotonic`.

        Raises:
            LimitError: a limit of ours or of the store's was reached.
            QuerySyntaxError: the store does not take the query.
            UpstreamError: the store cannot be reached, fails, redirects, asks for
                credentials, or its answer is partial, cut or of another type.
            SortLimitError: the store does not sort that many rows.
        """
        answer = self._sent(request, accept, deadline)
        with answer:
            if answer.status_code != 200:
                raise fault_of(
                    answer.status_code,
                    answer.headers,
                    self._read(answer, _TOLD, deadline),
                    request,
                    has_credentials=not isinstance(self._auth, _NoAuth),
                )
            found = answer.headers.get("Content-Type", "").partition(";")[0]
            found = found.strip().lower()
            self._check(answer, found, media)
            limit = self._settings.byte_limit
            data = self._read(answer, limit + 1, deadline)
            if len(data) > limit:
                raise LimitError(
                    f"the answer of the store has more than {limit} bytes",
                    fix="ask page by page with ORDER BY, LIMIT and OFFSET, or for "
                    "fewer columns, or raise byte_limit",
                )
        cap = answer.headers.get("X-SPARQL-MaxRows", "")
        return Body(found, data, int(cap) if cap.isascii() and cap.isdigit() else None)

    def _check(
        self, answer: requests.Response, found: str, media: Collection[str]
    ) -> None:
        """Nothing, if the answer says that it is whole and can be read."""
        if any(name in answer.headers for name in _PARTIAL):
            raise UpstreamError(
                "the store broke the query off and gave a part of the answer",
                fix="ask for less at a time, or raise the store's limit on time",
            )
        if found not in media:
            raise UpstreamError(
                f"the store answered with {found[:80] or 'no media type'!r}, "
                "not with one of those asked for",
                fix="check that --store names a SPARQL endpoint, not a page",
            )
        sized = {"content-length", "transfer-encoding"} & {
            name.lower() for name in answer.headers
        }
        if not sized and "json" not in found:
            # JSON shows where it ends; lines of triples do not.
            raise UpstreamError("the store does not say where its answer ends")

    def _sent(
        self, request: Request, accept: str, deadline: float
    ) -> requests.Response:
        """The head of the answer, after the credentials that it asked for."""
        answer = self._tried(request, accept, deadline)
        if answer.status_code == 401 and isinstance(self._auth, _NoAuth):
            wanted = answer.headers.get("WWW-Authenticate", "").lower()
            user, password = self._settings.store_user, self._settings.store_password
            if user and "digest" in wanted:
                self._auth = HTTPDigestAuth(user, password)
            elif user and "basic" in wanted:
                self._auth = HTTPBasicAuth(user.encode(), password.encode())
            else:
                return answer
            answer.close()
            answer = self._tried(request, accept, deadline)
        return answer

    def _tried(
        self, request: Request, accept: str, deadline: float
    ) -> requests.Response:
        """The head of the answer; a second try if an idle connection was closed."""
        was_open = self._session is not None
        try:
            return self._posted(request, accept, deadline)
        except _FAILURES as error:
            self.close()
            if not was_open or isinstance(error, requests.Timeout):
                raise self._fault(error, deadline) from None
        try:
            return self._posted(request, accept, deadline)
        except _FAILURES as error:
            self.close()
            raise self._fault(error, deadline) from None

    def _posted(
        self, request: Request, accept: str, deadline: float
    ) -> requests.Response:
        if self._session is None:
            self._session = requests.Session()
        left = deadline - monotonic()
        if left <= 0:
            raise requests.ReadTimeout
        return self._session.post(
            self._settings.store,
            data=[("query", request.query), *request.fields],
            headers={"Accept": accept, "User-Agent": "vomkg"},
            auth=self._auth,
            stream=True,
            allow_redirects=False,
            timeout=(left, left),
        )

    def _read(self, answer: requests.Response, most: int, deadline: float) -> bytes:
        """The body up to so many bytes."""
        found = bytearray()
        try:
            for part in answer.iter_content(_CHUNK):
                found += part
                if monotonic() > deadline:
                    raise requests.ReadTimeout
                if len(found) >= most:
                    self.close()  # it has more than anyone wants to read
                    break
        except _FAILURES as error:
            self.close()
            if monotonic() >= deadline or isinstance(error, requests.Timeout):
                raise time_fault(self._settings) from None
            raise UpstreamError(
                "the answer of the store is cut: the connection ended before it did",
                fix="ask again; if it stays so, look at the store's log",
            ) from None
        return bytes(found[:most])

    def _fault(self, error: Exception, deadline: float) -> LimitError | UpstreamError:
        """The error of a query that got no answer; the caller raises it."""
        if monotonic() >= deadline or isinstance(error, requests.ReadTimeout):
            return time_fault(self._settings)
        return unreachable(error)
