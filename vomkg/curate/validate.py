"""The graph against its shapes (SHACL), with pySHACL's verdict as the one of record."""

from __future__ import annotations

import contextlib
import logging
import warnings
from typing import TYPE_CHECKING

import pyshacl
import rdflib
from pyparsing import ParseException
from pyshacl.entrypoints import meta_validate
from pyshacl.errors import ReportableRuntimeError, ValidationFailure, ValidationWarning
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.extras.shacl import parse_shacl_path

from vomkg.curate.lint import around, check_shapes, named
from vomkg.curate.result import SEVERITIES, Report, Result, Severity, subgraph, text_of
from vomkg.errors import ShapesError
from vomkg.graph.alignment import without_mappings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

__all__ = ["SEVERITIES", "Report", "Result", "Severity", "validate"]

_LANGUAGE = (str(OWL), str(RDFS), str(SKOS))
# "imported from": said of a borrowed term, and of nothing else.
_IMPORTED_FROM = "http://purl.obolibrary.org/obo/IAO_0000412"
_CHOSEN = (SH.targetClass, SH.targetNode, SH.targetObjectsOf)


def validate(
    data: Graph,
    shapes: Graph,
    ontology: Graph,
    *,
    inferred: Graph | None = None,
    sound: bool = False,
) -> Report:
    """What the shapes find wrong with the data and with terms of the ontology.

    The ontology is background: it gives the class hierarchy, the enumerations and
    the vocabulary. A term of it is judged only by shapes that name it (by class,
    by IRI, or as a value in the data), so that a shape for every subject of the
    data does not fall upon classes and properties. No graph given is changed.

    Args:
        data: what is judged, as asserted.
        shapes: the shapes.
        ontology: the background; it also declares the prefixes of SPARQL in shapes.
        inferred: new triples to judge the data with, as ``vomkg.reason.infer``
            gives them; without them nothing follows but ``rdfs:subClassOf``.
        sound: the shapes are known to be well-formed SHACL (see
            ``vomkg.curate.soundness``), so they are not judged again.

    Raises:
        ShapesError: for shapes that are broken, recursive or check nothing.
    """
    complete = _with_prefixes(shapes, ontology)
    check_shapes(complete, ontology)
    judged = without_mappings(ontology) + data
    if inferred is not None:
        judged += inferred
    found = _run(judged, complete, sound=sound)
    background = set(ontology.subjects()) - set(data.subjects())
    results = [
        _result(node, found, complete)
        for node in found.objects(predicate=SH.result)
        if _is_judged(node, found, background, complete)
    ]
    ordered = tuple(sorted(results, key=lambda result: result.order))
    return Report(ordered, graph=subgraph(found, ordered))


def _with_prefixes(shapes: Graph, ontology: Graph) -> Graph:
    """The shapes with the prefixes that the ontology declares for SPARQL."""
    complete = Graph(bind_namespaces="none")
    complete += shapes
    for owner, declaration in ontology.subject_objects(SH.declare):
        complete.add((owner, SH.declare, declaration))
        for p in (SH.prefix, SH.namespace):
            for value in ontology.objects(declaration, p):
                complete.add((declaration, p, value))
    return complete


def _run(data: Graph, shapes: Graph, *, sound: bool) -> Graph:
    """The report graph of pySHACL, after it judged the shapes themselves."""
    with _contained():
        try:
            if not sound:
                _judge(shapes)
            _, report, words = pyshacl.validate(
                data, shacl_graph=shapes, advanced=False, inference=None, inplace=True
            )
        except (ReportableRuntimeError, ValidationWarning, ParseException) as fault:
            raise _unusable(str(fault)) from fault
    if isinstance(report, ValidationFailure):
        raise _unusable(words)
    graph: Graph = report
    return graph


def _judge(shapes: Graph) -> None:
    """Hold the shapes against the shapes of SHACL."""
    # One fault is enough, and to seek no other is three times as fast.
    conforms, faults, _ = meta_validate(shapes, inference=None, abort_on_first=True)
    if not conforms:
        raise _ill_formed(faults, shapes)


