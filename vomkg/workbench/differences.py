"""What differs between two versions of the graph, thing by thing.

A thing is a subject of the data. Claims are told apart from other things by the
class hierarchy of the version that they stand in.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rdflib import RDF, RDFS, URIRef

from vomkg.graph.terms import relabelled
from vomkg.namespaces import Vom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node

    from vomkg.workbench.versions import Version

    Said = dict[Node, dict[Node, set[Node]]]

Way = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one property of a thing.

    Attributes:
        path: the property.
        gone: its values that are no longer said, sorted.
        new: its values that were not said before, sorted.
    """

    path: Node
    gone: tuple[Node, ...]
    new: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one thing.

    Attributes:
        thing: its node.
        way: whether it came, went or changed.
        is_claim: whether it is a claim in a version that has it.
        changes: the properties that differ; of one that came or went, all.
    """

    thing: Node
    way: Way
    is_claim: bool
    changes: tuple[Change, ...]


def differences(old: Version, new: Version) -> tuple[Difference, ...]:
    """Every thing of the data that differs, claims first, then by IRI."""
    before, after = _said(old.data), _said(new.data)
    claims = {*_claims(old), *_claims(new)}
    found = [
        Difference(thing, _way(thing, before, after), thing in claims, changes)
        for thing in before.keys() | after.keys()
        if (changes := tuple(_changes(before.get(thing, {}), after.get(thing, {}))))
    ]
    return tuple(sorted(found, key=lambda item: (not item.is_claim, str(item.thing))))


def terms_changed(old: Version, new: Version) -> tuple[str, ...]:
    """IRIs of the ontology's terms of which other things are said, sorted."""
    before, after = _said(old.ontology), _said(new.ontology)
    return tuple(
        sorted(
            str(term)
            for term in before.keys() | after.keys()
            if isinstance(term, URIRef) and before.get(term) != after.get(term)
        )
    )


def _said(graph: Graph) -> Said:
    said: Said = defaultdict(lambda: defaultdict(set))
    for s, p, o in relabelled(graph):
        said[s][p].add(o)
    return said


def _claims(version: Version) -> Iterator[Node]:
    kinds = version.ontology.transitive_subjects(RDFS.subClassOf, URIRef(Vom.Claim))
    for kind in kinds:
        yield from version.data.subjects(RDF.type, kind)


def _way(thing: Node, before: Said, after: Said) -> Way:
    if thing not in before:
        return "added"
    return "changed" if thing in after else "removed"


def _changes(
    before: dict[Node, set[Node]], after: dict[Node, set[Node]]
) -> Iterator[Change]:
    for path in sorted(before.keys() | after.keys(), key=str):
        was, now = before.get(path, set()), after.get(path, set())
        if was != now:
            yield Change(path, _sorted(was - now), _sorted(now - was))


def _sorted(terms: set[Node]) -> tuple[Node, ...]:
    return tuple(sorted(terms, key=lambda term: term.n3()))
