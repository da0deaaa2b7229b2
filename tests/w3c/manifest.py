"""Test manifests in the vocabulary of the W3C suites, read into cases.

The W3C's suites and our own selection are described alike, so one reader and one
judge serve both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import pyoxigraph as og

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT: Final = "http://www.w3.org/2009/sparql/tests/test-update#"
RDFS_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
# Where the suites are published, so that relative names mean what they mean there.
BASE: Final = "https://w3c.github.io/rdf-tests/sparql/"

EVALUATION: Final = {"QueryEvaluationTest", "CSVResultFormatTest"}
POSITIVE: Final = {"PositiveSyntaxTest", "PositiveSyntaxTest11"}
NEGATIVE: Final = {"NegativeSyntaxTest", "NegativeSyntaxTest11"}
# Kinds of test that have a judge of their own, see test_protocol_suite.py.
ELSEWHERE: Final = {"ProtocolTest", "ServiceDescriptionTest", "GraphStoreProtocolTest"}
_FROM: Final = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>\s]*)>", re.IGNORECASE)
_SERVICE: Final = re.compile(r"^[^#]*\bSERVICE\b", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Case:
    """One test of a query.

    Attributes:
        id: suite, folder and name, such as ``sparql11/bind/bind01``.
        kind: local name of its class in the manifest.
        text: the query as it is written.
        base: the IRI against which the query's relative IRIs are resolved.
        data: what is merged into the default graph, by IRI.
        graphs: the named graphs: name, then IRI of the content.
        result: the expected answer, as extension and bytes; None for tests of syntax.
        lax: whether duplicates may be left out of the answer.
        root: the folder that ``BASE`` stands for.
        reason: why it does not apply here; empty if it does.
    """

    id: str
    kind: str
    text: str
    base: str
    data: tuple[str, ...]
    graphs: tuple[tuple[str, str], ...]
    result: tuple[str, bytes] | None
    lax: bool
    root: Path
    reason: str

    @property
    def suite(self) -> str:
        """The suite and folder it belongs to."""
        return self.id.rpartition("/")[0]

    @property
    def draw(self) -> int:
        """A number that varies from case to case and never changes."""
        return crc32(self.id.encode())

    def file(self, iri: str) -> Path:
        """The file that an IRI of the manifest stands for."""
        return path_of(iri, self.root)


def path_of(iri: str, root: Path) -> Path:
    """The local copy of what is published under that IRI."""
    return root / iri.removeprefix(BASE)


class Manifest:
    """One manifest file as a graph."""

    def __init__(self, path: Path, root: Path) -> None:
        self.path = path
        self.root = root
        self.folder = path.parent.relative_to(root).as_posix()
        self.base = BASE + path.relative_to(root).as_posix()
        self._store = og.Store()
        self._store.load(path=path, format=og.RdfFormat.TURTLE, base_iri=self.base)

    def values(self, subject: Any, name: str) -> list[Any]:
        """The objects of a property."""
        found = self._store.quads_for_pattern(subject, og.NamedNode(name), None)
        return [quad.object for quad in found]

    def value(self, subject: Any, name: str) -> Any:
        """Its one object, or None."""
        return next(iter(self.values(subject, name)), None)

    def listed(self, head: Any) -> Iterator[Any]:
        """The members of a collection."""
        while head is not None and head.value != RDF + "nil":
            yield self.value(head, RDF + "first")
            head = self.value(head, RDF + "rest")

    def entries(self) -> Iterator[tuple[og.NamedNode, str, str]]:
        """Each test with its class and the id it has here."""
        for quad in self._store.quads_for_pattern(
            None, og.NamedNode(MF + "entries"), None
        ):
            for node in self.listed(quad.object):
                kind = self.value(node, RDF + "type")
                if kind is not None:
                    name = re.split(r"[#/]", node.value)[-1]
                    yield node, _local(kind.value), f"{self.folder}/{name}"


def manifests(root: Path) -> Iterator[Manifest]:
    """Every manifest below a folder that lists tests, in the order of their paths."""
    for path in sorted(root.rglob("manifest*.ttl")):
        yield Manifest(path, root)


def cases(root: Path) -> list[Case]:
    """Every test but those of :data:`ELSEWHERE`, each once."""
    found: dict[str, Case] = {}
    for manifest in manifests(root):
        for node, kind, name in manifest.entries():
            if kind not in ELSEWHERE and name not in found:
                found[name] = _case(manifest, node, kind, name)
    return list(found.values())


def _case(manifest: Manifest, node: og.NamedNode, kind: str, name: str) -> Case:
    action = manifest.value(node, MF + "action")
    query = manifest.value(action, QT + "query") or action
    result = manifest.value(node, MF + "result")
    text, base = _text(manifest, query)
    reason = _reason(manifest, kind, base, text)
    data = [iri.value for iri in manifest.values(action, QT + "data")]
    graphs = [
        _graph(manifest, item) for item in manifest.values(action, QT + "graphData")
    ]
    if not reason and result is not None and not data:
        graphs += _own_dataset(text, base, manifest.root)
    return Case(
        id=name,
        kind=kind,
        text=text,
        base=base,
        data=tuple(data),
        graphs=tuple(dict.fromkeys(graphs)),
        result=None if reason else _result(manifest, kind, result),
        lax=manifest.value(node, MF + "resultCardinality") is not None,
        root=manifest.root,
        reason=reason,
    )


def _text(manifest: Manifest, query: Any) -> tuple[str, str]:
    """The query and its base; our own manifests hold the text itself."""
    if isinstance(query, og.Literal):
        return query.value, manifest.base
    if not isinstance(query, og.NamedNode):
        return "", ""  # an update, which is described otherwise
    return path_of(query.value, manifest.root).read_bytes().decode(), query.value


def _result(manifest: Manifest, kind: str, result: Any) -> tuple[str, bytes] | None:
    """The expected answer; as text it is a boolean, CSV, TSV or Turtle."""
    if result is None:
        return None
    if not isinstance(result, og.Literal):
        path = path_of(result.value, manifest.root)
        return path.suffix[1:], path.read_bytes()
    text = result.value
    if result.datatype.value.endswith("#boolean"):
        return "srj", f'{{"head": {{}}, "boolean": {text}}}'.encode()
    if kind == "CSVResultFormatTest":
        return "csv", text.encode()
    return ("tsv" if text.startswith("?") else "ttl"), text.encode()


def _graph(manifest: Manifest, item: Any) -> tuple[str, str]:
    """The name of a named graph and the IRI of its content."""
    content = manifest.value(item, QT + "graph") or manifest.value(item, UT + "graph")
    if content is None:
        return item.value, item.value
    label = manifest.value(item, RDFS_LABEL)
    return (label or content).value, content.value


def _own_dataset(text: str, base: str, root: Path) -> list[tuple[str, str]]:
    """The graphs that a query without data names by FROM, if we have the files."""
    folder = base.rpartition("/")[0]
    found = []
    for name in _FROM.findall(text):
        iri = name if ":" in name else f"{folder}/{name}"
        if path_of(iri, root).is_file():
            found.append((iri, iri))
    return found


def _reason(manifest: Manifest, kind: str, base: str, text: str) -> str:
    """Why a test does not apply; empty if it does."""
    if kind not in EVALUATION | POSITIVE | NEGATIVE or base.endswith(".ru"):
        return "update: the endpoint is read-only"
    if "/entailment" in manifest.folder or manifest.folder == "entailment":
        return "entailment: nothing is inferred at query time"
    # Our own queries never federate; some hold the word to be found harmless.
    if base.endswith(".rq") and _SERVICE.search(text):
        return "federation: SERVICE is refused"
    return ""


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]
