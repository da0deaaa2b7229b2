"""Proof that a store holds what it was sent: every triple, or a sample, and counts."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vomkg.transfer.normal import Normal, normal
from vomkg.transfer.reading import PAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import pyoxigraph

    from vomkg.transfer.contents import Contents
    from vomkg.transfer.reading import Reader

    Progress = Callable[[int], None]

# Subjects in one query: some servers turn each into several lines of SQL.
_SUBJECTS: Final = 100
_SHOWN: Final = 3
# Triples that a sample is to have, as a part of the most that are all read.
_SAMPLE: Final = 10


@dataclass(slots=True)
class Proof:
    """What a comparison found.

    Attributes:
        compared: triples that were read back and looked at.
        sampled: whether those were a sample of the subjects.
        faults: what differs, in words; nothing if all is right.
    """

    compared: int = 0
    sampled: bool = False
    faults: list[str] = field(default_factory=list)


def prove(contents: Contents, reader: Reader, limit: int, progress: Progress) -> Proof:
    """Compares the store with what it was sent.

    Up to ``limit`` triples all are read back, and their number per graph shows
    that there are no others. Above it the subjects whose hash falls into a fixed
    class are read, and the numbers are compared by predicate.

    Args:
        contents: what the store should hold.
        reader: asks the store.
        limit: most triples that are all read.
        progress: told how many triples were read since it was told last.

    Raises:
        UpstreamError: the store refuses, fails or cannot be reached.
    """
    part = -(-contents.total * _SAMPLE // limit) if contents.total > limit else 1
    proof = Proof(sampled=part > 1)
    for graph, triples in contents.graphs.items():
        proof.faults += (
            _by_predicate(graph, triples, reader)
            if proof.sampled
            else _by_graph(graph, triples, reader)
        )
        sample = _sampled(triples, part)
        for subjects, wanted in _groups(sample):
            found = reader.triples(graph, subjects, len(wanted))
            proof.faults += _differences(graph, wanted, found)
            proof.compared += len(wanted)
            progress(len(wanted))
    return proof


def bounds(triples: Iterable[pyoxigraph.Triple]) -> tuple[int, int]:
    """The fewest and most triples that a store may count for these.

    A store that keeps ``1.0`` and ``1.00`` as one value counts one triple.
    """
    listed = list(triples)
    return len(set(map(normal, listed))), len(listed)


def _by_graph(
    graph: str, triples: Sequence[pyoxigraph.Triple], reader: Reader
) -> Iterator[str]:
    fewest, most = bounds(triples)
    number = reader.count(graph)
    if not fewest <= number <= most:
        yield f"{graph} holds {number} triples instead of {most}"


def _by_predicate(
    graph: str, triples: Sequence[pyoxigraph.Triple], reader: Reader
) -> Iterator[str]:
    most = Counter(str(triple.predicate) for triple in triples)
    fewest = Counter(predicate for _, predicate, _ in set(map(normal, triples)))
    found = reader.counts(graph)
    for predicate in sorted(most.keys() | found.keys()):
        number = found.get(predicate, 0)
        if not fewest[predicate] <= number <= most[predicate]:
            yield (
                f"{graph} holds {number} triples of {predicate} "
                f"instead of {most[predicate]}"
            )


def _sampled(
    triples: Sequence[pyoxigraph.Triple], part: int
) -> Mapping[str, set[Normal]]:
    """The triples of one subject in ``part``, the same at each run, by subject."""
    found: dict[str, set[Normal]] = defaultdict(set)
    chosen: dict[str, bool] = {}
    for triple in triples:
        subject = str(triple.subject)
        if subject not in chosen:
            chosen[subject] = part == 1 or _class(subject, part) == 0
        if chosen[subject]:
            found[subject].add(normal(triple))
    return found


def _class(subject: str, parts: int) -> int:
    return int.from_bytes(hashlib.sha256(subject.encode()).digest()[:8]) % parts


def _groups(
    triples: Mapping[str, set[Normal]],
) -> Iterator[tuple[list[str], set[Normal]]]:
    """Subjects with their triples, as many as fit in a page; a large one alone."""
    subjects: list[str] = []
    wanted: set[Normal] = set()
    for subject, found in triples.items():
        if subjects and (len(wanted) + len(found) > PAGE or len(subjects) == _SUBJECTS):
            yield subjects, wanted
            subjects, wanted = [], set()
        subjects.append(subject)
        wanted |= found
    if subjects:
        yield subjects, wanted


def _differences(graph: str, wanted: set[Normal], found: set[Normal]) -> Iterator[str]:
    for what, triples in (("lacks", wanted - found), ("also holds", found - wanted)):
        for triple in sorted(triples)[:_SHOWN]:
            yield f"{graph} {what} {' '.join(triple)}"
        if len(triples) > _SHOWN:
            yield f"{graph} {what} {len(triples) - _SHOWN} more of the same subjects"
