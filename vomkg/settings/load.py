"""The settings of a load: how much goes in one request, and how hard it tries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from vomkg.settings.kinds import Check, number, seconds


@dataclass(frozen=True, kw_only=True)
class LoadSettings:
    """How a remote store is filled.

    Attributes:
        load_chunk: triples in one request by the Graph Store Protocol.
        load_insert: triples in one INSERT DATA; Virtuoso refuses 2,000.
        load_retries: how often a request is repeated that failed on the way.
        load_timeout: seconds without a byte after which a request has failed.
        load_proof: most triples that are all read back; above it, a sample is.
    """

    load_chunk: int = 10_000
    load_insert: int = 500
    load_retries: int = 4
    load_timeout: float = 120.0
    load_proof: int = 1_000_000


CHECKS: Final[dict[str, Check]] = {
    "load_chunk": partial(number, limits=(1, None)),
    "load_insert": partial(number, limits=(1, None)),
    "load_retries": partial(number, limits=(0, 100)),
    "load_timeout": partial(seconds, limits=(0.05, 86_400.0)),
    "load_proof": partial(number, limits=(1, None)),
}
