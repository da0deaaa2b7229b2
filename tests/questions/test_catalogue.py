"""A question file with any fault is refused when it is loaded, at its line."""

from __future__ import annotations

import pytest

from tests.questions.conftest import PREFIXES
from vomkg.errors import QuestionFileError, UnknownNameError
from vomkg.questions.catalogue import Catalogue, Choice, read_question


def fault_of(path):
    with pytest.raises(QuestionFileError) as caught:
        read_question(path, PREFIXES)
    assert caught.value.path == str(path)
    return caught.value


def test_reads_a_question(good):
    """The header and the query of a good file reach the question unchanged."""
    assert good.id == "some-question"
    assert good.summary == "Claims of one speaker"
    assert good.phrasings == ("What has one reviewer said?", "Claims by speaker")
    assert [column.name for column in good.columns] == ["claim", "total"]
    assert (
        good.parameters[0].name,
        good.parameters[0].type,
        good.parameters[0].default,
    ) == ("months", "decimal", "6")
    assert good.sparql.startswith("PREFIX vom:")
    assert good.text.startswith("#+ summary:")
    assert good.is_ready
    assert not good.may_be_empty


@pytest.mark.parametrize(
    ("swap", "line", "words"),
    [
        (("#+ order: exact\n", ""), 1, "lacks the key 'order'"),
        (("#+ chart: table", "#+ chart: table\n#+ colour: red"), 17, "unknown key"),
        (("dimension: provenance", "dimension: gossip"), 6, "use one of: effect"),
        (("order: exact", "order: sorted"), 15, "use one of: exact, any"),
        (("chart: table", "chart: pie"), 16, "use one of: table"),
        (("type: decimal", "type: number"), 9, "use one of: iri, string"),
        (("name: months", "name: Months"), 8, "cannot be a name"),
        (("name: months", "name: format"), 8, "cannot be a name"),
        (("name: months", "name: weeks"), 8, "does not use the parameter ?weeks"),
        (("#+     label: Months of follow-up\n", ""), 8, "lacks the key 'label'"),
        (("label:", "lable:"), 10, "unknown key 'lable'"),
        (("{name: total, meaning", "{name: sum, meaning"), 13, "query selects"),
        (("chart: table", "chart: table\n#+ empty: maybe"), 17, "expected"),
        (("#+   - Claims by speaker", "#+   -"), 5, "not empty"),
        (("summary: Claims of one speaker", "summary:"), 1, "not empty"),
        (("PREFIX vom:", "PREFIX voom:"), 18, "not declared so in the prefix list"),
        (("vom: <https", "vom: <http"), 18, "not declared so in the prefix list"),
        (
            ("ontology#>", "ontology#>\nPREFIX id: <https://w3id.org/vomkg/id/>"),
            19,
            "not used",
        ),
        (("?speaker ;", "id:review-one ;"), 21, "undeclared prefix 'id'"),
        (("ORDER BY ?claim\n", ""), 26, "LIMIT without ORDER BY"),
        (("LIMIT 10", "OFFSET 10"), None, None),
        (("?claim (COUNT(?place) AS ?total)", "*"), 19, "name the columns"),
        (("SELECT ?claim (COUNT(?place) AS ?total)", "ASK"), 19, "not a SELECT"),
        (("?speaker ;", "?speaker § ;"), 21, "unexpected character '§'"),
    ],
)
def test_refuses_a_faulty_file_at_its_line(write, swap, line, words):
    """Every rule of the header and the query is enforced, with the line."""
    path = write(swap)
    if words is None:
        assert read_question(path, PREFIXES).id == "some-question"
        return
    fault = fault_of(path)
    assert words in str(fault)
    assert line == fault.line


def test_refuses_a_limit_without_order_in_a_subquery(write):
    """An inner LIMIT needs its own ORDER BY; the outer one does not order it."""
    inner = "{ SELECT ?speaker WHERE { ?claim vom:reportedBy ?speaker } LIMIT 1 }"
    fault = fault_of(write(("WHERE {", f"WHERE {{\n  {inner}")))
    assert "LIMIT without ORDER BY" in fault.message
    assert fault.line == 21


