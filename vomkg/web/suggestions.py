"""What an editor suggests while a query is typed: terms with names and definitions.

The counts are those of the graph that describes the others (VoID); where there is
none, as with files or stores of others, they are counted by queries.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count, islice
from typing import TYPE_CHECKING, Final

from vomkg.errors import VomkgError
from vomkg.graph.prefixes import shorten
from vomkg.namespaces import (
    DATASET_IRI,
    OWL,
    RDF,
    RDFS,
    SKOS,
    VOID,
    VOID_EXT,
    GraphName,
    Vom,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.engine.results import Row
    from vomkg.knowledge import KnowledgeGraph

# Things are listed up to this number: more would be a long way to load for a list
# that nobody reads.
MOST_THINGS: Final = 2_000
_PAGE: Final = 10_000
_CLASSES: Final = f"""
SELECT ?class ?n WHERE {{ GRAPH <{GraphName.void}> {{
  <{DATASET_IRI}> <{VOID}classPartition> ?part .
  ?part <{VOID}class> ?class ; <{VOID}entities> ?n }} }}
ORDER BY ?class
"""
_PROPERTIES: Final = f"""
SELECT ?property ?n WHERE {{ GRAPH <{GraphName.void}> {{
  <{DATASET_IRI}> <{VOID}propertyPartition> ?part .
  ?part <{VOID}property> ?property ; <{VOID}triples> ?n }} }}
ORDER BY ?property
"""
_USED: Final = f"""
SELECT ?class ?property ?n WHERE {{ GRAPH <{GraphName.void}> {{
  <{DATASET_IRI}> <{VOID}classPartition> ?part .
  ?part <{VOID}class> ?class ; <{VOID}propertyPartition> ?inner .
  ?inner <{VOID}property> ?property ; <{VOID}triples> ?n }} }}
ORDER BY ?class ?property
"""
_VALUES: Final = f"""
SELECT DISTINCT ?property ?value WHERE {{ GRAPH <{GraphName.void}> {{
  <{DATASET_IRI}> <{VOID}classPartition>/<{VOID}propertyPartition> ?inner .
  ?inner <{VOID}property> ?property .
  {{ ?inner <{VOID}classPartition>/<{VOID}class> ?value }} UNION
  {{ ?inner <{VOID_EXT}datatypePartition>/<{VOID_EXT}datatype> ?value }} }} }}
ORDER BY ?property ?value
"""
# The same, counted; what values a property has would take the longest and is left out.
_CLASSES_COUNTED: Final = """
SELECT ?class (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?class }
GROUP BY ?class ORDER BY ?class
"""
_PROPERTIES_COUNTED: Final = """
SELECT ?property (COUNT(*) AS ?n) WHERE { ?s ?property ?o }
GROUP BY ?property ORDER BY ?property
"""
_USED_COUNTED: Final = """
SELECT ?class ?property (COUNT(*) AS ?n) WHERE { ?s a ?class ; ?property ?o }
GROUP BY ?class ?property ORDER BY ?class ?property
"""
# Virtuoso gives no least one of texts with a language, so these are taken without.
_TEXTS: Final = """
SELECT ?thing (MIN(STR(?text)) AS ?words) WHERE {
  ?thing %s ?text
  FILTER(isIRI(?thing) && (LANG(?text) = "" || LANGMATCHES(LANG(?text), "en"))) }
GROUP BY ?thing ORDER BY ?thing
"""
_DEFINITIONS: Final = _TEXTS % f"<{SKOS}definition>|<{RDFS}comment>|<{Vom.statement}>"
_LABELS: Final = _TEXTS % f"<{SKOS}prefLabel>|<{RDFS}label>"
_THINGS: Final = f"""
SELECT DISTINCT ?thing ?class WHERE {{
  ?thing <{SKOS}prefLabel>|<{RDFS}label> ?label ; a ?class
  FILTER(isIRI(?thing)) FILTER NOT EXISTS {{
    ?thing a ?kind FILTER(?kind IN (
      <{OWL}Class>, <{RDFS}Class>, <{RDF}Property>, <{OWL}ObjectProperty>,
      <{OWL}DatatypeProperty>, <{OWL}AnnotationProperty>)) }} }}
