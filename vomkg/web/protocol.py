"""A request to the endpoint, read by SPARQL 1.1 Protocol §2.1, strictly.

Unknown parameters are ignored, because clients add their own; what the protocol
names must be right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from vomkg.errors import QueryRefusedError, QuerySyntaxError, UsageError
from vomkg.graph.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.datastructures import MultiDict

    from vomkg.graph.tokens import Token

QUERY_TYPE: Final = "application/sparql-query"
FORM_TYPE: Final = "application/x-www-form-urlencoded"
UPDATE_TYPE: Final = "application/sparql-update"
# What an IRI must not hold (SPARQL 1.1 §19.8, IRIREF).
_NOT_IRI: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')
# Words that can stand where a dataset clause has ended (SPARQL 1.1 §19.8).
_AFTER_DATASET: Final = frozenset(
    {"where", "group", "having", "order", "limit", "offset", "values"}
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asks of the endpoint.

    Attributes:
        query: the query; None if there is none.
        default_graphs: IRIs that make up the default graph, if any are given.
        named_graphs: IRIs of the named graphs, if any are given.
        format: the value of ``format``, or None.
    """

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str | None

    @property
    def text(self) -> str:
        """The query over the dataset that the protocol names, if it names one."""
        query = self.query or ""
        if not (self.default_graphs or self.named_graphs):
            return query
        return with_dataset(query, self.default_graphs, self.named_graphs)


def read_request() -> Asked:
    """The request at hand.

    Raises:
        UsageError: several queries, or a graph name that is no IRI.
        QueryRefusedError: an update, or an empty query.
        UnsupportedMediaType: a body of a type that the protocol does not know.
    """
    queries = []
    values = [request.args]
    if request.method in {"POST", "QUERY"}:
        if request.mimetype == QUERY_TYPE:
            queries.append(_body())
        elif request.mimetype == FORM_TYPE and request.method == "POST":
            _check_utf8(request.get_data(cache=True))
            values.append(request.form)
        else:
            raise UnsupportedMediaType(_unsupported())
    asked = asked_by(request.query_string, values, queries)
    if asked.query is None and request.method in {"POST", "QUERY"}:
        raise QueryRefusedError(
            "the request holds no query", fix="send it in the parameter 'query'"
        )
    return asked


def asked_by(
    encoded: bytes, values: Sequence[MultiDict[str, str]], bodies: Sequence[str] = ()
) -> Asked:
    """What parameters ask.

    Args:
        encoded: those of the address, percent-encoded.
        values: the same and those of a form.
        bodies: the query that is a body, if one is.

    Raises:
        UsageError: several queries, or a graph name that is no IRI.
        QueryRefusedError: an update.
    """
    _check_utf8(encoded)
    queries = [*values[0].getlist("query"), *bodies]
    for given in values[1:]:
        queries += given.getlist("query")
    if any("update" in given for given in values):
        raise QueryRefusedError(
            "the endpoint is read-only and takes no update",
            fix="send a query in the parameter 'query'",
        )
    if len(queries) > 1:
        raise UsageError(
            f"{len(queries)} queries in one request", fix="send exactly one"
        )
    names = ("default-graph-uri", "named-graph-uri")
    default, named = (
        tuple(_iri(iri) for given in values for iri in given.getlist(name))
        for name in names
    )
    form = next((given["format"] for given in values if given.get("format")), None)
    return Asked(queries[0] if queries else None, default, named, form)


def _check_utf8(encoded: bytes) -> None:
    """Refuse percent-encoded text that is not UTF-8, which would be asked garbled."""
    try:
        unquote_to_bytes(encoded).decode("utf-8")
    except UnicodeDecodeError as fault:
        raise UsageError(
            "the parameters are not UTF-8", fix="percent-encode them as UTF-8"
        ) from fault


def with_dataset(query: str, default: Sequence[str], named: Sequence[str]) -> str:
    """The query with these graphs as its dataset, in place of its own FROM.

    The protocol's dataset overrides the query's (SPARQL 1.1 Protocol §2.1.4).
    The lines of the query stay where they are.
    """
    found = [token for token in tokens(query) if token.kind != "comment"]
    clauses = [f"FROM <{iri}>" for iri in default]
    clauses += [f"FROM NAMED <{iri}>" for iri in named]
    at = _dataset_place(found)
    cuts = [(at, at, f" {' '.join(clauses)} ")]
    for index, token in enumerate(found):
        if _word(token) == "from":
            last = index + (2 if _word(_at(found, index + 1)) == "named" else 1)
            cuts.append((token.start, (_at(found, last) or token).end, ""))
    for start, end, text in sorted(cuts, reverse=True):
        query = query[:start] + text + query[end:]
    return query


def _dataset_place(found: Sequence[Token]) -> int:
    """The offset at which a dataset clause may stand."""
    depth = 0
    form = ""
    for index, token in enumerate(found):
        word = _word(token)
        if not form:
            form = word if word in {"select", "construct", "describe", "ask"} else ""
            continue
        template = form == "construct" and found[index - 1].text.lower() == form
        ends = token.text == "{" or word in _AFTER_DATASET or word == "from"
        if not depth and ends and not (template and token.text == "{"):
            return token.start
        depth += (token.text in {"(", "{"}) - (token.text in {")", "}"})
    return found[-1].end if found else 0


def _body() -> str:
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError as fault:
        raise QuerySyntaxError(
            "the query is not UTF-8", fix="send the body in UTF-8"
        ) from fault


def _iri(text: str) -> str:
    if not text or ":" not in text or _NOT_IRI.search(text):
        raise UsageError(f"the graph name {text!r} is not an IRI")
    return text


def _unsupported() -> str:
    if request.mimetype == UPDATE_TYPE:
        return "The endpoint is read-only and takes no update."
    given = request.mimetype or "no type at all"
    return f"The body is of {given}; send {QUERY_TYPE} or {FORM_TYPE}."


def _word(token: Token | None) -> str:
    return token.text.lower() if token is not None and token.kind == "word" else ""


def _at(found: Sequence[Token], index: int) -> Token | None:
    return found[index] if index < len(found) else None
