"""The header is read strictly, as text, and every fault names its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from vomkg.errors import QuestionFileError
from vomkg.questions.header import split, template_places

PATH = Path("queries/some-question.rq")
QUERY = "SELECT ?x WHERE { ?x ?p ?o }\n"


def read(*lines: str):
    text = "".join(f"#+ {line}\n" for line in lines) + QUERY
    return split(text, PATH)[0]


def test_values_stay_the_text_of_the_file():
    """YAML's guesses (no is false, 1.0 is a float) do not reach a question."""
    fields = read("a: no", "b: 1.0", "c: 2020-01-01").fields(["a", "b", "c"])
    assert {key: entry.text() for key, entry in fields.items()} == {
        "a": "no",
        "b": "1.0",
        "c": "2020-01-01",
    }


def test_gives_the_query_below_and_its_first_line():
    """The query is the text below the header, and its line number is kept."""
    _, query, line = split(f"#+ a: b\n\n{QUERY}\n\n", PATH)
    assert (query, line) == (QUERY, 3)


def test_keeps_a_block_text_with_its_lines():
    """A choices query may stand over several header lines."""
    header = read("q: |", "  SELECT ?value", "  WHERE { }")
    assert header.fields(["q"])["q"].text() == "SELECT ?value\nWHERE { }"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (QUERY, 1, "no header"),
        ("#+ a: b\n", 1, "no query"),
        ("#+ a: b\n\n  \n", 1, "no query"),
        (f"#+ a: b\n{QUERY}#+ c: d\n", 3, "after the end of the header"),
        (f"#+ a: b\n#+ a: c\n{QUERY}", 2, "given twice"),
        (f"#+ a: b: c\n{QUERY}", 1, "not YAML"),
        (f"#+ a: b\n#+ c: [d\n{QUERY}", 2, "not YAML"),
        (f"#+\n{QUERY}", 1, "header is empty"),
    ],
)
def test_refuses_a_header_that_cannot_be_read(text, line, words):
    """Each way to spoil the header as a whole is refused at its line."""
    with pytest.raises(QuestionFileError, match=words) as fault:
        split(text, PATH)
    assert (str(PATH), line) == (fault.value.path, fault.value.line)


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        (["a: x", "b: x", "z: x"], 3, "unknown key 'z'"),
        (["a: x"], 1, "lacks the key 'b'"),
        (["- a", "- b"], 1, "must be a mapping"),
    ],
)
def test_refuses_unknown_and_missing_keys(lines, line, words):
    """A misspelt key is not silently ignored."""
    with pytest.raises(QuestionFileError, match=words) as fault:
        read(*lines).fields(["a", "b"])
    assert line == fault.value.line


def test_tells_how_to_keep_a_comma():
    """In a flow mapping a bare comma ends the text; the message says how to mend."""
    entry = read("a: {b: one, two}").fields(["a"])["a"]
    with pytest.raises(QuestionFileError, match="unknown key 'two'; put quotes"):
        entry.fields(["b"])


def test_refuses_an_empty_text():
    """A key without a value is a fault, not an empty string."""
    entry = read("a: x", "b:").fields(["a", "b"])["b"]
    with pytest.raises(QuestionFileError, match="not empty") as fault:
        entry.text()
    assert fault.value.line == 2


def test_refuses_a_text_where_a_list_belongs():
    """A single phrasing must still be written as a list."""
    entry = read("a: x").fields(["a"])["a"]
    with pytest.raises(QuestionFileError, match="must be a list"):
        entry.entries()


def test_refuses_a_list_where_a_text_belongs():
    """A list is never joined to a text."""
    entry = read("a: [x, y]").fields(["a"])["a"]
    with pytest.raises(QuestionFileError, match="must be a text"):
        entry.text()


def test_refuses_several_lines_where_one_belongs():
    """A summary heads a section, so it has one line."""
    entry = read("a: |", "  x", "  y").fields(["a"])["a"]
    with pytest.raises(QuestionFileError, match="one line"):
        entry.one_line()


def test_names_the_allowed_words():
    """A value outside the allowed words is answered with these words."""
    entry = read("a: x").fields(["a"])["a"]
    with pytest.raises(QuestionFileError, match="use one of: p, q"):
        entry.choice(["p", "q"])


def test_refuses_a_message_with_an_unknown_place():
    """A message place that no column fills would stay a hole in the message."""
    entry = read('a: "{x} and {y}"').fields(["a"])["a"]
    with pytest.raises(QuestionFileError, match=r"no column fills \{y\}"):
        template_places(entry, ["x"])
