"""Ten faults in a copy of the data, each caught and named on the command line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from vomkg.cli import main
from vomkg.config import graph_root

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = (graph_root() / "data" / "vom.ttl").read_text(encoding="utf-8")
FOCUS = "https://w3id.org/vomkg/id/"


@dataclass(frozen=True)
class Fault:
    """One planted fault.

    Attributes:
        block: the thing whose statements are spoilt.
        out: the text in its block that goes.
        put: what stands there instead.
        word: what the message says.
        too: a second change in the same block: what goes, what comes.
    """

    block: str
    out: str
    put: str
    word: str
    too: tuple[str, str] | None = None


FAULTS = {
    "missing speaker": Fault(
        "mc-r2-recognition", "    vom:reportedBy id:review-two ;\n", "", "speaker"
    ),
    "wrong range": Fault("sel-effect-04", '"1841"', '"9999"', "beyond"),
    "swapped levels": Fault(
        "mf-r2-follow-up",
        "vom:comparisonLevel id:level-follow-up-30-months",
        "vom:comparisonLevel id:level-follow-up-6-months",
        "level",
        (
            "vom:referenceLevel id:level-follow-up-6-months",
            "vom:referenceLevel id:level-follow-up-30-months",
        ),
    ),
    "misspelt class": Fault(
        "mechanism-recognition-of-harm", "a vom:Mechanism", "a vom:Mechanisme", "class"
    ),
    "misspelt predicate": Fault(
        "lim-self-selection", "vom:limits id:", "vom:limit id:", "property"
    ),
    "two directions": Fault(
        "mf-r2-comparability",
        "vom:effectDirection vom:",
        "vom:effectDirection vom:ReducesEffect, vom:",
        "direction",
    ),
    "estimate without metric": Fault(
        "est-r1-overall", "    vom:metric vom:PercentReductionInRate ;\n", "", "metric"
    ),
    "ranking across metric families": Fault(
        "est-r1-quality-lower",
        "vom:largerEffectThan id:",
        "vom:largerEffectThan id:est-r2-30-months, id:",
        "metric famil",
    ),
    "dangling link": Fault(
        "ic-narrative-repair-plan", "id:step-repair-plan ;", "id:step-plans ;", "step"
    ),
}
BAD_LITERAL = Fault(
    "ic-narrative-separate-meetings", "80.0", '"eighty"^^xsd:decimal', "eighty"
)


def spoilt(text: str, fault: Fault) -> str:
    """The text with the fault in the block of its thing."""
    start = text.index(f"\nid:{fault.block} a ")
    end = text.index("\n\n", start)
    block = text[start:end]
    assert fault.out in block, f"{fault.block} no longer says {fault.out!r}"
    block = block.replace(fault.out, fault.put, 1)
    if fault.too:
        assert fault.too[0] in block
        block = block.replace(*fault.too, 1)
    return text[:start] + block + text[end:]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """The results for a copy of the data with all the faults at once."""
    path = tmp_path_factory.mktemp("faults") / "vom.ttl"
    text = SOURCE
    for fault in FAULTS.values():
        text = spoilt(text, fault)
    path.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["validate", str(path), "--format", "json"])
    assert done.exit_code == 1, done.output
    results: list[dict[str, object]] = json.loads(done.stdout)["results"]
    return results


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_caught_and_named(name: str, report: list[dict[str, object]]):
    """The report names the thing, its line in the file and what is wrong."""
    fault = FAULTS[name]
    told = [result for result in report if result["focus"] == FOCUS + fault.block]
    assert told, f"nothing is said of id:{fault.block}"
    assert any(fault.word in str(result["message"]) for result in told)
    assert all(result["line"] for result in told)


def test_bad_literal_is_told_with_its_line(tmp_path: Path):
    """A literal outside its type is a fault among others: file, line and the value."""
    path = tmp_path / "vom.ttl"
    text = spoilt(SOURCE, BAD_LITERAL)
    path.write_text(text, encoding="utf-8")
    before = text[: text.index('"eighty"')]
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    done = CliRunner().invoke(main, ["validate", str(path), "--format", "json"])
    assert done.exit_code == 1
    (fault,) = (
        result
        for result in json.loads(done.stdout)["results"]
        if result["check"] == "literal"
    )
    assert (fault["line"], fault["column"]) == (line, column)
    assert BAD_LITERAL.word in fault["message"]


def test_untouched_copy_conforms(tmp_path: Path):
    """The faults above are what is found, not the copying."""
    path = tmp_path / "vom.ttl"
    path.write_text(SOURCE, encoding="utf-8")
    assert CliRunner().invoke(main, ["validate", str(path)]).exit_code == 0
