"""Estimates and studies of any number with faults planted in them, and the key.

Nothing in them is evidence. The same seed and size give the same lines and the same
key on every machine.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from harness.draw import Draw

if TYPE_CHECKING:
    from collections.abc import Iterator

BASE: Final = "https://example.org/planted/"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SHACL: Final = "http://www.w3.org/ns/shacl#"
TYPE: Final = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
PROPERTIES: Final = f"""
@prefix p: <{BASE}> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <{SHACL}> .
@prefix xsd: <{XSD}> .

p:Estimate-shape a sh:NodeShape ;
  sh:targetClass p:Estimate ;
  sh:closed true ;
  sh:ignoredProperties ( rdf:type ) ;
  sh:message "an estimate has a property that it cannot carry"@en ;
  sh:property p:value-shape , p:lower-shape , p:upper-shape , p:of-shape ,
    p:metric-shape , p:label-shape , p:code-shape , p:year-shape , p:against-shape ,
    p:moment-shape .
p:value-shape sh:path p:value ; sh:datatype xsd:decimal ; sh:minCount 1 ;
  sh:maxCount 1 ; sh:minExclusive 0 ; sh:maxExclusive 100 ;
  sh:lessThanOrEquals p:upper ; sh:message "one value above 0, not above the upper"@en .
p:lower-shape sh:path p:lower ; sh:datatype xsd:decimal ; sh:maxCount 1 ;
  sh:lessThanOrEquals p:value ; sh:message "a lower limit not above the value"@en .
p:upper-shape sh:path p:upper ; sh:datatype xsd:decimal ; sh:maxCount 1 ;
  sh:message "at most one upper limit"@en .
p:of-shape sh:path p:of ; sh:class p:Study ; sh:minCount 1 ; sh:maxCount 1 ;
  sh:nodeKind sh:IRI ; sh:message "an estimate is of one study"@en .
p:metric-shape sh:path p:metric ; sh:in ( p:odds p:risk p:rate ) ; sh:minCount 1 ;
  sh:message "a known metric"@en .
p:label-shape sh:path p:label ; sh:datatype rdf:langString ; sh:uniqueLang true ;
  sh:languageIn ( "en" "de" ) ; sh:message "one label a language"@en .
p:code-shape sh:path p:code ; sh:pattern "^E[0-9]+$" ; sh:maxLength 12 ;
  sh:message "a code is E and digits"@en .
p:year-shape sh:path ( p:of p:year ) ; sh:minInclusive 1970 ; sh:maxInclusive 2026 ;
  sh:message "a study of our time"@en .
p:against-shape sh:path p:against ; sh:disjoint p:of ;
  sh:message "a study is not compared with itself"@en .
p:moment-shape sh:path p:moment ;
  sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:integer ] ) ;
  sh:message "a date or a number of months"@en .
p:Study-shape a sh:NodeShape ; sh:targetClass p:Study ;
  sh:property p:year-own-shape , p:estimates-shape , p:site-shape .
p:year-own-shape sh:path p:year ; sh:datatype xsd:integer ; sh:minCount 1 ;
  sh:message "a study has a year"@en .
p:estimates-shape sh:path [ sh:inversePath p:of ] ; sh:minCount 1 ;
  sh:message "a study has estimates"@en .
p:site-shape sh:path p:site ; sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ;
  sh:qualifiedMinCount 1 ; sh:message "a study has a site"@en .
"""
QUERY: Final = f"""
p:Study-shape sh:property p:size-shape .
p:size-shape sh:path p:size ; sh:message "a study has no more who stayed than began"@en ;
  sh:sparql [ a sh:SPARQLConstraint ; sh:select
    "SELECT $this ?value WHERE {{ $this <{BASE}size> ?began ; <{BASE}stayed> ?value FILTER (?value > ?began) }}" ] .
