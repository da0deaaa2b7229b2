"""The settings of a remote store: its address, who asks, and how far it is trusted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from vomkg.errors import UsageError
from vomkg.settings.kinds import Check, number, seconds, switch

# What may stand in an IRI (SPARQL 1.1 §19.8), behind a scheme.
_IRI: Final = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^<>"{}|^`\\\x00-\x20]+')
_NOT_ADDRESS: Final = re.compile(r"[\x00-\x20\x7f-\x9f]")
# Fields of a request for an answer (SPARQL 1.1 Protocol §2.1), which are ours.
_OURS: Final = re.compile(
    r"(?:^|&)(?:query|update|(?:default|named)-graph-uri)(?:=|&|$)"
)


@dataclass(frozen=True, kw_only=True)
class StoreSettings:
    """What is known of a remote store.

    Attributes:
        store: address at which it answers SPARQL; empty for none.
        store_user: who asks, for Basic and Digest; never shown.
        store_password: the password; never shown.
        store_token: a bearer token in their place; never shown.
        store_graphs: graphs of the store that are served; none takes those
            under the base of our graphs.
        store_cache: seconds for which an answer of the store is kept; 0 keeps
            none.
        store_rows: rows that the store is trusted to give whole; longer answers
            are counted.
        store_copy: most triples of one graph that are copied to be judged.
        store_insecure: whether credentials may cross the network unencrypted.
    """

    store: str = ""
    store_user: str = field(default="", repr=False)
    store_password: str = field(default="", repr=False)
    store_token: str = field(default="", repr=False)
    store_graphs: tuple[str, ...] = ()
    store_cache: float = 60.0
    store_rows: int = 1_000
    store_copy: int = 1_000_000
    store_insecure: bool = False


def check_credentials(settings: StoreSettings) -> None:
    """Nothing, if the credentials fit together and to the address.

    Raises:
        UsageError: there are two kinds or only half of one, or they would be
            sent unencrypted to another machine.
    """
    if settings.store_token and (settings.store_user or settings.store_password):
        raise UsageError(
            "both store_token and store_user are set", fix="take one of them out"
        )
    if bool(settings.store_user) != bool(settings.store_password):
        raise UsageError("store_user and store_password go together", fix="set both")
    if not (settings.store_token or settings.store_user):
        return
    parts = urlsplit(settings.store)
    if parts.scheme == "https" or is_loopback(parts.hostname or ""):
        return
    if not settings.store_insecure:
        raise UsageError(
            "the credentials of the store would be sent unencrypted over http",
            fix="use an https address, or set store_insecure where nobody listens",
        )


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _address(_name: str, value: object, source: str) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{source}: store must be an address")
    if not value.strip():
        return ""
    parts = _parts(value, source)
    if parts.username is not None or parts.password is not None:
        # The value is not repeated: it holds a password.
        raise UsageError(
            f"{source}: the address of the store must not hold a user or password",
            fix="set VOMKG_STORE_USER and VOMKG_STORE_PASSWORD instead",
        )
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError(
            f"{source}: store must be an http or https address, "
            f"found scheme {parts.scheme!r}",
            fix="write it as https://example.org/sparql",
        )
    if parts.fragment or _OURS.search(parts.query):
        raise UsageError(
            f"{source}: the address of the store must have no fragment, query= "
            "or graph of its own",
            fix="give the address of the endpoint alone",
        )
    return value


def _parts(value: str, source: str) -> SplitResult:
    blank = _NOT_ADDRESS.search(value)
    try:
        parts = urlsplit("//[" if blank else value)  # the former is malformed
        _ = parts.port  # is only read then
    except ValueError as error:
        raise UsageError(f"{source}: the address of the store is malformed") from error
    return parts


def _graphs(_name: str, value: object, source: str) -> tuple[str, ...]:
    found = (
        re.split(r"[\s,]+", value.strip(" ,\n")) if isinstance(value, str) else value
    )
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise UsageError(f"{source}: store_graphs must be a list of IRIs")
    for item in filter(None, found):
        if not _IRI.fullmatch(item):
            raise UsageError(f"{source}: store_graphs holds {item!r}, which is no IRI")
    return tuple(dict.fromkeys(filter(None, found)))


def shown_address(settings: StoreSettings) -> str:
    """The store's address for people; its parameters, which may hold a key, left out."""
    parts = urlsplit(settings.store)
    return parts._replace(query="").geturl()


def _secret(name: str, value: object, source: str) -> str:
    """The text, which no error repeats."""
    if isinstance(value, str):
        return value
    raise UsageError(f"{source}: {name} must be text")


CHECKS: Final[dict[str, Check]] = {
    "store": _address,
    "store_user": _secret,
    "store_password": _secret,
    "store_token": _secret,
    "store_graphs": _graphs,
    "store_cache": partial(seconds, limits=(0.0, 86_400.0)),
    "store_rows": partial(number, limits=(1, None)),
    "store_copy": partial(number, limits=(1, None)),
    "store_insecure": switch,
}