def test_keywords_in_strings_and_comments_raise_no_alarm(write):
    """A word inside a string, a comment or a name is not a keyword."""
    path = write(
        ("LIMIT 10", ""),
        ("?place .", '?place .\n  # LIMIT 3 and x:y\n  FILTER("LIMIT 3 x:y" != "")'),
    )
    assert tuple(c.name for c in read_question(path, PREFIXES).columns) == (
        "claim",
        "total",
    )


@pytest.mark.parametrize("name", ["Upper.rq", "two--hyphens.rq", "under_score.rq"])
def test_refuses_a_file_name_that_is_no_address(write, name):
    """The stem is an address and a command's argument, so its form is fixed."""
    assert "cannot name a question" in str(fault_of(write(name=name)))


def test_refuses_a_file_that_is_not_utf8(tmp_path):
    """A wrong encoding is an error of the file, not a traceback."""
    path = tmp_path / "latin.rq"
    path.write_bytes(b"#+ summary: caf\xe9\n")
    assert "not UTF-8" in str(fault_of(path))


def test_refuses_a_missing_file(tmp_path):
    """A path that does not exist is named."""
    assert "cannot be read" in str(fault_of(tmp_path / "absent.rq"))


def test_choices_are_a_list_or_a_query(write):
    """A list may hold plain values and labelled ones; a text is a query."""
    swap = ('#+     default: "6"', "#+     choices: ['6', {value: '30', label: Late}]")
    listed = read_question(write(swap), PREFIXES).parameters[0]
    assert (Choice("6", "6"), Choice("30", "Late")) == listed.choices
    assert listed.default is None
    query = "SELECT ?value ?label { }"
    swap = ('#+     default: "6"', f"#+     choices: {query}")
    asked = read_question(write(swap), PREFIXES).parameters[0]
    assert (query, ()) == (asked.choices_query, asked.choices)


def test_refuses_choices_that_are_neither_list_nor_query(write):
    """A single word as choices is a slip, not a query."""
    fault = fault_of(write(('#+     default: "6"', "#+     choices: six")))
    assert "must be a list or a SELECT" in str(fault)
    assert fault.line == 11


def test_a_question_without_default_is_not_ready(write):
    """A parameter without a default has to be given."""
    assert not read_question(write(('#+     default: "6"\n', "")), PREFIXES).is_ready


def test_catalogue_keeps_the_order_of_the_dimensions(write):
    """Effect comes before provenance, whatever the names of the files."""
    files = [
        write(name="a-question.rq"),
        write(("dimension: provenance", "dimension: effect"), name="b-question.rq"),
    ]
    catalogue = Catalogue.load(files, PREFIXES)
    assert [question.id for question in catalogue] == ["b-question", "a-question"]
    assert [q.id for q in catalogue.in_dimension("effect")] == ["b-question"]
    assert len(catalogue) == 2
    assert "a-question" in catalogue


def test_names_the_three_nearest_questions(write):
    """A misspelt name is answered with what may have been meant."""
    names = [
        "effect-by-follow-up",
        "evidence-gaps",
        "overall-effect",
        "null-moderators",
    ]
    catalogue = Catalogue.load([write(name=f"{n}.rq") for n in names], PREFIXES)
    with pytest.raises(UnknownNameError, match="efect-by-follow-up") as caught:
        catalogue["efect-by-follow-up"]
    near = str(caught.value.fix).removeprefix("nearest names: ").split(", ")
    assert near[0] == "effect-by-follow-up"
    assert len(near) == 3


def test_an_empty_catalogue_has_no_suggestion():
    """Without questions there is nothing to suggest."""
    with pytest.raises(UnknownNameError) as caught:
        Catalogue([])["anything"]
    assert caught.value.fix is None


def test_refuses_an_unknown_dimension(good):
    """A misspelt dimension is not an empty list."""
    with pytest.raises(UnknownNameError, match="dimensions: effect, mechanism"):
        Catalogue([good]).in_dimension("efect")
