"""What is read from the graph before it can be searched."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from vomkg.engine.paged import all_rows
from vomkg.errors import LimitError
from vomkg.namespaces import DCTERMS, OWL, RDFS, SKOS, Vom
from vomkg.search.kinds import Kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vomkg.config import Settings
    from vomkg.engine.answer import Answer
    from vomkg.engine.results import Row

    class Graph(Protocol):
        """What can be searched: a knowledge graph."""

        settings: Settings
        prefixes: Mapping[str, str]

        def query(self, text: str, /) -> Answer:
            """The answer to a SPARQL text."""
            ...

        def label(self, iri: str, /) -> str:
            """The name of a thing."""
            ...


# The first that a thing has is its name; it is found by the others as well.
NAMES: Final = (
    SKOS + "prefLabel",
    RDFS + "label",
    DCTERMS + "title",
    "http://xmlns.com/foaf/0.1/name",
    "https://schema.org/name",
    SKOS + "altLabel",
)
# In the order in which they are shown where they fit equally well.
TEXTS: Final = (
    Vom.statement,
    SKOS + "definition",
    RDFS + "comment",
    DCTERMS + "description",
    "https://schema.org/description",
    Vom.reportedForm,
    SKOS + "scopeNote",
    Vom.editorialNote,
)
_LISTED: Final = " ".join(f"<{iri}>" for iri in (*NAMES, *TEXTS))
_WITHDRAWN: Final = f"FILTER NOT EXISTS {{ ?thing <{OWL}deprecated> true }}"
_SAID: Final = f"""
SELECT DISTINCT ?thing ?property ?text
WHERE {{
  VALUES ?property {{ {_LISTED} }}
  ?thing ?property ?text .
  FILTER(isIRI(?thing) && isLiteral(?text))
  {_WITHDRAWN}
}}
ORDER BY ?thing ?property ?text
"""
_TYPES: Final = f"""
SELECT DISTINCT ?thing ?class
WHERE {{
  VALUES ?property {{ {_LISTED} }}
  ?thing ?property ?text ;
    a ?class .
  FILTER(isIRI(?thing) && isIRI(?class))
  {_WITHDRAWN}
}}
ORDER BY ?thing ?class
"""
_ABOVE: Final = f"""
SELECT DISTINCT ?below ?above
WHERE {{
  ?below <{RDFS}subClassOf> ?above .
  FILTER(isIRI(?below) && isIRI(?above))
}}
ORDER BY ?below ?above
"""


@dataclass(slots=True)
class Entry:
    """One thing that can be found.

    Attributes:
        iri: of the thing.
        names: its labels, the preferred one first.
        texts: what is said of it, in the order of :data:`TEXTS`.
        classes: all its classes, those above the stated ones too.
        kinds: those of them that say most.
    """

    iri: str
    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    classes: frozenset[str] = frozenset()
    kinds: tuple[str, ...] = ()


@dataclass(slots=True)
class _Said:
    names: list[tuple[int, str]] = field(default_factory=list)
    texts: list[tuple[int, str]] = field(default_factory=list)


def kinds_of(kg: Graph) -> Kinds:
    """The classes of the graph, by what is stated or inferred of them.

    Raises:
        VomkgError: the graph cannot be asked.
    """
    return Kinds(
        (_text(row, "below"), _text(row, "above")) for row in all_rows(kg, _ABOVE)
    )


def gather(kg: Graph) -> list[Entry]:
    """Every thing with a name or a text, by IRI; three queries, read in pages.

    Raises:
        LimitError: there are more names and texts than may be indexed.
        VomkgError: the graph cannot be asked.
    """
    most = kg.settings.search_texts
    said: dict[str, _Said] = defaultdict(_Said)
    for row in _bounded(all_rows(kg, _SAID), most):
        found, by, text = (_text(row, name) for name in ("thing", "property", "text"))
        if by in NAMES:
            said[found].names.append((NAMES.index(by), text))
        else:
            said[found].texts.append((TEXTS.index(by), text))
    types: dict[str, set[str]] = defaultdict(set)
    for row in all_rows(kg, _TYPES):
        types[_text(row, "thing")].add(_text(row, "class"))
    kinds = kinds_of(kg)
    return [
        Entry(
            iri,
            _once(said[iri].names),
            _once(said[iri].texts),
            kinds.all_of(types[iri]),
            kinds.narrowest(types[iri]),
        )
        for iri in sorted(said)
    ]


def _bounded(rows: Iterable[Row], most: int) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        if number > most:
            raise LimitError(
                f"the graph has more than {most:,} labels and texts, which are not "
                "indexed for search",
                fix="ask at /sparql or by vomkg query, or raise search_texts",
            )
        yield row


def _once(found: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for _, text in sorted(found)))


def _text(row: Row, name: str) -> str:
    return str(getattr(row[name], "value", ""))
