"""A server for each process of the tests, and a table of what the suites gave."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.w3c.manifest import cases
from tests.w3c.requests import talks
from tests.w3c.served import serving

if TYPE_CHECKING:
    from vomkg.config import Settings

# Without a copy of the suites there is nothing to collect in it.
SUITES: Final = os.environ.get("VOMKG_W3C_SUITES")
collect_ignore = [] if SUITES else ["test_protocol_suite.py"]
# The suites of Turtle and its kin lie beside those of SPARQL.
if not (SUITES and (Path(SUITES).parent / "rdf" / "rdf11").is_dir()):
    collect_ignore.append("test_turtle_suite.py")
OWN: Final = Path(__file__).parent / "own"
_OUTCOMES: Final = ("both", "front end only", "pyoxigraph fails", "known loss", "LOST")


@pytest.fixture(scope="module")
def served(settings: Settings, tmp_path_factory: pytest.TempPathFactory):
    """The front end over HTTP, with no data set mounted."""
    with serving(settings, tmp_path_factory.mktemp("served")) as found:
        yield found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The counts by suite; what does not apply, with its reason."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for reports in terminalreporter.stats.values():
        for report in reports:
            given = dict(getattr(report, "user_properties", ()))
            if "suite" in given and getattr(report, "when", "") == "call":
                counts[given["suite"]][given["outcome"]] += 1
    if not counts:
        return
    write = terminalreporter.write_line
    terminalreporter.section("conformance")
    write(f"{'suite':44}" + "".join(f"{name:>18}" for name in _OUTCOMES))
    total: Counter[str] = Counter()
    for suite, found in sorted(counts.items()):
        write(_line(suite, found))
        total += found
    write(_line("all", total))
    for reason, number in _left_out().most_common():
        write(f"not applicable: {number:5} {reason}")


def _line(name: str, found: Counter[str]) -> str:
    return f"{name:44}" + "".join(f"{found[item]:18}" for item in _OUTCOMES)


def _left_out() -> Counter[str]:
    root = os.environ.get("VOMKG_W3C_SUITES")
    if not root:
        return Counter()
    reasons = [case.reason for case in cases(Path(root))]
    reasons += [talk.reason for talk in talks(Path(root))]
    return Counter(filter(None, reasons))
