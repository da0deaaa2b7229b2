"""Every figure of the description is what SPARQL counts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest
import yaml

from vomkg.describe.head import TITLE
from vomkg.formats import offered
from vomkg.namespaces import APART, DATASET_IRI, DCTERMS, GRAPHS, VOID_NAMES, GraphName

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.config import Settings
    from vomkg.knowledge import KnowledgeGraph

PARTS = ["data", "ontology", "shapes", "questions", "inferred"]
WHOLE = "dataset"
FIGURES = {
    "triples": "COUNT(*) AS ?n) { ?s ?p ?o }",
    "entities": "COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER(isIRI(?s)) }",
    "classes": "COUNT(DISTINCT ?o) AS ?n) { ?s a ?o }",
    "properties": "COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "distinctSubjects": "COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "distinctObjects": "COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
}


def within(name: str) -> str:
    """The clause that makes a query ask the graph which a dataset describes."""
    return "" if name == WHOLE else f"FROM <{GRAPHS}{name}>"


@pytest.fixture(scope="module")
def ask(kg: KnowledgeGraph):
    @lru_cache
    def asked(query: str):
        return [tuple(row.values()) for row in kg.query(query)]

    return asked


def described(ask, select: str, pattern: str):
    query = f"SELECT {select} {{ GRAPH <{GraphName.void}> {{ {pattern} }} }}"
    rows = ask(query)
    assert len(rows) == len(set(rows))
    return {row[:-1]: row[-1] for row in rows}


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("name", [WHOLE, *PARTS])
def test_figure_of_a_dataset_is_what_is_counted(ask, name: str, figure: str):
    """The whole is counted without FROM, each part with FROM its graph."""
    select, _, where = FIGURES[figure].partition(" { ")
    [(counted,)] = ask(f"SELECT ({select} {within(name)} {{ {where}")
    found = described(ask, "?n", f"<{VOID_NAMES}{name}> void:{figure} ?n")
    assert found == {(): counted}
    assert counted > 0


@pytest.mark.parametrize("name", [WHOLE, *PARTS])
def test_classes_have_the_triples_and_things_that_are_counted(ask, name: str):
    """Each class that has an IRI is there, and no other."""
    found = described(
        ask,
        "?c ?e ?n",
        f"<{VOID_NAMES}{name}> void:classPartition ?part . "
        "?part void:class ?c ; void:entities ?e ; void:triples ?n",
    )
    counted = ask(
        "SELECT ?c (COUNT(DISTINCT ?iri) AS ?e) (COUNT(*) AS ?n) "
        f"{within(name)} {{ ?s a ?c . ?s ?p ?o FILTER(isIRI(?c)) "
        "BIND(IF(isIRI(?s), ?s, ?none) AS ?iri) } GROUP BY ?c"
    )
    assert {(*key, n) for key, n in found.items()} == set(counted)
    assert counted


@pytest.mark.parametrize("name", [WHOLE, *PARTS])
def test_properties_have_the_triples_that_are_counted(ask, name: str):
    """With their distinct subjects and objects."""
    found = described(
        ask,
        "?p ?s ?o ?n",
        f"<{VOID_NAMES}{name}> void:propertyPartition ?part . "
        "?part void:property ?p ; void:triples ?n ; "
        "void:distinctSubjects ?s ; void:distinctObjects ?o",
    )
    counted = ask(
        "SELECT ?p (COUNT(DISTINCT ?s) AS ?ss) (COUNT(DISTINCT ?o) AS ?os) "
        f"(COUNT(*) AS ?n) {within(name)} {{ ?s ?p ?o }} GROUP BY ?p"
    )
    assert {(*key, n) for key, n in found.items()} == set(counted)


NESTED = (
    f"<{DATASET_IRI}> void:classPartition ?part . "
    "?part void:class ?c ; void:propertyPartition ?inner . ?inner void:property ?p "
)


def test_properties_of_a_class_have_the_triples_that_are_counted(ask):
    """Editors read what a thing of a class can be asked for."""
    found = described(ask, "?c ?p ?n", f"{NESTED} ; void:triples ?n")
    counted = ask(
        "SELECT ?c ?p (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o FILTER(isIRI(?c)) } "
        "GROUP BY ?c ?p"
    )
    assert {(*key, n) for key, n in found.items()} == set(counted)


@pytest.mark.parametrize(
    ("inside", "kind", "counted_as"),
    [
        (
            "void:classPartition ?leaf . ?leaf void:class",
            "class",
            "?o a ?k FILTER(isIRI(?k))",
        ),
        (
            "<http://ldf.fi/void-ext#datatypePartition> ?leaf . "
            "?leaf <http://ldf.fi/void-ext#datatype>",
            "datatype",
            "FILTER(isLiteral(?o)) BIND(DATATYPE(?o) AS ?k)",
        ),
    ],
)
def test_objects_have_the_classes_and_datatypes_that_are_counted(
    ask, inside: str, kind: str, counted_as: str
):
    """The innermost partitions too are complete, and none is made up."""
    found = described(
        ask, "?c ?p ?k ?n", f"{NESTED} . ?inner {inside} ?k . ?leaf void:triples ?n"
    )
    counted = ask(
        "SELECT ?c ?p ?k (COUNT(*) AS ?n) "
        f"{{ ?s a ?c ; ?p ?o . {counted_as} FILTER(isIRI(?c)) }} GROUP BY ?c ?p ?k"
    )
    assert {(*key, n) for key, n in found.items()} == set(counted), kind
    assert counted


def test_every_graph_but_itself_is_described(ask, kg: KnowledgeGraph):
    """Those that the whole holds are its subsets."""
    graphs = {iri for (iri,) in ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}
    assert graphs == {GRAPHS + name for name in PARTS} | {GraphName.void}
    rows = ask(
        f"SELECT ?part {{ GRAPH <{GraphName.void}> "
        f"{{ <{DATASET_IRI}> void:subset ?part }} }}"
    )
    subsets = {part for (part,) in rows}
    assert subsets == {VOID_NAMES + iri.removeprefix(GRAPHS) for iri in graphs - APART}
    assert kg.release.counts["void"] > 0


def test_description_is_not_asked_unless_it_is_named(ask):
    """What users count does not change by being described."""
    asked = f"{{ GRAPH <{GraphName.void}> {{ ?s ?p ?o }} }}"
    assert ask(f"SELECT (COUNT(*) AS ?n) {asked}") != [(0,)]
    assert ask("SELECT ?s { ?s a void:Dataset }") == []
    assert len(ask("SELECT ?s { GRAPH graph:void { ?s a void:Dataset } }")) == 6


def test_no_address_is_that_of_a_host(kg: KnowledgeGraph):
    """The description is part of the release, which is the same everywhere."""
    lines = [
        line
        for line in kg.release.dataset.read_text("utf-8").splitlines()
        if line.endswith(f"<{GraphName.void}> .")
    ]
    assert lines
    assert not [line for line in lines if "127.0.0.1" in line or "localhost" in line]
    assert not [line for line in lines if line.startswith("_:") or " _:" in line]


def test_formats_are_those_of_the_table(ask):
    """void:feature is made from the table of formats."""
    rows = ask(
        f"SELECT ?f {{ GRAPH <{GraphName.void}> {{ <{DATASET_IRI}> void:feature ?f }} }}"
    )
    assert {iri for (iri,) in rows} == {form.iri for form in offered("graph")}


def test_examples_are_in_the_data(ask):
    """Each example resource is a thing of the graph that it is an example of."""
    for name in (WHOLE, "data", "inferred"):
        things = ask(
            f"SELECT ?e {{ GRAPH <{GraphName.void}> "
            f"{{ <{VOID_NAMES}{name}> void:exampleResource ?e }} }}"
        )
        assert len(things) == 3
        for (thing,) in things:
            assert ask(f"SELECT ?c {within(name)} {{ <{thing}> a ?c }}")


@pytest.fixture(scope="module")
def head(ask):
    rows = ask(
        f"SELECT ?p ?o {{ GRAPH <{GraphName.void}> {{ <{DATASET_IRI}> ?p ?o }} }}"
    )
    return {
        name.removeprefix(DCTERMS): str(value)
        for name, value in rows
        if name.startswith(DCTERMS)
    }


def test_head_says_what_the_project_says(head, settings: Settings):
    """Title and licence are those of CITATION.cff, LICENSE-DATA and the ontology."""
    root: Path = settings.root
    citation = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    terms = re.sub(r"\s+", " ", (root / "LICENSE-DATA").read_text("utf-8"))
    assert head["title"] == citation["title"] == TITLE
    assert f'"{TITLE}"' in terms
    assert head["license"] + "legalcode" in terms
    assert head["creator"] == "https://w3id.org/vomkg/id/vomkg-curation"


def test_nobody_is_made_the_publisher(head):
    """No file of the project names one, and no date is the whole's."""
    assert set(head) == {"title", "description", "license", "creator", "conformsTo"}
