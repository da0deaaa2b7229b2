"""The shapes themselves: spelt right, named, and in step with the ontology."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, Literal, Namespace, URIRef

from tests.shapes.graphs import COMPONENTS, conditions, shape_nodes
from vomkg.graph.prefixes import expand, shorten
from vomkg.graph.read import read
from vomkg.namespaces import ONTOLOGY, SHAPES

if TYPE_CHECKING:
    from rdflib.term import Node

    from vomkg.config import Settings

VOM = Namespace(ONTOLOGY)
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)

# The terms of the SHACL recommendation that shapes may be written with: Core
# (sections 2 to 4) and SPARQL-based constraints (section 5).
TERMS = frozenset(
    re.findall(
        r"\w+",
        """
    NodeShape PropertyShape targetClass targetNode targetObjectsOf targetSubjectsOf
    path property severity message deactivated Violation Warning Info
    name description order group defaultValue PropertyGroup
    alternativePath inversePath zeroOrMorePath oneOrMorePath zeroOrOnePath
    class datatype nodeKind BlankNode IRI Literal BlankNodeOrIRI BlankNodeOrLiteral
    IRIOrLiteral minCount maxCount minExclusive minInclusive maxExclusive
    maxInclusive minLength maxLength pattern flags languageIn uniqueLang equals
    disjoint lessThan lessThanOrEquals not and or xone node qualifiedValueShape
    qualifiedValueShapesDisjoint qualifiedMinCount qualifiedMaxCount closed
    ignoredProperties hasValue in
    sparql SPARQLConstraint select prefixes declare prefix namespace PrefixDeclaration
    """,
    )
)


@pytest.fixture(scope="module")
def ontology(settings: Settings) -> Graph:
    """The shipped terms and vocabulary."""
    return read(settings.ontology_files())


@pytest.fixture(scope="module")
def reported(shapes: Graph) -> set[Node]:
    """The shapes that report results, not the conditions that these ask about."""
    return shape_nodes(shapes) - conditions(shapes)


def test_shacl_is_spelt_right(shapes):
    """A misspelt term would make a shape that checks nothing."""
    used = {
        str(term).removeprefix(str(SH))
        for triple in shapes
        for term in triple
        if isinstance(term, URIRef) and term.startswith(str(SH))
    }
    assert set() == used - TERMS


def test_every_shape_has_a_name_of_its_own(shapes):
    """Each shape can be spoken of, switched off and linked to by its IRI."""
    constrained = {s for p in COMPONENTS for s in shapes.subjects(p)}
    named = {s for s in shape_nodes(shapes) if str(s).startswith(SHAPES)}
    assert (set(), named) == (constrained - named, shape_nodes(shapes))


def test_every_shape_says_what_it_is_called(shapes):
    """Pages and reports name a shape once, in English."""
    names = {
        shape: list(shapes.objects(shape, SH.name)) for shape in shape_nodes(shapes)
    }
    assert not {
        shape: told
        for shape, told in names.items()
        if [name.language for name in told] != ["en"]
    }


def test_every_shape_that_reports_has_a_severity_and_an_order(shapes, reported):
    """Nothing is left to the defaults of an engine."""
    kinds = {SH.Violation, SH.Warning, SH.Info}
    assert not {
        shape: (severities, orders)
        for shape in reported
        for severities in [list(shapes.objects(shape, SH.severity))]
        for orders in [list(shapes.objects(shape, SH.order))]
        if len(orders) != 1 or len(severities) != 1 or not kinds.issuperset(severities)
    }


def test_every_message_names_the_mend(shapes, reported):
    """A message says what is wrong, a semicolon, and what to do; lower case, no stop."""
    form = re.compile(r"(?![A-Z])[^;]+; [^;]+[^.;]")
    messages = {shape: list(shapes.objects(shape, SH.message)) for shape in reported}
    assert not {
        shape: told
        for shape, told in messages.items()
        if len(told) != 1 or told[0].language != "en" or not form.fullmatch(told[0])
    }


def test_order_is_clear_within_a_shape(shapes, prefixes):
    """Forms and pages list the properties of a shape in one order only."""
    for shape in shapes.subjects(SH.property, unique=True):
        orders = Counter(
            shapes.value(part, SH.order) for part in shapes.objects(shape, SH.property)
        )
        orders.pop(None, None)
        twice = [str(order) for order, times in orders.items() if times > 1]
        assert (shape, []) == (shape, twice)


def test_known_classes_are_those_of_the_ontology(shapes, ontology):
    """A class that is declared is known, and no other but those of OWL."""
    declared = {c for c in ontology[: RDF.type : OWL.Class] if isinstance(c, URIRef)}
    known = set(shapes.items(shapes.value(URIRef(SHAPES + "Thing-type"), SH["in"])))
    languages = (str(OWL), str(RDFS), str(SH))
    assert declared == {c for c in known if not str(c).startswith(languages)}


def test_every_own_property_makes_its_subject_a_thing(shapes, ontology):
    """A subject of any property of ours must have a class."""
    declared = {p for kind in PROPERTIES for p in ontology[: RDF.type : kind]}
    aimed = set(shapes.objects(URIRef(SHAPES + "Thing-typed"), SH.targetSubjectsOf))
    assert set() == {p for p in declared if p.startswith(ONTOLOGY)} - aimed


def test_every_class_is_closed_or_only_gathers_others(shapes, ontology):
    """On a thing of any class that it may have by itself, no misspelt property passes."""
    closed = {
        kind
        for shape in shapes.subjects(SH.closed, Literal(True))
        for kind in shapes.objects(shape, SH.targetClass)
    }
    gathers = re.compile(
        str(shapes.value(URIRef(SHAPES + "GatheringClass"), SH.pattern))
    )
    declared = {c for c in ontology[: RDF.type : OWL.Class] if isinstance(c, URIRef)}
    open_ones = {
        c
        for c in declared
        if not closed & set(ontology.transitive_objects(c, RDFS.subClassOf))
    }
    defined = {
        c
        for c in declared
        if ontology.value(c, OWL.equivalentClass / OWL.intersectionOf)
    }
    assert open_ones | defined == {c for c in declared if gathers.match(c)}


def test_every_claim_may_carry_what_all_claims_carry(shapes, ontology):
    """The shapes of the kinds of claim differ in what is their own only."""
    common = set(shapes.objects(URIRef(SHAPES + "EconomicClaim"), SH.property)) - {
        URIRef(SHAPES + "EconomicClaim-inDimension")
    }
    for shape in shapes.subjects(SH.closed, Literal(True)):
        kinds = shapes.objects(shape, SH.targetClass)
        if any(
            VOM.Claim in ontology.transitive_objects(c, RDFS.subClassOf) for c in kinds
        ):
            assert (shape, set()) == (
                shape,
                common - set(shapes.objects(shape, SH.property)),
            )


def test_names_in_messages_exist(shapes, ontology, prefixes):
    """A message does not send the reader after a term that is not there."""
    known = set(ontology.subjects()) | shape_nodes(shapes)
    spoken = {
        URIRef(expand(name, prefixes))
        for message in shapes.objects(predicate=SH.message)
        for name in re.findall(r"\b(?:vom|id):[A-Za-z]+(?:-[A-Za-z]+)*\b(?!-)", message)
    }
    assert spoken
    assert not sorted(shorten(name, prefixes) for name in spoken - known)


def test_shapes_have_no_anonymous_part_but_lists_and_paths(shapes):
    """A part without a name could not be reported, linked to or switched off."""
    paths = set(shapes.objects(predicate=SH.path))
    anonymous = {s for s in shapes.subjects() if isinstance(s, BNode)}
    inner = {
        o
        for s, p, o in shapes
        if isinstance(o, BNode)
        and (
            isinstance(s, BNode)
            or o in paths
            or p in {SH["or"], SH["in"], SH.ignoredProperties, SH.languageIn}
        )
    }
    assert anonymous == inner
