"""The export for people: names, IRIs beside them, caveats in the row."""

from __future__ import annotations

import csv
import io

from vomkg.charts.labelled import labelled_csv


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_names_and_iris_stand_side_by_side(kg):
    answer = kg.run("effect-by-study-quality")
    found = rows(labelled_csv(kg, answer))
    assert len(found) == len(answer.rows)
    for shown, row in zip(found, answer.rows, strict=True):
        assert shown["reported"] == row["reported"].value
        assert shown["ratio"] == row["ratio"].value
        assert shown["claim_iri"] == row["claim"].value
        assert shown["claim"] == kg.label(row["claim"].value)
        assert "reported_iri" not in shown


def test_each_row_carries_the_caveats_of_its_claims(kg):
    found = rows(labelled_csv(kg, kg.run("overall-effect")))
    for row in found:
        assert ("self-selection" in row["caveats"]) == bool(row["reported"])


def test_caveats_of_all_rows_are_asked_for_together(kg, monkeypatch):
    """However many rows there are: each query waits for a worker."""
    answer = kg.run("claims-by-section")
    labelled_csv(kg, answer)
    asked = []
    query = kg.query

    def noted(text):
        asked.append(text)
        return query(text)

    monkeypatch.setattr(kg, "query", noted)
    labelled_csv(kg, answer)
    assert len(answer.rows) > len(asked) == 1


def test_a_text_that_a_spreadsheet_would_run_is_held_back(changed):
    other = changed(
        ('skos:prefLabel "Review one"@en', 'skos:prefLabel "=HYPERLINK(1)"@en')
    )
    found = rows(labelled_csv(other, other.run("effect-by-study-quality")))
    assert {row["speaker"] for row in found} == {"'=HYPERLINK(1)"}


def test_the_standard_export_stays_as_the_standard_has_it(kg):
    """SPARQL 1.1 Query Results CSV has the terms alone."""
    answer = kg.run("effect-by-study-quality")
    assert answer.to_csv().splitlines()[0] == ",".join(answer.columns)


def test_a_frame_knows_the_caveats_of_its_claims(kg):
    frame = kg.run("overall-effect").df()
    (caveat,) = frame.attrs["caveats"]
    assert caveat.startswith("self-selection: ")
    assert kg.run("who-delivers").df().attrs["caveats"] == ()
