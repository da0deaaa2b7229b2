"""The shape that should have caught a mutant, and what could be added to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, RDFS, SH, URIRef

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

    from vomkg.mutation.mutant import Mutant
    from vomkg.mutation.world import World

# What would catch an operator's mutants, by the beginning of its name.
_HINTS: Final = {
    "remove": "sh:minCount, or what the others' links to it demand",
    "lose": "sh:minCount",
    "retype": "sh:class or sh:not where the thing is used",
    "second-class": "sh:not with the class that cannot be",
    "second": "sh:maxCount",
    "relink": "sh:class, sh:disjoint or sh:equals with a path that must agree",
    "swap": "a property pair or a path that ties the values together",
    "wrong-s": "a path that ties speaker or place to what the claim is about",
    "flip": "a condition between this value and those beside it",
    "one-": "sh:lessThan with a neighbour, or a sum that must come out",
    "copied": "sh:maxCount 1 on the path and back again",
    "cut": "sh:pattern or sh:minLength",
}


def nearest(mutant: Mutant, world: World) -> tuple[str, str]:
    """The IRI of the nearest shape, or an empty string, and a suggestion.

    The nearest is a property shape of the subject's class, or of one above it, with
    the property as its path; else one with that path; else a shape of the class.
    """
    shapes = world.shapes
    classes = _classes(mutant, world)
    path = URIRef(mutant.predicate) if mutant.predicate else None
    of_class = _shapes_of(classes, shapes)
    of_path = set(shapes.subjects(SH.path, path)) if path else set()
    for choice in (of_class & of_path, of_path, _roots(classes, shapes)):
        named = sorted(str(s) for s in choice if (s, SH.message, None) in shapes)
        if named:
            return named[0], f"add to it: {_hint(mutant.operator)}"
    return "", f"add a shape for this class: {_hint(mutant.operator)}"


def _hint(operator: str) -> str:
    known = (words for start, words in _HINTS.items() if operator.startswith(start))
    return next(known, "a constraint on this property")


def _classes(mutant: Mutant, world: World) -> set[Node]:
    stated = world.data.objects(URIRef(mutant.subject), RDF.type)
    return {
        above
        for kind in stated
        for above in world.ontology.transitive_objects(kind, RDFS.subClassOf)
        if above is not None
    }


def _roots(classes: set[Node], shapes: Graph) -> set[Node]:
    return {s for kind in classes for s in shapes.subjects(SH.targetClass, kind)}


def _shapes_of(classes: set[Node], shapes: Graph) -> set[Node]:
    roots = _roots(classes, shapes)
    return roots | {
        part for root in roots for part in shapes.objects(root, SH.property)
    }
