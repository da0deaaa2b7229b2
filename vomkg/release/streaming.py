"""RDF files of any size as the sorted lines of one dataset.

Triples without blank nodes pass through one by one. Those with blank nodes are
held and named by RDFC-1.0, which looks at no others (RDF Dataset Canonicalization
§4.4), so the lines are those of the canonical form of the whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph

from vomkg.errors import InputError, LimitError
from vomkg.graph.literals import fault_of
from vomkg.graph.parse import parse, rdf_format
from vomkg.release.sorting import sorted_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from vomkg.config import Settings

_MARK: Final = b"\xef\xbb\xbf"


def lines_of(paths: Iterable[Path], settings: Settings, draft: Path) -> Iterator[str]:
    """Every quad of the files as a line of N-Quads, sorted, each line once.

    Args:
        paths: the files; the syntax goes by the extension.
        settings: how many quads may have blank nodes.
        draft: folder for what does not fit into memory.

    Raises:
        FormatError: an extension is not one of RDF.
        InputError: a file cannot be read.
        TurtleError: one is not well-formed, or a literal is not of its type.
        LimitError: more quads have blank nodes than the settings allow.
    """
    return sorted_lines(_lines(paths, settings), draft)


def _lines(paths: Iterable[Path], settings: Settings) -> Iterator[str]:
    held: list[pyoxigraph.Quad] = []
    for path in paths:
        for quad in _quads(path):
            if not (_is_blank(quad) or isinstance(quad.object, pyoxigraph.Triple)):
                yield f"{quad} .\n"
                continue
            held.append(quad)
            if len(held) > settings.blank_limit:
                raise LimitError(
                    f"more than {settings.blank_limit} quads have blank nodes",
                    path=path,
                    fix="give the nodes IRIs, or raise blank_limit",
                )
    dataset = pyoxigraph.Dataset(held)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    for quad in dataset:
        yield f"{quad} .\n"


def _is_blank(quad: pyoxigraph.Quad) -> bool:
    blank = pyoxigraph.BlankNode
    return (
        isinstance(quad.subject, blank)
        or isinstance(quad.object, blank)
        or isinstance(quad.graph_name, blank)
    )


def _quads(path: Path) -> Iterator[pyoxigraph.Quad]:
    """The file's quads, one after the other; those of two files share no blank node."""
    form = pyoxigraph.RdfFormat.from_media_type(rdf_format(path).media_type)
    try:
        with path.open("rb") as file:
            if file.read(len(_MARK)) != _MARK:
                file.seek(0)
            for quad in pyoxigraph.parse(file, format=form, rename_blank_nodes=True):
                if fault_of(quad.object):
                    raise _fault(path, f"{quad.object} is not of its type")
                yield quad
    except SyntaxError as error:
        raise _fault(path, str(error.msg)) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=path) from error


def _fault(path: Path, message: str) -> InputError:
    """The fault with its place, which reading the file whole can tell."""
    try:
        parse(path)
    except InputError as error:
        return error
    return InputError(message, path=path)
