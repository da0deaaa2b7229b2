"""The table of serialisations, and which of them an HTTP client asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from vomkg.errors import FormatError

Kind = Literal["bindings", "graph", "dataset"]


@dataclass(frozen=True, slots=True)
class Format:
    """One serialisation.

    Attributes:
        name: what it is called on the command line and in URLs.
        media_type: its registered media type, without parameters.
        extension: file name extension, without the dot.
        kind: what it can carry; a dataset format carries a graph too.
        aliases: other media types under which clients ask for it.
    """

    name: str
    media_type: str
    extension: str
    kind: Kind
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header: text is always UTF-8."""
        if self.media_type.startswith("text/"):
            return f"{self.media_type}; charset=utf-8"
        return self.media_type

    @property
    def title(self) -> str:
        """What people call it."""
        return _W3C_NAMES[self.name].replace("RDF_", "RDF/").replace("_", " ")

    @property
    def iri(self) -> str:
        """The W3C's name of it; see https://www.w3.org/ns/formats/."""
        return f"http://www.w3.org/ns/formats/{_W3C_NAMES[self.name]}"

    def carries(self, kind: Kind) -> bool:
        """Whether an answer of this kind can be written in it."""
        return self.kind == kind or (kind == "graph" and self.kind == "dataset")


# Within a kind the first row is the default, and wins where a client is
# indifferent.
FORMATS: Final[tuple[Format, ...]] = (
    Format(
        "json",
        "application/sparql-results+json",
        "srj",
        "bindings",
        ("application/json", "text/json"),
    ),
    Format(
        "xml",
        "application/sparql-results+xml",
        "srx",
        "bindings",
        ("application/xml", "text/xml"),
    ),
    Format("csv", "text/csv", "csv", "bindings"),
    Format("tsv", "text/tab-separated-values", "tsv", "bindings"),
    Format(
        "turtle", "text/turtle", "ttl", "graph", ("application/x-turtle", "text/n3")
    ),
    Format("ntriples", "application/n-triples", "nt", "graph"),
    Format("jsonld", "application/ld+json", "jsonld", "graph", ("application/json",)),
    Format(
        "rdfxml",
        "application/rdf+xml",
        "rdf",
        "graph",
        ("application/xml", "text/xml"),
    ),
    Format("trig", "application/trig", "trig", "dataset", ("application/x-trig",)),
    Format("nquads", "application/n-quads", "nq", "dataset", ("text/x-nquads",)),
)
_W3C_NAMES: Final = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
    "trig": "TriG",
    "nquads": "N-Quads",
}
# Extensions that people use besides the registered one.
_EXTENSIONS: Final = {"json": "json", "xml": "xml", "owl": "rdfxml"}
# What commas and semicolons part, but for those in a quoted value (RFC 9110 §5.6.4).
_QUOTED: Final = r'"(?:[^"\\]|\\.)*"|"'
_LISTED: Final = re.compile(rf'(?:[^,"]|{_QUOTED})+')
_PIECE: Final = re.compile(rf'(?:[^;"]|{_QUOTED})+')


def offered(kind: Kind) -> tuple[Format, ...]:
    """Every format that can carry an answer of this kind, default first."""
    return tuple(item for item in FORMATS if item.carries(kind))


def by_name(name: str) -> Format:
    """The format of that name.

    Raises:
        FormatError: there is none; the message lists the names.
    """
    for item in FORMATS:
        if item.name == name:
            return item
    raise FormatError(
        f"no format is called {name!r}", fix=f"choose from {_names(FORMATS)}"
    )


def by_extension(extension: str) -> Format:
    """The format of files that end so, with or without the dot, in any case.

    Raises:
        FormatError: no format has that extension.
    """
    wanted = extension.lower().removeprefix(".")
    known = {item.extension: item for item in FORMATS}
    known |= {extra: by_name(name) for extra, name in _EXTENSIONS.items()}
    if wanted in known:
        return known[wanted]
    raise FormatError(
        f"no format has the extension {extension!r}",
        fix=f"choose from {', '.join(sorted(known))}",
    )


def by_media_type(media_type: str) -> Format:
    """The format of that media type; parameters and case do not matter.

    Raises:
        FormatError: no format has that media type.
    """
    wanted = media_type.partition(";")[0].strip().lower()
    # The order of the table decides who owns an alias: bindings before graphs.
    for item in FORMATS:
        if wanted in (item.media_type, *item.aliases):
            return item
    raise FormatError(
        f"no format has the media type {media_type!r}",
        fix=f"choose from {', '.join(item.media_type for item in FORMATS)}",
    )


def negotiate(accept: str | None, kind: Kind) -> Format:
    """The format that serves an Accept header best (RFC 9110 §12.5.1).

    The highest quality wins; among equals the type named most exactly, then the
    order of the table. No header, or an empty one, means the default.

    Raises:
        FormatError: nothing that is asked for can be given; the fix lists what can.
    """
    choices = offered(kind)
    ranges = _ranges(accept or "")
    if not ranges:
        return choices[0]
    scored = [(_score(item, ranges), item) for item in choices]
    score, best = max(scored, key=lambda pair: pair[0])
    if score[0] > 0:
        return best
    raise FormatError(
        f"nothing on offer fits Accept: {accept}",
        fix=f"offered are {', '.join(item.media_type for item in choices)}",
    )


def _ranges(accept: str) -> dict[str, float]:
    """Media range to quality; a range whose quality is malformed is left out."""
    found: dict[str, float] = {}
    for part in _LISTED.findall(accept):
        pieces = [piece.strip().lower() for piece in _PIECE.findall(part)]
        media, *parameters = pieces or [""]
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                quality = _quality(value.strip())
                break
        if "/" in media and quality >= 0:
            found[media] = max(quality, found.get(media, 0.0))
    return found


def _quality(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return -1.0
    return value if 0 <= value <= 1 else -1.0


def _score(item: Format, ranges: dict[str, float]) -> tuple[float, int]:
    """Quality, and how exactly the header names the format: 2 by type, 0 ``*/*``."""
    # The most exact range that fits decides, even when it says 0. Wildcards fit
    # the type that would be sent, never an alias.
    main = item.media_type.partition("/")[0]
    candidates = [item.media_type, *item.aliases, f"{main}/*", "*/*"]
    for wanted in candidates:
        if wanted in ranges:
            return ranges[wanted], 2 - wanted.count("*")
    return 0.0, -1


def _names(formats: tuple[Format, ...]) -> str:
    return ", ".join(item.name for item in formats)
