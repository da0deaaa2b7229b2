"""Requests to a remote store: who asks, how often, and what a refusal means."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import requests
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

from vomkg.transfer.refusals import refusal, unreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vomkg.config import Settings

RESULTS: Final = "application/sparql-results+json"
_AGAIN: Final = {
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
}
# Seconds: the first pause, which doubles, and the longest one.
_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 30.0


class _Bearer(AuthBase):
    """A token, sent with every request (RFC 6750 §2.1)."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class _Nobody(AuthBase):
    """No credentials, not even those of a ``.netrc``."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class Connection:
    """A line to one store, with its credentials."""

    def __init__(
        self, settings: Settings, *, wait: Callable[[float], None] | None = None
    ) -> None:
        """A line that is not used yet.

        Args:
            settings: credentials, time-outs and repetitions.
            wait: pauses for so many seconds; None really does.
        """
        self._settings = settings
        self._wait = wait or time.sleep
        self._reached = False
        self._session = requests.Session()
        self._session.headers["User-Agent"] = "vomkg"
        token = settings.store_token
        self._session.auth = _Bearer(token) if token else _Nobody()

    def close(self) -> None:
        """Gives the sockets back."""
        self._session.close()

    def server(self, url: str) -> str:
        """The name that the server at that address gives itself, or nothing.

        Raises:
            UpstreamError: it cannot be reached.
        """
        answer = self._send("GET", url, params={"query": "ASK {}"})
        return str(answer.headers.get("Server", ""))

    def knock(self, url: str) -> None:
        """Shows the credentials, if the server asks for them.

        Raises:
            UpstreamError: it cannot be reached.
        """
        self._send("HEAD", url)

    def query(self, url: str, text: str) -> bytes:
        """The answer of a query as SPARQL 1.1 Query Results JSON.

        Raises:
            UpstreamError: the store refuses, fails or cannot be reached.
        """
        return self.send(
            "POST", url, data={"query": text}, headers={"Accept": RESULTS}
        ).content

    def send(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """The answer of a request that succeeded.

        Raises:
            RefusedError: the status is no 2xx.
            UpstreamError: the store fails or cannot be reached.
        """
        answer = self._send(method, url, params=params, data=data, headers=headers)
        if not HTTPStatus.OK <= answer.status_code < HTTPStatus.MULTIPLE_CHOICES:
            known = bool(self._settings.store_user or self._settings.store_token)
            raise refusal(answer, known=known)
        return answer

    def _send(self, method: str, url: str, **what: object) -> requests.Response:
        """The answer, whatever its status; repeated where that may help."""
        for attempt in range(self._settings.load_retries + 1):
            last = attempt == self._settings.load_retries
            try:
                answer = self._once(method, url, what)
            except requests.RequestException as error:
                # Who was never reached has the wrong name rather than a bad moment.
                if last or not self._reached or isinstance(error, _HOPELESS):
                    raise unreachable(url, error, attempt + 1) from error
                self._wait(_pause(attempt))
                continue
            if answer.status_code not in _AGAIN or last:
                return answer
            self._wait(_pause(attempt, answer.headers.get("Retry-After", "")))
        raise AssertionError("the last attempt returns or raises")

    def _once(
        self, method: str, url: str, what: dict[str, object]
    ) -> requests.Response:
        """The answer, asked for again with credentials if the server wants them."""

        def ask() -> requests.Response:
            return self._session.request(
                method,
                url,
                timeout=self._settings.load_timeout,
                allow_redirects=False,
                **what,  # type: ignore[arg-type]  # params, data and headers
            )

        answer = ask()
        self._reached = True
        if answer.status_code == HTTPStatus.UNAUTHORIZED and self._log_in(answer):
            answer = ask()
        return answer

    def _log_in(self, answer: requests.Response) -> bool:
        """Whether the credentials are sent from now on, and were not before."""
        user = self._settings.store_user
        if not user or not isinstance(self._session.auth, _Nobody):
            return False
        asked = answer.headers.get("WWW-Authenticate", "").lower()
        kind = HTTPDigestAuth if "digest" in asked else HTTPBasicAuth
        self._session.auth = kind(user, self._settings.store_password)
        return True


# What no repetition mends.
_HOPELESS: Final = (
    requests.exceptions.SSLError,
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
)


def _pause(attempt: int, asked: str = "") -> float:
    """Seconds before the next attempt: as asked, else doubled each time."""
    wanted = float(asked) if asked.isdecimal() else _PAUSE * 2**attempt
    return min(wanted, _LONGEST_PAUSE)
