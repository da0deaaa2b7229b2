"""What the machine has, for settings that depend on it."""

from __future__ import annotations

import os


def cores(most: int) -> int:
    """The cores that this process may use, at most so many."""
    usable = getattr(os, "sched_getaffinity", None)
    return min(len(usable(0)) if usable else os.cpu_count() or 1, most)
