"""The graphs in the words of VoID, https://www.w3.org/TR/void/.

One dataset is the whole that a query without FROM asks; its class partitions hold
property partitions, and these the classes and datatypes of the objects, as editors
read them to complete what is typed. Each named graph is a dataset too, with its
classes and properties. All names are canonical: nothing here knows a host.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from vomkg.describe.figures import Figures, by_graph
from vomkg.describe.head import DESCRIPTION, TITLE, head_of, shared
from vomkg.describe.triples import count, link, text, words
from vomkg.formats import offered
from vomkg.graph.prefixes import shorten
from vomkg.namespaces import (
    APART,
    BASE,
    DATASET_IRI,
    DCTERMS,
    FOAF,
    GRAPHS,
    ONTOLOGY,
    RDF,
    SHAPES,
    THINGS,
    VOID,
    VOID_EXT,
    VOID_NAMES,
    GraphName,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyoxigraph
    from pyoxigraph import Triple

    from vomkg.describe.figures import ByClass, ByProperty

# Things that are shown as examples, one of each of the largest classes.
_EXAMPLES: Final = 3
_DIGITS: Final = 16


def void(quads: Iterable[pyoxigraph.Quad], prefixes: Mapping[str, str]) -> list[Triple]:
    """The description of the named graphs, without one of itself.

    Args:
        quads: all that the release holds; blank nodes of two graphs differ.
        prefixes: prefix to namespace; partitions are named by them.
    """
    graphs = by_graph(quads)
    graphs.pop(GraphName.void, None)
    union = {
        triple
        for name, triples in graphs.items()
        if name not in APART
        for triple in triples
    }
    found = [*_document(graphs)]
    whole = Figures(union)
    found += [
        link(DATASET_IRI, RDF + "type", VOID + "Dataset"),
        words(DATASET_IRI, DCTERMS + "title", TITLE),
        words(DATASET_IRI, DCTERMS + "description", DESCRIPTION),
        link(DATASET_IRI, DCTERMS + "conformsTo", SHAPES.removesuffix("#")),
        *shared(DATASET_IRI, graphs.values()),
        *_access(DATASET_IRI, "union", "graph"),
        *_figures(DATASET_IRI, whole, prefixes),
        *_partitions(DATASET_IRI, whole, prefixes, is_nested=True),
    ]
    for name, triples in graphs.items():
        dataset = part_of(name)
        figures = Figures(triples)
        if name not in APART:
            found.append(link(DATASET_IRI, VOID + "subset", dataset))
        found += [
            link(dataset, RDF + "type", VOID + "Dataset"),
            *head_of(dataset, name, triples),
            *shared(dataset, graphs.values()),
            *_access(dataset, name.removeprefix(GRAPHS), "dataset"),
            *_figures(dataset, figures, prefixes),
            *_partitions(dataset, figures, prefixes, is_nested=False),
        ]
    return found


def part_of(graph: str) -> str:
    """The IRI of the dataset that is a named graph."""
    return VOID_NAMES + graph.removeprefix(GRAPHS)


def _document(graphs: Iterable[str]) -> Iterator[Triple]:
    yield link(GraphName.void, RDF + "type", VOID + "DatasetDescription")
    yield link(GraphName.void, FOAF + "primaryTopic", DATASET_IRI)
    yield words(GraphName.void, DCTERMS + "title", f"Description of {TITLE}")
    for name in graphs:
        yield link(GraphName.void, FOAF + "topic", part_of(name))


def _access(dataset: str, dump: str, widest: str) -> Iterator[Triple]:
    """Where and in which formats it is had; dumps of a graph name it if they can."""
    yield link(dataset, VOID + "sparqlEndpoint", BASE + "sparql")
    for form in offered("graph"):
        yield link(dataset, VOID + "feature", form.iri)
        if form.kind in ("graph", widest):
            address = f"{BASE}data/{dump}.{form.extension}"
            yield link(dataset, VOID + "dataDump", address)


def _figures(
    dataset: str, figures: Figures, prefixes: Mapping[str, str]
) -> Iterator[Triple]:
    for name, number in (
        ("triples", figures.triples),
        ("entities", len(figures.entities)),
        ("classes", figures.class_count),
        ("properties", len(figures.properties)),
        ("distinctSubjects", figures.subjects),
        ("distinctObjects", figures.objects),
    ):
        yield count(dataset, VOID + name, number)
    if figures.space is not None:
        yield text(dataset, VOID + "uriSpace", figures.space)
    for vocabulary in _vocabularies(figures, prefixes):
        yield link(dataset, VOID + "vocabulary", vocabulary)
    for thing in _examples(figures.classes):
        yield link(dataset, VOID + "exampleResource", thing)


def _vocabularies(figures: Figures, prefixes: Mapping[str, str]) -> list[str]:
    """The declared namespaces of the properties and classes that are used."""
    spaces = [space for space in prefixes.values() if space.endswith(("#", "/"))]
    found = set()
    for term in (*figures.properties, *figures.classes):
        near = [space for space in spaces if term.startswith(space)]
        if near:
            found.add(max(near, key=len))
    return sorted(found)


def _examples(classes: Mapping[str, ByClass]) -> list[str]:
    """The first thing of each of our largest classes, each thing once."""
    things = [
        (-len(part.instances), name, min(instances))
        for name, part in classes.items()
        if name.startswith(ONTOLOGY)
        and (instances := {i for i in part.instances if i.startswith(THINGS)})
    ]
    return list(dict.fromkeys(thing for *_, thing in sorted(things)))[:_EXAMPLES]


def _partitions(
    dataset: str, figures: Figures, prefixes: Mapping[str, str], *, is_nested: bool
) -> Iterator[Triple]:
    root = f"{dataset}/"
    for name, part in figures.classes.items():
        node = f"{root}class/{_key(name, prefixes)}"
        yield link(dataset, VOID + "classPartition", node)
        yield link(node, VOID + "class", name)
        yield count(node, VOID + "entities", len(part.instances))
        yield count(node, VOID + "triples", part.triples)
        if is_nested:
            for inner, found in sorted(part.properties.items()):
                yield from _property(node, inner, found, prefixes, is_nested=True)
    for name, found in figures.properties.items():
        yield from _property(dataset, name, found, prefixes, is_nested=False)


def _property(
    owner: str,
    name: str,
    part: ByProperty,
    prefixes: Mapping[str, str],
    *,
    is_nested: bool,
) -> Iterator[Triple]:
    """A property partition; nested ones hold the classes of their objects."""
    node = f"{owner}/property/{_key(name, prefixes)}"
    yield link(owner, VOID + "propertyPartition", node)
    yield link(node, VOID + "property", name)
    yield count(node, VOID + "triples", part.triples)
    if not is_nested:
        yield count(node, VOID + "distinctSubjects", len(part.subjects))
        yield count(node, VOID + "distinctObjects", len(part.objects))
        return
    for kind, number in sorted(part.classes.items()):
        inner = f"{node}/class/{_key(kind, prefixes)}"
        yield link(node, VOID + "classPartition", inner)
        yield link(inner, VOID + "class", kind)
        yield count(inner, VOID + "triples", number)
    for kind, number in sorted(part.datatypes.items()):
        inner = f"{node}/datatype/{_key(kind, prefixes)}"
        yield link(node, VOID_EXT + "datatypePartition", inner)
        yield link(inner, VOID_EXT + "datatype", kind)
        yield count(inner, VOID + "triples", number)


def _key(iri: str, prefixes: Mapping[str, str]) -> str:
    """A short name that no other IRI has, fit for the fragment of an IRI."""
    short = shorten(iri, prefixes)
    if short != iri:
        return short
    return hashlib.sha256(iri.encode()).hexdigest()[:_DIGITS]
