"""What is said of the release that is served, for catalogues and search engines.

Everything but the address of the host comes from the graph that describes the
others, so that no two descriptions differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from vomkg.describe import dcat, schema
from vomkg.describe.about import About, Maker
from vomkg.describe.triples import link
from vomkg.namespaces import DATASET_IRI, DCTERMS, RDFS, VOID, GraphName
from vomkg.release.distribution import distributions
from vomkg.release.manifest import NAME_LENGTH
from vomkg.release.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vomkg.engine.results import Row
    from vomkg.knowledge import KnowledgeGraph

_SAID: Final = tuple(
    DCTERMS + name
    for name in ("title", "description", "license", "creator", "conformsTo")
)
_HEAD: Final = f"""
SELECT ?property ?value
WHERE {{
  GRAPH <{GraphName.void}> {{ <{DATASET_IRI}> ?property ?value }}
  FILTER(?property IN ({", ".join(f"<{name}>" for name in _SAID)}))
}}
ORDER BY ?property ?value
"""
_PAGE: Final = 10_000
# How the names of the files begin that hold all graphs, apart or as one.
_WHOLE: Final = ("all.", "union.")


def about(kg: KnowledgeGraph) -> About | None:
    """What the release says of itself; None for what has no description.

    That is so for files and stores that hold no graph of that name. What is no
    release has no version.
    """
    head: dict[str, list[str]] = {}
    for row in kg.query(_HEAD).rows:
        head.setdefault(_value(row, "property"), []).append(_value(row, "value"))
    if not head:
        return None
    return About(
        version=kg.release.id[:NAME_LENGTH],
        title=_first(head, "title"),
        description=_first(head, "description"),
        licence=_first(head, "license"),
        makers=[Maker(iri, kg.label(iri)) for iri in head.get(DCTERMS + "creator", [])],
        conforms_to=head.get(DCTERMS + "conformsTo", []),
        previous=_previous(kg),
        made_by=kg.release.versions if kg.release.id else {},
    )


def dcat_catalogue(kg: KnowledgeGraph, root: str) -> list[Triple]:
    """The catalogue of the release in DCAT 3; nothing where it has no description.

    Args:
        kg: what is served.
        root: address of the front end, with a slash at its end.
    """
    found = about(kg)
    return (
        [] if found is None else dcat.catalogue(found, root, distributions(kg.release))
    )


def schema_org(kg: KnowledgeGraph, root: str) -> dict[str, object]:
    """The release as a schema.org Dataset in JSON-LD, to be embedded in a page.

    Args:
        kg: what is served.
        root: address of the front end, with a slash at its end.

    Returns:
        Nothing where the graph has no description.
    """
    found = about(kg)
    return (
        {} if found is None else schema.dataset(found, root, distributions(kg.release))
    )


def in_brief(dataset: Mapping[str, object]) -> dict[str, object]:
    """A description from :func:`schema_org` with the plain files of the whole only.

    The page that holds it stays light; the catalogue it points at names every file.
    """
    files = dataset.get("distribution")
    if not isinstance(files, list):
        return dict(dataset)
    whole = [
        file
        for file in files
        if str(file["name"]).startswith(_WHOLE)
        and isinstance(file["encodingFormat"], str)
    ]
    return {**dataset, "distribution": whole or files}


def described(kg: KnowledgeGraph) -> list[Triple]:
    """The triples of the graph that describes the others; none where there is none."""
    return triples(kg, f"GRAPH <{GraphName.void}> {{ ?s ?p ?o }}")


def here(kg: KnowledgeGraph, found: Sequence[Triple], root: str) -> list[Triple]:
    """What the graph cannot say of itself, as it knows no host.

    Args:
        kg: what is served.
        found: the triples of the graph that describes the others.
        root: address of the front end, with a slash at its end.
    """
    told = [link(DATASET_IRI, VOID + "sparqlEndpoint", f"{root}sparql")]
    if kg.release.id:
        told.append(link(DATASET_IRI, RDFS + "seeAlso", f"{root}changes"))
    files = {item.name for item in distributions(kg.release)}
    for triple in found:
        if triple.predicate.value == VOID + "dataDump":
            name = str(getattr(triple.object, "value", "")).rpartition("/")[2]
            if name in files:
                place = NamedNode(f"{root}data/{name}")
                told.append(Triple(triple.subject, triple.predicate, place))
    return told


def triples(kg: KnowledgeGraph, pattern: str) -> list[Triple]:
    """The triples ``?s ?p ?o`` that a pattern gives.

    Page by page: the limit on rows is for those who ask.
    """
    size = min(kg.settings.row_limit, _PAGE)
    found: list[Triple] = []
    while True:
        rows = kg.query(
            f"SELECT DISTINCT ?s ?p ?o WHERE {{ {pattern} }} ORDER BY ?s ?p ?o "
            f"LIMIT {size} OFFSET {len(found)}"
        ).rows
        found += [_triple(row) for row in rows]
        if len(rows) < size:
            return found


def _triple(row: Row) -> Triple:
    subject, predicate, thing = row["s"], row["p"], row["o"]
    if (
        isinstance(subject, NamedNode | BlankNode)
        and isinstance(predicate, NamedNode)
        and isinstance(thing, NamedNode | BlankNode | Literal)
    ):
        return Triple(subject, predicate, thing)
    raise TypeError(f"{row} is no triple of a description")


def _previous(kg: KnowledgeGraph) -> str:
    """The release that was served before this one, if this is the current one."""
    if not kg.release.id:
        return ""
    path = kg.release.path
    shelf = Shelf(path.parent)
    return (shelf.previous() or "") if shelf.current() == path.name else ""


def _first(head: Mapping[str, list[str]], name: str) -> str:
    return head.get(DCTERMS + name, [""])[0]


def _value(row: Row, name: str) -> str:
    return str(getattr(row[name], "value", ""))
