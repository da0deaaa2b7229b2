"""The files of a published release: dumps, the store on disk, the sources."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from collections import Counter
from typing import TYPE_CHECKING, Final

import pyoxigraph

from vomkg.namespaces import APART, GRAPHS
from vomkg.release import DATASET
from vomkg.release.manifest import SOURCES, STORE
from vomkg.release.sorting import sorted_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from vomkg.config import Settings

TRIG: Final = "dataset.trig"
_N_QUADS: Final = pyoxigraph.RdfFormat.N_QUADS
_GROUPED: Final = ".grouped.nq"


def write_dataset(lines: Iterable[str], draft: Path) -> str:
    """The id of the dataset whose sorted lines were written."""
    digest = hashlib.sha256()
    with (draft / DATASET).open("wb") as file:
        for line in lines:
            data = line.encode()
            digest.update(data)
            file.write(data)
    return digest.hexdigest()


def write_dumps(draft: Path, prefixes: Mapping[str, str]) -> dict[str, int]:
    """Write the dataset as TriG, and both dumps in gzip.

    Returns:
        The number of quads by graph: by the name that we give it, by its IRI for
        others, ``default`` for the default graph.
    """
    found: Counter[str] = Counter()
    grouped = draft / _GROUPED
    with grouped.open("w", encoding="utf-8", newline="\n") as file:
        lines = sorted_lines(_grouped(draft, found), draft)
        file.writelines(line.partition("\t")[2] for line in lines)
    pyoxigraph.serialize(
        pyoxigraph.parse(path=grouped, format=_N_QUADS),
        output=draft / TRIG,
        format=pyoxigraph.RdfFormat.TRIG,
        prefixes=dict(prefixes),
    )
    grouped.unlink()
    for name in (DATASET, TRIG):
        _compress(draft / name)
    return dict(found)


def write_store(draft: Path, *, union: bool) -> None:
    """Write the dataset as a store that is opened from disk.

    Args:
        draft: the directory of the release, with the dataset in it.
        union: whether the default graph is to hold every graph but those apart.
    """
    store = pyoxigraph.Store(draft / STORE)
    store.bulk_load(path=draft / DATASET, format=_N_QUADS)
    if union:
        left_out = {pyoxigraph.DefaultGraph(), *map(pyoxigraph.NamedNode, APART)}
        store.bulk_extend(
            pyoxigraph.Quad(quad.subject, quad.predicate, quad.object)
            # Through the store, so that it is one blank node in both graphs.
            for quad in store.quads_for_pattern(None, None, None, None)
            if quad.graph_name not in left_out
        )
    store.optimize()
    store.flush()


def copy_sources(draft: Path, settings: Settings) -> None:
    """Copy the ontology, data, shapes and questions that answers are made with."""
    for path in (
        *settings.ontology_files(),
        *settings.data_files(),
        *settings.shapes_files(),
        *settings.question_files(),
    ):
        target = draft / SOURCES / path.relative_to(settings.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def _grouped(draft: Path, found: Counter[str]) -> Iterator[str]:
    """The lines, each after the graph that it is in; counts them on the way."""
    for quad in pyoxigraph.parse(path=draft / DATASET, format=_N_QUADS):
        graph = quad.graph_name
        name = getattr(graph, "value", "default")
        found[name.removeprefix(GRAPHS)] += 1
        yield f"{graph}\t{quad} .\n"


def _compress(path: Path) -> None:
    target = path.with_name(path.name + ".gz")
    # Without name and time: equal dumps give equal files.
    with (
        path.open("rb") as plain,
        target.open("wb") as file,
        gzip.GzipFile("", "wb", 6, file, mtime=0) as packed,
    ):
        shutil.copyfileobj(plain, packed, 1 << 20)
