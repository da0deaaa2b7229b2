"""Which claims a release added, removed or changed against the one before.

A claim is a subject in graph/data of the class of claims or one below it, as the
ontology of its own release has these classes. It has changed if any triple that
it is the subject of has.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Self

import pyoxigraph

from vomkg.errors import InputError
from vomkg.namespaces import BASE, RDF, RDFS, SKOS, GraphName, Vom
from vomkg.release.manifest import NAME_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from vomkg.release import Release

FILE: Final = "changes.json"
RELEASES: Final = BASE + "release/"
_DATA: Final = f" <{GraphName.data}> .\n"
_ONTOLOGY: Final = f" <{GraphName.ontology}> .\n"
_BELOW: Final = f"<{RDFS}subClassOf>"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim by its IRI, and what it is called in the graph."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a release did to the claims.

    Attributes:
        previous: id of the release it is compared with; None if there is none.
        added: claims that were not there before.
        removed: claims that are not there any more, by their former label.
        changed: claims of which other things are said than before.
    """

    previous: str | None = None
    added: tuple[Claim, ...] = ()
    removed: tuple[Claim, ...] = ()
    changed: tuple[Claim, ...] = ()

    @classmethod
    def of(cls, facts: Mapping[str, object]) -> Self:
        """The changes as they were written to ``changes.json``.

        Raises:
            TypeError: they were not written by this version of vomkg.
        """
        lists = {
            name: tuple(Claim(**item) for item in facts[name])  # type: ignore[attr-defined]
            for name in ("added", "removed", "changed")
        }
        return cls(previous=facts["previous"], **lists)  # type: ignore[arg-type]


def release_iri(found: str) -> str:
    """The IRI of the release of that id."""
    return f"{RELEASES}{found[:NAME_LENGTH]}"


def changes_of(release: Release) -> Changes:
    """What was written of a release when it was built.

    Returns:
        No change, and no release before, for what was not published in a folder.
    """
    if not release.id:
        return Changes()
    try:
        return Changes.of(json.loads((release.path / FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        return Changes()


def write_changes(draft: Path, before: Release | None) -> Changes:
    """Compare the dataset in that directory with a release, and write what differs.

    Args:
        draft: the directory of the new release, with its dataset.
        before: the release before; None for the first, which has no changes.

    Raises:
        InputError: the release before cannot be read.
        OSError: a file cannot be written.
    """
    from vomkg.release import DATASET

    found = Changes()
    if before is not None:
        try:
            old = _claims(before.dataset)
        except OSError as error:
            raise InputError(
                f"the release before cannot be read: {error.strerror}", path=before.path
            ) from error
        found = compared(before.id, old, _claims(draft / DATASET))
    text = json.dumps(asdict(found), indent=1, ensure_ascii=False) + "\n"
    (draft / FILE).write_text(text, encoding="utf-8")
    return found


def compared(
    previous: str,
    old: Mapping[Claim, str],
    new: Mapping[Claim, str],
) -> Changes:
    """The changes between claims, each with a hash of what is said of it."""
    was = {claim.iri: (claim, told) for claim, told in old.items()}
    now = {claim.iri: (claim, told) for claim, told in new.items()}

    def listed(
        iris: set[str], place: Mapping[str, tuple[Claim, str]]
    ) -> tuple[Claim, ...]:
        return tuple(place[iri][0] for iri in sorted(iris))

    both = was.keys() & now.keys()
    return Changes(
        previous=previous,
        added=listed(now.keys() - was.keys(), now),
        removed=listed(was.keys() - now.keys(), was),
        changed=listed({iri for iri in both if was[iri][1] != now[iri][1]}, now),
    )


def _claims(dataset: Path) -> dict[Claim, str]:
    """Each claim of a dataset, and the hash of the lines that it is the subject of."""
    below: dict[str, set[str]] = defaultdict(set)
    said: dict[str, list[str]] = defaultdict(list)
    for line in _lines(dataset):
        subject, predicate, rest = line.split(" ", 2)
        if line.endswith(_DATA):
            said[subject].append(f"{predicate} {rest}")
        elif predicate == _BELOW:
            below[rest.split(" ", 1)[0]].add(subject)
    kinds = _reached(f"<{Vom.Claim}>", below)
    types = {f"<{RDF}type> {kind}{_DATA}" for kind in kinds}
    return {
        Claim(subject[1:-1], _label(subject, lines)): sha256(
            "".join(lines).encode()
        ).hexdigest()
        for subject, lines in said.items()
        if subject.startswith("<") and not types.isdisjoint(lines)
    }


def _lines(dataset: Path) -> Iterator[str]:
    """The lines of the graphs that tell of claims and of their classes."""
    with dataset.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            if line.endswith((_DATA, _ONTOLOGY)):
                yield line


def _reached(start: str, below: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += below.get(name, ())
    return found


def _label(subject: str, lines: list[str]) -> str:
    start = f"<{SKOS}prefLabel> "
    for line in lines:
        if line.startswith(start):
            [quad] = pyoxigraph.parse(
                f"{subject} {line}", format=pyoxigraph.RdfFormat.N_QUADS
            )
            return str(getattr(quad.object, "value", ""))
    return subject[1:-1].rsplit("/", 1)[-1]
