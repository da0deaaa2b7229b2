"""What a store's refusal means, in our words; its own are repeated one line at most."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

import requests

from vomkg.errors import LimitError, QuerySyntaxError, UpstreamError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.engine.remote.graphs import Request
    from vomkg.errors import VomkgError

_LONGEST: Final = 300
_LONGEST_WAIT: Final = 3_600
_UNSEEN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+"
)
_LINE: Final = re.compile(r"\bline[ :]+(\d{1,6})", re.IGNORECASE)
_COLUMN: Final = re.compile(r"\bcol(?:umn)?[ :]+(\d{1,6})", re.IGNORECASE)
# What servers say in the line of a 5xx that is no fault of theirs.
_COST: Final = re.compile("estimated execution time", re.IGNORECASE)
_TIME: Final = re.compile(r"timed? ?-?out|S1T00", re.IGNORECASE)
_RIGHTS: Final = re.compile(r"SECURITY|no permission", re.IGNORECASE)
# Virtuoso on LIMIT or OFFSET beyond its cap, sorted or not.
_SORTING: Final = re.compile(
    r"Sorted TOP clause(?:.*?Only (\d{1,9}) are allowed)?|TOP parameter < 0"
)
_LESS: Final = "ask for less at a time, or raise the limit in the store"
_CREDENTIALS: Final = (
    "whoever runs this server sets VOMKG_STORE_USER and VOMKG_STORE_PASSWORD, or "
    "VOMKG_STORE_TOKEN, or the same in vomkg.toml"
)
_WORDS: Final[Mapping[int, tuple[str, str | None]]] = {
    404: ("has no SPARQL endpoint at this address", "check the path of --store"),
    405: ("does not take queries by POST at this address", "check the path of --store"),
    406: ("has none of the formats that were asked for", None),
    410: ("has no SPARQL endpoint at this address any more", None),
    415: ("does not take queries by POST form", None),
}


class SortLimitError(Exception):
    """Virtuoso sorts no more rows than its cap if LIMIT or OFFSET stands beside.

    Attributes:
        cap: the cap, None if it does not say.
    """

    def __init__(self, cap: int | None) -> None:
        super().__init__(cap)
        self.cap = cap


def fault_of(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    request: Request,
    *,
    has_credentials: bool,
) -> VomkgError:
    """The error that a status other than 200 stands for; the caller raises it.

    Args:
        status: the status.
        headers: those of the answer, by name in any case.
        body: the beginning of its body.
        request: what was asked.
        has_credentials: whether credentials were sent.

    Raises:
        SortLimitError: sorting is limited there.
    """
    said = first_line(headers.get("Content-Type", ""), body)
    if sorting := _SORTING.search(said):
        raise SortLimitError(int(sorting[1]) if sorting[1] else None)
    if status < 300:
        return UpstreamError(f"the store gave a part of the answer (status {status})")
    if status < 400:
        return UpstreamError(
            f"the store sends the query to another address (status {status})",
            fix="give the final address as --store; none is followed",
        )
    if status == 400:
        return _syntax(said, request)
    if status in {401, 403} or (status >= 500 and _RIGHTS.search(said)):
        told = "does not accept the credentials" if has_credentials else "asks who asks"
        return UpstreamError(f"the store {told} (status {status})", fix=_CREDENTIALS)
    return _limit(status, headers, said) or _other(status, said)


def unreachable(error: Exception) -> UpstreamError:
    """The error of a query that got no answer; the caller raises it."""
    # The library's own words hold addresses and more; the kind of fault is enough.
    kinds = (
        (requests.exceptions.SSLError, "its certificate is not trusted"),
        (requests.exceptions.ProxyError, "the proxy does not let it through"),
        (requests.ConnectTimeout, "it does not answer"),
        (requests.ConnectionError, _reason(error)),
    )
    why = next((text for kind, text in kinds if isinstance(error, kind)), "")
    return UpstreamError(
        f"the store cannot be reached{': ' if why else ''}{why}",
        fix="check the address, and that the store runs",
        retry_after=1,
    )


def first_line(content_type: str, body: bytes) -> str:
    """The first line of an error's text; nothing of a page for people."""
    media = content_type.partition(";")[0].strip().lower()
    text = body.decode("utf-8", "replace").strip()
    if media.endswith("json"):
        text = _message(text)
    elif media not in {"", "text/plain"} or text.startswith("<"):
        return ""
    line = _UNSEEN.sub(" ", text.splitlines()[0]) if text else ""
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _message(text: str) -> str:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    for name in ("message", "detailedMessage", "detail", "exception"):
        value = found.get(name) if isinstance(found, dict) else None
        if isinstance(value, str):
            return value.strip()
    return ""


def _syntax(said: str, request: Request) -> QuerySyntaxError:
    line, column = _LINE.search(said), _COLUMN.search(said)
    row = int(line[1]) if line else None
    place = int(column[1]) if column and row else None
    if place is not None and row == 1:
        place -= request.shift
    return QuerySyntaxError(
        f"the store does not take the query: {said or 'it does not say why'}",
        line=row,
        column=place if place is not None and place > 0 else None,
    )


def _limit(status: int, headers: Mapping[str, str], said: str) -> LimitError | None:
    """The error of a limit of the store's; None if it is something else."""
    wait = _wait(headers.get("Retry-After", ""))
    if status in {429, 503}:
        told = f": {said}" if said else ""
        return LimitError(
            f"the store takes no more queries now (status {status}){told}",
            fix="ask again later",
            retry_after=wait if wait is not None else 1,
        )
    if status in {413, 414}:
        return LimitError("the query is too long for the store", fix="shorten it")
    if status >= 500 and _COST.search(said):
        return LimitError("the query costs more than the store allows", fix=_LESS)
    if status == 504 or (status >= 500 and _TIME.search(said)):
        return LimitError(
            "the query took longer than the store allows", fix=_LESS, retry_after=wait
        )
    return None


def _other(status: int, said: str) -> UpstreamError:
    words, fix = _WORDS.get(status, ("failed", None))
    told = f": {said}" if said else ""
    return UpstreamError(f"the store {words} (status {status}){told}", fix=fix)


def _wait(value: str) -> int | None:
    """Seconds of a Retry-After (RFC 9110 §10.2.3), at most an hour."""
    if value.isascii() and value.isdigit():
        return min(int(value[:9]), _LONGEST_WAIT)
    try:
        when = parsedate_to_datetime(value)
        left = (
            when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)
        ).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(int(left), 0), _LONGEST_WAIT)


def _reason(error: BaseException) -> str:
    """What the system said, from deep inside the library's error."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.strerror:
            return seen.strerror.lower()
        inner = [item for item in seen.args if isinstance(item, BaseException)]
        reason = getattr(inner[0], "reason", None) if inner else None
        seen = reason if isinstance(reason, BaseException) else seen.__context__
    return "it closed the connection"
