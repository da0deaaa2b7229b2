"""The ``#+`` header of a question or rule file, read strictly and with lines.

The header is a YAML mapping, so that grlc-style tools can read it too. Each
scalar stays the text that stands in the file: YAML's guesses (``no`` as false,
``1.0`` as a float) never reach a question. Each value knows its line, because
the curator has to find it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from vomkg.errors import QuestionFileError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

MARK = "#+"
# Far beyond what a header needs, and far below what makes YAML slow or recurse.
_BRACKETS = 100
_TEMPLATE_PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a header: text, a list of entries, or named entries.

    Attributes:
        value: the text, the list or the mapping.
        path: the file it stands in.
        line: 1-based line of the value in that file.
        name: the key that led here, for messages.
    """

    value: str | list[Entry] | dict[str, Entry]
    path: Path
    line: int
    name: str

    def fault(self, message: str, *, fix: str | None = None) -> QuestionFileError:
        """An error that points at this entry; the caller raises it."""
        return QuestionFileError(message, path=self.path, line=self.line, fix=fix)

    def text(self) -> str:
        """The value as one non-empty text.

        Raises:
            QuestionFileError: if it is a list, a mapping or blank.
        """
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.fault(f"{self.name!r} must be a text that is not empty")
        return self.value.strip()

    def one_line(self) -> str:
        """The value as a text without a line break."""
        text = self.text()
        if "\n" in text:
            raise self.fault(f"{self.name!r} must be one line")
        return text

    def choice(self, allowed: Collection[str]) -> str:
        """The value, known to be one of the allowed words."""
        text = self.text()
        if text not in allowed:
            words = ", ".join(allowed)
            raise self.fault(f"{self.name!r} is {text!r}", fix=f"use one of: {words}")
        return text

    def entries(self) -> list[Entry]:
        """The value as a list, which may be empty."""
        if not isinstance(self.value, list):
            raise self.fault(f"{self.name!r} must be a list")
        return self.value

    def fields(
        self, required: Collection[str], optional: Collection[str] = ()
    ) -> Mapping[str, Entry]:
        """The value as a mapping that has all required keys and no unknown one."""
        if not isinstance(self.value, dict):
            raise self.fault(f"{self.name!r} must be a mapping of names to values")
        for key, entry in self.value.items():
            if key not in required and key not in optional:
                # In {a: b, c} YAML takes what follows the comma for a key.
                known = ", ".join([*required, *optional])
                fix = (
                    f"known keys: {known}"
                    if entry.value
                    else "put quotes round a text that holds a comma"
                )
                raise entry.fault(f"unknown key {key!r}", fix=fix)
        for key in required:
            if key not in self.value:
                raise self.fault(f"{self.name!r} lacks the key {key!r}", fix="add it")
        return self.value


def split(text: str, path: Path) -> tuple[Entry, str, int]:
    """The header as an entry, the query below it, and the query's first line.

    Args:
        text: the whole file.
        path: the file, for messages.

    Returns:
        The header mapping, the query text without the header lines, and the
        1-based line of the file on which that text begins.

    Raises:
        QuestionFileError: no header, a header line after the query began, or a
            header that is not YAML.
    """
    lines = text.split("\n")
    height = next(
        (i for i, line in enumerate(lines) if not line.startswith(MARK)), len(lines)
    )
    if height == 0:
        raise QuestionFileError(
            f"no header: the first line does not begin with {MARK!r}",
            path=path,
            line=1,
            fix=f"begin the file with '{MARK} summary: …'",
        )
    for number, line in enumerate(lines[height:], start=height + 1):
        if line.startswith(MARK):
            raise QuestionFileError(
                "header line after the end of the header",
                path=path,
                line=number,
                fix="move it up to the other header lines",
            )
    body = "\n".join(lines[height:])
    if not body.strip():
        raise QuestionFileError(
            "no query below the header", path=path, line=height, fix="add the query"
        )
    blank = len(body) - len(body.lstrip("\n"))
    query = body.strip("\n") + "\n"
    return _parse(lines[:height], path), query, height + blank + 1


def template_places(template: Entry, known: Collection[str]) -> str:
    """The text of a message template whose ``{places}`` are all known columns."""
    text = template.one_line()
    for place in _TEMPLATE_PLACE.findall(text):
        if place not in known:
            columns = ", ".join(known)
            raise template.fault(
                f"no column fills {{{place}}} in the message",
                fix=f"columns of the query: {columns}",
            )
    return text


def _parse(lines: list[str], path: Path) -> Entry:
    # One blank stands for the mark's separator, so that columns stay aligned.
    source = "\n".join(line[len(MARK) :].removeprefix(" ") for line in lines)
    if source.count("[") + source.count("{") > _BRACKETS:
        raise QuestionFileError(
            f"the header opens more than {_BRACKETS} brackets",
            path=path,
            line=1,
            fix="make it flat",
        )
    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.reader.ReaderError as fault:
        raise QuestionFileError(
            f"the header holds the character U+{fault.character:04X}, "
            "which YAML does not allow",
            path=path,
            line=source.count("\n", 0, fault.position) + 1,
            fix="take it out",
        ) from fault
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        raise QuestionFileError(
            f"the header is not YAML: {fault.problem or 'cannot be read'}",
            path=path,
            line=1 if mark is None else mark.line + 1,
            fix="put quotes round a value that holds ': ' or begins with a sign",
        ) from fault
    if node is None:
        raise QuestionFileError("the header is empty", path=path, line=1)
    _check_aliases(node, path)
    return _entry(node, path, "header")


def _check_aliases(root: yaml.Node, path: Path) -> None:
    """Refuse a value that stands in two places: it could contain itself, or swell."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            raise QuestionFileError(
                "the header uses an alias, a value written by '&' and '*'",
                path=path,
                line=node.start_mark.line + 1,
                fix="write the value out in each place",
            )
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


def _entry(node: yaml.Node, path: Path, name: str) -> Entry:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Entry(str(node.value), path, line, name)
    if isinstance(node, yaml.SequenceNode):
        return Entry(
            [_entry(item, path, name) for item in node.value], path, line, name
        )
    found: dict[str, Entry] = {}
    for key, value in node.value:
        word = str(key.value)
        entry = _entry(value, path, word)
        if word in found:
            raise entry.fault(f"the key {word!r} is given twice", fix="keep one")
        found[word] = entry
    return Entry(found, path, line, name)
