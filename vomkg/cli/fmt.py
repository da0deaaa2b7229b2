"""Which Turtle files are out of their normal form, and their new text."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING

from vomkg.cli.output import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from vomkg.config import Settings


@dataclass(frozen=True, slots=True)
class Change:
    """A file that is not in normal form, what would change, and the new text."""

    path: Path
    words: str
    text: str


def plan(paths: Iterable[Path], settings: Settings) -> list[Change]:
    """The changes that would bring the files into normal form; writes nothing.

    Raises:
        InputError: a file cannot be read, is not well-formed or would lose a comment.
    """
    from vomkg.graph.prefixes import load_prefixes
    from vomkg.graph.write import format_file

    prefixes = load_prefixes(settings.root)
    changes = []
    for path in dict.fromkeys(paths):
        new = format_file(path, prefixes, settings)
        # As bytes, because line ends and a byte order mark count too.
        if new.encode() != path.read_bytes():
            old = path.read_text(encoding="utf-8-sig")
            changes.append(Change(path, _words(old, new), new))
    return changes


def apply(changes: Iterable[Change]) -> None:
    """Write each new text, every file as a whole or not at all.

    Raises:
        InputError: a file cannot be written.
    """
    for change in changes:
        write_whole(change.path, change.text.encode())


def _words(old: str, new: str) -> str:
    """How many lines go and come."""
    lines = list(unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm=""))
    gone = sum(line.startswith("-") for line in lines[2:])
    come = sum(line.startswith("+") for line in lines[2:])
    if not gone and not come:
        return "other line ends"
    return f"{_lines(gone)} out, {_lines(come)} in"


def _lines(number: int) -> str:
    return f"{number} line" if number == 1 else f"{number} lines"
