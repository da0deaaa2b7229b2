"""Files read for judging: each once, and again only when it has changed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Triple

from vomkg.curate.mend import Mend
from vomkg.curate.place import Place
from vomkg.curate.result import Result, text_of
from vomkg.errors import InputError, TurtleError
from vomkg.graph.literals import fault_of
from vomkg.graph.parse import lexical_faults, read_text, well_formed
from vomkg.graph.terms import to_rdflib
from vomkg.workbench.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pyoxigraph import Quad
    from rdflib import Graph

SYNTAX: Final = "syntax"
LITERAL: Final = "literal"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file as it was read.

    Attributes:
        text: its text; of a file that is not UTF-8, what can be read of it.
        quads: its quads; none if it is not well-formed.
        faults: its faults of syntax, or of its literals.
        error: why it has no quads, if so.
    """

    text: str
    quads: tuple[Quad, ...] = ()
    faults: tuple[Result, ...] = ()
    error: InputError | None = None


class Reading:
    """What files hold, kept as long as their bytes stay the same."""

    def __init__(self) -> None:
        self._files: dict[Path, tuple[bytes, ReadFile]] = {}
        self._graphs: dict[tuple[Path, ...], tuple[tuple[bytes, ...], Graph]] = {}

    def file(self, path: Path) -> ReadFile:
        """The file, its faults at places in it.

        Raises:
            FormatError: the extension is not one of RDF.
            InputError: it is missing, is a folder or cannot be read at all.
        """
        digest = _digest(path)
        kept = self._files.get(path)
        if kept is None or kept[0] != digest:
            kept = (digest, _read(path, shown(path)))
            self._files[path] = kept
        return kept[1]

    def quads(self, paths: Sequence[Path]) -> list[Quad]:
        """What the files say, whatever their literals hold.

        Raises:
            FormatError: an extension is not one of RDF.
            InputError: a file cannot be read, or is not well-formed.
        """
        found: list[Quad] = []
        for path in paths:
            file = self.file(path)
            if file.error is not None:
                raise file.error
            found += file.quads
        return found

    def graph(self, paths: Sequence[Path]) -> Graph:
        """The same as one graph, its named graphs merged; never change it.

        Plug points: blank nodes get labels that can be located where ``Labels`` of
        vomkg.graph.labels gives them here; an engine that needs no rdflib takes
        :meth:`quads`.
        """
        from rdflib import Graph

        quads = self.quads(paths)
        digests = tuple(self._files[path][0] for path in paths)
        kept = self._graphs.get(tuple(paths))
        if kept is not None and kept[0] == digests:
            return kept[1]
        graph = Graph(bind_namespaces="none")
        for quad in quads:
            graph.add(tuple(to_rdflib(term) for term in quad.triple))  # type: ignore[arg-type]  # three terms
        self._graphs[tuple(paths)] = (digests, graph)
        return graph


def state(paths: Iterable[Path]) -> tuple[bytes, ...]:
    """What tells whether any of the files has changed; a missing one counts too."""
    return tuple(_digest(path) for path in paths)


def _digest(path: Path) -> bytes:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:  # told by whoever reads it
        return b""


def _read(path: Path, name: str) -> ReadFile:
    try:
        quads = well_formed(path)
        _check_terms(path, quads)
        text = read_text(path)
    except InputError as error:
        if error.line is None and not isinstance(error, TurtleError):
            raise
        return ReadFile(_as_far(path), faults=_syntax(name, error), error=error)
    return ReadFile(text, tuple(quads), _literals(path, name, quads))


def _check_terms(path: Path, quads: Iterable[Quad]) -> None:
    for quad in quads:
        if isinstance(quad.object, Triple):
            raise TurtleError(
                f"{quad.object} is a triple used as a term, "
                "which RDF 1.1 does not have",
                path=path,
                fix="state it as a node with properties",
            )


def _as_far(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig", errors="replace")


def _syntax(name: str, error: InputError) -> tuple[Result, ...]:
    """The one fault at which the parser stopped.

    Plug point: ``vomkg.curate.syntax.syntax_faults(name, text, limit=…)`` gives all.
    """
    at = Place(name, error.line or 1, error.column or 1)
    mends = (Mend(error.fix),) if error.fix else ()
    return (
        Result(
            *("violation", SYNTAX, "", None, None, None, "", error.message),
            check="syntax",
            at=at,
            mends=mends,
        ),
    )


def _literals(path: Path, name: str, quads: Iterable[Quad]) -> tuple[Result, ...]:
    """One fault a literal outside its type, at its place in the file.

    Plug point: ``vomkg.curate.literals.literal_faults(name, text)`` takes the place
    of this, with mends and with places that have an end.
    """
    faulty = [(quad, words) for quad in quads if (words := fault_of(quad.object))]
    if not faulty:
        return ()
    places: defaultdict[str, list[Place]] = defaultdict(list)
    for fault in lexical_faults(path):
        if fault.line is not None:
            place = Place(name, fault.line, fault.column or 1)
            places[fault.message].append(place)
    found = []
    for quad, words in faulty:
        subject, predicate, value = (to_rdflib(term) for term in quad.triple)
        at = places[words].pop(0) if places[words] else None
        found.append(
            Result(
                *("violation", LITERAL, text_of(subject), str(predicate)),
                *(str(value), str(getattr(value, "datatype", "")), "", words),
                check="literal",
                at=at,
                mends=(Mend("correct the value or its datatype"),),
            )
        )
    return tuple(found)
