"""What the operators know of a graph: its classes, members and habits, all mined."""

from __future__ import annotations

import random
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from functools import cached_property
from itertools import permutations
from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, Literal, URIRef

from vomkg.mutation.mutant import in_order, listed
from vomkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rdflib.term import Node


class World:
    """The valid data with what its ontology and shapes tell about it.

    Args:
        data: the graph to be broken; only its triples are ever changed.
        ontology: classes, properties and individuals that stand behind it.
        shapes: the shapes, of which only the pairs of a value and the absence
            statement that may stand for it are read.
        seed: which of several possible replacements is taken.
    """

    def __init__(self, data: Graph, ontology: Graph, shapes: Graph, seed: int) -> None:
        self.data, self.ontology, self.shapes = data, ontology, shapes
        self.seed = seed
        self.triples = listed(data)
        self.values: dict[tuple[Node, Node], list[Node]] = defaultdict(list)
        for s, p, o in self.triples:
            self.values[s, p].append(o)
        self.subjects = in_order({s for s, _, _ in self.triples})
        self.kind = {s: k for s in self.subjects if (k := self.class_of(s))}

    def pick(self, choices: Iterable[Node], *about: object) -> list[Node]:
        """One of the choices, always the same for one seed and occasion; or none."""
        ordered = in_order(choices)
        if not ordered:
            return []
        # Not for secrets: a mutant must come out the same on every machine.
        rng = random.Random("|".join(map(str, (self.seed, *about))))  # noqa: S311
        return [rng.choice(ordered)]

    def class_of(self, node: Node) -> Node | None:
        """The stated class of a node, the first by name if it has several."""
        stated = set(self.data.objects(node, RDF.type)) | set(
            self.ontology.objects(node, RDF.type)
        )
        return next(iter(in_order(stated - {OWL.NamedIndividual})), None)

    @cached_property
    def members(self) -> dict[Node, list[Node]]:
        """The individuals of each class by their stated class, in order."""
        found: dict[Node, set[Node]] = defaultdict(set)
        for graph in (self.ontology, self.data):
            for s, kind in graph.subject_objects(RDF.type):
                if isinstance(s, URIRef) and s.startswith(BASE):
                    found[kind].add(s)
        return {kind: in_order(those) for kind, those in found.items()}

    @cached_property
    def classes(self) -> Sequence[Node]:
        """The named classes that the ontology declares as its own."""
        declared = self.ontology.subjects(RDF.type, OWL.Class)
        return in_order(
            c for c in declared if isinstance(c, URIRef) and c.startswith(BASE)
        )

    def parents(self, kind: Node) -> list[Node]:
        """The classes directly above, of our own namespace."""
        above = self.ontology.objects(kind, RDFS.subClassOf)
        return in_order(set(above) & set(self.classes))

    def siblings(self, kind: Node) -> list[Node]:
        """The other classes below one of the parents."""
        below = {
            c
            for parent in self.parents(kind)
            for c in self.ontology.subjects(RDFS.subClassOf, parent)
        }
        return in_order(below - {kind})

    def line(self, kind: Node) -> set[Node]:
        """The class with all above and below it."""
        above = self.ontology.transitive_objects(kind, RDFS.subClassOf)
        below = self.ontology.transitive_subjects(RDFS.subClassOf, kind)
        return {c for c in (*above, *below) if c is not None}

    def strangers(self, kind: Node) -> list[Node]:
        """The classes that are neither the class nor above, below or beside it."""
        near = self.line(kind) | set(self.siblings(kind))
        return [c for c in self.classes if c not in near]

    def fellows(self, node: Node) -> list[Node]:
        """The other individuals of the same stated class."""
        kind = self.class_of(node)
        fellows = self.members.get(kind, []) if kind is not None else []
        return [other for other in fellows if other != node]

    def unlike(self, node: Node) -> list[Node]:
        """The individuals of classes that have nothing to do with the node's."""
        kind = self.class_of(node)
        if kind is None:
            return []
        near = self.line(kind)
        return in_order(
            {s for s, other in self.kind.items() if other not in near} - {node}
        )

    @cached_property
    def enumerations(self) -> dict[Node, list[Node]]:
        """The members of each class that is defined by listing them."""
        found = {}
        for kind, definition in self.ontology.subject_objects(OWL.equivalentClass):
            members = self.ontology.value(definition, OWL.oneOf)
            if members is not None:
                found[kind] = in_order(self.ontology.items(members))
        return found

    @cached_property
    def properties(self) -> dict[Node, tuple[Node | None, Node | None]]:
        """The declared properties with their domain and range."""
        declared = {
            p
            for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
            for p in self.ontology.subjects(RDF.type, kind)
        }
        ontology = self.ontology
        return {
            p: (ontology.value(p, RDFS.domain), ontology.value(p, RDFS.range))
            for p in in_order(declared)
        }

    @cached_property
    def ordered(self) -> list[tuple[Node, Node]]:
        """Pairs of number properties of which the one never exceeds the other.

        A pair is believed if at least three subjects have both, or the only ones
        that there are, and no subject has them the other way round.
        """
        numbers: dict[Node, dict[Node, Decimal]] = defaultdict(dict)
        for (s, p), objects in self.values.items():
            number = as_number(objects[0]) if len(objects) == 1 else None
            if number is not None:
                numbers[p][s] = number
        found = []
        for low, high in permutations(in_order(numbers), 2):
            both = numbers[low].keys() & numbers[high].keys()
            if len(both) >= 3 and all(numbers[low][s] < numbers[high][s] for s in both):
                found.append((low, high))
        return found

    @cached_property
    def exchangeable(self) -> list[tuple[Node, Node]]:
        """Pairs of object properties with one range that a subject has both of."""
        by_subject: dict[Node, set[Node]] = defaultdict(set)
        for s, p in self.values:
            by_subject[s].add(p)
        return [
            (one, two)
            for one, (_, range_one) in self.properties.items()
            for two, (_, range_two) in self.properties.items()
            if str(one) < str(two)
            and range_one is not None
            and range_one == range_two
            and any({one, two} <= used for used in by_subject.values())
        ]

    @cached_property
    def gaps(self) -> dict[Node, list[Node]]:
        """The properties whose lack a statement on a topic accounts for.

        Mined from shapes that accept either a value of a property, or an absence
        statement on a certain topic.
        """
        found: dict[Node, list[Node]] = defaultdict(list)
        for choice in self.shapes.objects(predicate=SH["or"]):
            branches = [*self.shapes.items(choice)]
            topics = [t for b in branches for t in self.shapes.objects(b, SH.hasValue)]
            paths = [p for b in branches for p in self._demanded(b)]
            for topic in topics:
                if paths and (None, None, topic) in self.data:
                    found[topic] += paths
        return found

    def _demanded(self, shape: Node) -> list[Node]:
        """The properties of which the shape, or its parts, want a value."""
        parts = [shape, *self.shapes.objects(shape, SH.property)]
        return [
            path
            for part in parts
            if (part, SH.minCount, None) in self.shapes
            for path in self.shapes.objects(part, SH.path)
            if isinstance(path, URIRef)
        ]

    def example(self, prop: Node) -> list[Node]:
        """A value that the property has somewhere, else one of its range."""
        used: Sequence[Node] = in_order(set(self.data.objects(predicate=prop)))
        _, range_ = self.properties.get(prop, (None, None))
        if not used and range_ is not None:
            used = self.members.get(range_, []) or [
                Literal("1", datatype=URIRef(str(range_)))
            ]
        return self.pick([o for o in used if not isinstance(o, BNode)], prop)


def as_number(term: Node) -> Decimal | None:
    """The value of a literal of a numeric datatype, or None."""
    if not isinstance(term, Literal) or not str(term.datatype).endswith(
        ("decimal", "nteger", "double", "float")
    ):
        return None
    try:
        return Decimal(str(term))
    except InvalidOperation:
        return None
