"""One question, four ways: browser, command line, HTTP and Python say the same."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from click.testing import CliRunner

from tests.web.markup import Page
from vomkg.cli import main
from vomkg.web import create_app

if TYPE_CHECKING:
    from vomkg.knowledge import KnowledgeGraph

QUESTION = "moderators-that-reduce-effect"


def test_the_first_true_answer_is_the_same_everywhere(kg: KnowledgeGraph):
    """Bytes are equal for programs; a page shows the same rows by their names."""
    python = kg.run(QUESTION).to_csv()
    client = create_app(kg).test_client()
    line = CliRunner().invoke(main, ["run", QUESTION, "--format", "csv"])
    assert line.stdout_bytes.decode() == python
    assert client.get(f"/questions/{QUESTION}.csv").text == python
    sparql = client.get(
        "/sparql",
        query_string={"query": kg.questions[QUESTION].sparql},
        headers={"Accept": "text/csv"},
    )
    assert sparql.text == python
    page = client.get(f"/questions/{QUESTION}", headers={"Accept": "text/html"}).text
    rows = list(csv.DictReader(io.StringIO(python)))
    assert len(rows) == 4
    assert Page(page).all("table")
    for row in rows:
        for column in ("moderator", "speaker", "reference", "comparison", "claim"):
            assert kg.label(row[column]) in page
