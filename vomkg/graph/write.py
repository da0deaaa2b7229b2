"""Graphs as text: the normal form of Turtle, and the other syntaxes.

The normal form is one text per graph: prefixes, subjects, predicates and values
are sorted by what they say, never by where they were read or how they were
hashed, so a diff shows a change of fact and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vomkg.errors import FormatError, InputError, LimitError
from vomkg.graph.encode import encode
from vomkg.graph.parse import read_text
from vomkg.graph.read import read
from vomkg.graph.terms import triples_of
from vomkg.graph.tokens import tokens
from vomkg.graph.turtle import TurtleWriter
from vomkg.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import rdflib

    from vomkg.formats import Format


def canonical(
    graph: rdflib.Graph,
    prefixes: Mapping[str, str],
    *,
    head: str = "",
    most: int = ReadingSettings.nesting_limit,
) -> str:
    """The graph in Turtle's normal form, under the comment lines of ``head``.

    Only prefixes that are used are declared. Numbers keep their written form.

    Raises:
        LimitError: brackets would nest deeper than ``most`` levels.
    """
    body = TurtleWriter(graph, prefixes, most=most)
    text = body.subjects()
    lines = [f"@prefix {name}: <{prefixes[name]}> .\n" for name in sorted(body.used)]
    return "\n".join(part for part in (head, "".join(lines), text) if part)


def format_file(
    path: Path,
    prefixes: Mapping[str, str],
    limits: ReadingSettings = ReadingSettings(),  # noqa: B008  # never changed
) -> str:
    """The file's new text; the file itself is not touched.

    The comment block at the head is kept.

    Raises:
        InputError: the file cannot be read or is not well-formed, or a comment
            below the head would be lost.
        FormatError: it is not a Turtle file.
        LimitError: it is too large, or its brackets nest too deep.
    """
    if path.suffix != ".ttl":
        raise FormatError(
            "only Turtle files have a normal form", path=path, fix="name a .ttl file"
        )
    text = read_text(path, most=limits.file_limit)
    graph = read([path])
    head = _head(path, text)
    try:
        return canonical(graph, prefixes, head=head, most=limits.nesting_limit)
    except LimitError as fault:
        raise LimitError(fault.message, path=path, fix=fault.fix) from fault


def serialize(graph: rdflib.Graph, form: Format) -> bytes:
    """The graph as bytes in that format, with the prefixes that it knows.

    Turtle comes in the normal form; in every format literals keep their text,
    which rdflib's own writers would change (34 as xsd:decimal to 34.0).

    Raises:
        FormatError: the format is one of query results, or cannot hold the graph.
    """
    prefixes = {name: str(namespace) for name, namespace in graph.namespaces()}
    if form.name == "turtle":
        return canonical(graph, prefixes).encode()
    return encode(triples_of(graph), form, prefixes)


def _head(path: Path, text: str) -> str:
    """The comment lines above everything else; any later comment is refused."""
    block: list[str] = []
    in_head = True
    for token in tokens(text):
        if token.kind != "comment":
            in_head = False
        elif in_head:
            block.append(token.text.rstrip() + "\n")
        else:
            raise InputError(
                "this comment would be lost in the normal form",
                path=path,
                line=token.line,
                column=token.column,
                fix="move it to the head of the file, or make it a statement",
            )
    return "".join(block)
