"""The report as workflow commands, which GitHub shows beside the faulty lines.

The form is that of GitHub's "workflow commands for GitHub Actions": ``::error
file=…,line=…,endLine=…,col=…,endColumn=…,title=…::message``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vomkg.curate.report import clean
from vomkg.curate.report.words import facts, headline, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.curate.place import Place
    from vomkg.curate.report.context import Context
    from vomkg.curate.result import Report, Result, Severity

_COMMANDS: Final[dict[Severity, str]] = {
    "violation": "error",
    "warning": "warning",
    "info": "notice",
}
_IN_DATA: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY: Final = _IN_DATA | {":": "%3A", ",": "%2C"}


def write(report: Report, context: Context) -> str:
    """One line a fault that counts; an empty text where there is none."""
    lines = [_command(result, context) for result in context.counted(report)]
    return "".join(f"{line}\n" for line in lines)


def _command(result: Result, context: Context) -> str:
    told = dict(_place(result.at) if result.at else ())
    told["title"] = headline(result, context)
    properties = ",".join(
        f"{name}={_escaped(value, _IN_PROPERTY)}" for name, value in told.items()
    )
    body = _escaped("\n".join(_body(result, context)), _IN_DATA)
    return f"::{_COMMANDS[result.severity]} {properties}::{body}"


def _body(result: Result, context: Context) -> Iterator[str]:
    yield message(result, context)
    for name, words in facts(result, context):
        if name not in {"message", "class"}:
            yield f"{name}: {words}" if name else words
    for mend in result.mends:
        yield f"mend: {clean.short(mend.words)}"
        yield from clean.lines(mend.snippet).splitlines()


def _place(at: Place) -> Iterator[tuple[str, str]]:
    yield "file", clean.line(at.file)
    yield "line", str(at.line)
    yield "endLine", str(at.end_line)
    # Columns are only read where the place is within one line; both are inside it.
    if at.line == at.end_line:
        yield "col", str(at.column)
        yield "endColumn", str(max(at.column, at.end_column - 1))


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(char, char) for char in text)
