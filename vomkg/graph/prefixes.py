"""The prefixes of ontology/prefixes.ttl, and IRIs in short form and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph

from vomkg.errors import InputError, TurtleError, UnknownNameError
from vomkg.namespaces import SH

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# A local name that needs no escape in Turtle and in SPARQL.
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


def load_prefixes(root: Path) -> dict[str, str]:
    """Prefix to namespace, sorted by prefix, as the graph itself declares them.

    Raises:
        InputError: the file is missing.
        TurtleError: it is not Turtle, or two declarations contradict each other.
    """
    path = root / "ontology" / "prefixes.ttl"
    declared: dict[str, dict[str, str]] = {}
    try:
        for quad in pyoxigraph.parse(path=path):
            declared.setdefault(str(quad.subject), {})[
                getattr(quad.predicate, "value", "")
            ] = getattr(quad.object, "value", "")
    except OSError as error:
        raise InputError(
            f"the prefix list cannot be read: {error}", path=path
        ) from error
    except SyntaxError as error:
        raise TurtleError(str(error.msg), path=path, line=error.lineno) from error
    found: dict[str, str] = {}
    for node in declared.values():
        if SH + "prefix" not in node:
            continue
        name, namespace = node[SH + "prefix"], node.get(SH + "namespace", "")
        if found.setdefault(name, namespace) != namespace or not namespace:
            raise TurtleError(
                f"prefix {name!r} must have exactly one sh:namespace", path=path
            )
    return dict(sorted(found.items()))


def shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    """The IRI as ``prefix:local``, or unchanged where no prefix fits."""
    best = ""
    namespace = ""
    for name, start in prefixes.items():
        if iri.startswith(start) and len(start) > len(namespace):
            best, namespace = name, start
    local = iri.removeprefix(namespace)
    if namespace and _LOCAL.fullmatch(local):
        return f"{best}:{local}"
    return iri


def expand(curie: str, prefixes: Mapping[str, str]) -> str:
    """The IRI behind ``prefix:local``, ``<iri>`` or a full IRI.

    Raises:
        UnknownNameError: it is none of these, or the prefix is not declared.
    """
    if curie.startswith("<") and curie.endswith(">"):
        return curie[1:-1]
    name, colon, local = curie.partition(":")
    if colon and name in prefixes:
        return prefixes[name] + local
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:(?://|\S+:)|urn:|mailto:|tag:", curie):
        return curie
    if not colon:
        raise UnknownNameError(
            f"{curie!r} is neither an IRI nor a prefixed name",
            fix="write prefix:name or a full IRI",
        )
    raise UnknownNameError(
        f"prefix {name!r} of {curie!r} is not declared",
        fix=f"declared are {', '.join(sorted(prefixes))}",
    )
