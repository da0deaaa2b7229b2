"""Data that the engines read differently, whatever the shapes.

Found by running both over every character and every pair of kinds of literals; see
docs/decisions/shacl-engines.md and tests/engines.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, Literal

import pyoxigraph
import rdflib
from rdflib import RDF, SH, BNode, Graph, URIRef

from vomkg.curate.engines.proven import COMPARING
from vomkg.graph.literals import fault_of
from vomkg.namespaces import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib.term import Node

    from vomkg.curate.engines.judged import Judged

    Term = (
        pyoxigraph.NamedNode
        | pyoxigraph.BlankNode
        | pyoxigraph.Literal
        | pyoxigraph.Triple
    )
    Values = Mapping[str, set[Term]]

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


def doubts_of_data(data: Judged, shapes: Graph) -> list[str]:
    """Why the engines may read this data differently; empty if they do not."""
    found = [*_doubts_of_text(data.text, shapes)]
    found += _doubts_of_literals({quad.object for quad in data.quads})
    values: defaultdict[str, set[Term]] = defaultdict(set)
    for quad in data.quads:
        values[quad.predicate.value].add(quad.object)
    return [
        *found,
        *_doubts_of_ranges(values, shapes),
        *_doubts_of_queries(values, shapes),
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


def _doubts_of_literals(terms: set[Term]) -> Iterator[str]:
    literals = [term for term in terms if isinstance(term, pyoxigraph.Literal)]
    if any(fault_of(literal) for literal in literals):
        yield "a literal is not of its type, which pySHACL may not see"
    if any(len(o.value) > _DIGITS and _is_long(o) for o in literals):
        yield f"a number has more than {_DIGITS} digits"


def _is_long(term: pyoxigraph.Literal) -> bool:
    if not _NUMBER.fullmatch(term.datatype.value):
        return False
    try:
        return len(Decimal(term.value).as_tuple().digits) > _DIGITS
    except InvalidOperation:
        return True


def _doubts_of_ranges(values: Values, shapes: Graph) -> Iterator[str]:
    """Where unlike terms are compared: pySHACL has one order of all, SPARQL none."""
    for shape in {s for p in COMPARING for s in shapes.subjects(p)}:
        last = _last(shapes.value(shape, SH.path), shapes)
        if last is None:
            yield "values are compared at the end of a path that is not looked into"
            continue
        bounds = [_term(o) for p in COMPARING[:4] for o in shapes.objects(shape, p)]
        for p in COMPARING[4:]:
            last |= set(shapes.objects(shape, p))
        compared = (o for p in last for o in values.get(str(p), ()))
        kinds = _families([*bounds, *compared])
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


def _doubts_of_queries(values: Values, shapes: Graph) -> Iterator[str]:
    queries = " ".join(str(o) for o in shapes.objects(predicate=SH.select))
    if not queries:
        return
    words = set(re.findall(r"\w+", queries))
    for p, terms in values.items():
        if words.isdisjoint(re.split(r"\W", p)[-1:]):
            continue
        kinds = _families(o for o in terms if isinstance(o, pyoxigraph.Literal))
        if len(kinds) > 1 or "other" in kinds:
            yield f"a query may compare values of <{p}>: {', '.join(sorted(kinds))}"


def _term(bound: Node) -> Term:
    if isinstance(bound, rdflib.Literal) and not bound.language:
        kind = pyoxigraph.NamedNode(bound.datatype or f"{XSD}string")
        return pyoxigraph.Literal(str(bound), datatype=kind)
    return pyoxigraph.BlankNode()  # no value that is compared


def _families(terms: Iterable[Term]) -> set[Family]:
    return {_family(term) for term in terms}


def _family(term: Term) -> Family:
    """The kind of a term, within which both engines have one order."""
    if not isinstance(term, pyoxigraph.Literal):
        return "other"
    kind = term.datatype.value
    if term.language or kind == XSD + "string":
        return "text"
    if _NUMBER.fullmatch(kind):
        return "number"
    if kind == XSD + "date" and _DAY.fullmatch(term.value):
        return "date"
    return "other"