"""
# What is planted: the property, its faulty text, and what must be found.
Fault = tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]
FAULTS: Final[tuple[Fault, ...]] = (
    ("value", (), (("value", "MinCount"),)),
    ("metric", (f"<{BASE}worth>",), (("metric", "In"),)),
    ("of", (f"<{BASE}nothing>",), (("of", "Class"),)),
    ("label", ('"a"@en', '"b"@en'), (("label", "UniqueLang"),)),
    ("label", ('"c"@fr',), (("label", "LanguageIn"),)),
    ("code", ('"X1"',), (("code", "Pattern"),)),
    ("code", ('"E12345678901234"',), (("code", "MaxLength"),)),
    ("moment", ('"soon"',), (("moment", "Or"),)),
    ("upper", (f'"9.5"^^<{XSD}decimal>', f'"9.6"^^<{XSD}decimal>'), (("upper", "MaxCount"),)),
    ("lower", (f'"8.5"^^<{XSD}decimal>',), (("lower", "LessThanOrEquals"),)),
    ("extra", ('"x"',), (("extra", "Closed"),)),
    ("moment", ('"3.5"^^<' + XSD + "decimal>",), (("moment", "Or"),)),
)  # fmt: skip


@dataclass
class Planted:
    """A graph being written.

    Attributes:
        key: what must be found: node, property and component, counted.
    """

    seed: int
    every: int = 70  # one estimate in so many has a fault
    queries: bool = True
    key: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    _count: int = 0

    def lines(self, triples: int) -> Iterator[str]:
        """So many lines of N-Triples at the least, whole studies."""
        draw = Draw(self.seed)
        count = study = 0
        while count < triples:
            found = list(self._study(study, draw))
            study += 1
            count += len(found)
            yield from found

    def _study(self, number: int, draw: Draw) -> Iterator[str]:
        study = f"{BASE}study-{number}"
        is_faulty = self.queries and number % (3 * self.every) == 1
        if is_faulty:
            self.key[study, "size", "SPARQL"] += 1
        yield _line(study, TYPE, f"<{BASE}Study>")
        yield _say(study, "year", _integer(1975 + draw.below(50)))
        yield _say(study, "site", f"<{BASE}site-{draw.below(40)}>")
        yield _say(study, "size", _integer(100 + draw.below(900)))
        yield _say(study, "stayed", _integer(5000 if is_faulty else draw.below(100)))
        for i in range(2 + draw.below(4)):
            self._count += 1
            yield from self._estimate(f"{BASE}e-{number}-{i}", study, self._count, draw)

    def _estimate(self, node: str, study: str, turn: int, draw: Draw) -> Iterator[str]:
        said = {
            "value": (_decimal(2 + draw.below(5)),),
            "lower": (_decimal(1),),
            "upper": (_decimal(9),),
            "of": (f"<{study}>",),
            "metric": (f"<{BASE}{('odds', 'risk', 'rate')[draw.below(3)]}>",),
            "label": (f'"estimate {turn}"@en', f'"Schätzung {turn}"@de'),
            "code": (f'"E{turn}"',),
            "moment": (_integer(draw.below(48)),),
            "against": (f"<{BASE}study-none>",),
        }
        if turn % self.every == self.every - 1:
            place, terms, found = FAULTS[turn // self.every % len(FAULTS)]
            said[place] = terms
            for path, component in found:
                self.key[node, path, component] += 1
        yield _line(node, TYPE, f"<{BASE}Estimate>")
        for place, terms in said.items():
            for term in terms:
                yield _say(node, place, term)


def _line(subject: str, predicate: str, value: str) -> str:
    return f"<{subject}> {predicate} {value} .\n"


def _say(subject: str, place: str, value: str) -> str:
    return _line(subject, f"<{BASE}{place}>", value)


def _integer(number: int) -> str:
    return f'"{number}"^^<{XSD}integer>'


def _decimal(number: int) -> str:
    return f'"{number}.0"^^<{XSD}decimal>'
