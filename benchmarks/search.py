"""How long the index of search takes, what it weighs, and what it finds.

Run ``python benchmarks/search.py``; ``--things 50000`` measures an index of that
many made-up things beside that of the shipped graph.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from vomkg import load
from vomkg.cli.files import GraphOfFiles
from vomkg.config import load_settings
from vomkg.engine.local import Engine
from vomkg.namespaces import THINGS
from vomkg.search.searcher import Searcher

if TYPE_CHECKING:
    from vomkg.knowledge import KnowledgeGraph

_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_WORDS = """
SELECT ?thing ?label
WHERE { ?thing skos:prefLabel|rdfs:label ?label . FILTER(isIRI(?thing)) }
ORDER BY ?thing ?label
"""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--things", type=int, default=0)
    many = parser.parse_args().things
    kg = load()
    kg.label("")  # so that reading the graph's names is not counted
    print("shipped graph")
    told(kg)
    found(kg)
    if many:
        print(f"{many} made-up things")
        told(made_up(many))


def told(kg: KnowledgeGraph) -> None:
    """Time, weight and size of the index."""
    start = time.perf_counter()
    index = Searcher(kg)._index  # its size is told nowhere else
    took = time.perf_counter() - start
    entries = len(index.entries)
    texts = sum(len(one.names) + len(one.texts) for one in index.entries)
    del index
    gc.collect()
    tracemalloc.start()
    kept = Searcher(kg)
    weight, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"  things {entries}, names and texts {texts}")
    print(f"  built in {took * 1000:.0f} ms")
    print(f"  memory kept {weight / 1e6:.1f} MB, while building {most / 1e6:.1f} MB")
    words = ["offender", "word 17", "apolgy", "quantum physics of mediation"]
    times = []
    for text in words * 25:
        start = time.perf_counter()
        kept.search(text)
        times.append((time.perf_counter() - start) * 1000)
    print(f"  a query {statistics.median(times):.2f} ms, most {max(times):.2f} ms")


def found(kg: KnowledgeGraph) -> None:
    """The share of things that their own name finds, and the time of each query."""
    places: list[int] = []
    ours: list[int] = []
    times: list[float] = []
    for row in kg.query(_WORDS).rows:
        thing, label = row["thing"], row["label"]
        if thing is None or label is None:
            continue
        start = time.perf_counter()
        hits = [hit.iri for hit in kg.search(label.value[:200], limit=3)]
        times.append((time.perf_counter() - start) * 1000)
        place = hits.index(thing.value) if thing.value in hits else 99
        places.append(place)
        if thing.value.startswith(THINGS):
            ours.append(place)
    times.sort()
    print(f"  own name: median {statistics.median(times):.2f} ms,", end=" ")
    print(f"99th percentile {times[int(len(times) * 0.99)]:.2f} ms")
    for name, listed in (("all", places), ("individuals", ours)):
        first = sum(place == 0 for place in listed) / len(listed)
        three = sum(place < 3 for place in listed) / len(listed)
        print(f"  {name} {len(listed)}: first {first:.3f}, among three {three:.3f}")


def made_up(many: int) -> KnowledgeGraph:
    """A graph of things with a name and a text each."""
    folder = Path(tempfile.mkdtemp())
    lines = (
        f'<http://x.example/{n}> <{_LABEL}> "thing {n} of word {n % 997}", '
        f'"another name {n % 4999}" .\n'
        for n in range(many)
    )
    path = folder / "made.ttl"
    path.write_text("".join(lines), encoding="utf-8")
    settings = load_settings({}, cache=folder, search_texts=10 * many)
    return GraphOfFiles(Engine.from_files([path], settings))


if __name__ == "__main__":
    main()
