"""Publishing: a release as a directory that is served, switched to and cited."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from vomkg.errors import InputError
from vomkg.graph.prefixes import load_prefixes
from vomkg.namespaces import APART, GRAPHS
from vomkg.release import DATASET, Release, source_hashes, versions
from vomkg.release.changes import write_changes
from vomkg.release.dumping import list_dataset, write_distributions
from vomkg.release.dumps import (
    copy_sources,
    write_dataset,
    write_dumps,
    write_store,
)
from vomkg.release.manifest import (
    NAME_LENGTH,
    File,
    Published,
    hash_of,
    read_manifest,
)
from vomkg.release.verdict import write_verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from vomkg.config import Settings
    from vomkg.release.manifest import StoreKind
    from vomkg.release.shelf import Shelf

    Progress = Callable[[str], None]

Wanted = Literal["auto", "memory", "disk"]
DefaultGraph = Literal["union", "plain"]


def publish(
    settings: Settings,
    shelf: Shelf,
    files: Sequence[Path] = (),
    *,
    default_graph: DefaultGraph = "union",
    store: Wanted = "auto",
    progress: Progress | None = None,
) -> Published:
    """A new release on the shelf, whole or not at all; it is not yet current.

    If the shelf holds it undamaged already, that is what comes back.

    Args:
        settings: where the sources are, and from which size a store is on disk.
        shelf: where it goes.
        files: RDF files to build it from; none for the project's sources.
        default_graph: ``plain`` leaves named graphs out of the default graph.
        store: how it is served; ``auto`` decides by size.
        progress: called with a few words before each step.

    Raises:
        FormatError: a file has no extension of RDF.
        InputError: a source cannot be read, or the folder cannot be written.
        ConformanceError: the project's data break a shape.
        LimitError: too many quads of the files have blank nodes.
    """
    say = progress or _silent
    before = source_hashes(settings)
    try:
        with shelf.draft() as draft:
            inner = draft / "release"
            inner.mkdir()
            found = write_dataset(_lines(settings, files, draft, say, inner), inner)
            if not files and source_hashes(settings) != before:
                raise InputError(
                    "a source changed while the release was built", fix="run this again"
                )
            there = _held(shelf, found, default_graph, store)
            if there is not None:
                return there
            say("writing the dumps")
            prefixes = load_prefixes(settings.root)
            counts = write_dumps(inner, prefixes)
            union = default_graph == "union"
            if sum(counts.values()) <= settings.dump_limit:
                write_distributions(inner, prefixes, union=union)
            else:
                list_dataset(inner)
            kind = _kind(store, sum(counts.values()), settings)
            if kind == "disk":
                say("writing the store")
                apart = {name.removeprefix(GRAPHS) for name in APART}
                others = counts.keys() - apart - {"default"}
                union = default_graph == "union" and bool(others)
                write_store(inner, union=union)
            copy_sources(inner, settings)
            say("comparing its claims with those of the release before")
            write_changes(inner, _before(shelf, found))
            path = shelf.path / found[:NAME_LENGTH]
            made = Published(
                release=Release(path, found, counts, versions(), before),
                store=kind,
                default_graph=default_graph,
                is_of_files=bool(files),
                contents=_contents(inner, found),
            )
            made.write(inner)
            shelf.install(inner, path.name)
            return made
    except OSError as error:
        raise InputError(
            f"the release cannot be written: {error.strerror or error}",
            path=shelf.path,
            fix="choose another folder, or make room",
        ) from error


def _lines(
    settings: Settings,
    files: Sequence[Path],
    draft: Path,
    say: Progress,
    inner: Path,
) -> Iterable[str]:
    if files:
        from vomkg.release.streaming import lines_of

        say("reading the files")
        return lines_of(files, settings, draft)
    # Only a build from sources needs rdflib and the validator.
    from vomkg.release.contents import lines

    return lines(settings, say, partial(write_verdict, inner))


def _held(
    shelf: Shelf, found: str, default_graph: DefaultGraph, store: Wanted
) -> Published | None:
    """The release as it stands there; None if it does not, or is damaged.

    Raises:
        InputError: it stands there in another form, and a release never changes.
    """
    path = shelf.path / found[:NAME_LENGTH]
    try:
        there = read_manifest(path)
        there.check(whole=True)
    except InputError:
        return None
    if there.id != found:
        raise InputError("another release has the same first digits", path=path)
    same = there.default_graph == default_graph and store in {"auto", there.store}
    if not same:
        raise InputError(
            "the same release stands there with "
            f"store {there.store} and default graph {there.default_graph}",
            path=path,
            fix="choose another folder",
        )
    return there


def _before(shelf: Shelf, found: str) -> Release | None:
    """The release that a new one follows: the current one, unless it is the same.

    One that is damaged cannot be compared with, and must not stop its successor.
    """
    for name in (shelf.current(), shelf.previous()):
        if name is None or found.startswith(name):
            continue
        try:
            before = read_manifest(shelf.path / name)
            before.check(whole=False)
        except InputError:
            continue
        return before.release
    return None


def _kind(store: Wanted, quads: int, settings: Settings) -> StoreKind:
    if store != "auto":
        return store
    return "disk" if quads >= settings.disk_from else "memory"


def _contents(inner: Path, dataset: str) -> Mapping[str, File]:
    """Every file in the directory, with its length and hash."""
    found = {}
    for path in sorted(inner.rglob("*")):
        name = path.relative_to(inner).as_posix()
        # The store's log tells of this machine, and nothing reads it.
        if path.name == "LOG":
            path.unlink()
        elif path.is_file():
            digest = dataset if name == DATASET else hash_of(path)
            found[name] = File(path.stat().st_size, digest)
    return found


def _silent(_: str) -> None:
    """Says nothing."""
