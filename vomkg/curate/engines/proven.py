"""What both engines were shown to judge alike, and where they are known to differ.

The evidence is in tests/engines: the W3C's suite, cases of our own, and mutants of
the shipped data. What is not on these lists is judged by pySHACL.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rdflib import SH, BNode, Graph, URIRef
from rdflib.collection import Collection

from vomkg.errors import ShapesError
from vomkg.graph.tokens import tokens, unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

_CORE_NAMES: Final = (
    "And Class Closed Datatype Disjoint Equals HasValue In LanguageIn LessThan "
    "LessThanOrEquals MaxCount MaxExclusive MaxInclusive MaxLength MinCount "
    "MinExclusive MinInclusive MinLength Node NodeKind Not Or Pattern "
    "QualifiedMaxCount QualifiedMinCount UniqueLang Xone"
)


def _terms(names: str, end: str = "") -> frozenset[URIRef]:
    return frozenset(SH[name + end] for name in names.split())


CORE: Final = _terms(_CORE_NAMES, "ConstraintComponent")
_KNOWN: Final = _terms(
    # targets, and what is said of shapes and in results
    "targetClass targetNode targetObjectsOf targetSubjectsOf property path "
    "severity message deactivated name description order group defaultValue "
    # paths
    "inversePath alternativePath zeroOrMorePath oneOrMorePath zeroOrOnePath "
    # constraints
    "class datatype nodeKind minCount maxCount minExclusive minInclusive "
    "maxExclusive maxInclusive minLength maxLength pattern languageIn "
    "uniqueLang equals disjoint lessThan lessThanOrEquals not and or xone node "
    "qualifiedValueShape qualifiedMinCount qualifiedMaxCount "
    "qualifiedValueShapesDisjoint closed ignoredProperties hasValue in "
    # SPARQL constraints
    "sparql select prefixes declare prefix namespace"
)
_COUNTS: Final = _terms(
    "minCount maxCount minLength maxLength qualifiedMinCount qualifiedMaxCount"
)
# Bounds first, then properties to compare with.
COMPARING: Final = (
    SH.minInclusive,
    SH.minExclusive,
    SH.maxInclusive,
    SH.maxExclusive,
    SH.lessThan,
    SH.lessThanOrEquals,
)
_NAMING: Final = (SH["class"], SH.hasValue, SH.targetNode, SH.targetClass)
_BOOLEANS: Final = (SH.uniqueLang, SH.closed, SH.deactivated)
_PARTS: Final = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_LISTS: Final = (SH["and"], SH["or"], SH.xone)
_ESCAPED: Final = r"\\[.\-/+*?()\[\]{}|^$\\dDsSwW]"
# Regular expressions that mean the same to XPath, Python and Rust.
_PLAIN: Final = re.compile(
    rf"(?:[^\\(){{}}\[\]]|{_ESCAPED}|\((?:\?:|(?!\?))|\)|\{{\d+(?:,\d*)?\}}"
    rf"|\[\^?(?:[^\\\[\]&~-]|(?<=\w)-(?=\w)|-(?=\])|{_ESCAPED})+\])*"
)
_WORDS: Final = re.compile(
    "PREFIX|SELECT|DISTINCT|WHERE|FILTER|BIND|AS|OPTIONAL|UNION|NOT|EXISTS|IN|TRUE|FALSE|A|"
    "COALESCE|IF|BOUND|STR|LANG|DATATYPE|ISIRI|ISBLANK|ISLITERAL|STRSTARTS|STRENDS|"
    "CONTAINS|STRLEN|REGEX|REPLACE|SAMETERM"
)
_MATCHING: Final = frozenset({"REGEX", "REPLACE"})
_OURS: Final = frozenset({"shapesGraph", "currentShape"})


def doubts_of_shapes(shapes: Graph) -> list[str]:
    """Why the fast engine may judge by these shapes otherwise than pySHACL."""
    return list(_doubts(shapes))


def check_recursion(shapes: Graph) -> None:
    """Refuse shapes that refer to themselves, as SHACL leaves them undefined (§3.4.3).

    Raises:
        ShapesError: a shape does.
    """
    shape = _recursive(shapes)
    if shape is not None:
        raise ShapesError(
            f"the shapes cannot be run: shape <{shape}> refers to itself",
            fix="take the reference out; SHACL does not define recursion",
        )


def _doubts(shapes: Graph) -> Iterator[str]:
    for p in {URIRef(str(p)) for p in shapes.predicates()} - _KNOWN:
        if p.startswith(str(SH)):
            yield f"sh:{p.removeprefix(str(SH))} is not among what was compared"
    yield from _doubts_of_values(shapes)
    for o in shapes.objects(predicate=SH.pattern):
        if not is_plain(str(o)):
            yield f"the pattern {str(o)!r} has parts that engines differ in"
    for o in shapes.objects(predicate=SH.select):
        yield from _doubts_of_query(str(o))
    if _recursive(shapes) is not None:
        yield "a shape refers to itself"


def _doubts_of_values(shapes: Graph) -> Iterator[str]:
    named = [o for p in _NAMING for o in shapes.objects(predicate=p)]
    for head in shapes.objects(predicate=SH["in"]):
        named += shapes.items(head)
    if any(isinstance(o, BNode) for o in named):
        yield "a shape names a blank node of the data"
    said = {str(o) for p in _BOOLEANS for o in shapes.objects(predicate=p)}
    if not said <= {"true", "false"}:
        yield "a boolean is written as a number"
    counts = {str(o) for p in _COUNTS for o in shapes.objects(predicate=p)}
    if not all(count.isdecimal() for count in counts):
        yield "a count is not written as digits"
    if any(str(o) == "0" for o in shapes.objects(predicate=SH.minLength)):
        yield "blank nodes are shorter than nothing to one engine alone"


def _doubts_of_query(query: str) -> Iterator[str]:
    words = [token for token in tokens(query) if token.kind != "comment"]
    used = [token.text.upper() for token in words if token.kind == "word"]
    for word in sorted(set(used)):
        if not _WORDS.fullmatch(word):
            yield f"a query uses {word}, which was not compared"
    if used.count("SELECT") > 1:
        yield "a query has another in it"
    if any(token.text[1:] in _OURS for token in words):
        yield "a query asks for the shapes"
    if _MATCHING.intersection(used):
        for token in words:
            if token.kind == "string" and not is_plain(unquote(token.text)):
                yield f"the pattern {token.text} has parts that engines differ in"


def is_plain(pattern: str) -> bool:
    """Whether the pattern means the same to XPath, Python and Rust."""
    return _PLAIN.fullmatch(pattern) is not None


def _recursive(shapes: Graph) -> Node | None:
    """A shape that refers to itself, over others or not."""
    state: dict[Node, bool] = {}  # False while its parts are looked at

    def visit(shape: Node) -> Node | None:
        state[shape] = False
        for part in _parts(shape, shapes):
            if state.get(part) is False:
                return part
            if part not in state and (found := visit(part)) is not None:
                return found
        state[shape] = True
        return None

    for shape in {s for p in (*_PARTS, *_LISTS) for s in shapes.subjects(p)}:
        if shape not in state and (found := visit(shape)) is not None:
            return found
    return None


def _parts(shape: Node, shapes: Graph) -> Iterator[Node]:
    for p in _PARTS:
        yield from shapes.objects(shape, p)
    for p in _LISTS:
        for head in shapes.objects(shape, p):
            yield from Collection(shapes, head)
