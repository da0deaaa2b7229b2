"""Evidence graphs of any size in the vocabulary of the ontology, for measuring.

Nothing in them is evidence: every thing is named under
``https://example.org/synthetic/``. The same seed and size give the same bytes,
on every machine and every Python. Memory does not grow with the size.

``python benchmarks/generate.py --triples 100000 --seed 1 > graph.nt``
"""

from __future__ import annotations

import argparse
import sys
from typing import IO, TYPE_CHECKING

from harness.synthetic import Graph

if TYPE_CHECKING:
    from collections.abc import Sequence


def write(out: IO[bytes], triples: int, seed: int = 1, *, quads: bool = False) -> int:
    """The number of triples written: at least as many as asked, whole reviews.

    Args:
        out: where the lines go, UTF-8.
        triples: how many to write at the least.
        seed: what decides all choices.
        quads: put them into one named graph, as N-Quads.
    """
    count = 0
    for lines in Graph(seed, quads=quads).parts():
        out.write("".join(lines).encode())
        count += len(lines)
        if count >= triples:
            return count
    raise AssertionError("parts() has no end")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a graph to standard output or to a file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quads", action="store_true", help="N-Quads, one named graph")
    parser.add_argument("--output", help="file to write; standard output without it")
    given = parser.parse_args(arguments)
    if given.output is None:
        write(sys.stdout.buffer, given.triples, given.seed, quads=given.quads)
        return 0
    with open(given.output, "wb") as out:  # noqa: PTH123  a path as it was given
        write(out, given.triples, given.seed, quads=given.quads)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
