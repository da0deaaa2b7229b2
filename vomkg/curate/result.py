"""What validation found: one value a fault, one report a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, get_args

from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from rdflib.term import Node

    from vomkg.curate.mend import Mend
    from vomkg.curate.place import Place

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)  # the worst first
Check = Literal["syntax", "literal", "lint", "shape", "rule"]


@dataclass(frozen=True, slots=True)
class Result:
    """One fault, whichever check found it.

    Attributes:
        severity: how bad it is.
        shape: IRI of the shape that is broken, or of the nearest named one around
            it where it has none; of a rule or a check without shapes its name.
        focus: IRI of the node that breaks it, or ``_:`` and a label.
        path: IRI of the property concerned, or a SPARQL property path, or None.
        value: text of the value found, or None.
        value_type: ``iri``, ``blank``, a datatype IRI, or ``@`` and a language.
        component: local name of the constraint component, such as
            ``MinCountConstraintComponent``; empty where no shape is concerned.
        message: what is wrong and how to mend it, in the shape's words.
        name: the property's name in the shape, if it gives one.
        details: why a constraint that joins others does not hold, in words; the
            branch that most nearly holds goes first (``sh:detail``).
        check: what found it: the grammar, the lexical check of literals, the lint
            of shapes, the shapes, or a hygiene rule.
        at: where it stands, once it was looked up.
        also: further places that it concerns, such as each value beyond
            ``sh:maxCount`` or each step of a path.
        add_here: something is missing, and ``at`` is where to add it.
        shape_at: where the shape or rule stands that is broken.
        mends: ways to mend it, the likeliest first.
        node: the result's node in the report graph.
    """

    severity: Severity
    shape: str
    focus: str
    path: str | None
    value: str | None
    value_type: str | None
    component: str
    message: str
    name: str | None = None
    details: tuple[str, ...] = ()
    check: Check = "shape"
    at: Place | None = None
    also: tuple[Place, ...] = ()
    add_here: bool = False
    shape_at: Place | None = None
    mends: tuple[Mend, ...] = ()
    node: Node | None = field(default=None, repr=False, compare=False)

    @property
    def place(self) -> str:
        """``file:line:column`` if it is known, else an empty string."""
        return str(self.at) if self.at else ""

    @property
    def file(self) -> str | None:
        """The file it stands in, if it is known."""
        return self.at.file if self.at else None

    @property
    def order(self) -> tuple[int | str, ...]:
        """What results are sorted by: the worst first, then shape and node."""
        rank = SEVERITIES.index(self.severity)
        rest = (self.path, self.value, self.component, self.message)
        return (rank, self.shape, self.focus, *(part or "" for part in rest))


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found, the worst first.

    Attributes:
        results: the faults, sorted by severity, shape and focus node.
        files: the files that were judged.
        graph: the report as RDF (SHACL §3.6.1).
    """

    results: tuple[Result, ...]
    files: tuple[str, ...] = ()
    graph: Graph = field(default_factory=Graph, repr=False, compare=False)

    @property
    def conforms(self) -> bool:
        """Whether there is no result of any severity (SHACL §3.6.1.1)."""
        return not self.results

    @property
    def counts(self) -> dict[Severity, int]:
        """How many results there are of each severity, the worst first."""
        found = Counter(result.severity for result in self.results)
        return {severity: found[severity] for severity in SEVERITIES}

    def at_least(self, severity: Severity) -> tuple[Result, ...]:
        """The results of this severity and of the worse ones."""
        bad = SEVERITIES[: SEVERITIES.index(severity) + 1]
        return tuple(result for result in self.results if result.severity in bad)

    def about(self, nodes: Collection[str]) -> Report:
        """The report on these focus nodes only."""
        kept = tuple(result for result in self.results if result.focus in nodes)
        return Report(kept, self.files, subgraph(self.graph, kept))

    def joined(self, later: Report, note: str) -> Report:
        """This report and what only the later one found, marked by the note."""
        known = set(self.results)
        new = [result for result in later.results if result not in known]
        marked = [replace(item, details=(*item.details, note)) for item in new]
        results = sorted([*self.results, *marked], key=lambda result: result.order)
        graph = subgraph(self.graph + later.graph, results)
        return Report(tuple(results), self.files, graph)


def text_of(term: Node | None) -> str:
    """A node as the text under which results name it."""
    plain = term is None or isinstance(term, (URIRef, RdfLiteral))
    # A literal such as 0 counts as false.
    return "" if term is None else str(term) if plain else f"_:{term}"


def subgraph(found: Graph, kept: Iterable[Result]) -> Graph:
    """A report graph with only these of its results (SHACL §3.6.1)."""
    graph = Graph()
    report = BNode()
    graph.add((report, RDF.type, SH.ValidationReport))
    for result in kept:
        if result.node is not None:
            graph.add((report, SH.result, result.node))
            found.cbd(result.node, target_graph=graph)
    conforms = (report, SH.result, None) not in graph
    graph.add((report, SH.conforms, RdfLiteral(conforms)))
    return graph
