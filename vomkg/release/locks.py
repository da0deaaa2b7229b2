"""Locks between processes on one machine, which end with their process."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold the lock of that file during the body; whether it was got.

    Args:
        path: the file; it is made if need be.
        wait: whether to wait for who holds it.
    """
    number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        yield _taken(number, wait=wait)
    finally:
        os.close(number)


def _taken(number: int, *, wait: bool) -> bool:
    if sys.platform == "win32":
        return wait  # there is no lock, so nothing may be taken from others
    import fcntl

    try:
        fcntl.flock(number, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
