"""What a remote store's refusals and failures mean, in words, with the next step."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import requests

from vomkg.errors import UpstreamError

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARKUP: Final = re.compile(r"<(head|style|script)\b.*?</\1>|<[^>]*>", re.DOTALL)
_SHOWN: Final = 200
_CREDENTIALS: Final = (
    "set VOMKG_STORE_USER and VOMKG_STORE_PASSWORD, or VOMKG_STORE_TOKEN"
)
_WORDS: Final[Mapping[int, tuple[str, str]]] = {
    403: ("does not allow this", "use credentials that may write"),
    404: ("has no such address", "name it by --graph-store or --update"),
    405: ("does not allow this method", "try --via update or --via gsp"),
    413: ("finds the request too large", "set VOMKG_LOAD_CHUNK lower"),
    415: ("does not take Turtle here", "try --via update"),
    501: ("does not know this method", "try --via update or --via gsp"),
}


class RefusedError(UpstreamError):
    """The store answered, and it was no yes; ``code`` is the HTTP status."""

    def __init__(self, message: str, *, fix: str | None, code: int) -> None:
        super().__init__(message, fix=fix)
        self.code = code


def refusal(answer: requests.Response, *, known: bool) -> RefusedError:
    """The error that says what an answer without success means.

    Args:
        answer: the answer; its status is no 2xx.
        known: whether credentials were sent.
    """
    code = answer.status_code
    at = _place(answer.url)
    if HTTPStatus.MULTIPLE_CHOICES <= code < HTTPStatus.BAD_REQUEST:
        to = answer.headers.get("Location", "elsewhere")
        return RefusedError(
            f"{at} has moved to {to}", fix="give that address", code=code
        )
    if code == HTTPStatus.UNAUTHORIZED:
        verb = "refuses the credentials" if known else "asks for credentials"
        return RefusedError(f"{at} {verb}", fix=_CREDENTIALS, code=code)
    said = _said(answer)
    if "read-only" in said.lower() or "read only" in said.lower():
        words, fix = "is read-only", "fill the store that it is a copy of"
    else:
        words, fix = _WORDS.get(code, ("failed", ""))
    message = f"{at} {words} (status {code})"
    return RefusedError(
        f"{message}: {said}" if said else message, fix=fix or None, code=code
    )


def unreachable(url: str, error: Exception, attempts: int) -> UpstreamError:
    """The error that says why no answer came, after so many attempts."""
    at = _place(url)
    text = str(error)
    if isinstance(error, requests.exceptions.SSLError):
        return UpstreamError(
            f"no safe connection to {at}: {_reason(text)}",
            fix="check its certificate, or name the authority by REQUESTS_CA_BUNDLE",
        )
    if isinstance(error, requests.Timeout):
        words = "did not answer in time"
    elif "refused" in text:
        words = "refuses the connection: nothing listens there"
    elif "resolve" in text or "Name or service" in text:
        words = "has a host name that nobody knows"
    else:
        words = "broke off the connection"
    often = f", tried {attempts} times" if attempts > 1 else ""
    return UpstreamError(f"{at} {words}{often}", fix="check the address and the store")


def _reason(text: str) -> str:
    """The library's reason, without the objects it names."""
    found = re.findall(r"\] ([^\]()']+) \(_ssl|certificate verify failed[^('\"]*", text)
    return next(filter(None, found), "TLS failed").strip()


def _place(url: str) -> str:
    """The address without its parameters."""
    return url.partition("?")[0]


def _said(answer: requests.Response) -> str:
    """The first words of the body, as one line without markup."""
    text = " ".join(_MARKUP.sub(" ", answer.text).split())
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
