"""A memory of shapes that were judged well-formed, so that they are judged once.

To hold shapes against the shapes of SHACL itself takes longer than to hold the
data against them. The verdict depends on nothing but the files and the engine.
"""

from __future__ import annotations

import contextlib
import hashlib
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_FOLDER = "sound-shapes"


def known_sound(files: Iterable[Path], cache: Path) -> bool:
    """Whether these files, as they are now, were judged well-formed before."""
    return _mark(files, cache).exists()


def note_sound(files: Iterable[Path], cache: Path) -> None:
    """Remember that these files are well-formed.

    A cache that is closed to us costs the next run its time and nothing else.
    """
    mark = _mark(files, cache)
    with contextlib.suppress(OSError):
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()


def _mark(files: Iterable[Path], cache: Path) -> Path:
    digest = hashlib.sha256(version("pyshacl").encode())
    for file in sorted(files):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return cache / _FOLDER / digest.hexdigest()
