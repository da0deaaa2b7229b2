"""What a published release holds, and whether it is still as it was written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from vomkg.errors import InputError
from vomkg.release import DATASET, MANIFEST, Release

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

StoreKind = Literal["memory", "disk"]
# Raised when the directory of a release comes to look otherwise.
LAYOUT: Final = 1
STORE: Final = "store"
SOURCES: Final = "sources"
# Characters of the id that name the directory.
NAME_LENGTH: Final = 16


class File(NamedTuple):
    """One file of a release: its length, and its SHA-256 in hex."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Published:
    """A release that is made to be served, copied and cited.

    Attributes:
        release: its id, its counts by graph, and what it was built from.
        store: ``memory`` if it is loaded at start, ``disk`` if it is opened.
        default_graph: ``union`` or ``plain``.
        is_of_files: whether it was built from files that were named, rather than
            from the sources of the project.
        contents: every file by name, relative to the directory.
    """

    release: Release
    store: StoreKind
    default_graph: Literal["union", "plain"]
    is_of_files: bool
    contents: Mapping[str, File]

    @property
    def id(self) -> str:
        """The id: SHA-256 of the dataset's sorted lines."""
        return self.release.id

    @property
    def path(self) -> Path:
        """Its directory."""
        return self.release.path

    @property
    def quads(self) -> int:
        """How many quads it holds."""
        return sum(self.release.counts.values())

    @property
    def bytes(self) -> int:
        """How many bytes all its files take."""
        return sum(file.bytes for file in self.contents.values())

    def write(self, draft: Path) -> None:
        """Write the manifest into the directory in which the release is made."""
        facts = asdict(self.release)
        del facts["path"]
        facts |= {
            "layout": LAYOUT,
            "store": self.store,
            "default_graph": self.default_graph,
            "is_of_files": self.is_of_files,
            "contents": {name: file._asdict() for name, file in self.contents.items()},
        }
        text = json.dumps(facts, indent=2, sort_keys=True) + "\n"
        (draft / MANIFEST).write_text(text, encoding="utf-8")

    def check(self, *, whole: bool) -> None:
        """Nothing, if every file is there in its length.

        Args:
            whole: whether the hash of every file is compared too.

        Raises:
            InputError: a file is missing or not as it was written.
        """
        for name, file in self.contents.items():
            path = self.path / name
            try:
                size = path.stat().st_size
                damaged = size != file.bytes or (whole and hash_of(path) != file.sha256)
            except OSError as error:
                raise _damaged(self.path, f"{name}: {error.strerror}") from error
            if damaged:
                raise _damaged(self.path, f"{name} is not as it was written")


def read_manifest(path: Path) -> Published:
    """The release in that directory, as its manifest describes it.

    Raises:
        InputError: there is no manifest, or it is not of this release.
    """
    try:
        facts = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except OSError as error:
        raise _damaged(path, f"{MANIFEST}: {error.strerror}") from error
    except ValueError as error:
        raise _damaged(path, f"{MANIFEST} is not JSON") from error
    try:
        if facts["layout"] != LAYOUT:
            raise InputError(
                f"the release has layout {facts['layout']}, expected {LAYOUT}",
                path=path,
                fix="build it again with this version of vomkg",
            )
        found = _published(path, facts)
        told = found.contents[DATASET].sha256
    except (KeyError, TypeError, AttributeError) as error:
        raise _damaged(path, f"{MANIFEST} is incomplete") from error
    if not found.id == told or not found.id.startswith(path.name):
        raise _damaged(path, f"{MANIFEST} is of another release")
    return found


def hash_of(path: Path) -> str:
    """SHA-256 of a file, in hex.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _published(path: Path, facts: Mapping[str, object]) -> Published:
    names = ("id", "counts", "versions", "files")
    contents = facts["contents"]
    return Published(
        release=Release(path=path, **{name: facts[name] for name in names}),  # type: ignore[arg-type]
        store="disk" if facts["store"] == "disk" else "memory",
        default_graph="plain" if facts["default_graph"] == "plain" else "union",
        is_of_files=bool(facts["is_of_files"]),
        contents={name: File(**file) for name, file in contents.items()},  # type: ignore[attr-defined]
    )


def _damaged(path: Path, what: str) -> InputError:
    return InputError(
        f"the release is damaged: {what}",
        path=path,
        fix="delete its directory and build it again",
    )
