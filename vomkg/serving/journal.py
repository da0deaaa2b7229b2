"""The access log: one JSON object a line, each line written as a whole."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from vomkg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

STANDARD_OUTPUT: Final = "-"
# Readable by its owner and the group that rotates it.
_MODE: Final = 0o640


class Journal:
    """Appends records to a file, or to standard output for ``-``.

    Attributes:
        lost: how many records could not be written.
    """

    def __init__(self, name: str) -> None:
        """The log of that name, opened.

        Raises:
            UsageError: the file cannot be written.
        """
        self._name = name
        self._lock = Lock()
        self._is_stale = False
        self.lost = 0
        try:
            self._number = self._opened()
        except OSError as fault:
            reason = (fault.strerror or "").lower()
            raise UsageError(
                f"the access log cannot be written: {reason}", path=name
            ) from fault

    def write(self, record: Mapping[str, object]) -> None:
        """Add a record. A full disk loses records, never requests."""
        # All but ASCII is escaped, control characters too: no value ends a line.
        line = json.dumps(record, ensure_ascii=True).encode() + b"\n"
        with self._lock:
            try:
                if self._is_stale:
                    self._renew()
                if os.write(self._number, line) != len(line):
                    self.lost += 1
            except OSError:
                self.lost += 1

    def reopen(self) -> None:
        """Let the next record go to the file that then has the name.

        Safe in a signal handler: it takes no lock and does no work.
        """
        self._is_stale = True

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._shut()

    def _renew(self) -> None:
        number = self._opened()
        self._shut()
        self._number = number
        self._is_stale = False

    def _opened(self) -> int:
        if self._name == STANDARD_OUTPUT:
            return sys.__stdout__.fileno() if sys.__stdout__ else 1
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        return os.open(Path(self._name), flags, _MODE)

    def _shut(self) -> None:
        if self._name != STANDARD_OUTPUT:
            with suppress(OSError):
                os.close(self._number)
