"""Words for things of ours that have no name: where they are, or their title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vomkg.graph.prefixes import shorten
from vomkg.namespaces import BASE, DCTERMS, OA, RDFS, SKOS, Vom
from vomkg.web.things.quads import lists, names, things_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyoxigraph import NamedNode, Quad

    from vomkg.engine.results import Row
    from vomkg.knowledge import KnowledgeGraph

# A place by its section and characters, a selector by its characters alone.
_PLACES: Final = f"""
SELECT ?thing ?section ?start ?end ?title
WHERE {{
  VALUES ?thing {{ THINGS }}
  {{
    ?thing <{OA}hasSelector> ?selector .
    ?selector <{OA}start> ?start ;
      <{OA}end> ?end .
    OPTIONAL {{ ?thing <{Vom.inSection}> ?in . ?in <{SKOS}prefLabel> ?section }}
  }}
  UNION
  {{ ?thing <{OA}start> ?start ; <{OA}end> ?end }}
  UNION
  {{ ?thing <{DCTERMS}title> ?title }}
}}
ORDER BY ?thing ?section ?start ?end ?title
"""
# Terms of RDF Schema, which no ontology needs to declare anew, and our own document.
_TERMS: Final = {
    BASE + "shapes": "the shapes",
    RDFS + "comment": "comment",
    RDFS + "isDefinedBy": "is defined by",
    RDFS + "seeAlso": "see also",
}


def names_or_places(kg: KnowledgeGraph, quads: Iterable[Quad]) -> Callable[[str], str]:
    """What gives the name of each thing in the triples, or words for where it is.

    Only where something has no name is the graph asked once more.
    """
    label = names(kg, quads)
    unnamed = [
        node
        for node in things_in(quads)
        if node.value.startswith(BASE)
        and label(node.value) == shorten(node.value, kg.prefixes)
    ]
    found = {**_TERMS, **words_for(kg, unnamed)}

    def named(iri: str) -> str:
        words = label(iri)
        return found.get(iri, words) if words == shorten(iri, kg.prefixes) else words

    return named


def words_for(kg: KnowledgeGraph, unnamed: Iterable[NamedNode]) -> dict[str, str]:
    """Words for those of the things that have a place or a title, by IRI."""
    found: dict[str, str] = {}
    for listed in lists(kg, sorted(map(str, unnamed))):
        for row in kg.query(_PLACES.replace("THINGS", listed)).rows:
            found.setdefault(_text(row, "thing"), _words(row))
    return found


def _words(row: Row) -> str:
    title = _text(row, "title")
    if title:
        return title
    characters = f"characters {_text(row, 'start')}–{_text(row, 'end')}"
    section = _text(row, "section")
    return f"{section}, {characters}" if section else characters


def _text(row: Row, name: str) -> str:
    term = row[name]
    return "" if term is None else term.value
