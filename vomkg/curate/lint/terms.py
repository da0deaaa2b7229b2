"""Terms that nobody defines: of SHACL, of our ontology, of borrowed vocabularies."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Final

import rdflib
from rdflib import RDF, URIRef

from vomkg.curate.lint.faults import fault, shown
from vomkg.curate.lint.nodes import PARAMETERS, TARGETS
from vomkg.curate.lint.paths import path_terms
from vomkg.namespaces import ONTOLOGY, SH
from vomkg.namespaces import OWL as OWL_IRI

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rdflib import Graph
    from rdflib.namespace import DefinedNamespace
    from rdflib.term import Node

    from vomkg.curate.lint.nodes import View
    from vomkg.curate.result import Result

# The terms of SHACL Core and SHACL-SPARQL (sections 1 to 6) besides parameters.
_DEFINED: Final = frozenset(
    re.findall(
        r"\S+",
        """
    Shape NodeShape PropertyShape path property severity message deactivated
    Violation Warning Info name description order group defaultValue PropertyGroup
    alternativePath inversePath zeroOrMorePath oneOrMorePath zeroOrOnePath
    BlankNode IRI Literal BlankNodeOrIRI BlankNodeOrLiteral IRIOrLiteral
    SPARQLConstraint SPARQLExecutable SPARQLSelectExecutable SPARQLAskExecutable
    SPARQLSelectValidator SPARQLAskValidator select ask prefixes declare prefix
    namespace PrefixDeclaration
    ConstraintComponent Parameterizable Parameter parameter optional labelTemplate
    validator nodeValidator propertyValidator Validator
    ValidationReport ValidationResult AbstractResult conforms result detail
    focusNode value resultPath resultSeverity resultMessage sourceShape
    sourceConstraint sourceConstraintComponent SPARQLConstraintComponent shapesGraph shapesGraphWellFormed
    """,
    )
)
# Of SHACL Advanced Features and SHACL JavaScript: defined, and not run here.
_BEYOND: Final = frozenset(
    re.findall(
        r"\S+",
        """
    target Target TargetType SPARQLTarget SPARQLTargetType filterShape expression
    ExpressionConstraintComponent rule Rule Rules SPARQLRule TripleRule condition
    construct subject predicate object Function SPARQLFunction returnType nodes
    intersection union update SPARQLUpdateExecutable SPARQLConstructExecutable
    resultAnnotation ResultAnnotation annotationProperty annotationVarName
    annotationValue suggestedShapesGraph entailment js JSConstraint JSExecutable
    JSFunction JSLibrary JSRule JSTarget JSTargetType JSValidator jsFunctionName
    jsLibrary jsLibraryURL
    """,
    )
)
_CORE: Final = _DEFINED | PARAMETERS | set(TARGETS)
_COMPONENT: Final = "ConstraintComponent"
_CLASSES: Final = ("targetClass", "class")
_PROPERTIES: Final = (
    *("targetSubjectsOf", "targetObjectsOf"),
    *("equals", "disjoint", "lessThan", "lessThanOrEquals"),
)


def term_faults(view: View, ontology: Graph) -> Iterator[Result]:
    """Every term that is misspelt, or that nobody here declares."""
    declared = {str(s) for s in ontology.subjects() if isinstance(s, URIRef)}
    told: set[tuple[Node, str]] = set()
    for s, p, o in view.triples:
        for term in (p, o):
            text = str(term)
            found = None
            if not isinstance(term, URIRef):
                continue
            if text.startswith(SH):
                found = _shacl_fault(view, s, p, term)
            elif text.startswith(ONTOLOGY) and declared and text not in declared:
                found = _own_fault(view, s, p, term, declared)
            if found is not None and (s, text) not in told:
                told.add((s, text))
                yield found
    if declared:
        yield from _borrowed_faults(view, declared)


def _shacl_fault(view: View, s: Node, p: Node, term: URIRef) -> Result | None:
    name = str(term)[len(SH) :]
    component = name.removesuffix(_COMPONENT)
    if name in _CORE or (component[:1].lower() + component[1:]) in PARAMETERS:
        return None
    # A term that is only spoken of asks for nothing.
    if name in _BEYOND and (term == p or p == RDF.type):
        return fault(
            "UnsupportedTerm",
            view,
            s,
            f"uses sh:{name}, which is beyond SHACL Core and SHACL-SPARQL and would "
            "check nothing",
            "say it with the terms of SHACL Core, or in SPARQL",
            at=str(p),
            value=term,
        )
    if name in _BEYOND:
        return None
    near = get_close_matches(name, _CORE, n=1)
    return fault(
        "UnknownTerm",
        view,
        s,
        f"uses sh:{name}, which SHACL does not define",
        f"correct the spelling: sh:{near[0]}?" if near else "correct the spelling",
        at=str(p),
        value=term,
    )


def _own_fault(
    view: View, s: Node, p: Node, term: URIRef, declared: Collection[str]
) -> Result:
    return fault(
        "UndeclaredTerm",
        view,
        _owner(view, s),
        f"names <{term}>, which the ontology does not declare",
        _nearest(term, declared) or "correct the spelling or declare the term",
        at=str(p),
        value=term,
    )


def _borrowed_faults(view: View, declared: Collection[str]) -> Iterator[Result]:
    for shape in view.shapes:
        for parameter, term in _named_terms(view, shape):
            if not _is_known(term, declared):
                yield fault(
                    "UndeclaredBorrowedTerm",
                    view,
                    shape,
                    f"names by sh:{parameter} {shown(term)}, "
                    "which the ontology does not list",
                    _nearest(term, declared) or "correct the spelling or list the term",
                    at=parameter,
                    value=term,
                )


def _named_terms(view: View, shape: Node) -> Iterator[tuple[str, URIRef]]:
    """The classes and properties that a shape names, each with where."""
    for parameter in (*_CLASSES, *_PROPERTIES):
        for value in view.values(shape, parameter):
            if isinstance(value, URIRef):
                yield parameter, value
    for path in view.values(shape, "path"):
        for term in path_terms(view, path):
            yield "path", term
    for head in view.values(shape, "ignoredProperties"):
        for item in view.items(head) or ():
            if isinstance(item, URIRef):
                yield "ignoredProperties", item


def _is_known(term: URIRef, declared: Collection[str]) -> bool:
    if str(term) in declared or str(term).startswith((SH, ONTOLOGY)):
        return True
    namespace = _closed().get(re.sub(r"[^#/]*$", "", term))
    return namespace is not None and term in namespace


@cache
def _closed() -> dict[str, type[DefinedNamespace]]:
    """The vocabularies whose terms rdflib knows one by one, by their IRI."""
    found: dict[str, type[DefinedNamespace]] = {}
    for name in ("RDF", "RDFS", "OWL", "SKOS", "XSD", "DCTERMS", "PROV", "FOAF"):
        namespace = getattr(rdflib, name)
        found[str(namespace._NS)] = namespace
    return found


def _nearest(term: URIRef, declared: Collection[str]) -> str | None:
    """The declared term whose spelling is nearest, as an instruction."""
    namespace = re.sub(r"[^#/]*$", "", term)
    same = [iri for iri in declared if iri.startswith(namespace)]
    near = get_close_matches(term, same, n=1, cutoff=0.9)
    return f"correct the spelling: <{near[0]}>?" if near else None


def import_faults(view: View) -> Iterator[Result]:
    """Shapes that ask for more shapes from elsewhere."""
    imports = URIRef(OWL_IRI + "imports")
    for s, o in sorted(view.graph.subject_objects(imports)):
        yield fault(
            "Import",
            view,
            s,
            f"asks by owl:imports for {shown(o)}, and nothing is fetched",
            "put a copy of those shapes beside this file, and take owl:imports out",
            at=str(imports),
            value=o,
        )


def _owner(view: View, node: Node) -> Node:
    """The node itself, or where it is a cell of a list the node that has the list."""
    seen: set[Node] = set()
    while node not in seen and not view.said(node):
        seen.add(node)
        above = list(view.graph.subjects(object=node))
        if isinstance(node, URIRef) or not above:
            break
        node = above[0]
    return node
