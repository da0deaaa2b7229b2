"""The HTTP requests that manifests of the protocol suites describe."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from tests.w3c.manifest import ELSEWHERE, MF, RDFS_LABEL, UT, manifests

if TYPE_CHECKING:
    from pathlib import Path

    from tests.w3c.manifest import Manifest

HT: Final = "http://www.w3.org/2011/http#"
CNT: Final = "http://www.w3.org/2011/content#"


@dataclass(frozen=True, slots=True)
class Step:
    """One request and what must come back.

    Attributes:
        method: of the request.
        target: its path and query as the manifest writes it.
        headers: of the request.
        body: of the request, if it has one.
        statuses: names of the allowed statuses, such as ``StatusCode4xx``, ``OK``.
        boolean: the expected answer of ASK, if one is given.
        form: ``boolean``, ``tabular``, ``RDF`` or empty.
        content: the expected body, if one is given.
    """

    method: str
    target: str
    headers: dict[str, str]
    body: bytes | None
    statuses: frozenset[str]
    boolean: bool | None
    form: str
    content: str | None

    def allows(self, status: int) -> bool:
        """Whether one of the expected statuses is this one."""
        names = {f"StatusCode{status // 100}xx", _squeezed(HTTPStatus(status).phrase)}
        return bool(names & self.statuses)


@dataclass(frozen=True, slots=True)
class Talk:
    """One test of a protocol: what is held, and the requests in their order.

    Attributes:
        id: suite, folder and name.
        kind: local name of its class.
        graphs: the named graphs: name, then file.
        steps: the requests.
        reason: why it does not apply here; empty if it does.
    """

    id: str
    kind: str
    graphs: tuple[tuple[str, Path], ...]
    steps: tuple[Step, ...]
    reason: str

    @property
    def suite(self) -> str:
        """The suite and folder it belongs to."""
        return self.id.rpartition("/")[0]


def talks(root: Path) -> list[Talk]:
    """Every test of a protocol below a folder, each once."""
    found: dict[str, Talk] = {}
    for manifest in manifests(root):
        for node, kind, name in manifest.entries():
            if kind in ELSEWHERE:
                found.setdefault(name, _talk(manifest, node, kind, name))
    return list(found.values())


def _talk(manifest: Manifest, node, kind: str, name: str) -> Talk:
    graphs = []
    for item in manifest.values(node, UT + "graphData"):
        label = manifest.value(item, RDFS_LABEL).value
        file = manifest.value(item, UT + "graph").value
        graphs.append((label, manifest.path.parent / file.rpartition("/")[2]))
    action = manifest.value(node, MF + "action")
    head = manifest.value(action, HT + "requests") if action else None
    steps = tuple(_step(manifest, item) for item in manifest.listed(head))
    needs = {item.value for item in manifest.values(node, MF + "requires")}
    reason = _reason(manifest, name.rpartition("/")[2], needs)
    return Talk(name, kind, tuple(graphs), steps, reason)


def _reason(manifest: Manifest, name: str, needs: set[str]) -> str:
    if manifest.folder.endswith("http-rdf-update"):
        return "deprecated by the suite itself"
    if name.startswith("update_"):
        return "update: the endpoint is read-only"
    if MF + "DirectGraphIdentification" in needs:
        return "graphs are named by ?graph=, not by paths of their own"
    if MF + "POSTGraphCreation" in needs:
        return "update: the graph store is read-only"
    return ""


def _step(manifest: Manifest, node) -> Step:
    reply = manifest.value(node, HT + "resp")
    boolean = manifest.value(reply, MF + "expectedBoolean")
    form = manifest.value(reply, MF + "expectedFormat")
    body = manifest.value(node, HT + "body")
    encoding = manifest.value(body, CNT + "characterEncoding") if body else None
    text = _text(manifest, body)
    statuses = manifest.values(reply, MF + "expectedStatus")
    return Step(
        method=manifest.value(node, HT + "methodName").value,
        target=manifest.value(node, HT + "absolutePath").value,
        headers={
            manifest.value(item, HT + "fieldName").value: manifest.value(
                item, HT + "fieldValue"
            ).value
            for item in manifest.listed(manifest.value(node, HT + "headers"))
        },
        body=None
        if text is None
        else text.encode(encoding.value if encoding else "utf-8"),
        statuses=frozenset(
            _squeezed(item.value.rpartition("#")[2]) for item in statuses
        ),
        boolean=None if boolean is None else boolean.value == "true",
        form=form.value if form else "",
        content=_text(manifest, manifest.value(reply, HT + "body")),
    )


def _text(manifest: Manifest, body) -> str | None:
    chars = manifest.value(body, CNT + "chars") if body else None
    return chars.value if chars else None


def _squeezed(name: str) -> str:
    """A status by its letters alone: "Not Found" and "NotFound" are one."""
    return "".join(name.split())
