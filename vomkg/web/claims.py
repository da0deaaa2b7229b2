"""What the pages say of claims is what every face says: see :mod:`vomkg.claims`."""

from __future__ import annotations

from vomkg.claims import (
    Incomparable,
    Said,
    caveats,
    incomparable,
    notes,
    statements,
)

__all__ = ["Incomparable", "Said", "caveats", "incomparable", "notes", "statements"]
