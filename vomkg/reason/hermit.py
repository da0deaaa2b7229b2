"""HermiT, the reasoner of record, run through owlready2 in a world of its own.

owlready2 reads no Turtle, so the graph goes over as N-Triples in a scratch folder.
Only results are read back, never the data: owlready2 re-types decimal facets.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, Graph, URIRef

from vomkg.errors import InputError, LimitError, MissingToolError, VomkgError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

_RESULTS = "http://inferrences/"  # owlready2's own spelling
_INSTALL = "install it, on Debian with `apt-get install default-jre-headless`"


@dataclass(frozen=True, slots=True)
class Classification:
    """What HermiT adds to a consistent graph, and the classes it found empty."""

    graph: Graph
    unsatisfiable: tuple[str, ...]


def find_java() -> str:
    """The path of the Java program: in ``JAVA_HOME`` if set, else on the path.

    Raises:
        MissingToolError: where there is none.
    """
    home = os.environ.get("JAVA_HOME")
    found = shutil.which(str(Path(home) / "bin" / "java") if home else "java")
    if found:
        return found
    where = f"in {home!r} (JAVA_HOME)" if home else "on this machine"
    raise MissingToolError(f"no Java {where}, and HermiT needs it", fix=_INSTALL)


def classify(graph: Graph) -> Classification | None:
    """What follows from the graph by OWL 2 DL, or None where it is inconsistent.

    Raises:
        MissingToolError: where Java is not installed or does not start.
        InputError: where HermiT cannot read the graph, such as for a literal type
            that OWL 2 does not know on a declared data property.
        LimitError: where Java gets too little memory.
    """
    java = find_java()
    with tempfile.TemporaryDirectory(prefix="vomkg-") as scratch:
        path = Path(scratch) / "graph.nt"
        path.write_bytes(graph.serialize(format="nt", encoding="utf-8"))
        with _quiet(Path(scratch)):
            return _run(path, java, graph)


def _run(path: Path, java: str, graph: Graph) -> Classification | None:
    # Imported here: it costs a third of a second, and most work needs no HermiT.
    import owlready2

    owlready2.JAVA_EXE = java
    world = owlready2.World()
    try:
        world.get_ontology(path.as_uri()).load(only_local=True)
        owlready2.sync_reasoner_hermit(world, infer_property_values=True, debug=0)
        results = io.BytesIO()
        world.get_ontology(_RESULTS).save(results, format="ntriples")
        empty = {c.iri for c in world.inconsistent_classes()} - {str(OWL.Nothing)}
    except owlready2.OwlReadyInconsistentOntologyError:
        return None
    except owlready2.OwlReadyJavaError as fault:
        raise _java_fault(str(fault)) from fault
    except OSError as fault:
        if fault.filename != java:
            raise
        raise MissingToolError(
            f"{java!r} does not start: {fault}", fix=_INSTALL
        ) from fault
    finally:
        world.close()
    added = Graph().parse(data=results.getvalue(), format="nt")
    return Classification(_complete(added, graph), tuple(sorted(empty)))


def _java_fault(output: str) -> VomkgError:
    output = output.removeprefix("Java error message is:")  # owlready2's own words
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    for line in lines:
        if "initialization of VM" in line or "OutOfMemoryError" in line:
            return LimitError(f"Java has too little memory for HermiT: {lines[-1]}")
        if "datatype" in line.lower():
            return InputError(
                f"HermiT cannot read a literal of the graph: {line}",
                fix="declare its property as an owl:AnnotationProperty",
            )
    told = next((line for line in lines if "Exception" in line or "Error" in line), "")
    if "UnsupportedClassVersionError" in told or not told:
        last = lines[-1] if lines else "it says nothing"
        return MissingToolError(f"Java cannot run HermiT: {last}", fix=_INSTALL)
    return InputError(f"HermiT cannot read the graph: {told}")


def _complete(added: Graph, graph: Graph) -> Graph:
    """The results with what owlready2 leaves to its reader.

    HermiT names the lowest classes only, and owlready2 drops a link that another
    one implies: by an inverse, a symmetric property or an upper property.
    """
    known = graph + added
    for s, p, o in list(known):
        if p in (RDF.type, RDFS.subClassOf):
            for kind in _above(o, RDFS.subClassOf, known):
                added.add((s, p, kind))
    for one, other in _mirrors(known):
        for s, o in list(known.subject_objects(one)):
            known.add((o, other, s))
            added.add((o, other, s))
    for p in set(known.subjects(RDFS.subPropertyOf)):
        for upper in _above(p, RDFS.subPropertyOf, known):
            for s, o in known.subject_objects(p):
                added.add((s, upper, o))
    return added


def _above(term: Node, step: URIRef, known: Graph) -> list[URIRef]:
    return [
        upper
        for upper in known.transitive_objects(term, step)
        if isinstance(upper, URIRef)
    ]


def _mirrors(known: Graph) -> list[tuple[URIRef, URIRef]]:
    """Pairs of named properties of which each says the other one backwards."""
    pairs = [(p, p) for p in known.subjects(RDF.type, OWL.SymmetricProperty)]
    for one, other in known.subject_objects(OWL.inverseOf):
        pairs += [(one, other), (other, one)]
    return [
        (one, other)
        for one, other in pairs
        if isinstance(one, URIRef) and isinstance(other, URIRef)
    ]


@contextlib.contextmanager
def _quiet(scratch: Path) -> Iterator[None]:
    """Keeps owlready2's talk off the terminal and its scratch files in our folder.

    It prints on import and while reasoning, and leaves its own temporary file
    behind when the graph is inconsistent.
    """
    before = tempfile.tempdir
    tempfile.tempdir = str(scratch)
    try:
        with (
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            yield
    finally:
        tempfile.tempdir = before
