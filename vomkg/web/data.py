"""The dumps of the release: a page that lists them, and the files themselves."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
)
from werkzeug.datastructures import Headers

from vomkg.errors import EngineError, FormatError, UnknownNameError
from vomkg.formats import by_media_type
from vomkg.release.distribution import ALL, UNION
from vomkg.release.sums import SUMS, sums
from vomkg.web.files import MAY_CHANGE, Files
from vomkg.web.negotiation import data_wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from werkzeug.wrappers import Response as BaseResponse

    from vomkg.knowledge import KnowledgeGraph
    from vomkg.release.distribution import Distribution

FOLDER: Final = "/data/"
_LIST: Final = "dumps.json"
# Where the catalogue is described in RDF, if the front end has that address.
_CATALOGUE: Final = "/dcat"
_MEANINGS: Final = {
    ALL: "every graph, each under its name",
    UNION: (
        "what a query asks that names no graph; of the project, all but the shapes "
        "and graph/void"
    ),
    "data": "the claims, and what they are about",
    "ontology": "classes, properties, schemes of concepts, prefixes",
    "shapes": "the SHACL shapes that the data are checked by",
    "questions": "the questions with their SPARQL",
    "inferred": "what follows from data and ontology, and is not written in them",
    "void": "the description of the dataset",
}
# What describes all of it to programs: name, address, and what stands there.
_DESCRIPTIONS: Final = (
    (
        "VoID",
        "/.well-known/void?format=turtle",
        "classes and properties of each graph, and how often each is used",
    ),
    (
        "DCAT",
        f"{_CATALOGUE}?format=turtle",
        "the dataset with licence, release and every file with its checksum",
    ),
    (
        "service description",
        "/sparql?format=turtle",
        "what the endpoint takes and gives, its graphs, prefixes and examples",
    ),
    ("link set", "/linkset.json", "the same pointers as typed links"),
    ("JSON-LD context", "/context.jsonld", "the names that our JSON-LD uses"),
    ("list of files", f"{FOLDER}{_LIST}", "the tables above as JSON"),
)


@dataclass(frozen=True, slots=True)
class Syntax:
    """One syntax of a graph: the plain file, and its compressed copies."""

    name: str
    plain: Distribution
    compressed: tuple[Distribution, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All files of one graph; ``triples`` is None where they were not counted."""

    name: str
    meaning: str
    triples: int | None
    syntaxes: tuple[Syntax, ...]


def blueprint(kg: KnowledgeGraph) -> Blueprint:
    """The addresses of the dumps of one release."""
    data = Blueprint("data", __name__)
    files = Files(kg.release)
    found = tuple(files.found.values())
    shown = {
        "groups": groups(found, kg.release.counts),
        "sums": SUMS,
        "descriptions": _DESCRIPTIONS,
    }

    @data.get("/data")
    def index() -> Response | BaseResponse | str:
        if not data_wanted():
            page = render_template("data.html", **shown)
            response = Response(page, mimetype="text/html")
        elif request.accept_mimetypes.best == "application/json":
            response = listed()
        elif any(rule.rule == _CATALOGUE for rule in current_app.url_map.iter_rules()):
            response = redirect(f"{request.script_root}{_CATALOGUE}", 303)  # type: ignore[assignment]
        else:
            raise FormatError(
                "the list of dumps is a page or JSON", fix=f"take {FOLDER}{_LIST}"
            )
        response.vary.add("Accept")
        return response

    @data.get(f"{FOLDER}{_LIST}")
    def listed() -> Response:
        keys = ("name", "graph", "media_type", "compression", "bytes", "sha256")
        rows = [{key: asdict(item)[key] for key in keys} for item in found]
        return _kept(jsonify(rows))

    @data.get(f"{FOLDER}{SUMS}")
    def checksums() -> Response:
        text = sums({item.name: item.sha256 for item in found})
        return _kept(Response(text, content_type="text/plain; charset=utf-8"))

    @data.get(f"{FOLDER}<name>")
    def file(name: str) -> Response:
        try:
            sent = files.reply(name, request.environ)
        except OSError as fault:
            raise EngineError(f"the dump {name} is damaged here") from fault
        if sent is None:
            raise UnknownNameError(
                f"there is no dump {name[:80]!r}", fix="/data lists those there are"
            )
        response = Response(sent.body, sent.status, direct_passthrough=True)
        response.headers = Headers(sent.headers)
        return response

    return data


def groups(found: Iterable[Distribution], counts: Mapping[str, int]) -> list[Group]:
    """The files by graph, then by syntax, in their order.

    Args:
        found: the files.
        counts: triples by local name of graph.
    """
    syntaxes: dict[str, dict[str, list[Distribution]]] = {}
    for item in found:
        by_name = syntaxes.setdefault(item.graph, {})
        by_name.setdefault(item.media_type, []).append(item)
    return [
        Group(
            graph,
            _MEANINGS.get(graph, ""),
            sum(counts.values()) if graph == ALL else counts.get(graph),
            tuple(
                Syntax(by_media_type(media_type).title, items[0], tuple(items[1:]))
                for media_type, items in forms.items()
            ),
        )
        for graph, forms in syntaxes.items()
    ]


def _kept(response: Response) -> Response:
    """The response with a tag, and without a body for those who have it."""
    response.add_etag()
    response.headers["Cache-Control"] = MAY_CHANGE
    response.make_conditional(request)
    return response
