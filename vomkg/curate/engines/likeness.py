"""Data that the engines read differently, whatever the shapes.

Found by running both over every character and every pair of kinds of literals; see
docs/decisions/shacl-engines.md and tests/engines.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, Literal

import rdflib
from rdflib import RDF, SH, BNode, Graph, URIRef

from vomkg.curate.engines.proven import COMPARING
from vomkg.graph.lexical import literal_fault
from vomkg.namespaces import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

Family = Literal["number", "date", "text", "other"]

# Digits that both engines compute with exactly.
_DIGITS: Final = 15
_BLANKS: Final = re.compile("[\x1c-\x1f]")
# Python and Rust have different tables of what is a letter or digit among these.
_UNSETTLED: Final = frozenset({"Cf", "Cn", "Mc", "Me", "Mn", "Nd", "No", "Pc", "So"})
_ASCII: Final = 128
_LETTERS: Final = re.compile(r"\\[dDwW]")
_NUMBER: Final = re.compile(
    XSD + r"(decimal|(non(Negative|Positive)|positive|negative)?[iI]nteger"
    r"|(unsigned)?([lL]ong|[iI]nt|[sS]hort|[bB]yte))"
)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN_STRING: Final = f"^^<{XSD}string>"
_LIKE: Final = ({"number"}, {"date"})


def doubts_of_data(data: Graph, text: str, shapes: Graph) -> list[str]:
    """Why the engines may read this data differently; empty if they do not.

    Args:
        data: what is to be judged.
        text: the same as N-Triples.
        shapes: the shapes.
    """
    return [
        *_doubts_of_text(text, shapes),
        *_doubts_of_literals(data),
        *_doubts_of_ranges(data, shapes),
        *_doubts_of_queries(data, shapes),
    ]


def _doubts_of_text(text: str, shapes: Graph) -> Iterator[str]:
    patterns = [*shapes.objects(predicate=SH.pattern)]
    patterns += shapes.objects(predicate=SH.select)
    if patterns and '\\n"' in text:
        yield "a literal ends with a line feed, which $ may pass over"
    if patterns and _BLANKS.search(text):
        yield "a literal has characters that are blanks to one engine alone"
    if any(_LETTERS.search(str(pattern)) for pattern in patterns):
        odd = {c for c in set(text) if ord(c) >= _ASCII}
        if any(unicodedata.category(c) in _UNSETTLED for c in odd):
            yield "a literal has characters that are letters to one engine alone"
    if _PLAIN_STRING in text:
        yield "a plain literal names its type"


def _doubts_of_literals(data: Graph) -> Iterator[str]:
    literals = {
        o for o in data.objects() if isinstance(o, rdflib.Literal) and o.datatype
    }
    if any(literal_fault(str(o), str(o.datatype)) for o in literals):
        yield "a literal is not of its type, which pySHACL may not see"
    if any(_is_long(o) for o in literals):
        yield f"a number has more than {_DIGITS} digits"


def _is_long(term: rdflib.Literal) -> bool:
    if len(term) <= _DIGITS or not _NUMBER.fullmatch(str(term.datatype)):
        return False
    try:
        return len(Decimal(str(term)).as_tuple().digits) > _DIGITS
    except InvalidOperation:
        return True


def _doubts_of_ranges(data: Graph, shapes: Graph) -> Iterator[str]:
    """Where unlike terms are compared: pySHACL has one order of all, SPARQL none."""
    for shape in {s for p in COMPARING for s in shapes.subjects(p)}:
        last = _last(shapes.value(shape, SH.path), shapes)
        if last is None:
            yield "values are compared at the end of a path that is not looked into"
            continue
        bounds = [o for p in COMPARING[:4] for o in shapes.objects(shape, p)]
        for p in COMPARING[4:]:
            last |= set(shapes.objects(shape, p))
        values = (o for p in last for o in data.objects(predicate=p))
        kinds = _families([*bounds, *values])
        if kinds and kinds not in _LIKE:
            yield f"values of different kinds are compared: {', '.join(sorted(kinds))}"


def _last(path: Node | None, shapes: Graph) -> set[Node] | None:
    """The properties that a path may end with; None where that is not so simple."""
    if isinstance(path, URIRef):
        return {path}
    if not isinstance(path, BNode):
        return None
    if (path, RDF.first, None) in shapes:
        return _last(list(shapes.items(path))[-1], shapes)
    head = shapes.value(path, SH.alternativePath)
    ends = [_last(part, shapes) for part in shapes.items(head)] if head else []
    known = [end for end in ends if end is not None]
    return set().union(*known) if known and len(known) == len(ends) else None


def _doubts_of_queries(data: Graph, shapes: Graph) -> Iterator[str]:
    queries = " ".join(str(o) for o in shapes.objects(predicate=SH.select))
    if not queries:
        return
    words = set(re.findall(r"\w+", queries))
    for p in set(data.predicates()):
        if words.isdisjoint(re.split(r"\W", str(p))[-1:]):
            continue
        kinds = _families(
            o for o in data.objects(predicate=p) if isinstance(o, rdflib.Literal)
        )
        if len(kinds) > 1 or "other" in kinds:
            yield f"a query may compare values of <{p}>: {', '.join(sorted(kinds))}"


def _families(terms: Iterable[Node]) -> set[Family]:
    return {_family(term) for term in set(terms)}


def _family(term: Node) -> Family:
    """The kind of a term, within which both engines have one order."""
    if not isinstance(term, rdflib.Literal):
        return "other"
    kind = str(term.datatype or "")
    if not kind or term.language:
        return "text"
    if _NUMBER.fullmatch(kind):
        return "number"
    if kind == XSD + "date" and _DAY.fullmatch(str(term)):
        return "date"
    return "other"
