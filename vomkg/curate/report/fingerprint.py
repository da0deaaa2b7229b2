"""What a fault is known by from one run to the next."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from vomkg.curate.result import Result

LENGTH: Final = 16
_BLANK: Final = "_:"


def fingerprint(result: Result) -> str:
    """The first 16 hex digits of the SHA-256 of shape, focus, path and value.

    It does not change when lines move or words are mended. Labels of blank nodes
    differ from run to run, so every blank node counts as the same; faults that
    share a fingerprint are told apart by their number.
    """
    named = (result.shape, result.focus, result.path, result.value)
    parts = [_BLANK if part and part.startswith(_BLANK) else part for part in named]
    text = json.dumps(parts, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]
