"""RDF files as quads, every fault named with its file, line and column.

Only pyoxigraph is needed, so the engine can read files without rdflib.
"""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import Final

import pyoxigraph

from vomkg.errors import FormatError, TurtleError
from vomkg.formats import Format, by_extension, offered
from vomkg.graph.files import folder_fault, read_text
from vomkg.graph.literals import Fault, fault_of, searched_faults, token_faults

_TURTLE_LIKE: Final = {"turtle", "ntriples", "trig", "nquads"}
__all__ = [
    "lexical_faults",
    "parse",
    "rdf_format",
    "read_text",
    "text_faults",
    "well_formed",
]

_NOISE: Final = re.compile(r"^Parser error (?:at|between) .*?\d: ", re.DOTALL)
_FIXES: Final = (
    ("has not been declared", "add an @prefix line for it"),
    ("No scheme found", "write a full IRI, or declare its @prefix or @base"),
    ("Invalid IRI", "percent-encode the character"),
    ("Unexpected end", "close the string, bracket or statement that starts here"),
    ("dot", "end the statement before this place with a dot"),
    ("not a valid RDF object", "give a value before this place"),
    ("remote contexts", "write the context into the file: nothing is fetched"),
)


def parse(
    path: Path, *, most: int | None = None
) -> tuple[list[pyoxigraph.Quad], dict[str, str]]:
    """The file's quads and the prefixes that it declares.

    Blank nodes are renamed, so those of two files stay different.

    Args:
        path: the file.
        most: bytes up to which it is read; None for any number.

    Raises:
        FormatError: the extension is not one of RDF.
        InputError: the file is missing, is a folder, cannot be read or is no text.
        LimitError: it is larger than that.
        TurtleError: it is not well-formed, or a literal is not of its type.
    """
    form, text, quads, prefixes = _read(path, most)
    _check(path, form, text, quads)
    return quads, prefixes


def parse_text(text: str, path: Path) -> tuple[list[pyoxigraph.Quad], dict[str, str]]:
    """The same of a text that stands in no file; the path is what errors call it.

    Raises:
        FormatError: the path's extension is not one of RDF.
        TurtleError: the text is not well-formed, or a literal is not of its type.
    """
    form = rdf_format(path)
    quads, prefixes = _quads(path, text, form)
    _check(path, form, text, quads)
    return quads, prefixes


def _check(path: Path, form: Format, text: str, quads: list[pyoxigraph.Quad]) -> None:
    """Nothing, if every literal is of its type and no term is a triple."""
    if any(fault_of(quad.object) for quad in quads):
        # Tokens give the very place; what they cannot resolve is searched for.
        searched = searched_faults(path, text, quads)
        found = token_faults(path, text) if form.name in _TURTLE_LIKE else searched
        first = next(chain(found, searched))
        raise TurtleError(
            first.message,
            path=path,
            line=first.line,
            column=first.column,
            fix="correct the value or its datatype",
        )
    for quad in quads:
        if isinstance(quad.object, pyoxigraph.Triple):
            raise TurtleError(
                f"{quad.object} is a triple used as a term, "
                "which RDF 1.1 does not have",
                path=path,
                fix="state it as a node with properties",
            )


def well_formed(path: Path) -> list[pyoxigraph.Quad]:
    """The file's quads, whatever their literals hold.

    RDF 1.1 lets a graph have literals outside their type (Concepts §3.3), and
    RDF 1.2 triples as terms. Blank nodes are renamed, as by :func:`parse`.

    Raises:
        FormatError: the extension is not one of RDF.
        InputError: the file is missing, is a folder or cannot be read.
        TurtleError: it is not well-formed.
    """
    return _read(path)[2]


def lexical_faults(path: Path, *, most: int | None = None) -> list[Fault]:
    """Every typed literal of the file that is not of its type, in file order.

    Raises:
        FormatError: the extension is not one of RDF.
        InputError: the file cannot be read, or is not well-formed.
    """
    return text_faults(path, read_text(path, most=most))


def text_faults(path: Path, text: str) -> list[Fault]:
    """The same of a text that was read before; the path tells the syntax.

    Raises:
        FormatError: the extension is not one of RDF.
        TurtleError: the text is not well-formed.
    """
    form = rdf_format(path)
    if form.name in _TURTLE_LIKE:
        return list(token_faults(path, text))
    quads, _ = _quads(path, text, form)
    return list(searched_faults(path, text, quads))


def rdf_format(path: Path) -> Format:
    """The RDF format that the file's extension stands for.

    Raises:
        FormatError: it stands for none.
    """
    try:
        form = by_extension(path.suffix)
    except FormatError:
        form = None
    if form is None or form not in offered("graph"):
        known = ", ".join("." + item.extension for item in offered("graph"))
        raise FormatError(
            f"{path.suffix!r} is not an extension of RDF files",
            path=path,
            fix=f"use one of {known}",
        )
    return form


def _read(
    path: Path, most: int | None = None
) -> tuple[Format, str, list[pyoxigraph.Quad], dict[str, str]]:
    if path.is_dir():
        raise folder_fault(path)
    form = rdf_format(path)
    text = read_text(path, most=most)
    return (form, text, *_quads(path, text, form))


def quads_of(name: str, text: str) -> list[pyoxigraph.Quad]:
    """The quads of a text, whatever its literals hold.

    Args:
        name: the file's name, whose extension tells the form.
        text: what it holds.

    Raises:
        FormatError: the extension is not one of RDF.
        TurtleError: it is not well-formed.
    """
    path = Path(name)
    return _quads(path, text, rdf_format(path))[0]


def first_fault(name: str, text: str) -> TurtleError | None:
    """The first place at which a text is not well-formed; None if it is.

    Args:
        name: the file's name, whose extension tells the form; Turtle if none does.
        text: what it holds, with or without a byte order mark.
    """
    path = Path(name)
    try:
        form = rdf_format(path)
    except FormatError:
        form = by_extension("ttl")
    rdf = pyoxigraph.RdfFormat.from_media_type(form.media_type)
    try:
        for _ in pyoxigraph.parse(text.removeprefix("\ufeff"), format=rdf):
            pass
    except SyntaxError as error:
        return _syntax_error(error, path, text)
    return None


def _quads(
    path: Path, text: str, form: Format
) -> tuple[list[pyoxigraph.Quad], dict[str, str]]:
    if not text.strip():
        return [], {}
    rdf = pyoxigraph.RdfFormat.from_media_type(form.media_type)
    parser = pyoxigraph.parse(text, format=rdf, rename_blank_nodes=True)
    try:
        return list(parser), dict(getattr(parser, "prefixes", {}))
    except SyntaxError as error:
        raise _syntax_error(error, path, text) from error


def _syntax_error(error: SyntaxError, path: Path, text: str) -> TurtleError:
    found = _NOISE.sub("", str(error.msg)).strip()
    fix = next((fix for sign, fix in _FIXES if sign in found), None)
    line = error.lineno
    if line is not None and found.startswith(("Unexpected end", "Triples should")):
        found += f", after {_last_word(text)!r}"
    return TurtleError(
        found[:1].lower() + found[1:],
        path=path,
        line=line,
        column=error.offset if line is not None else None,
        fix=fix or "correct the syntax at this place",
    )


def _last_word(text: str) -> str:
    return text.split()[-1][-40:]
