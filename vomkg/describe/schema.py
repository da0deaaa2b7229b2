"""A release in the words of schema.org, as search engines and checkers read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vomkg.describe.about import About, Dump


def dataset(about: About, root: str, dumps: Iterable[Dump]) -> dict[str, object]:
    """A schema.org Dataset as JSON-LD.

    Args:
        about: the release.
        root: address of the front end, with a slash at its end.
        dumps: the files that it gives.
    """
    found: dict[str, object] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": about.iri,
        "name": about.title,
        "description": about.description,
        "url": root,
        "identifier": about.iri,
        "version": about.version or None,
        "isAccessibleForFree": True,
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": f"{root}dcat#catalogue",
            "name": about.title,
            "url": f"{root}dcat",
        },
        "license": about.licence or None,
        "creator": [
            {"@type": "Organization", "@id": maker.iri, "name": maker.name}
            for maker in about.makers
        ]
        or None,
        "distribution": [_download(root, dump) for dump in dumps] or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _download(root: str, dump: Dump) -> dict[str, object]:
    packed = [f"application/{dump.compression}"] if dump.compression else []
    return {
        "@type": "DataDownload",
        "name": dump.name,
        "contentUrl": f"{root}data/{dump.name}",
        "encodingFormat": [dump.media_type, *packed] if packed else dump.media_type,
        "contentSize": f"{dump.bytes} B",
        "sha256": dump.sha256,
    }
