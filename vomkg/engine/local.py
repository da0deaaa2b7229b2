"""The engine: an in-memory store that answers one query at a time.

The default graph is a real merge of the named graphs without the shapes, which
would make every class look used. It is built when the data is loaded: asked for
a union at query time, the engine would count a triple once per graph.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Self

import pyoxigraph

from vomkg.config import Settings, graph_root
from vomkg.engine.answer import Answer
from vomkg.engine.binding import bound
from vomkg.engine.faults import run_fault, syntax_fault
from vomkg.engine.guard import check_query
from vomkg.engine.trail import trails
from vomkg.errors import (
    InputError,
    LimitError,
    ParameterError,
    QueryRefusedError,
)
from vomkg.graph.parse import parse
from vomkg.graph.prefixes import load_prefixes
from vomkg.namespaces import GraphName

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vomkg.engine.results import Row, Term

DefaultGraph = Literal["union", "plain"]
_TRIPLE: Final = ("subject", "predicate", "object")


class Engine:
    """Answers queries over a store that does not change."""

    def __init__(
        self,
        store: pyoxigraph.Store,
        settings: Settings | None = None,
        *,
        release: str = "",
    ) -> None:
        self.settings = settings or Settings(root=graph_root(), cache=Path())
        self.prefixes = load_prefixes(self.settings.root)
        self.release = release
        self._store = store

    @classmethod
    def from_nquads(
        cls, path: Path, settings: Settings | None = None, *, release: str = ""
    ) -> Self:
        """An engine over a release's N-Quads, its default graph the union.

        Literals are not checked again: the release was built of checked ones.

        Raises:
            InputError: the file cannot be read or is not N-Quads.
        """
        store = pyoxigraph.Store()
        try:
            store.bulk_load(path=path, format=pyoxigraph.RdfFormat.N_QUADS)
        except (OSError, SyntaxError) as error:
            raise InputError(
                f"cannot be read as N-Quads: {error}", path=path
            ) from error
        return cls(_merged(store), settings, release=release)

    @classmethod
    def from_files(
        cls,
        paths: Iterable[Path],
        settings: Settings | None = None,
        *,
        default_graph: DefaultGraph = "union",
    ) -> Self:
        """An engine over RDF files, quads with their graphs.

        Args:
            paths: the files; the syntax goes by the extension.
            settings: limits and prefixes.
            default_graph: ``union`` adds the named graphs, but for the shapes, to
                the default graph; ``plain`` serves the dataset as it is.

        Raises:
            FormatError: an extension is not one of RDF.
            InputError: a file cannot be read or is not well-formed.
        """
        return cls(_loaded(paths, default_graph), settings)

    def query(self, text: str, *, bindings: Mapping[str, Term] | None = None) -> Answer:
        """The complete answer of a SPARQL 1.1 query.

        Args:
            text: the query; the prefixes of the graph need no declaration.
            bindings: values for variables of the query, by name without ``?``.

        Raises:
            QueryRefusedError: it asks for what is not allowed here.
            QuerySyntaxError: it is not SPARQL.
            ParameterError: a binding has no variable, or is a blank node.
            LimitError: the answer has more rows than the settings allow.
        """
        ready = prepared(text, bindings, self.settings, self.prefixes)
        return self.run(ready, text)

    def run(self, ready: str, text: str | None = None) -> Answer:
        """The answer of a query that has passed :func:`prepared`.

        Args:
            ready: the query with its values in place.
            text: the query as it was asked, if that is another.

        Raises:
            QueryRefusedError: it asks for what the engine does not have.
            QuerySyntaxError: it is not SPARQL.
            LimitError: the answer has more rows than the settings allow.
        """
        try:
            found = self._store.query(ready, prefixes=self.prefixes)
            return self._answer(found, ready if text is None else text)
        except SyntaxError as error:
            raise syntax_fault(error, ready, self.prefixes) from error
        except (RuntimeError, OSError, ValueError) as error:
            raise run_fault(error, ready) from error

    def _answer(
        self,
        found: pyoxigraph.QuerySolutions
        | pyoxigraph.QueryBoolean
        | pyoxigraph.QueryTriples,
        text: str,
    ) -> Answer:
        make = partial(Answer, query=text, release=self.release, prefixes=self.prefixes)
        if isinstance(found, pyoxigraph.QueryBoolean):
            return make("boolean", boolean=bool(found))
        link = partial(trails, ask=self._ask)
        if isinstance(found, pyoxigraph.QueryTriples):
            triples = self._triples(found)
            cells = [_row(_TRIPLE, triple) for triple in triples]
            return make("graph", _TRIPLE, cells, triples=triples, trails=link)
        columns = tuple(variable.value for variable in found.variables)
        rows: list[Row] = []
        for solution in found:
            self._check_limit(len(rows))
            rows.append(_row(columns, solution))
        return make("bindings", columns, rows, trails=link)

    def _triples(self, found: pyoxigraph.QueryTriples) -> tuple[pyoxigraph.Triple, ...]:
        kept: list[pyoxigraph.Triple] = []
        for triple in found:
            self._check_limit(len(kept))
            kept.append(triple)
        return tuple(kept)

    def _check_limit(self, count: int) -> None:
        limit = self.settings.row_limit
        if count >= limit:
            raise LimitError(
                f"the answer has more than {limit} rows",
                fix=f"ask page by page with ORDER BY, LIMIT {limit} and OFFSET, "
                "or raise row_limit",
            )

    def _ask(self, text: str, bindings: Mapping[str, Term]) -> Answer:
        return self.query(text, bindings=bindings)


def prepared(
    text: str,
    bindings: Mapping[str, Term] | None,
    settings: Settings,
    prefixes: dict[str, str],
) -> str:
    """The query that is run: checked, and with the values in place.

    Raises:
        QueryRefusedError: it asks for what is not allowed here.
        QuerySyntaxError: its brackets or terminals are not SPARQL.
        ParameterError: a binding has no variable, or is a blank node.
    """
    check_query(text, settings, prefixes)
    return bound(text, _bindable(bindings)) if bindings else text


def _row(
    columns: Iterable[str], cells: Iterable[Term | pyoxigraph.Triple | None]
) -> Row:
    row: Row = {}
    for name, cell in zip(columns, cells, strict=True):
        if isinstance(cell, pyoxigraph.Triple):
            raise QueryRefusedError(
                f"?{name} holds a triple as a term, which RDF 1.1 does not have",
                fix="ask for its subject, predicate and object",
            )
        row[name] = cell
    return row


def _bindable(
    bindings: Mapping[str, Term],
) -> dict[str, pyoxigraph.NamedNode | pyoxigraph.Literal]:
    ready = {}
    for name, term in bindings.items():
        if not isinstance(term, (pyoxigraph.NamedNode, pyoxigraph.Literal)):
            raise ParameterError(f"?{name} must be an IRI or a literal, found {term!r}")
        ready[name] = term
    return ready


def _loaded(paths: Iterable[Path], default_graph: DefaultGraph) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    for path in paths:
        quads, _ = parse(path)
        store.extend(quads)
    return _merged(store) if default_graph == "union" else store


def _merged(store: pyoxigraph.Store) -> pyoxigraph.Store:
    """The store with every named graph but the shapes added to the default graph."""
    for graph in list(store.named_graphs()):
        if getattr(graph, "value", "") != GraphName.shapes:
            store.update(f"ADD GRAPH {graph} TO DEFAULT")
    return store
