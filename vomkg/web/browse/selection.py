"""The members of a class, cut by values: as SPARQL that anyone may run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from vomkg.graph.prefixes import shorten
from vomkg.namespaces import DCTERMS, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Literal

    Value = NamedNode | Literal

# What a thing is called in a list.
_NAMED: Final = f"<{SKOS}prefLabel>|<{RDFS}label>|<{DCTERMS}title>"


@dataclass(frozen=True, slots=True)
class Way:
    """How to get from a thing to the values that it may be cut by.

    Attributes:
        steps: properties, one after the other; none leads to the classes below.
    """

    steps: tuple[str, ...]

    def pattern(self, prefixes: Mapping[str, str], end: str, mark: str) -> str:
        """The triple patterns from ``?thing`` to that end.

        Each step is a pattern: of a sequence path Virtuoso finds some ends only.

        Args:
            prefixes: short names.
            end: a term or a variable.
            mark: tells the variables on the way from those of other ways.
        """
        if not self.steps:
            return f"?thing a ?kind{mark} . ?kind{mark} rdfs:subClassOf* {end} ."
        between = [f"?via{mark}_{step}" for step in range(1, len(self.steps))]
        stops = ["?thing", *between, end]
        return " ".join(
            f"{start} {written(step, prefixes)} {stop} ."
            for start, step, stop in zip(stops, self.steps, stops[1:], strict=False)
        )


@dataclass(frozen=True, slots=True)
class Selection:
    """Members of a class with certain values.

    Attributes:
        of: IRI of the class.
        cuts: each way with its value; None for things that have none.
        prefixes: short names for the text of queries.
    """

    of: str
    cuts: tuple[tuple[Way, Value | None], ...]
    prefixes: Mapping[str, str]

    def but(self, way: Way) -> Selection:
        """The same without the cut of that way."""
        return replace(self, cuts=tuple(cut for cut in self.cuts if cut[0] != way))

    @property
    def where(self) -> str:
        """The patterns that all members fit, ``?thing`` being one."""
        lines = [Way(()).pattern(self.prefixes, written(self.of, self.prefixes), "")]
        for number, (way, value) in enumerate(self.cuts, 1):
            if value is None:
                pattern = way.pattern(self.prefixes, f"?value{number}", str(number))
                lines.append(f"FILTER NOT EXISTS {{ {pattern} }}")
            else:
                end = (
                    written(value.value, self.prefixes)
                    if isinstance(value, NamedNode)
                    else str(value)
                )
                lines.append(way.pattern(self.prefixes, end, str(number)))
        # Not isIRI: beside NOT EXISTS, Virtuoso leaves members out for it.
        return "\n  ".join([*lines, "FILTER(!isBlank(?thing))"])

    @property
    def listing(self) -> str:
        """The query for all members, by name; those without one come last."""
        # Within, because Virtuoso leaves members out where names are optional beside
        # the cuts, and does not order by what the same SELECT groups.
        where = self.where.replace("\n", "\n        ")
        return (
            "SELECT ?thing ?label\n"
            "WHERE {\n"
            "  {\n"
            "    SELECT ?thing (MIN(STR(?name)) AS ?label)\n"
            "    WHERE {\n"
            f"      {{\n        SELECT DISTINCT ?thing\n        WHERE {{\n          {where}\n        }}\n      }}\n"
            f"      OPTIONAL {{ ?thing {self._named} ?name }}\n"
            "    }\n"
            "    GROUP BY ?thing\n"
            "  }\n"
            "}\n"
            "ORDER BY (!BOUND(?label)) LCASE(?label) ?thing\n"
        )

    @property
    def counting(self) -> str:
        """The query for how many there are."""
        return (
            "SELECT (COUNT(DISTINCT ?thing) AS ?things)\n"
            f"WHERE {{\n  {self.where}\n}}\n"
        )

    @property
    def _named(self) -> str:
        return "|".join(written(iri[1:-1], self.prefixes) for iri in _NAMED.split("|"))


def written(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI as it may stand in a query."""
    short = shorten(iri, prefixes)
    # The engine's library writes what has no short form, so none can end its brackets.
    return str(NamedNode(iri)) if short == iri else short
