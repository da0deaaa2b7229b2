"""A question file that passes every check, and a way to spoil it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vomkg.questions.catalogue import Question, read_question

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PREFIXES = {
    "id": "https://w3id.org/vomkg/id/",
    "vom": "https://w3id.org/vomkg/ontology#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
GOOD = """\
#+ summary: Claims of one speaker
#+ question: What does a speaker say about a number of months?
#+ phrasings:
#+   - What has one reviewer said?
#+   - Claims by speaker
#+ dimension: provenance
#+ parameters:
#+   - name: months
#+     type: decimal
#+     label: Months of follow-up
#+     default: "6"
#+ columns:
#+   - {name: claim, meaning: the claim}
#+   - {name: total, meaning: how often it stands there}
#+ order: exact
#+ chart: table

PREFIX vom: <https://w3id.org/vomkg/ontology#>
SELECT ?claim (COUNT(?place) AS ?total)
WHERE {
  ?claim vom:reportedBy ?speaker ;
    vom:followUpMonths ?months ;
    vom:locatedIn ?place .
}
GROUP BY ?claim
ORDER BY ?claim
LIMIT 10
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write the good question with some text replaced; gives its path."""

    def write_file(*swaps: tuple[str, str], name: str = "some-question.rq") -> Path:
        text = GOOD
        for old, new in swaps:
            assert text.count(old) >= 1, f"{old!r} does not occur"
            text = text.replace(old, new)
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


@pytest.fixture
def good(write: Callable[..., Path]) -> Question:
    """The question as it is."""
    return read_question(write(), PREFIXES)
