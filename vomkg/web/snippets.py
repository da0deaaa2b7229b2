"""The same question asked elsewhere: commands and Python that can be copied and run."""

from __future__ import annotations

import keyword
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.questions.question import Question

_HTTP: Final = """\
import csv
import io
from urllib.request import urlopen

with urlopen({address!r}) as response:
    text = io.TextIOWrapper(response, encoding="utf-8", newline="")
    for row in csv.DictReader(text):
        print(row)
"""
_PACKAGE: Final = """\
import vomkg

kg = vomkg.load()
for row in kg.run({arguments}):
    print(row)
"""


@dataclass(frozen=True, slots=True)
class Snippet:
    """One way to ask: what it needs, an id for the page, and the text to run."""

    title: str
    name: str
    text: str


def snippets(
    question: Question, values: Mapping[str, str], address: str
) -> tuple[Snippet, ...]:
    """The ways to ask a question with those values from elsewhere.

    Args:
        question: what is asked.
        values: of its parameters; each stays one argument, whatever it holds.
        address: of the answer as CSV, with the values in it.
    """
    command = ["vomkg", "run", question.id]
    for name, value in values.items():
        command += ["-p", f"{name}={value}"]
    return (
        Snippet("curl", "curl", shlex.join(["curl", "-fsS", address])),
        Snippet("Command line", "command", shlex.join([*command, "--format", "csv"])),
        Snippet("Python, with vomkg installed", "package", _package(question, values)),
        Snippet("Python alone, over HTTP", "http", _HTTP.format(address=address)),
    )


def _package(question: Question, values: Mapping[str, str]) -> str:
    plain = {n: v for n, v in values.items() if not keyword.iskeyword(n)}
    odd = {n: v for n, v in values.items() if n not in plain}
    parts = [repr(question.id), *(f"{name}={value!r}" for name, value in plain.items())]
    if odd:
        parts.append(f"**{odd!r}")
    return _PACKAGE.format(arguments=", ".join(parts))