ORDER BY ?thing ?class
"""
# Said of every thing, and so of no use to tell them apart.
_EMPTY_KINDS: Final = frozenset({OWL + "NamedIndividual", OWL + "Thing"})


@dataclass(slots=True)
class _Maker:
    """Makes the entries of the list; notes whether a query failed on the way."""

    kg: KnowledgeGraph
    is_partial: bool = False
    definitions: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] | None = None

    def __post_init__(self) -> None:
        self.definitions = self.texts(_DEFINITIONS)
        # Where each label would be a query, they are had in one.
        self.labels = None if self.kg.knows_labels else self.texts(_LABELS)

    def texts(self, query: str) -> dict[str, str]:
        """Words by the IRI of what they are said of."""
        return {r["thing"]: r["words"] for r in self.rows(query) if len(r) > 1}

    def rows(self, query: str) -> list[dict[str, str]]:
        """All rows as plain text; those so far where the graph gives no more."""
        found: list[dict[str, str]] = []
        try:
            found.extend(_texts(row) for row in _paged(self.kg, query))
        except VomkgError:
            self.is_partial = True
        return found

    def name(self, iri: str) -> str:
        """The name as a query writes it."""
        short = shorten(iri, self.kg.prefixes)
        return f"<{iri}>" if short == iri else short

    def label(self, iri: str) -> str:
        """Its label; its short name where it has none."""
        if self.labels is None:
            return self.kg.label(iri)
        return self.labels.get(iri) or shorten(iri, self.kg.prefixes)

    def entry(self, iri: str) -> dict[str, object]:
        """What is the same for all: name, IRI, label and definition."""
        return {
            "name": self.name(iri),
            "iri": iri,
            "label": self.label(iri),
            "definition": self.definitions.get(iri, ""),
        }


def suggestions(kg: KnowledgeGraph) -> dict[str, object]:
    """All that is suggested, as it is sent in JSON.

    Returns:
        ``prefixes``; ``classes``, each with its count of things and of triples by
        property; ``properties``, each with its count of triples and the classes and
        datatypes of its values; ``individuals``, each with its classes, the first
        :data:`MOST_THINGS` by IRI; ``is_cut`` if there are more; ``is_partial`` if the
        graph could not be asked for all, as when a limit was reached.
    """
    maker = _Maker(kg)
    classes, is_described = _classes(maker)
    properties = _properties(maker, is_described=is_described)
    things, is_cut = _things(maker)
    return {
        "release": kg.release.id,
        "source": "void" if is_described else "counted",
        "prefixes": dict(sorted(kg.prefixes.items())),
        "classes": classes,
        "properties": properties,
        "individuals": things,
        "is_cut": is_cut,
        "is_partial": maker.is_partial,
    }


def _classes(maker: _Maker) -> tuple[list[dict[str, object]], bool]:
    """The classes that are used, and whether the graph describes itself."""
    counted = maker.rows(_CLASSES)
    is_described = bool(counted)
    if not is_described:
        counted = maker.rows(_CLASSES_COUNTED)
    used: dict[str, dict[str, int]] = {}
    for row in maker.rows(_USED if is_described else _USED_COUNTED):
        inner = used.setdefault(row["class"], {})
        inner[maker.name(row["property"])] = int(row["n"])
    found = [
        {
            **maker.entry(row["class"]),
            "count": int(row["n"]),
            "properties": used.get(row["class"], {}),
        }
        for row in counted
    ]
    return found, is_described


def _properties(maker: _Maker, *, is_described: bool) -> list[dict[str, object]]:
    values: dict[str, list[str]] = {}
    for row in maker.rows(_VALUES) if is_described else ():
        values.setdefault(row["property"], []).append(maker.name(row["value"]))
    return [
        {
            **maker.entry(row["property"]),
            "count": int(row["n"]),
            "values": values.get(row["property"], []),
        }
        for row in maker.rows(_PROPERTIES if is_described else _PROPERTIES_COUNTED)
    ]


def _things(maker: _Maker) -> tuple[list[dict[str, object]], bool]:
    """The named things that are no terms, and whether there are more of them."""
    kinds: dict[str, list[str]] = {}
    try:
        for row in _paged(maker.kg, _THINGS):
            texts = _texts(row)
            if texts["thing"] not in kinds and len(kinds) > MOST_THINGS:
                break
            listed = kinds.setdefault(texts["thing"], [])
            if texts["class"] not in _EMPTY_KINDS:
                listed.append(maker.name(texts["class"]))
    except VomkgError:
        maker.is_partial = True
    found = [
        {**maker.entry(iri), "kinds": listed}
        for iri, listed in islice(kinds.items(), MOST_THINGS)
    ]
    return found, len(kinds) > MOST_THINGS


def _paged(kg: KnowledgeGraph, query: str) -> Iterator[Row]:
    """The rows of an ordered query, page by page: the limit is for those who ask."""
    size = min(kg.settings.row_limit, _PAGE)
    for start in count(0, size):
        rows = kg.query(f"{query} LIMIT {size} OFFSET {start}").rows
        yield from rows
        if len(rows) < size:
            return


def _texts(row: Row) -> dict[str, str]:
    return {name: term.value for name, term in row.items() if term is not None}
