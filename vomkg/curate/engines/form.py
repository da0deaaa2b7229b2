"""Whether shapes are well-formed, by the rules of SHACL's own shapes.

Says the same as the shapes graph of SHACL, appendix C, without running an engine:
pySHACL takes seconds for what is a walk over the triples here. The tests hold both
verdicts against each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef

from vomkg.curate.engines.paths import is_path, members_of
from vomkg.curate.lint import named
from vomkg.errors import ShapesError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib.term import Node

_TYPES: Final = (SH.NodeShape, SH.PropertyShape)
_PARTS: Final = (SH.node, SH["not"], SH.property, SH.qualifiedValueShape)
_LISTS: Final = (SH["and"], SH["or"], SH.xone)
_OF_PROPERTIES: Final = (
    "path",
    "lessThan",
    "lessThanOrEquals",
    "maxCount",
    "minCount",
    "qualifiedValueShape",
    "uniqueLang",
)
_NODE_KINDS: Final = (
    SH.BlankNode,
    SH.IRI,
    SH.Literal,
    SH.BlankNodeOrIRI,
    SH.BlankNodeOrLiteral,
    SH.IRIOrLiteral,
)
# Words for a fault, and what a value must be: by parameter.
_Rule = tuple[str, "Callable[[Node, Graph], bool]"]


def _iri(term: Node, _: Graph) -> bool:
    return isinstance(term, URIRef)


def _literal(term: Node, _: Graph) -> bool:
    return isinstance(term, Literal)


def _named(term: Node, _: Graph) -> bool:
    return isinstance(term, (URIRef, Literal))


def _anything(_term: Node, _: Graph) -> bool:
    return True


def _of(kind: URIRef) -> Callable[[Node, Graph], bool]:
    def check(term: Node, _: Graph) -> bool:
        if not isinstance(term, Literal) or term.language or term.ill_typed:
            return False
        return (term.datatype or XSD.string) == kind

    return check


def _text(term: Node, _: Graph) -> bool:
    return isinstance(term, Literal) and (
        bool(term.language) or term.datatype in (None, XSD.string)
    )


def _truth(term: Node, _: Graph) -> bool:
    return isinstance(term, Literal) and (str(term), term.datatype) in (
        ("true", XSD.boolean),
        ("false", XSD.boolean),
    )


def _node_kind(term: Node, _: Graph) -> bool:
    return term in _NODE_KINDS


def _list(term: Node, shapes: Graph) -> bool:
    return members_of(term, shapes) is not None


def _list_of(check: Callable[[Node, Graph], bool]) -> Callable[[Node, Graph], bool]:
    def whole(term: Node, shapes: Graph) -> bool:
        members = members_of(term, shapes)
        return members is not None and all(check(item, shapes) for item in members)

    return whole


def _rules(
    names: str, words: str, check: Callable[[Node, Graph], bool]
) -> dict[str, _Rule]:
    return dict.fromkeys(names.split(), (words, check))


_RULES: Final[dict[str, _Rule]] = {
    **_rules("targetNode", "an IRI or a literal", _named),
    **_rules(
        "targetClass targetSubjectsOf targetObjectsOf severity class datatype disjoint "
        "equals lessThan lessThanOrEquals",
        "an IRI",
        _iri,
    ),
    **_rules("message", "a text", _text),
    **_rules("deactivated", "true or false", _truth),
    **_rules("and or xone in", "a list", _list),
    **_rules("ignoredProperties", "a list of IRIs", _list_of(_iri)),
    **_rules("languageIn", "a list of strings", _list_of(_of(XSD.string))),
    **_rules(
        "closed uniqueLang qualifiedValueShapesDisjoint", "a boolean", _of(XSD.boolean)
    ),
    **_rules(
        "minCount maxCount minLength maxLength qualifiedMinCount qualifiedMaxCount",
        "an integer",
        _of(XSD.integer),
    ),
    **_rules(
        "minExclusive minInclusive maxExclusive maxInclusive", "a literal", _literal
    ),
    **_rules("nodeKind", "one of the six kinds of nodes", _node_kind),
    **_rules("pattern flags", "a string", _of(XSD.string)),
    **_rules("qualifiedValueShape", "a shape", _anything),
}
_ONE: Final = frozenset(_RULES) - frozenset(
    (
        *("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf"),
        *("message", "and", "or", "xone", "class", "disjoint", "equals"),
        *("lessThan", "lessThanOrEquals"),
    )
)
_PARAMETERS: Final = (
    *(set(_RULES) - {"message", "severity", "deactivated"}),
    *("hasValue", "node", "not", "property", "sparql"),
)


def check_form(shapes: Graph) -> None:
    """Refuse shapes that are not well-formed (SHACL, appendix A).

    Raises:
        ShapesError: a shape is not; the first by name is told.
    """
    told = sorted((named(shape, shapes), words) for shape, words in _faults(shapes))
    if told:
        shape, words = told[0]
        raise ShapesError(
            f"shape <{shape}> is not well-formed: {words}",
            fix="see the syntax rules of SHACL, appendix A",
        )


def _faults(shapes: Graph) -> Iterator[tuple[Node, str]]:
    for shape in _shapes(shapes):
        for words in _faults_of(shape, shapes):
            yield shape, words
    for part in set(shapes.objects(predicate=SH.property)):
        if (part, SH.path, None) not in shapes:
            yield part, "it is a value of sh:property and has no sh:path"
    for part in set(shapes.objects(predicate=SH.node)):
        if (part, SH.path, None) in shapes:
            yield part, "it is a value of sh:node and has sh:path"
    for p in (SH.shapesGraph, SH.entailment):
        for s, o in shapes.subject_objects(p):
            if not isinstance(o, URIRef):
                yield s, f"sh:{p.removeprefix(str(SH))} must be an IRI"


def _shapes(shapes: Graph) -> set[Node]:
    """Every node that must be a shape (SHACL §2.1)."""
    found = {s for kind in _TYPES for s in shapes.subjects(RDF.type, kind)}
    for name in _PARAMETERS:
        found |= set(shapes.subjects(SH[name]))
    for p in _PARTS:
        found |= set(shapes.objects(predicate=p))
    for p in _LISTS:
        for head in shapes.objects(predicate=p):
            found |= set(members_of(head, shapes) or ())
    return found


def _faults_of(shape: Node, shapes: Graph) -> Iterator[str]:
    for name, (words, check) in _RULES.items():
        values = list(shapes.objects(shape, SH[name]))
        if len(values) > 1 and name in _ONE:
            yield f"sh:{name} has {len(values)} values, where one is allowed"
        if not all(check(value, shapes) for value in values):
            yield f"sh:{name} must be {words}"
    is_class = isinstance(shape, BNode) and (shape, RDF.type, RDFS.Class) in shapes
    if is_class and any((shape, RDF.type, kind) in shapes for kind in _TYPES):
        yield "a class that is a shape needs an IRI"
    yield from _faults_of_path(shape, shapes)


def _faults_of_path(shape: Node, shapes: Graph) -> Iterator[str]:
    """A shape has one path or none; without one it is a node shape (SHACL §2.3)."""
    paths = list(shapes.objects(shape, SH.path))
    if not paths:
        for name in _OF_PROPERTIES:
            if (shape, SH[name], None) in shapes:
                yield f"sh:{name} needs sh:path beside it"
    elif len(paths) > 1:
        yield f"sh:path has {len(paths)} values, where one is allowed"
    elif not is_path(paths[0], shapes, set()):
        yield "sh:path is no path"
