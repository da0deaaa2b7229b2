"""A release: the checked and completed graph as one directory that never changes.

``dataset.nq`` holds the named graphs, its lines sorted and its blank nodes named
by RDFC-1.0, so the same sources give the same bytes on any machine. The id of a
release is the hash of those lines. ``manifest.json`` says what is inside, and ``dumps.json`` lists
the dumps in every RDF syntax.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vomkg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from vomkg.config import Settings
    from vomkg.curate.result import Report

    Progress = Callable[[str], None]

DATASET: Final = "dataset.nq"
MANIFEST: Final = "manifest.json"
# Raised whenever the same sources come to give another directory.
_LAYOUT: Final = 4
_LIBRARIES: Final = ("vomkg", "pyoxigraph", "rdflib", "owlrl", "pyshacl")


@dataclass(frozen=True, slots=True)
class Release:
    """One release on disk.

    Attributes:
        path: its directory.
        id: SHA-256 of the dataset's sorted N-Quads lines, in hex.
        counts: number of quads by name of graph (data, ontology and so on).
        versions: version by name of the packages that built it.
        files: SHA-256 by name of the source files, relative to the root.
    """

    path: Path
    id: str
    counts: Mapping[str, int]
    versions: Mapping[str, str]
    files: Mapping[str, str]

    @property
    def dataset(self) -> Path:
        """The N-Quads file with all named graphs."""
        return self.path / DATASET


def build(
    settings: Settings, dest: Path, *, progress: Progress | None = None
) -> Release:
    """A new release in ``dest``, which comes to exist as a whole or not at all.

    Args:
        settings: where the sources are.
        dest: the directory to make; it must not exist, or hold the same release.
        progress: called with a few words before each step.

    Raises:
        InputError: a source cannot be read, or ``dest`` holds something else.
        ConformanceError: the data breaks a shape or contradicts the ontology.
    """
    # Only a build needs rdflib and the validator; opening must not wait for them.
    from vomkg.graph.prefixes import load_prefixes
    from vomkg.release.contents import counts, lines

    say = progress or _silent
    files = source_hashes(settings)
    reports: list[Report] = []
    listed = lines(settings, say, reports.append)
    if files != source_hashes(settings):
        raise InputError(
            "a source changed while the release was built", fix="run this again"
        )
    say("writing the release")
    found = Release(
        path=dest,
        id=hashlib.sha256("".join(listed).encode()).hexdigest(),
        counts=counts(listed),
        versions=versions(),
        files=files,
    )
    try:
        _install(found, listed, load_prefixes(settings.root), reports[0])
    except OSError as error:
        raise InputError(
            f"the release cannot be written: {error.strerror}",
            path=dest,
            fix="choose another folder, for the cache by VOMKG_CACHE",
        ) from error
    return found


def open_release(settings: Settings, progress: Progress | None = None) -> Release:
    """The release of the settings' sources, from the cache or built into it.

    The cache is keyed by the content of every source file, so an edited file
    gives a new release and an unchanged one is opened at once.

    Raises:
        InputError: a source cannot be read, or the cache cannot be written.
        ConformanceError: the data breaks a shape or contradicts the ontology.
    """
    from vomkg.release.compression import compressions

    made_by = [_LAYOUT, versions(), compressions(), source_hashes(settings)]
    key = hashlib.sha256(json.dumps(made_by).encode())
    path = settings.cache / key.hexdigest()[:32]
    found = _opened(path)
    if found is not None:
        return found
    # What no longer matches its own hash is no use to anyone.
    shutil.rmtree(path, ignore_errors=True)
    return build(settings, path, progress=progress)


def _opened(path: Path) -> Release | None:
    """The release in that directory; None if it is missing or was tampered with."""
    try:
        facts = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        data = (path / DATASET).read_bytes()
        if hashlib.sha256(data).hexdigest() == facts["id"]:
            return Release(path=path, **facts)
    except (OSError, ValueError, TypeError, KeyError):
        pass
    return None


def versions() -> dict[str, str]:
    """The version by name of each package that has a part in a release."""
    from importlib.metadata import version

    return {name: version(name) for name in _LIBRARIES}


def source_hashes(settings: Settings) -> dict[str, str]:
    """SHA-256 by name, relative to the root, of every source file.

    Raises:
        InputError: one cannot be read.
    """
    paths = [
        *settings.ontology_files(),
        *settings.data_files(),
        *settings.shapes_files(),
        *settings.question_files(),
    ]
    return {
        path.relative_to(settings.root).as_posix(): _hash(path)
        for path in sorted(paths)
    }


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=path) from error


def _install(
    found: Release,
    lines: Iterable[str],
    prefixes: Mapping[str, str],
    report: Report,
) -> None:
    """Writes beside the destination and renames; a racing twin's work is kept."""
    from vomkg.release.dumping import write_distributions
    from vomkg.release.verdict import write_verdict

    dest = found.path
    dest.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{dest.name}.", dir=dest.parent))
    facts = {key: value for key, value in asdict(found).items() if key != "path"}
    try:
        (draft / DATASET).write_bytes("".join(lines).encode())
        write_distributions(draft, prefixes)
        write_verdict(draft, report)
        text = json.dumps(facts, indent=2, sort_keys=True) + "\n"
        (draft / MANIFEST).write_text(text, encoding="utf-8")
        draft.chmod(0o755)
        _rename(draft, found)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _rename(draft: Path, found: Release) -> None:
    dest = found.path
    try:
        draft.rename(dest)
    except OSError:
        there = _opened(dest)
        if there is None or there.id != found.id:
            raise


def _silent(_: str) -> None:
    """Says nothing."""
