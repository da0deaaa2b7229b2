"""A hygiene rule is read strictly, and each row that it finds becomes a sentence."""

from __future__ import annotations

import pytest

from vomkg.engine.local import Engine
from vomkg.errors import QuestionFileError
from vomkg.questions.hygiene import read_rule, run_rules

RULE = """\
#+ summary: Every review has a label
#+ severity: warning
#+ message: "{review} has no label but {other}"

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX vom: <https://w3id.org/vomkg/ontology#>
SELECT ?review ?other
WHERE {
  ?review a vom:Review .
  OPTIONAL { ?review skos:altLabel ?other }
  FILTER NOT EXISTS { ?review skos:prefLabel ?label }
}
ORDER BY ?review
"""


@pytest.fixture
def rule(tmp_path):
    """Write the rule, with a text replaced."""

    def write(old="", new="", name="review-without-label.rq"):
        assert old in RULE
        path = tmp_path / name
        path.write_text(RULE.replace(old, new) if old else RULE)
        return path

    return write


@pytest.fixture
def reviews(tmp_path, settings):
    """Two reviews without a label and one with."""
    path = tmp_path / "reviews.ttl"
    path.write_text(
        "@prefix vom: <https://w3id.org/vomkg/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix id: <https://w3id.org/vomkg/id/> .\n"
        "id:a a vom:Review ; skos:prefLabel 'A' .\n"
        "id:b a vom:Review .\n"
        "id:c a vom:Review ; skos:altLabel 'See' .\n"
    )
    return Engine.from_files([path], settings)


def test_each_row_is_a_fault_in_words(rule, reviews, prefixes):
    """Things stand in the message by their short name, a gap as 'nothing'."""
    (result,) = run_rules(reviews, [rule()], prefixes)
    assert result.messages == (
        "id:b has no label but nothing",
        "id:c has no label but See",
    )
    assert not result.holds
    assert (result.rule.id, result.rule.severity) == ("review-without-label", "warning")


def test_no_row_means_the_rule_holds(rule, reviews):
    """Finding nothing is what a rule is for."""
    (result,) = run_rules(reviews, [rule("a vom:Review", "a vom:Outcome")])
    assert result.holds
    assert result.messages == ()


def test_results_come_in_the_order_of_the_files(rule, reviews):
    """The report does not depend on what the rules find."""
    files = [rule(name="z-rule.rq"), rule(name="a-rule.rq")]
    assert [r.rule.id for r in run_rules(reviews, files)] == ["z-rule", "a-rule"]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("severity: warning", "severity: fatal", 2, "use one of: error, warning"),
        ("#+ severity: warning\n", "", 1, "lacks the key 'severity'"),
        ("#+ severity", "#+ colour: red\n#+ severity", 2, "unknown key 'colour'"),
        ("{other}", "{label}", 3, "columns of the query: review, other"),
        ("vom:Review", "foo:Review", 9, "undeclared prefix 'foo'"),
        ("ORDER BY ?review", "LIMIT 5", 13, "LIMIT without ORDER BY"),
    ],
)
def test_refuses_a_faulty_rule_at_its_line(rule, prefixes, old, new, line, words):
    """A rule that could not speak is refused before any is run."""
    with pytest.raises(QuestionFileError, match=words) as caught:
        read_rule(rule(old, new), prefixes)
    assert caught.value.line == line


def test_refuses_a_file_name_that_is_no_name(rule):
    """The stem names the rule in every report."""
    with pytest.raises(QuestionFileError, match="cannot name a rule"):
        read_rule(rule(name="Some Rule.rq"))
