"""Where a store takes queries, updates and graphs, guessed from one address.

SPARQL 1.1 names no place for the three services, so each server has its own. The
guess is made from the address and from the name that the server gives itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Addresses:
    """The three services of one store.

    Attributes:
        query: takes queries, as a form by POST (SPARQL 1.1 Protocol §2.1.2).
        update: takes updates, likewise (§2.2.1).
        graph_store: speaks the Graph Store HTTP Protocol by ``?graph=`` (§4.2).
        server: the server that was recognised; empty for none.
    """

    query: str
    update: str
    graph_store: str
    server: str = ""


@dataclass(frozen=True, slots=True)
class _Rule:
    """How one server is recognised, and where its services are.

    Attributes:
        server: its name.
        path: what the path must be; ``head`` is what the services stand under.
        sign: a word of its ``Server`` header; empty if the path alone tells.
        places: paths of query, update and graph store below ``head``.
        host: what host and port must hold; empty for anything.
    """

    server: str
    path: re.Pattern[str]
    sign: str
    places: tuple[str, str, str]
    host: str = ""


_ANY_HEAD: Final = r"(?P<head>.*?)"
_RULES: Final = (
    _Rule(
        "Amazon Neptune",
        re.compile(r"(?P<head>)(/|/sparql/?|/sparql/gsp/?)?"),
        "",
        ("/sparql", "/sparql", "/sparql/gsp/"),
        host=".neptune.",
    ),
    _Rule(
        "GraphDB or RDF4J",
        re.compile(
            r"(?P<head>.*/repositories/[^/]+)(/|/statements|/rdf-graphs/service)?"
        ),
        "",
        ("", "/statements", "/rdf-graphs/service"),
    ),
    _Rule(
        "Oxigraph",
        re.compile(_ANY_HEAD + r"(/|/query|/update|/store)?"),
        "oxigraph",
        ("/query", "/update", "/store"),
    ),
    _Rule(
        "Virtuoso",
        re.compile(_ANY_HEAD + r"(/|/sparql/?|/sparql-auth/?|/sparql-graph-crud.*)?"),
        "virtuoso",
        ("/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
    ),
    _Rule(
        "Stardog",
        re.compile(r"(?P<head>/[^/]+)(/|/query|/update)?"),
        "",
        ("/query", "/update", ""),
        host=":5820",
    ),
    _Rule(
        "Fuseki",
        re.compile(r"(?P<head>/.*[^/])/(sparql|query|update|data|get)"),
        "",
        ("/sparql", "/update", "/data"),
    ),
    _Rule(
        "Fuseki",
        re.compile(r"(?P<head>/[^/]+)/?"),
        "fuseki",
        ("/sparql", "/update", "/data"),
    ),
)


def addresses(
    url: str,
    server: str = "",
    *,
    update: str | None = None,
    graph_store: str | None = None,
) -> Addresses:
    """The services of the store at that address.

    Args:
        url: the address that was given.
        server: the ``Server`` header of an answer from there.
        update: where updates go, if that is known.
        graph_store: where the Graph Store Protocol is spoken, if that is known.

    Returns:
        The guess of the first server that fits, else the one address for all.
        What is known replaces what would be guessed.
    """
    found = _guess(url, server.lower())
    return replace(
        found,
        update=update or found.update,
        graph_store=graph_store or found.graph_store,
    )


def _guess(url: str, server: str) -> Addresses:
    parts = urlsplit(url)
    for rule in _RULES:
        at = rule.path.fullmatch(parts.path)
        if at and rule.sign in server and rule.host in parts.netloc:
            base = f"{parts.scheme}://{parts.netloc}{at['head']}"
            query, update, graph_store = (base + place for place in rule.places)
            return Addresses(query, update, graph_store, rule.server)
    return Addresses(url, url, url)
