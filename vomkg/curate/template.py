"""A Turtle statement to fill in, made of what the shapes ask of a kind of thing.

Each value that only a person knows is an ellipsis, which no Turtle reader takes,
so a place that was left empty is found as a fault at its line and column.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from rdflib import RDF, RDFS, XSD, Literal, URIRef

from vomkg.curate.kinds import Kind, Need, label
from vomkg.graph.prefixes import shorten
from vomkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib import Graph
    from rdflib.term import Node

BLANK: Final = "…"
_WIDTH: Final = 78
_LISTED: Final = 8
# Numbers and truth are written without quotes in Turtle.
_BARE: Final = {
    XSD.integer: "as digits",
    XSD.decimal: "as 34.0",
    XSD.boolean: "true or false",
    XSD.double: "as 1.0e0",
}


def template(
    kind: Kind,
    known: Graph,
    prefixes: Mapping[str, str],
    *,
    slug: str = BLANK,
    whole: bool = False,
) -> str:
    """Turtle with the properties that a thing of the kind needs.

    Args:
        kind: what the thing is.
        known: ontology and data, for labels and for the values to choose from.
        prefixes: prefix to namespace.
        slug: the end of its IRI; left open unless given.
        whole: whether the properties that it may have stand there too.
    """
    needs = [need for need in kind.needs if need.least or whole]
    body = []
    for need in needs:
        value = _blank(need, _choices(need, known), prefixes)
        body.append(f"    {shorten(need.path, prefixes)} {value}")
    head = f"id:{slug} a {shorten(kind.iri, prefixes)}"
    statement = " ;\n".join([head, *body]) + " .\n"
    notes = "".join(f"{line}\n" for line in _notes(kind, known, prefixes))
    used = {"id": BASE + "id/"} | {
        name: space for name, space in prefixes.items() if f"{name}:" in statement
    }
    lines = [f"@prefix {name}: <{used[name]}> .\n" for name in sorted(used)]
    return f"{notes}\n{''.join(lines)}\n{statement}"


def _notes(kind: Kind, known: Graph, prefixes: Mapping[str, str]) -> Iterator[str]:
    name = label(kind.iri, known) or kind.name
    yield from _wrapped(
        f"{name}: write a value for every {BLANK}, take what else you need from "
        "below, and delete these notes. Then: vomkg validate --with-data FILE"
    )
    for title, listed in (
        ("It needs", [need for need in kind.needs if need.least]),
        ("It may have", [need for need in kind.needs if not need.least]),
    ):
        if listed:
            yield "#"
            yield f"# {title}:"
        for need in listed:
            yield from _wrapped(_described(need, known, prefixes), "  ")
    if kind.rules:
        yield "#"
        yield "# Besides:"
        for rule in kind.rules:
            yield from _wrapped(rule, "  - ")


def _described(need: Need, known: Graph, prefixes: Mapping[str, str]) -> str:
    said = "; ".join(need.messages) or need.name or label(need.path, known)
    choices = _choices(need, known)
    shown = [shorten(str(term), prefixes) for term in choices[:_LISTED]]
    if len(choices) > _LISTED:
        shown.append(f"or one of {len(choices) - _LISTED} more")
    offered = f" There are: {', '.join(shown)}." if shown else ""
    return f"{shorten(need.path, prefixes)} ({need.count}{_form(need, prefixes)}): {said}.{offered}"


def _choices(need: Need, known: Graph) -> list[URIRef]:
    """The things that can be its value, sorted."""
    if need.values:
        return [term for term in need.values if isinstance(term, URIRef)]
    sets = [
        {
            thing
            for below in known.transitive_subjects(RDFS.subClassOf, kind)
            for thing in known.subjects(RDF.type, below)
            if isinstance(thing, URIRef)
        }
        for kind in need.kinds
    ]
    return sorted(set.intersection(*sets), key=str) if sets else []


def _blank(need: Need, choices: list[URIRef], prefixes: Mapping[str, str]) -> str:
    """The place of the value, with as much as is sure."""
    if len(need.values) == 1:
        return _written(need.values[0], prefixes)
    spaces = {shorten(str(term), prefixes).partition(":")[0] for term in choices}
    space = f"{spaces.pop()}:" if len(spaces) == 1 else ""
    is_link = need.kinds or choices
    one = f"{space or 'id:'}{BLANK}" if is_link else BLANK
    return ", ".join([one] * max(need.least, 1))


def _form(need: Need, prefixes: Mapping[str, str]) -> str:
    """How a literal of the property is written; empty for links."""
    if need.language or need.datatype == RDF.langString:
        return f', written "text"@{need.language or "en"}'
    if need.datatype == XSD.string:
        return ', written "text"'
    if need.datatype in _BARE:
        return f", written {_BARE[need.datatype]}"
    if need.datatype is not None:
        return f', written "..."^^{shorten(need.datatype, prefixes)}'
    return ""


def _written(term: Node, prefixes: Mapping[str, str]) -> str:
    return term.n3() if isinstance(term, Literal) else shorten(str(term), prefixes)


def _wrapped(text: str, first: str = "") -> Iterator[str]:
    lines = textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=" " * max(len(first), 2) if first else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in lines:
        yield f"# {line}"
