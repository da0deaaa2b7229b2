"""Sorting more lines than memory holds: sorted parts on disk, merged when read."""

from __future__ import annotations

import heapq
from contextlib import ExitStack
from itertools import count, islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# Lines of one part: some hundred bytes each while they are sorted.
_AT_ONCE: Final = 250_000


def sorted_lines(
    lines: Iterable[str], folder: Path, *, at_once: int = _AT_ONCE
) -> Iterator[str]:
    """The lines in order of their code points, each once.

    Args:
        lines: each ends in a line feed and holds no other.
        folder: where parts are written; they are gone when the last line is read.
        at_once: most lines that are held in memory.
    """
    rest = iter(lines)
    first = sorted(set(islice(rest, at_once)))
    if len(first) < at_once:
        # What is left has been seen: duplicates alone can shorten a part.
        more = next(rest, None)
        if more is None:
            yield from first
            return
        rest = _led(more, rest)
    with ExitStack() as stack:
        parts: list[Iterable[str]] = []
        part: list[str] = first
        for number in count():
            path = folder / f"part-{number}"
            stack.callback(path.unlink, missing_ok=True)
            with path.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(part)
            parts.append(stack.enter_context(path.open(encoding="utf-8", newline="\n")))
            part = sorted(set(islice(rest, at_once)))
            if not part:
                break
        yield from _once(heapq.merge(*parts))


def _led(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _once(lines: Iterable[str]) -> Iterator[str]:
    last = None
    for line in lines:
        if line != last:
            yield line
        last = line
