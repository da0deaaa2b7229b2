"""A page in the words of schema.org, for crawlers that read no RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vomkg.namespaces import DATASET_IRI
from vomkg.web.things.addresses import DOCUMENTS

if TYPE_CHECKING:
    from vomkg.web.things.entity import Entity


def schema_org(
    entity: Entity, name: str, licence: str | None, release: str
) -> dict[str, object]:
    """The page and what it is about, as an object of JSON-LD.

    A claim is a Claim of schema.org; whatever has no place in a source is a Thing.

    Args:
        entity: what the page shows.
        name: of the thing, as in its IRI.
        licence: IRI of the licence, if there is one.
        release: id of the release; empty if there is none.
    """
    thing: dict[str, object] = {
        "@type": "Claim" if entity.trail else "Thing",
        "@id": entity.iri,
        "name": entity.label,
    }
    if entity.telling:
        thing["description"] = entity.telling
    found: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": DOCUMENTS + name,
        "name": entity.label,
        "mainEntity": thing,
        "isPartOf": {"@type": "Dataset", "@id": DATASET_IRI},
    }
    if licence is not None:
        found["license"] = licence
    if release:
        found["version"] = release
    return found
