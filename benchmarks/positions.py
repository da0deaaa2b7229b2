"""What places cost: the reader with places beside rdflib's Turtle parser alone.

Both give one rdflib graph of the same text, which is compared first; ours also the
place of each part of each triple. Times are medians of pairs run in turn, the ratio
that of each pair. ``python benchmarks/positions.py [PAIRS]``.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

import rdflib

from vomkg.graph.positions import Positions, Statement
from vomkg.graph.read import read

ROOT = Path(__file__).resolve().parent.parent
HEAD = """@prefix id: <https://w3id.org/vomkg/id/> .
@prefix vom: <https://w3id.org/vomkg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
BLOCK = """
id:claim-{n} a vom:Finding ;
    skos:prefLabel "claim number {n}"@en ;
    vom:statement "A sentence on number {n}, of the length that they have."@en ;
    vom:reportedBy id:speaker-{speaker} ;
    vom:value {value} ;
    vom:year "{year}"^^xsd:gYear ;
    vom:part [ vom:number {n} ; vom:of ( id:claim-{n} id:speaker-{speaker} ) ] .
"""
TRIPLES = 13  # of one block


def generated(triples: int) -> str:
    """A text of so many triples."""
    blocks = (
        BLOCK.format(n=n, speaker=n % 97, value=f"{n / 7:.3f}", year=1980 + n % 40)
        for n in range(triples // TRIPLES)
    )
    return HEAD + "".join(blocks)


def main() -> None:
    """Measure and print a Markdown table."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    shipped = ROOT / "data" / "vom.ttl"
    texts = {
        "shipped data": shipped.read_text(encoding="utf-8"),
        "generated, 10k triples": generated(10_000),
        "generated, 100k triples": generated(100_000),
    }
    print("| text | triples | rdflib, s | graph and places, s | ratio |")
    print("|---|---|---|---|---|")
    for name, text in texts.items():
        count = _compared(text)
        found = [(_timed(_by_rdflib, text), _timed(_ours, text)) for _ in range(pairs)]
        theirs, ours = (
            statistics.median(column) for column in zip(*found, strict=True)
        )
        ratio = statistics.median(b / a for a, b in found)
        print(f"| {name} | {count} | {theirs:.2f} | {ours:.2f} | {ratio:.2f} |")
    alone = [_timed(lambda _: read([shipped]), "") for _ in range(pairs)]
    print(f"\nRead for validation, without places: {statistics.median(alone):.2f} s.")


def _compared(text: str) -> int:
    """The number of triples, after both graphs were found to say the same.

    Literals are compared as values, since rdflib writes some otherwise, and blank
    nodes as alike; the tests compare whole graphs.
    """
    theirs, ours = _by_rdflib(text), _ours(text)
    assert Counter(map(_said, theirs)) == Counter(map(_said, ours))
    return len(ours)


def _said(triple) -> tuple:
    return tuple(
        "" if isinstance(term, rdflib.BNode) else getattr(term, "value", None) or term
        for term in triple
    )


def _by_rdflib(text: str) -> rdflib.Graph:
    return rdflib.Graph(bind_namespaces="none").parse(data=text, format="turtle")


def _ours(text: str) -> rdflib.Graph:
    positions = Positions.of({"a.ttl": text})
    graph = positions.graph()
    # The first question builds what all others use.
    (file,) = positions.files
    last = Statement(file, len(file.records) - 1)
    assert last.object_at.line > 1
    assert next(positions.statements(last.subject)) is not None
    return graph


def _timed(run, text) -> float:
    gc.collect()
    begin = time.perf_counter()
    run(text)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
