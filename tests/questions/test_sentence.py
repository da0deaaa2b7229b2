"""What an answer says in a sentence puts together only what its rows put together."""

from __future__ import annotations

import pytest

from vomkg.errors import QuestionFileError
from vomkg.questions.catalogue import read_question
from vomkg.questions.cell import cell
from vomkg.questions.sentence import listed, told

ROWS = [
    {"who": "red", "what": "rain"},
    {"who": "red", "what": "snow"},
    {"who": "blue", "what": "rain"},
]


def test_values_are_gathered_only_where_the_rest_is_alike():
    assert (
        told("{who} says {what*}.", ROWS) == "Red says rain and snow. Blue says rain."
    )


def test_a_plain_place_makes_a_sentence_for_each_value():
    assert told("{what} is said.", ROWS) == "Rain is said. Snow is said."


def test_a_count_counts_different_values():
    assert told("{what#} by {who*}.", [*ROWS, ROWS[0]]) == "2 by red and blue."


def test_a_row_with_a_gap_is_counted_and_never_filled():
    rows = [*ROWS, {"who": "green", "what": ""}]
    assert told("{who} says {what*}.", rows).endswith(
        "Blue says rain. One more row stands in the table alone."
    )


def test_no_row_makes_no_sentence():
    assert told("{who} says {what*}.", []) == ""
    assert told("{who} says {what*}.", [{"who": "", "what": ""}]) == ""


def test_a_long_answer_ends_with_what_is_left_out():
    rows = [{"who": f"w{n}"} for n in range(13)]
    text = told("{who} speaks.", rows)
    assert text.count("speaks.") == 10
    assert text.endswith("3 more rows stand in the table alone.")
    assert told("All: {who*}.", rows).endswith("w11 and 1 more.")


def test_a_value_is_no_template():
    assert told("{who}.", [{"who": "{what} {who*}"}]) == "{what} {who*}."


def test_names_that_hold_an_and_are_kept_apart():
    assert listed(["salt and pepper", "oil"]) == "salt and pepper, and oil"


def test_a_sentence_of_an_unknown_column_is_refused(tmp_path, prefixes):
    file = tmp_path / "q.rq"
    file.write_text(
        "#+ summary: s\n#+ question: q?\n#+ sentence: '{nobody} speaks.'\n"
        "#+ phrasings: []\n#+ dimension: effect\n#+ parameters: []\n"
        "#+ columns: [{name: x, meaning: m}]\n#+ order: any\n#+ chart: table\n"
        "SELECT ?x WHERE { ?x ?p ?o }\n",
        encoding="utf-8",
    )
    with pytest.raises(QuestionFileError, match=r"no column fills \{nobody\}") as fault:
        read_question(file, prefixes)
    assert fault.value.line == 3


def test_every_shipped_question_has_a_sentence_for_its_answer(kg):
    """Each is filled by the rows of its answer, whole and with nothing left open."""
    for question in kg.questions:
        answer = kg.run(question.id)
        rows = [
            {name: cell(term, kg.label).text for name, term in row.items()}
            for row in answer.rows
        ]
        text = told(question.sentence, rows)
        assert text.endswith("."), question.id
        assert "{" not in text
        assert "  " not in text
