"""The graphs of a release in every RDF syntax that can hold them.

N-Triples and N-Quads are canonical forms: blank nodes named by RDFC-1.0, lines
sorted, each once. So the SHA-256 of such a file is the hash of what it holds.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pyoxigraph

from vomkg.errors import FormatError
from vomkg.formats import by_name
from vomkg.graph.encode import encode
from vomkg.namespaces import APART, GRAPHS, GraphName
from vomkg.release.distribution import ALL, UNION, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vomkg.formats import Format

GRAPH_FORMATS: Final = ("turtle", "ntriples", "jsonld", "rdfxml")
DATASET_FORMATS: Final = ("trig", "nquads")
FORMATS: Final = (*GRAPH_FORMATS, *DATASET_FORMATS)

Quads = list[pyoxigraph.Quad]


class Graphs:
    """The graphs of a dataset, each to be written on its own.

    Args:
        quads: the quads of the dataset.
        prefixes: what to shorten IRIs by.
        union: whether the default graph of the endpoint is made of all but the
            shapes; else it is what stands in no named graph.
    """

    def __init__(
        self,
        quads: Iterable[pyoxigraph.Quad],
        prefixes: Mapping[str, str],
        *,
        union: bool = True,
    ) -> None:
        self._quads = list(quads)
        self._prefixes = dict(prefixes)
        self._union = union
        self._named: dict[str, Quads] = defaultdict(list)
        for quad in self._quads:
            name = local_name(getattr(quad.graph_name, "value", ""))
            if name is not None:
                self._named[name].append(quad)

    def names(self) -> tuple[str, ...]:
        """The dataset, its default graph, and the graphs that have a name of ours."""
        known = [item for item in _ORDER if item in self._named]
        others = sorted(self._named.keys() - set(known))
        return (ALL, UNION, *known, *others)

    def formats(self, name: str) -> tuple[Format, ...]:
        """The syntaxes that apply to that graph."""
        wanted = {ALL: DATASET_FORMATS, UNION: GRAPH_FORMATS}.get(name, FORMATS)
        return tuple(by_name(item) for item in wanted)

    def written(self, name: str) -> Iterator[tuple[str, Format, bytes]]:
        """The name of each file of that graph, its syntax and its bytes.

        What a syntax cannot hold is left out: RDF/XML has no name for some
        properties, JSON-LD none for triples as terms.
        """
        for form in self.formats(name):
            try:
                data = self._encoded(name, form)
            except FormatError:
                continue
            yield name_of(name, form), form, data

    def _encoded(self, name: str, form: Format) -> bytes:
        quads = self._of(name)
        if form.kind == "dataset":
            return encode_dataset(canonical(quads), form, self._prefixes)
        merged = canonical(
            pyoxigraph.Quad(quad.subject, quad.predicate, quad.object) for quad in quads
        )
        if form.name == "ntriples":
            return encode_dataset(merged, form, self._prefixes)
        return encode((quad.triple for quad in merged), form, self._prefixes)

    def _of(self, name: str) -> Quads:
        if name == ALL:
            return self._quads
        if name != UNION:
            return self._named[name]
        plain = pyoxigraph.DefaultGraph()
        if self._union:
            apart = {pyoxigraph.NamedNode(iri) for iri in APART}
            return [quad for quad in self._quads if quad.graph_name not in apart]
        return [quad for quad in self._quads if quad.graph_name == plain]


def local_name(iri: str) -> str | None:
    """What a graph of ours is called in the name of a file; None for others."""
    name = iri.removeprefix(GRAPHS)
    is_ours = iri.startswith(GRAPHS) and name not in {"", ALL, UNION}
    return name if is_ours and set(name) <= _LETTERS else None


def canonical(quads: Iterable[pyoxigraph.Quad]) -> Quads:
    """The quads, blank nodes named by RDFC-1.0, in the order of their lines."""
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(dataset, key=_line)


def encode_dataset(quads: Quads, form: Format, prefixes: Mapping[str, str]) -> bytes:
    """The canonical quads, in their order, as lines or as TriG."""
    if form.name in {"nquads", "ntriples"}:
        return "".join(map(_line, quads)).encode()
    # TriG keeps the order that it is given: a block for each graph.
    grouped = sorted(quads, key=lambda quad: (str(quad.graph_name), _line(quad)))
    text = "".join(map(_line, grouped))
    used = {name: start for name, start in prefixes.items() if f"<{start}" in text}
    data = pyoxigraph.serialize(
        grouped, format=pyoxigraph.RdfFormat.TRIG, prefixes=used
    )
    return data or b""


def _line(quad: pyoxigraph.Quad) -> str:
    return f"{quad} .\n"


_ORDER: Final = tuple(
    iri.removeprefix(GRAPHS)
    for name, iri in vars(GraphName).items()
    if not name.startswith("_")
)
_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
