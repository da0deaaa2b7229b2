"""The IRIs that names in a query stand for; the engine knows best how it reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph

from vomkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def resolved(
    prologue: str, names: Iterable[str], prefixes: Mapping[str, str]
) -> dict[str, str]:
    """Name to IRI behind that prologue.

    A name that the engine reads as two things makes a row of two values, which it
    refuses.

    Raises:
        SyntaxError: a name cannot be read, or the prologue is not SPARQL.
    """
    texts = list(dict.fromkeys(names))
    rows = " ".join(f"({text})" for text in texts)
    query = f"{prologue}\nSELECT ?name {{ VALUES (?name) {{ {rows} }} }}"
    try:
        query.encode()
    except UnicodeEncodeError as error:
        raise SyntaxError("half a character") from error
    found: Any = pyoxigraph.Store().query(query, base_iri=BASE, prefixes=dict(prefixes))
    return {text: row["name"].value for text, row in zip(texts, found, strict=True)}
