"""Files read for judging: each once, and again only when it has changed."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from pyoxigraph import Triple

from vomkg.curate.literals import literal_faults
from vomkg.curate.mend import Mend
from vomkg.curate.place import Place
from vomkg.curate.result import Result
from vomkg.curate.syntax import SYNTAX, syntax_faults
from vomkg.errors import InputError, TurtleError
from vomkg.graph.files import wide_encoding
from vomkg.graph.labels import Labels
from vomkg.graph.literals import fault_of
from vomkg.graph.parse import quads_of, read_text
from vomkg.graph.triples import Triples
from vomkg.workbench.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

SHOWN: Final = 50  # broken places of one file; the rest is counted


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
    """What files hold, kept as long as their bytes stay the same.

    Args:
        most: bytes up to which each file is read; None for any number.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._files: dict[Path, tuple[bytes, ReadFile]] = {}
        self._triples: dict[tuple[Path, ...], tuple[tuple[bytes, ...], Triples]] = {}

    def file(self, path: Path) -> ReadFile:
        """The file, its faults at places in it.

        Raises:
            FormatError: the extension is not one of RDF.
            InputError: it is missing, is a folder or cannot be read at all.
        """
        digest = _digest(path, self._most)
        kept = self._files.get(path)
        if kept is None or kept[0] != digest:
            kept = (digest, _read(path, shown(path), self._most))
            self._files[path] = kept
        return kept[1]

    def quads(self, paths: Sequence[Path]) -> list[Quad]:
        """What the files say, whatever their literals hold.

        Raises:
            FormatError: an extension is not one of RDF.
            InputError: a file cannot be read, or is not well-formed.
        """
        found: list[Quad] = []
        labels = Labels()
        for path in paths:
            file = self.file(path)
            if file.error is not None:
                raise file.error
            found += labels.quads(file.quads, partial(str, file.text))
        return found

    def triples(self, paths: Sequence[Path]) -> Triples:
        """The same, its named graphs merged; never change its graph.

        The same object is given as long as the files stay the same.
        """
        quads = self.quads(paths)
        digests = tuple(self._files[path][0] for path in paths)
        kept = self._triples.get(tuple(paths))
        if kept is None or kept[0] != digests:
            kept = (digests, Triples(quads, {}))
            self._triples[tuple(paths)] = kept
        return kept[1]


def state(paths: Iterable[Path]) -> tuple[bytes, ...]:
    """What tells whether any of the files has changed; a missing one counts too."""
    return tuple(_digest(path) for path in paths)


def _digest(path: Path, most: int | None = None) -> bytes:
    try:
        told = path.stat()
        # What is no file, or too large, is told by whoever reads it.
        if not stat.S_ISREG(told.st_mode) or told.st_size > (most or told.st_size):
            return f"{stat.S_IFMT(told.st_mode)} {told.st_size}".encode()
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:  # told by whoever reads it
        return b""


def _read(path: Path, name: str, most: int | None) -> ReadFile:
    try:
        text = read_text(path, most=most)
    except InputError as error:
        if error.line is None:
            raise
        return ReadFile(_as_far(path), faults=(_stopped(name, error),), error=error)
    try:
        quads = quads_of(name, text)
        _check_terms(path, quads)
    except TurtleError as error:
        faults = tuple(syntax_faults(name, text, limit=SHOWN))
        return ReadFile(text, faults=faults or (_stopped(name, error),), error=error)
    faults = ()
    if any(fault_of(quad.object) for quad in quads):
        faults = tuple(literal_faults(name, text))
    return ReadFile(text, tuple(quads), faults)


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
    data = path.read_bytes()
    return data.decode(wide_encoding(data) or "utf-8-sig", errors="replace")


def _stopped(name: str, error: InputError) -> Result:
    """The one fault at which reading stopped."""
    return Result(
        *("violation", SYNTAX, "", None, None, None, "", error.message),
        check="syntax",
        at=Place(name, error.line or 1, error.column or 1),
        mends=(Mend(error.fix),) if error.fix else (),
    )
