"""Answers on a terminal or in a file: tables for people, formats for programs."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from typing import TYPE_CHECKING, Final

import click

from vomkg.errors import FormatError, InputError
from vomkg.formats import FORMATS, by_extension, by_name, offered
from vomkg.graph.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from vomkg.engine.answer import Answer
    from vomkg.engine.trail import Trail
    from vomkg.formats import Format, Kind
    from vomkg.knowledge import KnowledgeGraph

TABLE: Final = "table"
FORMAT_NAMES: Final = (TABLE, *(item.name for item in FORMATS))
# Wide enough that no cell of a table in a file or pipe is ever folded or cut.
_UNFOLDED: Final = 100_000


def emit(
    kg: KnowledgeGraph,
    answer: Answer,
    *,
    format_name: str | None,
    output: Path | None,
    title: str | None = None,
    trail: bool = False,
) -> None:
    """Write an answer to standard output or, as a whole, to a file.

    Args:
        kg: whose labels stand for IRIs in a table.
        answer: what to write.
        format_name: a name of FORMAT_NAMES; None takes the format from the name
            of the file, else a table, or Turtle for a graph.
        output: the file; None is standard output.
        title: what heads a table.
        trail: whether a table shows who says each row, and where.

    Raises:
        FormatError: the format cannot carry the answer, or not the trail.
        InputError: the file cannot be written.
    """
    form = _format(answer, format_name, output)
    if trail and form is not None:
        raise FormatError(
            f"{form.name} has no place for the trail",
            fix="take --format table, or ask the question trail-of-a-number",
        )
    if form is not None:
        write_out(answer.to_bytes(form), output)
    elif answer.kind == "boolean":
        write_out(b"yes\n" if answer.boolean else b"no\n", output)
    else:
        headers, rows = _table(kg, answer, trail=trail)
        if output is None:
            print_table(headers, rows, title=title)
            count = f"{len(rows)} row" + ("" if len(rows) == 1 else "s")
            click.echo(count, err=True)
        else:
            head = f"{title}\n" if title else ""
            write_out((head + _plain(headers, rows)).encode(), output)


def print_table(
    headers: Sequence[str], rows: Iterable[Sequence[str]], *, title: str | None = None
) -> None:
    """Print a table: folded to a terminal's width, or unfolded into a pipe."""
    from rich.console import Console

    if title:
        click.secho(title, bold=True)
    if sys.stdout.isatty():
        Console().print(_rich_table(headers, rows))
    else:
        click.echo(_plain(headers, rows), nl=False)


def write_whole(path: Path, data: bytes) -> None:
    """Put the bytes into the file, or leave what was there untouched.

    A link is followed, a file keeps its permissions, and what is no regular file,
    such as a device or a pipe, is written into and never replaced.

    Raises:
        InputError: the folder does not exist or the file cannot be written.
    """
    target = path.resolve()
    # In the same folder, because a rename is whole only within a file system.
    draft = target.parent / f".{target.name}.{os.getpid()}.part"
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        draft.write_bytes(data)
        if target.exists():
            draft.chmod(stat.S_IMODE(target.stat().st_mode))
        draft.replace(target)
    except OSError as fault:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        reason = (fault.strerror or "unknown reason").lower()
        raise InputError(f"cannot be written: {reason}", path=path) from fault


def _format(
    answer: Answer, format_name: str | None, output: Path | None
) -> Format | None:
    """The format to write; None is a table."""
    kind: Kind = "graph" if answer.kind == "graph" else "bindings"
    if format_name == TABLE:
        return None
    if format_name is not None:
        form = by_name(format_name)
    elif output is not None and output.suffix:
        form = by_extension(output.suffix)
    else:
        return by_name("turtle") if kind == "graph" else None
    if not form.carries(kind):
        names = ", ".join(item.name for item in offered(kind))
        what = "a graph" if kind == "graph" else "rows"
        raise FormatError(
            f"the answer is {what}, which {form.name} cannot hold",
            fix=f"choose from {TABLE}, {names}",
        )
    return form


def write_out(data: bytes, output: Path | None) -> None:
    """Write bytes to standard output or, as a whole, to a file.

    Raises:
        InputError: the file cannot be written.
    """
    if output is None:
        click.echo(data, nl=False)
    else:
        write_whole(output, data)
        click.echo(f"wrote {output}", err=True)


def _table(
    kg: KnowledgeGraph, answer: Answer, *, trail: bool
) -> tuple[list[str], list[list[str]]]:
    from vomkg.questions.cell import cell

    headers = [column.replace("_", " ") for column in answer.columns]
    rows = [
        [cell(row[column], kg.label).text for column in answer.columns]
        for row in answer.rows
    ]
    if trail:
        headers.append("said by, in")
        for row, shown in zip(answer.rows, rows, strict=True):
            shown.append("; ".join(_place(t) for t in answer.trail(row)))
    return headers, rows


def _place(trail: Trail) -> str:
    return (
        f"{trail.speaker_label}, {trail.section_label}, "
        f"characters {trail.start}–{trail.end}"
    )


def _plain(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    from rich.console import Console

    console = Console(width=_UNFOLDED, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(_rich_table(headers, rows))
    lines = capture.get().splitlines()
    return "".join(line.rstrip() + "\n" for line in lines)


def _rich_table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> object:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for header in headers:
        table.add_column(Text(header), overflow="fold")
    for row in rows:
        # As Text, because a value may hold what rich reads as markup.
        table.add_row(*(Text(printable(value, keep="\n\t")) for value in row))
    return table
