"""The table of planted faults, and how one is planted and where it then stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from vomkg.graph.tokens import place as line_and_column

TABLE = Path(__file__).with_name("planted.yaml")


@dataclass(frozen=True)
class Planted:
    """One row of the table; its head says what each column means."""

    kind: str
    block: str
    out: tuple[str, ...]
    put: tuple[str, ...]
    at: str
    tells: str
    word: str
    mend: str
    follow: str
    value: tuple[str, ...] = ()
    everywhere: bool = False

    @property
    def check(self) -> str:
        """The check that finds it: syntax, literal, shape or rule."""
        return self.tells.partition(" ")[0]

    @property
    def finder(self) -> str:
        """The shape or rule that finds it; empty for the other checks."""
        return self.tells.partition(" ")[2]


@cache
def table() -> tuple[Planted, ...]:
    """The rows in their order."""
    rows = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    many = ("out", "put", "value")
    return tuple(
        Planted(**{**row, **{key: _listed(row[key]) for key in many if key in row}})
        for row in rows
    )


def plant(text: str, fault: Planted) -> str:
    """The text with the fault in it."""
    for out, put in zip(fault.out, fault.put, strict=True):
        start, end = (0, len(text)) if fault.everywhere else block(text, fault)
        assert out in text[start:end], f"{fault.block} no longer says {out!r}"
        text = text[:start] + text[start:end].replace(out, put, 1) + text[end:]
    return text


def place(text: str, fault: Planted) -> tuple[int, int]:
    """Line and column, from 1, at which the report must point in the spoilt text."""
    start, end = block(text, fault)
    before, mark, after = fault.at.partition("|")
    wanted = before + after
    assert wanted in text[start:end], f"{fault.at!r} does not stand in {fault.block}"
    offset = text.index(wanted, start, end) + (len(before) if mark else 0)
    return line_and_column(text, offset)


def mended_by_hand(text: str, fault: Planted) -> str:
    """The text with the fault's own value in its block, as a person would write it."""
    out, put = fault.value
    start, end = (0, len(text)) if fault.everywhere else block(text, fault)
    assert out in text[start:end]
    count = -1 if fault.everywhere else 1
    return text[:start] + text[start:end].replace(out, put, count) + text[end:]


def block(text: str, fault: Planted) -> tuple[int, int]:
    """Where the statements of the fault's thing start and the next ones do."""
    if not fault.block:
        return 0, len(text)
    name = f"id:{fault.block} "
    if fault.everywhere and f"\n{name}" not in text:
        name = fault.put[0].partition(" ")[0]
    start = text.index(f"\n{name}") + 1
    end = text.find("\n\n", start)
    # The first letters of the next thing belong to it, for ends that are missing.
    return start, len(text) if end < 0 else end + 5


def _listed(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
