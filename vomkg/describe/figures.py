"""What there is to count in a graph: in all, by class and by property.

The terms must be those that the engine answers with, which writes 34.0 as 34; else
two spellings of one number would count twice here and once in an answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from vomkg.namespaces import BASE, RDF

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    Node = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal

_TYPE: Final = NamedNode(RDF + "type")


@dataclass(slots=True)
class ByProperty:
    """The triples with one property.

    Attributes:
        triples: how many there are.
        subjects: distinct ones.
        objects: distinct ones.
        classes: triples by class of the object, an IRI; one for each class it has.
        datatypes: triples by datatype of the object.
    """

    triples: int = 0
    subjects: set[object] = field(default_factory=set)
    objects: set[object] = field(default_factory=set)
    classes: Counter[str] = field(default_factory=Counter)
    datatypes: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class ByClass:
    """The triples whose subjects are instances of one class.

    Attributes:
        instances: IRIs that are.
        triples: how many there are.
        properties: the same by property, an IRI.
    """

    instances: set[str] = field(default_factory=set)
    triples: int = 0
    properties: dict[str, ByProperty] = field(default_factory=dict)


class Figures:
    """The figures of one graph.

    Args:
        triples: its triples, each once, as a store of the engine gives them.
    """

    def __init__(self, triples: Collection[pyoxigraph.Triple]) -> None:
        self._triples = triples

    @property
    def triples(self) -> int:
        """The number of triples."""
        return len(self._triples)

    @cached_property
    def subjects(self) -> int:
        """The number of distinct subjects."""
        return len({triple.subject for triple in self._triples})

    @cached_property
    def objects(self) -> int:
        """The number of distinct objects."""
        return len({triple.object for triple in self._triples})

    @cached_property
    def entities(self) -> frozenset[str]:
        """Subjects that have an IRI (VoID §4.6)."""
        return frozenset(
            triple.subject.value
            for triple in self._triples
            if isinstance(triple.subject, NamedNode)
        )

    @cached_property
    def space(self) -> str | None:
        """The longest namespace of ours that all entities share; None without one."""
        if not self.entities:
            return None
        first, last = min(self.entities), max(self.entities)
        same = 0
        while same < min(len(first), len(last)) and first[same] == last[same]:
            same += 1
        shared = first[: max(first.rfind("/", 0, same), first.rfind("#", 0, same)) + 1]
        return shared if shared.startswith(BASE) else None

    @cached_property
    def classes(self) -> Mapping[str, ByClass]:
        """What there is by class, for classes that have an IRI, sorted."""
        found: dict[str, ByClass] = defaultdict(ByClass)
        for triple in self._triples:
            for name in self._types.get(triple.subject, ()):
                part = found[name]
                part.triples += 1
                if isinstance(triple.subject, NamedNode):
                    part.instances.add(triple.subject.value)
                self._count(part.properties, triple)
        return dict(sorted(found.items()))

    @cached_property
    def properties(self) -> Mapping[str, ByProperty]:
        """What there is by property, sorted."""
        found: dict[str, ByProperty] = {}
        for triple in self._triples:
            self._count(found, triple)
        return dict(sorted(found.items()))

    @cached_property
    def class_count(self) -> int:
        """The number of distinct objects of ``rdf:type``."""
        return len({t.object for t in self._triples if t.predicate == _TYPE})

    @cached_property
    def _types(self) -> Mapping[object, frozenset[str]]:
        found: dict[object, set[str]] = defaultdict(set)
        for triple in self._triples:
            if triple.predicate == _TYPE and isinstance(triple.object, NamedNode):
                found[triple.subject].add(triple.object.value)
        return {subject: frozenset(names) for subject, names in found.items()}

    def _count(self, into: dict[str, ByProperty], triple: pyoxigraph.Triple) -> None:
        part = into.setdefault(triple.predicate.value, ByProperty())
        part.triples += 1
        part.subjects.add(triple.subject)
        part.objects.add(triple.object)
        if isinstance(triple.object, Literal):
            part.datatypes[triple.object.datatype.value] += 1
        else:
            part.classes.update(self._types.get(triple.object, ()))


def by_graph(
    quads: Iterable[pyoxigraph.Quad],
) -> dict[str, set[pyoxigraph.Triple]]:
    """The triples of each named graph, by its IRI, as the engine holds them."""
    store = pyoxigraph.Store()
    store.extend(quads)
    found: dict[str, set[pyoxigraph.Triple]] = defaultdict(set)
    for quad in store:
        if isinstance(quad.graph_name, NamedNode):
            found[quad.graph_name.value].add(quad.triple)
    return dict(sorted(found.items()))
