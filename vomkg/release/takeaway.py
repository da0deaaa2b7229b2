"""Dumps in a folder of whoever takes them: written there, and proven."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from vomkg.errors import ConformanceError, InputError, UsageError
from vomkg.formats import by_extension, by_media_type
from vomkg.release.compression import unpack
from vomkg.release.distribution import ENDINGS, LIST, Distribution, distributions
from vomkg.release.manifest import hash_of
from vomkg.release.sums import SUMS, read_sums, sums

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from vomkg.config import Settings
    from vomkg.release import Release

    Step = Callable[[str], None]


def chosen(
    release: Release,
    graphs: Collection[str],
    formats: Collection[str],
    compressions: Collection[str],
) -> list[Distribution]:
    """The dumps of a release that fit every choice; an empty choice leaves all.

    Args:
        release: whose dumps.
        graphs: names of graphs.
        formats: names of syntaxes.
        compressions: among ``none``, ``gzip`` and ``zstd``.

    Raises:
        UsageError: a graph is unknown, or no dump fits.
    """
    found = distributions(release)
    known = list(dict.fromkeys(item.graph for item in found))
    for name in graphs:
        if name not in known:
            raise UsageError(
                f"the release has no dump of a graph {name!r}",
                fix=f"choose from {', '.join(known)}",
            )
    picked = [
        item
        for item in found
        if (not graphs or item.graph in graphs)
        and (not formats or by_media_type(item.media_type).name in formats)
        and (not compressions or (item.compression or "none") in compressions)
    ]
    if not picked:
        raise UsageError("no dump fits these choices", fix="leave one of them out")
    return picked


def take(
    release: Release, picked: Sequence[Distribution], folder: Path, step: Step
) -> None:
    """Write these dumps, the list of all of them, and their sums into a folder.

    Args:
        release: whose dumps.
        picked: which of them.
        folder: where to; it is made if need be.
        step: called with the name of each file when it is there.

    Raises:
        InputError: a file of that name stands there and is not a dump of ours, or
            the folder cannot be written; nothing of ours has been written then.
    """
    sources = {item.name: release.path / item.path for item in picked}
    sources[LIST] = release.path / LIST
    try:
        wanted = {item.name: item.sha256 for item in picked}
        wanted[LIST] = hash_of(sources[LIST])
        _check_free(folder, wanted)
        folder.mkdir(parents=True, exist_ok=True)
        for name, path in sources.items():
            _put(path, folder / name)
            step(name)
        draft = folder / f".{SUMS}.part"
        draft.write_text(sums(wanted), encoding="ascii")
        draft.replace(folder / SUMS)
    except OSError as error:
        raise InputError(
            f"the dumps cannot be written: {error.strerror or error}", path=folder
        ) from error


def graph_hash(path: Path, settings: Settings) -> str:
    """The hash of what an RDF file holds, in whatever syntax and compression.

    Returns:
        SHA-256, in hex, of the canonical N-Quads: blank nodes named by RDFC-1.0,
        lines sorted by code point, each once.

    Raises:
        FormatError: the extension, without that of a compression, is none of RDF.
        InputError: the file cannot be read, or is not well-formed.
        LimitError: more quads have blank nodes than the settings allow.
        MissingToolError: it is in zstd, and the package for it is not installed.
    """
    from vomkg.release.streaming import lines_of

    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory(prefix="vomkg-") as name:
        draft = Path(name)
        plain = draft / _plain_name(path)
        try:
            if not unpack(path, plain):
                plain = path
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError(f"cannot be read: {reason}", path=path) from error
        for line in lines_of([plain], settings, draft):
            digest.update(line.encode())
    return digest.hexdigest()


def verify(folder: Path, settings: Settings, step: Step) -> int:
    """The number of files whose bytes and whose graph are those of the release.

    Each file is compared with its sum, then read in its syntax, and the hash of
    what it holds is compared with that of the canonical dump.

    Raises:
        InputError: a list is missing or damaged, or a file cannot be read.
        ConformanceError: a file has other bytes, or holds another graph.
    """
    found = read_sums(folder)
    expected = _expected(folder)
    for name, digest in found.items():
        path = folder / name
        try:
            is_same = hash_of(path) == digest
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", path=path) from error
        if not is_same:
            raise ConformanceError("is not as it was written", path=path)
        if name != LIST and graph_hash(path, settings) != expected.get(name):
            raise ConformanceError("holds another graph than the release", path=path)
        step(name)
    return len(found)


def _expected(folder: Path) -> dict[str, str]:
    """The hash of the graph in each dump of the release, by name of file."""
    path = folder / LIST
    try:
        listed = [Distribution(**item) for item in json.loads(path.read_text("utf-8"))]
    except (OSError, ValueError, TypeError) as error:
        raise InputError(f"{LIST} cannot be read", path=path) from error
    canonical = {item.name: item.sha256 for item in listed}
    return {
        item.name: canonical.get(f"{item.graph}.{_canonical_ending(item)}", "")
        for item in listed
    }


def _canonical_ending(item: Distribution) -> str:
    return "nq" if by_media_type(item.media_type).kind == "dataset" else "nt"


def _plain_name(path: Path) -> str:
    name = path.name
    for ending in ENDINGS.values():
        name = name.removesuffix(ending) if ending else name
    by_extension(Path(name).suffix)
    return f"unpacked{Path(name).suffix}"


def _check_free(folder: Path, wanted: dict[str, str]) -> None:
    ours = read_sums(folder) if (folder / SUMS).exists() else {}
    for name, digest in wanted.items():
        path = folder / name
        if path.exists() and hash_of(path) not in {digest, ours.get(name)}:
            raise InputError(
                "a file of that name stands there, and is not a dump that was "
                "written here",
                path=path,
                fix="choose another folder, or move it away",
            )


def _put(source: Path, target: Path) -> None:
    draft = target.with_name(f".{target.name}.part")
    try:
        shutil.copyfile(source, draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
