"""The settings of a load: how much goes in one request, and how hard it tries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vomkg.errors import UsageError
from vomkg.store_settings import StoreSettings

# Lowest and highest value of each; None is no upper end.
_RANGES: Final[dict[str, tuple[float, float | None]]] = {
    "load_chunk": (1, None),
    "load_insert": (1, None),
    "load_retries": (0, 100),
    "load_timeout": (0.05, 86_400),
    "load_proof": (1, None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSettings(StoreSettings):
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


def checked_load(name: str, value: object, source: str) -> float:
    """The value of a setting of :class:`LoadSettings`.

    Raises:
        UsageError: it is no number, or outside its range.
    """
    low, high = _RANGES[name]
    kind = float if name == "load_timeout" else int
    try:
        number = low - 1 if isinstance(value, bool) else kind(str(value))
    except ValueError:
        number = low - 1
    if number >= low and (high is None or number <= high):
        return number
    what = "seconds" if kind is float else "a whole number"
    wanted = f"of at least {low:g}" if high is None else f"from {low:g} to {high:g}"
    raise UsageError(f"{source}: {name} must be {what} {wanted}, found {value!r}")
