"""A case asked of the engine in process and of the front end, and both judged."""

from __future__ import annotations

import re
from enum import IntEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as og

from tests.w3c import answers
from tests.w3c.compare import ordered, same
from tests.w3c.manifest import NEGATIVE, POSITIVE

if TYPE_CHECKING:
    from tests.w3c.answers import Found
    from tests.w3c.manifest import Case
    from tests.w3c.served import Reply, Served

OPERATIONS: Final = ("get", "form", "direct", "query")
_RESULTS: Final = {
    "application/sparql-results+json": og.QueryResultsFormat.JSON,
    "application/sparql-results+xml": og.QueryResultsFormat.XML,
    "text/tab-separated-values": og.QueryResultsFormat.TSV,
}
_GRAPHS: Final = (
    *("text/turtle", "application/n-triples", "application/trig"),
    *("application/n-quads", "application/rdf+xml", "application/ld+json"),
)
_RELATIVE: Final = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*:)[^<>\s\"{}|^`]*>")


_ORDERED: Final = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)
# Some characters that XML 1.0 has no way to write (§2.2).
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
# What the front end says of a function that it does not have: the syntax was right.
_NO_FUNCTION: Final = b"does not exist here"
# Characters of an answer that are shown where it is wrong.
_SHOWN: Final = 600


class Grade(IntEnum):
    """How well an answer fits the expected one."""

    WRONG = 0
    UNORDERED = 1
    RIGHT = 2


class Verdict(NamedTuple):
    """A grade, and what was seen."""

    grade: Grade
    seen: str


def verdict(grade: Grade | bool, seen: object = "") -> Verdict:
    """A grade with what was seen."""
    if isinstance(grade, bool):
        grade = Grade.RIGHT if grade else Grade.WRONG
    return Verdict(grade, str(seen)[:_SHOWN])


def quads(case: Case) -> list[og.Quad]:
    """The data set of a case."""
    found: list[og.Quad] = []
    for iri in case.data:
        found += answers.quads_of(case.file(iri), iri)
    for name, iri in case.graphs:
        graph = og.NamedNode(name)
        found += [
            og.Quad(quad.subject, quad.predicate, quad.object, graph)
            for quad in answers.quads_of(case.file(iri), iri)
        ]
    return found


def in_process(case: Case) -> Verdict:
    """The verdict on pyoxigraph, asked directly."""
    store = og.Store()
    store.extend(quads(case))
    for name, _ in case.graphs:
        store.add_graph(og.NamedNode(name))
    try:
        found = store.query(case.text, base_iri=case.base)
        if case.kind not in POSITIVE | NEGATIVE:
            return _graded(case, _as_found(case, found))
    except SyntaxError as error:
        return verdict(case.kind in NEGATIVE, error)
    except (RuntimeError, OSError, ValueError) as error:
        return verdict(case.kind in POSITIVE, error)
    return verdict(case.kind in POSITIVE, "accepted")


def over_http(case: Case, served: Served, *, isolated: bool = False) -> Verdict:
    """The verdict on the front end: the worst of all formats it is asked for."""
    name = _mounted(case, served, isolated=isolated)
    operation = OPERATIONS[case.draw % len(OPERATIONS)]
    if case.kind in POSITIVE | NEGATIVE:
        reply = served.ask(name, text(case), "*/*", operation)
        is_understood = reply.status == 200 or _NO_FUNCTION in reply.body
        is_refused = reply.status == 400 and not is_understood
        right = is_refused if case.kind in NEGATIVE else is_understood
        return verdict(right, _told(reply))
    assert case.result is not None
    worst = verdict(True)
    for media_type in _media_types(case):
        reply = served.ask(name, text(case), media_type, operation)
        if reply.status == 406 and _is_beyond(media_type, _expected(case)):
            continue
        if reply.status != 200 or reply.media_type != media_type:
            return verdict(False, f"{media_type}: {_told(reply)}")
        found = _graded(case, _read(reply, media_type))
        if found.grade < worst.grade:
            worst = verdict(found.grade, f"{media_type}: {_told(reply)}")
    return worst


def text(case: Case) -> str:
    """The query with its base in the text, since the protocol has no place for it."""
    relative = _RELATIVE.search(case.text)
    return f"BASE <{case.base}>\n{case.text}" if relative else case.text


def _mounted(case: Case, served: Served, *, isolated: bool) -> str:
    """The path of the case's data set, which is mounted if it was not yet."""
    key = sha256(repr((case.data, case.graphs, case.root, isolated)).encode())
    name = f"d{key.hexdigest()[:16]}"
    if name not in served:
        served.mount(name, quads(case), isolated=isolated)
    return name


def _media_types(case: Case) -> tuple[str, ...]:
    assert case.result is not None
    if case.kind == "CSVResultFormatTest":
        return ("text/csv",)
    expected = _expected(case)
    if expected.kind == "graph":
        return _GRAPHS
    types = tuple(_RESULTS)
    return types[:2] if expected.kind == "boolean" else types


def _is_beyond(media_type: str, expected: Found) -> bool:
    """Whether a syntax cannot hold an answer, which it must then refuse."""
    cells = [cell for row in expected.rows for cell in row]
    if media_type == "application/ld+json":
        return any(isinstance(cell, og.Triple) for cell in cells)
    texts = [cell.value for cell in cells if isinstance(cell, og.Literal)]
    return media_type == "application/rdf+xml" and any(map(_NOT_XML.search, texts))


def _read(reply: Reply, media_type: str) -> Found:
    if media_type == "text/csv":
        return answers.csv_rows(reply.body)
    if media_type in _RESULTS:
        return answers.of_results(reply.body, _RESULTS[media_type])
    form = og.RdfFormat.from_media_type(media_type)
    return answers.of_triples(og.parse(reply.body, format=form))


def _as_found(case: Case, found) -> Found:
    if isinstance(found, og.QueryBoolean):
        return answers.Found("boolean", bool(found))
    if isinstance(found, og.QueryTriples):
        return answers.of_triples(found)
    if case.kind == "CSVResultFormatTest":
        return answers.csv_rows(found.serialize(format=og.QueryResultsFormat.CSV))
    return answers.of_solutions(found)


def _expected(case: Case) -> Found:
    assert case.result is not None
    return answers.expected(*case.result, case.base)


def _graded(case: Case, found: Found) -> Verdict:
    wanted = _expected(case)
    if found.kind != wanted.kind:
        return verdict(False, f"{found.kind} instead of {wanted.kind}")
    if found.kind == "boolean":
        return verdict(found.boolean == wanted.boolean, found.boolean)
    if sorted(found.columns) != sorted(wanted.columns):
        return verdict(False, f"columns {found.columns}, not {wanted.columns}")
    if case.lax:
        kept = set(found.rows) == set(wanted.rows)
        return verdict(kept and len(found.rows) <= len(wanted.rows), found.rows)
    if not same(found.rows, wanted.rows):
        return verdict(False, f"{found.rows}\n instead of {wanted.rows}")
    counts = found.kind == "rows" and _ORDERED.search(case.text)
    if counts and not same(ordered(found.rows), ordered(wanted.rows)):
        return verdict(Grade.UNORDERED, found.rows)
    return verdict(True)


def _told(reply: Reply) -> str:
    return f"{reply.status} {reply.body.decode(errors='replace')}"
