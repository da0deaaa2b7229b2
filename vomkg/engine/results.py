"""Rows as bytes: the four SPARQL result formats.

They are written here, not by the engine, because the rows have been counted
against the limit by then and the engine can only write what it has not yet
handed out. Tests compare each with the engine's own writing.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from vomkg.namespaces import XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from vomkg.formats import Format


@dataclass(frozen=True, slots=True)
class TripleTerm:
    """A triple that stands in a cell, as RDF 1.2 has it."""

    triple: Triple

    @property
    def value(self) -> str:
        """The triple as SPARQL 1.2 writes it."""
        return f"<<( {self.triple} )>>"

    def __str__(self) -> str:
        return self.value


Term = NamedNode | BlankNode | Literal | TripleTerm
Row = dict[str, Term | None]

_TRIPLE: Final = ("subject", "predicate", "object")
_XML_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
)
# The direction of a text, by the Internationalization Tag Set (RDF 1.2).
_ITS: Final = (
    ' xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0" its:dir="%s"'
)
# XML 1.0 cannot hold these characters at all, so they become U+FFFD.
_NOT_XML: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), "�")


def bindings_bytes(columns: Sequence[str], rows: Iterable[Row], form: Format) -> bytes:
    """The rows in one of the four SPARQL 1.1 result formats."""
    return _BINDINGS[form.name](columns, rows).encode()


def boolean_bytes(value: bool, form: Format) -> bytes:
    """The answer of ASK; CSV and TSV give the bare word, as Jena and Oxigraph do."""
    word = "true" if value else "false"
    if form.name == "json":
        return f'{{"head": {{}}, "boolean": {word}}}'.encode()
    if form.name == "xml":
        body = f"  <head/>\n  <boolean>{word}</boolean>\n</sparql>\n"
        return (_XML_HEAD + body).encode()
    return f"{word}\r\n".encode() if form.name == "csv" else f"{word}\n".encode()


def _json(columns: Sequence[str], rows: Iterable[Row]) -> str:
    bindings = [
        {name: _json_term(term) for name, term in row.items() if term is not None}
        for row in rows
    ]
    return json.dumps(
        {"head": {"vars": list(columns)}, "results": {"bindings": bindings}},
        ensure_ascii=False,
    )


def _json_term(term: Term | Triple) -> dict[str, object]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, (TripleTerm, Triple)):
        parts = zip(_TRIPLE, _parts(term), strict=True)
        return {
            "type": "triple",
            "value": {name: _json_term(part) for name, part in parts},
        }
    found: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
        if term.direction:
            found["its:dir"] = str(term.direction)
    elif term.datatype.value != XSD + "string":
        found["datatype"] = term.datatype.value
    return found


def _xml(columns: Sequence[str], rows: Iterable[Row]) -> str:
    head = "".join(f'    <variable name="{name}"/>\n' for name in columns)
    parts = [_XML_HEAD, f"  <head>\n{head}  </head>\n  <results>\n"]
    for row in rows:
        parts.append("    <result>\n")
        parts += [
            f'      <binding name="{name}">{_xml_term(term)}</binding>\n'
            for name, term in row.items()
            if term is not None
        ]
        parts.append("    </result>\n")
    return "".join([*parts, "  </results>\n</sparql>\n"])


def _xml_term(term: Term | Triple) -> str:
    if isinstance(term, (TripleTerm, Triple)):
        parts = zip(_TRIPLE, _parts(term), strict=True)
        inner = "".join(f"<{name}>{_xml_term(part)}</{name}>" for name, part in parts)
        return f"<triple>{inner}</triple>"
    # A bare carriage return would be read back as a line feed (XML 1.0 §2.11).
    text = escape(term.value.translate(_NOT_XML)).replace("\r", "&#13;")
    if isinstance(term, NamedNode):
        return f"<uri>{text}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{text}</bnode>"
    if term.language:
        way = _ITS % term.direction if term.direction else ""
        return f'<literal xml:lang="{term.language}"{way}>{text}</literal>'
    if term.datatype.value == XSD + "string":
        return f"<literal>{text}</literal>"
    return f'<literal datatype="{escape(term.datatype.value)}">{text}</literal>'


def _parts(term: TripleTerm | Triple) -> tuple[Term | Triple, ...]:
    triple = term.triple if isinstance(term, TripleTerm) else term
    return (triple.subject, triple.predicate, triple.object)


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """RFC 4180 with CRLF, values bare (SPARQL 1.1 Results CSV §3)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(
            f"_:{term.value}"
            if isinstance(term, BlankNode)
            else ""
            if term is None
            else term.value
            for term in row.values()
        )
    return out.getvalue()


def _tsv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    lines = ["\t".join(f"?{name}" for name in columns)]
    lines += [
        "\t".join("" if term is None else str(term) for term in row.values())
        for row in rows
    ]
    return "".join(line + "\n" for line in lines)


_BINDINGS: Final[Mapping[str, Callable[[Sequence[str], Iterable[Row]], str]]] = {
    "json": _json,
    "xml": _xml,
    "csv": _csv,
    "tsv": _tsv,
}
