"""The settings of reading and writing a curator's files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from vomkg.settings.kinds import Check, number


@dataclass(frozen=True, kw_only=True)
class ReadingSettings:
    """How much a curator's file may hold.

    Attributes:
        file_limit: bytes up to which a file is read to be checked or formatted.
        nesting_limit: levels of brackets up to which a graph is written in
            Turtle's normal form.
        shape_query_terms: words, names and signs up to which a query in a shape
            is read.
    """

    file_limit: int = 100 << 20
    nesting_limit: int = 100
    shape_query_terms: int = 300


CHECKS: Final[dict[str, Check]] = {
    "file_limit": partial(number, limits=(1, None)),
    "nesting_limit": partial(number, limits=(1, 150)),
    "shape_query_terms": partial(number, limits=(1, 2_000)),
}
