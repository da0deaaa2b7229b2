"""The dumps of a release: one file for each graph, syntax and compression.

They are written once, when the release is built, and never change; ``dumps.json``
beside them lists them.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, Literal

from vomkg.release import DATASET

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from vomkg.formats import Format
    from vomkg.release import Release

Compression = Literal["", "gzip", "zstd"]

FOLDER: Final = "dumps"
LIST: Final = "dumps.json"
# Names of what is no named graph: the dataset, and its default graph as it is asked.
ALL: Final = "all"
UNION: Final = "union"
# What each compression adds to the name of a file, and the type of such a file.
ENDINGS: Final[dict[Compression, str]] = {"": "", "gzip": ".gz", "zstd": ".zst"}
COMPRESSED_TYPES: Final[dict[Compression, str]] = {
    "gzip": "application/gzip",  # RFC 6713
    "zstd": "application/zstd",  # RFC 8878
}


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file to take away, in the sense of DCAT.

    Attributes:
        name: the file's name, and the last part of its address.
        path: where it is, relative to the directory of the release.
        graph: the local name of a named graph, ``all`` for the dataset with its
            graphs, ``union`` for the default graph of the endpoint.
        media_type: of the RDF syntax, whatever the compression.
        compression: ``gzip``, ``zstd`` or nothing.
        bytes: its length as it is sent.
        sha256: SHA-256 of these bytes, in hex.
    """

    name: str
    path: str
    graph: str
    media_type: str
    compression: Compression
    bytes: int
    sha256: str

    @property
    def compress_format(self) -> str | None:
        """The media type of the compression, as ``dcat:compressFormat`` wants it."""
        return COMPRESSED_TYPES.get(self.compression)

    @property
    def plain_name(self) -> str:
        """The name of the same file without compression."""
        return self.name.removesuffix(ENDINGS[self.compression])


def name_of(graph: str, form: Format) -> str:
    """The name of a graph's file in that syntax, without compression."""
    return f"{graph}.{form.extension}"


def path_of(name: str) -> str:
    """Where the file of that name is, relative to the directory of the release."""
    # The dataset in N-Quads is what the release is: it is kept once.
    return DATASET if name == f"{ALL}.nq" else f"{FOLDER}/{name}"


def write_list(draft: Path, found: Iterable[Distribution]) -> None:
    """Write the list of the dumps beside them.

    Raises:
        OSError: it cannot be written.
    """
    text = json.dumps([asdict(item) for item in found], indent=1) + "\n"
    (draft / LIST).write_text(text, encoding="utf-8")


def distributions(release: Release) -> tuple[Distribution, ...]:
    """The dumps of a release, by graph, syntax and compression.

    Returns:
        Nothing for what is no release, such as files that are served as they are.
    """
    if not release.id:
        return ()
    try:
        found = json.loads((release.path / LIST).read_text(encoding="utf-8"))
        return tuple(Distribution(**item) for item in found)
    except (OSError, ValueError, TypeError):
        return ()
