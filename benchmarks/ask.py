"""How long a question in plain words takes, over every line of the bank.

``python benchmarks/ask.py [ROUNDS]`` prints milliseconds, as a Markdown table: of
reading and ranking alone, and of the whole call with the query behind an answer.
Building the matcher, once for each process, is told apart.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.ask.bank import items  # noqa: E402
from vomkg import load  # noqa: E402
from vomkg.ask.matcher import Matcher  # noqa: E402
from vomkg.ask.materials import gather  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def main() -> None:
    """Measure, and print a Markdown table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    kg = load()
    start = time.perf_counter()
    matcher = Matcher(kg.questions, gather(kg))
    built = time.perf_counter() - start
    texts = [item.text for item in items()]
    for text in texts:
        kg.ask(text)
    print("| of a question | median, ms | 99th percentile, ms |")
    print("|---|---|---|")
    for name, call in (
        ("reading and ranking", matcher.match),
        ("the whole call", kg.ask),
    ):
        found = _times(call, texts, rounds)
        cut = statistics.quantiles(found, n=100)[98]
        print(f"| {name} | {statistics.median(found):.2f} | {cut:.2f} |")
    print(f"\nThe matcher is built once, in {built * 1000:.0f} ms.")
    print(f"{len(texts)} questions, {rounds} rounds.")


def _times(
    call: Callable[[str], object], texts: Sequence[str], rounds: int
) -> list[float]:
    """Milliseconds of each call."""
    found = []
    for _ in range(rounds):
        for text in texts:
            start = time.perf_counter()
            call(text)
            found.append((time.perf_counter() - start) * 1000)
    return found


if __name__ == "__main__":
    main()
