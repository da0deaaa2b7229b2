"""A version of the graph, wherever it is kept: files, sources, a release, or Git."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vomkg.errors import InputError, MissingToolError
from vomkg.namespaces import GraphName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib import Graph

    from vomkg.config import Settings
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.release import Release
    from vomkg.workbench.draft import Draft

GIT: Final = "git:"
_FOLDERS: Final = ("ontology", "data", "shapes", "queries")
_MOST_BYTES: Final = 200 << 20  # of an archive that Git gives


@dataclass
class Sources:
    """A version as its source files say it, whether it conforms or not.

    Attributes:
        name: what the person called it.
        draft: its files.
    """

    name: str
    draft: Draft

    @property
    def data(self) -> Graph:
        """What it asserts of the evidence."""
        return self.draft.data

    @property
    def ontology(self) -> Graph:
        """Its classes and properties."""
        return self.draft.ontology

    @property
    def shapes(self) -> Graph:
        """Its shapes."""
        return self.draft.shapes

    @property
    def knowledge(self) -> KnowledgeGraph:
        """The version as it would be served."""
        return self.draft.knowledge


@dataclass
class Built:
    """A version as a release holds it.

    Attributes:
        name: what the person called it.
        release: the release.
        settings: limits, and the questions to ask it.
    """

    name: str
    release: Release
    settings: Settings

    @cached_property
    def _graphs(self) -> dict[str, Graph]:
        import pyoxigraph
        import rdflib

        from vomkg.graph.terms import to_rdflib

        wanted = [GraphName.data, GraphName.ontology, GraphName.shapes]
        found = {name: rdflib.Graph(bind_namespaces="none") for name in wanted}
        try:
            quads = pyoxigraph.parse(
                path=self.release.dataset, format=pyoxigraph.RdfFormat.N_QUADS
            )
            for quad in quads:
                graph = found.get(getattr(quad.graph_name, "value", ""))
                if graph is not None:
                    graph.add(tuple(to_rdflib(term) for term in quad.triple))  # type: ignore[arg-type]  # three terms
        except (OSError, SyntaxError) as error:
            raise InputError(
                f"cannot be read as N-Quads: {error}", path=self.release.dataset
            ) from error
        return found

    @property
    def data(self) -> Graph:
        """What it asserts of the evidence."""
        return self._graphs[GraphName.data]

    @property
    def ontology(self) -> Graph:
        """Its classes and properties."""
        return self._graphs[GraphName.ontology]

    @property
    def shapes(self) -> Graph:
        """Its shapes."""
        return self._graphs[GraphName.shapes]

    @cached_property
    def knowledge(self) -> KnowledgeGraph:
        """The release as it is served."""
        from vomkg.knowledge import KnowledgeGraph

        return KnowledgeGraph(self.settings, self.release)


Version = Sources | Built


@contextmanager
def opened(
    name: str, settings: Settings, tell: Callable[[str], None] = lambda words: None
) -> Iterator[Version]:
    """The version of that name, for as long as the block lasts.

    Args:
        name: an RDF file that stands in the place of the data; a folder with the
            sources (``data/``, ``ontology/``) or with a release; or ``git:`` and
            a revision of the repository in which the sources are.
        settings: where the shipped sources are, for what a version has not.
        tell: is told in a few words what takes a moment.

    Raises:
        InputError: there is no such version, or it cannot be read.
        MissingToolError: Git is asked and not installed.
    """
    if name.startswith(GIT):
        with tempfile.TemporaryDirectory(prefix="vomkg-") as folder:
            _unpack(name.removeprefix(GIT), settings.root, Path(folder))
            yield Sources(name, _draft(Path(folder), settings, tell))
        return
    path = Path(name)
    if path.is_dir() and (path / "manifest.json").is_file():
        from vomkg.release.manifest import read_manifest

        yield Built(name, read_manifest(path.resolve()).release, settings)
    elif path.is_dir():
        yield Sources(name, _draft(path, settings, tell))
    else:
        from vomkg.workbench.draft import Draft

        yield Sources(name, Draft(settings, data=[path], tell=tell))


def _draft(folder: Path, settings: Settings, tell: Callable[[str], None]) -> Draft:
    """The sources in a folder; what it does not have is taken from the shipped."""
    from vomkg.workbench.draft import Draft

    here = replace(settings, root=folder)
    if not here.data_files():
        raise InputError(
            "holds neither a release nor data/*.ttl",
            path=folder,
            fix="name a folder with data/ and ontology/, a release, or a file",
        )
    if here.ontology_files():
        return Draft(here, tell=tell)
    return Draft(settings, data=here.data_files(), tell=tell)


def _unpack(revision: str, root: Path, folder: Path) -> None:
    """Put the source folders of a Git revision into a folder."""
    shown = f"revision {revision[:80]!r}"
    # A name that looks like an option, or with a colon, is not a revision.
    if not revision or revision.startswith("-") or ":" in revision:
        raise InputError(f"{shown} is none of Git", fix="name one as in git:HEAD~1")
    listed = _git(root, "ls-tree", "--name-only", revision, shown=shown).decode()
    there = [name for name in _FOLDERS if name in listed.splitlines()]
    archive = _git(root, "archive", "--format=tar", revision, *there, shown=shown)
    if len(archive) > _MOST_BYTES:
        raise InputError(f"{shown} is too large: {len(archive)} bytes", path=root)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")


def _git(root: Path, *words: str, shown: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  # the words are ours but for the revision, which is no option
            ["git", "-C", str(root), *words],  # noqa: S607  # the Git that a person has
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise MissingToolError(
            f"{shown} needs Git, which is not installed",
            fix="install it, or name a folder",
        ) from error
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        last = (told or ["Git says no more"])[-1].removeprefix("fatal: ")
        raise InputError(
            f"{shown} cannot be read: {last}",
            path=root,
            fix="name one that 'git log' shows",
        )
    return done.stdout
