"""The engine: an in-memory store that answers one query at a time.

The default graph is a real merge of the named graphs without the shapes, which
would make every class look used, and without the description of the graphs, which
would be counted with what it counts. It is built when the data is loaded: asked for
a union at query time, the engine would count a triple once per graph.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import pyoxigraph

from vomkg.config import Settings, graph_root
from vomkg.engine.answer import Answer
from vomkg.engine.dataset import merged_graphs, several_graphs
from vomkg.engine.faults import run_fault, syntax_fault
from vomkg.engine.preparation import prepared
from vomkg.engine.results import TripleTerm
from vomkg.engine.stores import loaded, merged
from vomkg.engine.trail import trails
from vomkg.engine.writing import Written, written_answer, written_rows
from vomkg.errors import InputError, LimitError
from vomkg.graph.prefixes import load_prefixes
from vomkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vomkg.engine.dataset import Named
    from vomkg.engine.results import Row, Term
    from vomkg.engine.stores import DefaultGraph
    from vomkg.engine.writing import AnswerKind, Forms

    Found = (
        pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples
    )

_TRIPLE: Final = ("subject", "predicate", "object")


class Engine:
    """Answers queries over a store that does not change.

    Attributes:
        opens_files: whether it opens files or connections while it answers.
    """

    opens_files = False

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
        self._merge: tuple[Named, pyoxigraph.Store] | None = None

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
        return cls(merged(store), settings, release=release)

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
            default_graph: ``union`` adds the named graphs, but for those apart, to
                the default graph; ``plain`` serves the dataset as it is.

        Raises:
            FormatError: an extension is not one of RDF.
            InputError: a file cannot be read or is not well-formed.
        """
        return cls(loaded(paths, default_graph), settings)

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
        with self._faults(ready):
            return self._answer(self._found(ready), ready if text is None else text)

    def written(self, text: str, forms: Forms) -> Written:
        """The bytes of the complete answer of a query.

        Args:
            text: as for :meth:`query`.
            forms: the format wanted for rows and for a graph, as far as any is.

        Raises:
            FormatError: the format cannot hold a character or property of it.
            LimitError: it has more rows or bytes than the settings allow.
            VomkgError: as for :meth:`query`.
        """
        return self.write(prepared(text, None, self.settings, self.prefixes), forms)

    def write(self, ready: str, forms: Forms) -> Written:
        """The same of a query that has passed :func:`prepared`."""
        rows, size = self.settings.row_limit, self.settings.byte_limit
        with self._faults(ready):
            found = self._found(ready)
            kind = _kind(found)
            form = forms["graph" if kind == "graph" else "bindings"]
            if form is None:
                return Written(kind, None)
            if isinstance(found, pyoxigraph.QuerySolutions):
                body = written_rows(found, form, rows, size)
                if body is not None:
                    return Written(kind, form, body)
                found = self._found(ready)
            answer = self._answer(found, ready)
        return written_answer(answer, forms, size)

    @contextmanager
    def _faults(self, ready: str) -> Iterator[None]:
        """What the engine complains of, as errors of ours."""
        try:
            yield
        except SyntaxError as error:
            raise syntax_fault(error, ready, self.prefixes) from error
        except (RuntimeError, OSError, ValueError) as error:
            raise run_fault(error, ready) from error

    def _found(self, ready: str) -> Found:
        several = several_graphs(ready, self.prefixes)
        if several is None:
            return self._store.query(ready, base_iri=BASE, prefixes=self.prefixes)
        if self._merge is None or self._merge[0] != several:
            self._merge = several, merged_graphs(self._store, several)
        return self._merge[1].query(
            ready,
            base_iri=BASE,
            prefixes=self.prefixes,
            default_graph=pyoxigraph.DefaultGraph(),
            named_graphs=[pyoxigraph.NamedNode(iri) for iri in several.named],
        )

    def _answer(self, found: Found, text: str) -> Answer:
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


def _kind(found: Found) -> AnswerKind:
    if isinstance(found, pyoxigraph.QueryBoolean):
        return "boolean"
    return "graph" if isinstance(found, pyoxigraph.QueryTriples) else "bindings"


def _row(
    columns: Iterable[str], cells: Iterable[Term | pyoxigraph.Triple | None]
) -> Row:
    return {
        name: TripleTerm(cell) if isinstance(cell, pyoxigraph.Triple) else cell
        for name, cell in zip(columns, cells, strict=True)
    }