@contextlib.contextmanager
def _contained() -> Iterator[None]:
    """Undoes what pySHACL does to the process.

    It logs to stderr what it then raises, only warns where it gives up on a
    recursive shape, and leaves rdflib normalising every literal that is read.
    """
    logger = logging.getLogger("pyshacl-validate")
    silent, normalise = logger.disabled, rdflib.NORMALIZE_LITERALS
    logger.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ValidationWarning)
            yield
    finally:
        logger.disabled = silent
        rdflib.NORMALIZE_LITERALS = normalise


def _unusable(words: str) -> ShapesError:
    told = " ".join(words.split()).removeprefix("Validation Failure - ")
    return ShapesError(f"the shapes cannot be run: {told}")


def _ill_formed(faults: Graph, shapes: Graph) -> ShapesError:
    """The first fault that the shapes of SHACL find in our shapes."""
    told = sorted(
        (
            named(focus, shapes),
            str(faults.value(node, SH.resultMessage) or "ill-formed"),
        )
        for node in faults.objects(predicate=SH.result)
        for focus in faults.objects(node, SH.focusNode)
    )
    shape, message = told[0]
    return ShapesError(
        f"shape <{shape}> is not well-formed: {message}",
        fix="see the syntax rules of SHACL, appendix A",
    )


def _is_judged(node: Node, found: Graph, background: set[Node], shapes: Graph) -> bool:
    """Whether a result is about the data, or about a term that its shape asks for."""
    focus = found.value(node, SH.focusNode)
    if focus not in background:
        return True
    # Anonymous classes of the ontology are parts of axioms, not terms.
    named_term = isinstance(focus, URIRef)
    return named_term and _asks_for(found.value(node, SH.sourceShape), shapes)


def _asks_for(shape: Node | None, shapes: Graph) -> bool:
    """Whether a shape, or one that it is part of, asks for certain terms.

    That is every target but ``sh:targetSubjectsOf``, and of those the ones that
    only a term can be the subject of, such as ``rdfs:domain``.
    """
    if shape is None:
        return False
    for part in set().union(*around(shape, shapes)):
        if any((part, p, None) in shapes for p in _CHOSEN):
            return True
        if any((part, RDF.type, kind) in shapes for kind in (RDFS.Class, OWL.Class)):
            return True
        for p in shapes.objects(part, SH.targetSubjectsOf):
            if str(p).startswith((*_LANGUAGE, _IMPORTED_FROM)):
                return True
    return False


def _result(node: Node, found: Graph, shapes: Graph) -> Result:
    shape = found.value(node, SH.sourceShape)
    value = found.value(node, SH.value)
    component = text_of(found.value(node, SH.sourceConstraintComponent))
    return Result(
        severity=_severity(found.value(node, SH.resultSeverity)),
        shape=named(shape, shapes) if shape is not None else "",
        focus=text_of(found.value(node, SH.focusNode)),
        path=_path(found.value(node, SH.resultPath), shape, shapes),
        value=None if value is None else text_of(value),
        value_type=_kind(value),
        component=component.removeprefix(str(SH)),
        message=_message(node, found),
        name=_name(shape, shapes),
        details=tuple(
            sorted(_message(detail, found) for detail in found.objects(node, SH.detail))
        ),
        node=node,
    )


def _severity(severity: Node | None) -> Severity:
    """The severity; one that SHACL does not define counts as a violation."""
    if severity == SH.Warning:
        return "warning"
    return "info" if severity == SH.Info else "violation"


def _path(path: Node | None, shape: Node | None, shapes: Graph) -> str | None:
    if path is None or isinstance(path, URIRef):
        return None if path is None else str(path)
    # The report copies a complex path; the shape itself has it whole.
    own = shapes.value(shape, SH.path)
    return parse_shacl_path(shapes, own).n3() if own is not None else None


def _kind(value: Node | None) -> str | None:
    if isinstance(value, Literal):
        if value.language:
            return f"@{value.language}"
        return str(value.datatype or rdflib.XSD.string)
    if value is None:
        return None
    return "iri" if isinstance(value, URIRef) else "blank"


def _message(node: Node, found: Graph) -> str:
    """The English message, else the first in any language."""
    told = sorted(
        (getattr(message, "language", None) not in ("en", None), str(message))
        for message in found.objects(node, SH.resultMessage)
    )
    return told[0][1] if told else ""


def _name(shape: Node | None, shapes: Graph) -> str | None:
    names = sorted(str(name) for name in shapes.objects(shape, SH.name))
    return names[0] if names else None
