"""A release as a catalogue of one dataset, in the words of DCAT 3.

https://www.w3.org/TR/vocab-dcat-3/: the dataset as such has versions; the release is
one of them, with a distribution for each file and the endpoint as a service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from vomkg.describe.triples import link, text, words
from vomkg.namespaces import (
    DATASET_IRI,
    DCAT,
    DCTERMS,
    FOAF,
    RDF,
    RDFS,
    RELEASES,
    SPDX,
    XSD,
    GraphName,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vomkg.describe.about import About, Dump

_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"


def catalogue(about: About, root: str, dumps: Iterable[Dump]) -> list[Triple]:
    """The catalogue that a host gives of the release that it serves.

    Args:
        about: the release.
        root: address of the front end, with a slash at its end.
        dumps: the files that it gives.
    """
    found = (
        *_catalogue(about, root),
        *_dataset(about),
        *_version(about, root),
        *_service(about, root),
        *(triple for dump in dumps for triple in _distribution(about, root, dump)),
    )
    return list(dict.fromkeys(found))


def _catalogue(about: About, root: str) -> Iterator[Triple]:
    node = f"{root}dcat#catalogue"
    yield link(node, RDF + "type", DCAT + "Catalog")
    yield words(node, DCTERMS + "title", about.title)
    yield link(node, DCAT + "dataset", about.iri)
    yield link(node, DCAT + "service", _service_iri(root))
    yield link(node, FOAF + "homepage", root)
    yield from _rights(node, about)


def _dataset(about: About) -> Iterator[Triple]:
    node = about.iri
    yield link(node, RDF + "type", DCAT + "Dataset")
    yield words(node, DCTERMS + "title", about.title)
    yield words(node, DCTERMS + "description", about.description)
    yield text(node, DCTERMS + "identifier", node)
    for shapes in about.conforms_to:
        yield link(node, DCTERMS + "conformsTo", shapes)
    yield link(node, FOAF + "isPrimaryTopicOf", GraphName.void)
    yield from _rights(node, about)


def _version(about: About, root: str) -> Iterator[Triple]:
    """What is said of a release, and not of data that have none."""
    node = about.iri
    if node == DATASET_IRI:
        return
    yield link(DATASET_IRI, RDF + "type", DCAT + "Dataset")
    yield words(DATASET_IRI, DCTERMS + "title", about.title)
    yield link(DATASET_IRI, DCAT + "hasVersion", node)
    yield text(node, DCAT + "version", about.version)
    yield link(node, DCAT + "isVersionOf", DATASET_IRI)
    if about.previous:
        yield link(node, DCAT + "previousVersion", RELEASES + about.previous)
    # What the release changed: by its IRI, and where it is told here.
    yield link(node, DCTERMS + "relation", f"{node}/changes")
    yield link(node, RDFS + "seeAlso", f"{root}changes")
    if about.made_by:
        made = f"{root}dcat#provenance"
        told = ", ".join(f"{name} {by}" for name, by in sorted(about.made_by.items()))
        yield link(node, DCTERMS + "provenance", made)
        yield link(made, RDF + "type", DCTERMS + "ProvenanceStatement")
        yield words(made, RDFS + "label", f"Made by {told}.")


def _service(about: About, root: str) -> Iterator[Triple]:
    node = _service_iri(root)
    endpoint = f"{root}sparql"
    yield link(node, RDF + "type", DCAT + "DataService")
    yield words(node, DCTERMS + "title", f"SPARQL endpoint of {about.title}")
    yield link(node, DCAT + "endpointURL", endpoint)
    # A GET without a query gives the service description.
    yield link(node, DCAT + "endpointDescription", endpoint)
    yield link(node, DCTERMS + "conformsTo", "https://www.w3.org/TR/sparql11-protocol/")
    yield link(node, DCAT + "servesDataset", about.iri)
    if about.licence:
        yield link(node, DCTERMS + "license", about.licence)


def _distribution(about: About, root: str, dump: Dump) -> Iterator[Triple]:
    node = f"{root}data/{dump.name}"
    yield link(about.iri, DCAT + "distribution", node)
    yield link(node, RDF + "type", DCAT + "Distribution")
    yield text(node, DCTERMS + "title", dump.name)
    yield link(node, DCAT + "downloadURL", node)
    # DCAT asks for it of every distribution: where one is led to the data.
    yield link(node, DCAT + "accessURL", f"{root}data")
    yield link(node, DCAT + "mediaType", _MEDIA_TYPES + dump.media_type)
    if dump.compression:
        packed = f"{_MEDIA_TYPES}application/{dump.compression}"
        yield link(node, DCAT + "compressFormat", packed)
    size = Literal(str(dump.bytes), datatype=NamedNode(XSD + "nonNegativeInteger"))
    yield Triple(NamedNode(node), NamedNode(DCAT + "byteSize"), size)
    yield from _checksum(node, dump.sha256)
    if about.licence:
        yield link(node, DCTERMS + "license", about.licence)


def _checksum(node: str, digest: str) -> Iterator[Triple]:
    checksum = f"{node}#sha256"
    yield link(node, SPDX + "checksum", checksum)
    yield link(checksum, RDF + "type", SPDX + "Checksum")
    yield link(checksum, SPDX + "algorithm", SPDX + "checksumAlgorithm_sha256")
    value = Literal(digest, datatype=NamedNode(XSD + "hexBinary"))
    yield Triple(NamedNode(checksum), NamedNode(SPDX + "checksumValue"), value)


def _rights(node: str, about: About) -> Iterator[Triple]:
    if about.licence:
        yield link(node, DCTERMS + "license", about.licence)
    for maker in about.makers:
        yield link(node, DCTERMS + "creator", maker.iri)
        yield link(maker.iri, RDF + "type", FOAF + "Agent")
        yield words(maker.iri, FOAF + "name", maker.name)


def _service_iri(root: str) -> str:
    return f"{root}dcat#endpoint"
