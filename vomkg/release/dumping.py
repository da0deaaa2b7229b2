"""Writing the dumps of a release, with their hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph

from vomkg.formats import by_name
from vomkg.release import DATASET
from vomkg.release.compression import compress, compressions
from vomkg.release.distribution import (
    ALL,
    ENDINGS,
    FOLDER,
    Distribution,
    name_of,
    path_of,
    write_list,
)
from vomkg.release.manifest import hash_of
from vomkg.release.syntaxes import DATASET_FORMATS, Graphs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from vomkg.formats import Format
    from vomkg.release.distribution import Compression
_ALWAYS: Final[tuple[Compression, ...]] = ("", "gzip")


def write_distributions(
    draft: Path,
    prefixes: Mapping[str, str],
    *,
    union: bool = True,
) -> tuple[Distribution, ...]:
    """Write every dump of the dataset in that directory, and their list.

    Args:
        draft: the directory of the release, with its dataset.
        prefixes: what to shorten IRIs by.
        union: whether the default graph is made of the named graphs.

    Raises:
        OSError: a file cannot be written.
    """
    (draft / FOLDER).mkdir(exist_ok=True)
    quads = pyoxigraph.parse(path=draft / DATASET, format=pyoxigraph.RdfFormat.N_QUADS)
    graphs = Graphs(quads, prefixes, union=union)
    found: list[Distribution] = []
    for graph in graphs.names():
        for name, form, data in graphs.written(graph):
            path = draft / path_of(name)
            if path.name != DATASET:
                path.write_bytes(data)
            found += _packed(draft, path, graph, form, compressions())
    write_list(draft, found)
    return tuple(found)


def _packed(
    draft: Path,
    path: Path,
    graph: str,
    form: Format,
    wanted: Collection[Compression],
) -> Iterator[Distribution]:
    """The plain file and its compressed copies, which are written beside it."""
    for compression in wanted:
        name = name_of(graph, form) + ENDINGS[compression]
        target = path if not compression else draft / FOLDER / name
        if compression:
            compress(path, target, compression)
        yield Distribution(
            name=name,
            path=target.relative_to(draft).as_posix(),
            graph=graph,
            media_type=form.media_type,
            compression=compression,
            bytes=target.stat().st_size,
            sha256=hash_of(target),
        )


def list_dataset(draft: Path) -> tuple[Distribution, ...]:
    """List the two dumps of the whole that every published release has.

    Raises:
        OSError: a file cannot be read.
    """
    found = tuple(
        Distribution(
            name=name_of(ALL, form) + ENDINGS[compression],
            path=path.name,
            graph=ALL,
            media_type=form.media_type,
            compression=compression,
            bytes=path.stat().st_size,
            sha256=hash_of(path),
        )
        for form in map(by_name, DATASET_FORMATS)
        for compression in _ALWAYS
        for path in [draft / f"dataset.{form.extension}{ENDINGS[compression]}"]
    )
    write_list(draft, found)
    return found
