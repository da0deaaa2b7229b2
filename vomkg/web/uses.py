"""Where terms are used in the data, and which shapes constrain them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vomkg.graph.prefixes import shorten
from vomkg.namespaces import ONTOLOGY, RDF, RDFS, SH, THINGS, GraphName

if TYPE_CHECKING:
    from vomkg.knowledge import KnowledgeGraph

# In each role that a term may play: how often, and the first place by name.
_USES: Final = f"""
SELECT ?role ?term ?inferred (COUNT(*) AS ?times) (MIN(?place) AS ?first)
WHERE {{
  {{
    GRAPH ?graph {{ ?s ?term ?o }}
    BIND("property" AS ?role)
    BIND(CONCAT(STR(?s), " ", IF(isIRI(?o), "<", "'"), STR(?o)) AS ?place)
  }}
  UNION
  {{
    GRAPH ?graph {{ ?s ?p ?term }}
    BIND(IF(?p = <{RDF}type>, "class", "value") AS ?role)
    BIND(CONCAT(STR(?s), " <", STR(?p)) AS ?place)
  }}
  GRAPH <{GraphName.ontology}> {{ ?term <{RDFS}isDefinedBy> ?ontology }}
  FILTER(?graph NOT IN
    (<{GraphName.ontology}>, <{GraphName.shapes}>, <{GraphName.questions}>))
  FILTER(STRSTARTS(STR(?s), "{THINGS}"))
  BIND(?graph = <{GraphName.inferred}> AS ?inferred)
}}
GROUP BY ?role ?term ?inferred
ORDER BY ?term ?role ?inferred
"""
_SHAPES: Final = f"""
PREFIX rdf: <{RDF}>
PREFIX sh: <{SH}>
SELECT DISTINCT ?term ?shape ?name ?message ?severity
WHERE {{
  GRAPH <{GraphName.shapes}> {{
    {{ ?shape sh:path/(sh:inversePath|sh:alternativePath|sh:zeroOrMorePath
        |sh:oneOrMorePath|sh:zeroOrOnePath|rdf:rest|rdf:first)* ?term }}
    UNION
    {{ ?shape sh:targetClass|sh:targetSubjectsOf|sh:targetObjectsOf ?term }}
    ?shape sh:message ?message
    OPTIONAL {{ ?shape sh:name ?name }}
    OPTIONAL {{ ?shape sh:severity ?severity }}
    FILTER(STRSTARTS(STR(?term), "{ONTOLOGY}"))
  }}
}}
ORDER BY ?term ?shape ?message
"""


@dataclass(frozen=True, slots=True)
class Use:
    """How often a term is used in one role.

    Attributes:
        words: the role and the count.
        example: one place as a triple in Turtle.
        thing: IRI of the thing that the example is about.
    """

    words: str
    example: str
    thing: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape that constrains a term."""

    name: str
    message: str
    severity: str


def uses(kg: KnowledgeGraph) -> dict[str, tuple[Use, ...]]:
    """Where each term is used in the data, by its IRI; one query.

    Raises:
        VomkgError: the graph cannot be asked.
    """
    found: dict[str, list[Use]] = {}
    for row in kg.query(_USES).rows:
        values = {name: term.value for name, term in row.items() if term is not None}
        if "first" in values:
            found.setdefault(values["term"], []).append(_use(kg, values))
    return {iri: tuple(listed) for iri, listed in found.items()}


def rules(kg: KnowledgeGraph) -> dict[str, tuple[Rule, ...]]:
    """The shapes that constrain each term of ours, by its IRI; one query.

    Raises:
        VomkgError: the graph cannot be asked.
    """
    found: dict[str, list[Rule]] = {}
    for row in kg.query(_SHAPES).rows:
        values = {name: term.value for name, term in row.items() if term is not None}
        shape = values["shape"]
        name = values.get("name") or shorten(shape, kg.prefixes)
        severity = values.get("severity", f"{SH}Violation").removeprefix(SH).lower()
        listed = found.setdefault(values["term"], [])
        listed.append(Rule(name, values["message"], severity))
    return {iri: tuple(listed) for iri, listed in found.items()}


def _use(kg: KnowledgeGraph, values: dict[str, str]) -> Use:
    thing, _, rest = values["first"].partition(" ")
    term, role = values["term"], values["role"]
    other = shorten(rest[1:], kg.prefixes) if rest.startswith("<") else _quoted(rest)
    short = shorten(term, kg.prefixes)
    predicate, value = (short, other) if role == "property" else (other, short)
    if role == "class":
        predicate = "a"
    times = int(values["times"])
    count = "1 time" if times == 1 else f"{times} times"
    inferred = ", inferred" if values["inferred"] == "true" else ""
    return Use(
        words=f"as {role} {count}{inferred}",
        example=f"{shorten(thing, kg.prefixes)} {predicate} {value} .",
        thing=thing,
    )


def _quoted(text: str) -> str:
    escaped = text[1:].replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n") + '"'
