"""The settings of published releases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from vomkg.settings.kinds import Check, number


@dataclass(frozen=True, kw_only=True)
class ReleaseSettings:
    """How releases are published and opened.

    Attributes:
        disk_from: quads from which a published release is served from disk.
        blank_limit: most quads with blank nodes that a published release of
            files may have; all of them are held in memory to be named.
        checked_bytes: bytes of a release up to which opening it compares every
            hash; of a larger one the sizes are compared.
        pinned_open: most releases besides the current one that are kept open
            for those who ask at a permanent address.
        dump_limit: quads up to which a published release has dumps of every graph
            in every syntax; a larger one has the whole in N-Quads and TriG.
    """

    disk_from: int = 5_000_000
    blank_limit: int = 200_000
    checked_bytes: int = 64 << 20
    pinned_open: int = 2
    dump_limit: int = 1_000_000


CHECKS: Final[dict[str, Check]] = {
    "disk_from": partial(number, limits=(0, None)),
    "blank_limit": partial(number, limits=(0, None)),
    "checked_bytes": partial(number, limits=(0, None)),
    "pinned_open": partial(number, limits=(1, 16)),
    "dump_limit": partial(number, limits=(0, None)),
}
