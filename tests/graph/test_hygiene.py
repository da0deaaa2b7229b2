"""Each hygiene rule finds what it is for, and nothing in the shipped graph.

Every rule has a fixture of the same name in ``tests/hygiene``: a small graph with
faults and, beside them, things that look alike and are fine. Its lines that begin
with ``#=`` are the rows to be found, cell by cell and in order.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode

from vomkg.engine.local import Engine
from vomkg.graph.prefixes import load_prefixes, shorten
from vomkg.questions.hygiene import read_rule, run_rules
from vomkg.reason import infer

ROOT = Path(__file__).parents[2]
RULES = sorted((ROOT / "queries" / "hygiene").glob("*.rq"))
FIXTURES = sorted((ROOT / "tests" / "hygiene").glob("*.ttl"))
SHIPPED = sorted(
    path for folder in ("ontology", "data") for path in (ROOT / folder).glob("*.ttl")
)
PREFIXES = load_prefixes(ROOT)
EXPECTED = "#= "

# Faults planted one at a time in data/vom.ttl: which two texts change places, and
# every rule that must find it. No other rule may fire.
PLANTED = {
    "swapped levels": (
        "vom:forLevel id:level-follow-up-6-months ;",
        "vom:forLevel id:level-follow-up-30-months ;",
        {"moderator-against-numbers"},
    ),
    "misspelt class": (
        "id:ten-overall-against-one-study a vom:Tension ;",
        "id:ten-overall-against-one-study a vom:Tensoin ;",
        {"class-undeclared", "object-dangling"},
    ),
    "misspelt predicate": (
        "vom:metric vom:RatioUnspecified ;",
        "vom:metrik vom:RatioUnspecified ;",
        {"predicate-undeclared"},
    ),
    "ranking across metric families": (
        "vom:largerEffectThan id:est-r2-30-months ;",
        "vom:largerEffectThan id:est-r2-30-months, id:est-r1-overall ;",
        {"ranking-across-metrics"},
    ),
    "dangling link": (
        "vom:restates id:est-r1-overall ;",
        "vom:restates id:est-r1-all ;",
        {"object-dangling"},
    ),
    "wrong range": (
        'oa:start "1464"^^xsd:nonNegativeInteger .',
        'oa:start "1064"^^xsd:nonNegativeInteger .',
        {"place-outside-section", "place-overlap"},
    ),
    "wrong number": (
        "vom:ratioValue 0.87 ;",
        "vom:ratioValue 0.37 ;",
        {"moderator-against-numbers", "ranking-against-numbers"},
    ),
    "wrong printed value": (
        'vom:reportedValue "34"^^xsd:decimal ;',
        'vom:reportedValue "43"^^xsd:decimal ;',
        {"reported-form-against-value"},
    ),
    "restatement with a value": (
        "vom:restates id:est-r1-overall ;",
        "vom:restates id:est-r1-overall ;\n    vom:ratioValue 0.66 ;",
        {"restatement-as-evidence", "polarity-missing"},
    ),
    "lost claim": (
        "    vom:locatedIn id:loc-general-02 ;\n",
        "",
        {"place-unused"},
    ),
    "absence of the wrong speaker": (
        "vom:absenceKind vom:NotConducted ;",
        "vom:absenceKind vom:NotStatedInSource ;",
        {"absence-of-wrong-speaker"},
    ),
}


def exchanged(text: str, one: str, other: str) -> str:
    """The text with the two changed places, where it holds the other one."""
    if other and other in text:
        return text.replace(one, "\0").replace(other, one).replace("\0", other)
    return text.replace(one, other, 1)


def by_stem(path: Path) -> str:
    return path.stem


def rows_of(path: Path, rule: Path) -> list[str]:
    """The rows that a rule finds in one file, written as in the fixtures."""
    answer = Engine.from_files([path]).query(read_rule(rule, PREFIXES).sparql)
    return [
        " | ".join(
            "-" if term is None else shorten(term.value, PREFIXES)
            for term in row.values()
            if not isinstance(term, BlankNode)  # tells the place, and has no name
        )
        for row in answer.rows
    ]


def expected_in(path: Path) -> list[str]:
    """The rows that a fixture says are to be found in it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix(EXPECTED) for line in lines if line.startswith(EXPECTED)]


def errors(engine: Engine) -> dict[str, tuple[str, ...]]:
    """What each broken rule says of a graph, warnings included."""
    return {
        result.rule.id: result.messages
        for result in run_rules(engine, RULES, PREFIXES)
        if not result.holds
    }


@pytest.fixture(scope="module")
def shipped() -> Engine:
    return Engine.from_files(SHIPPED)


def test_rules_and_fixtures_are_paired() -> None:
    """No rule goes without a proof that it can fire."""
    assert [by_stem(path) for path in RULES] == [by_stem(path) for path in FIXTURES]
    assert RULES


@pytest.mark.parametrize("rule", RULES, ids=by_stem)
def test_rule_tells_all_it_finds(rule: Path) -> None:
    """The file is well-formed, its rows have an order, its message each column.

    But the column ``blank``: a blank node has a place and no name.
    """
    read = read_rule(rule, PREFIXES)
    answer = Engine.from_files([]).query(read.sparql)
    columns = [name for name in answer.columns if name != "blank"]
    assert [name for name in columns if f"{{{name}}}" not in read.message] == []
    assert "\nORDER BY " in read.sparql


@pytest.mark.parametrize("fixture", FIXTURES, ids=by_stem)
def test_rule_fires_on_its_fixture(fixture: Path) -> None:
    """The rule finds each planted fault, in order, and none of the lookalikes."""
    expected = expected_in(fixture)
    assert expected
    rule = ROOT / "queries" / "hygiene" / f"{fixture.stem}.rq"
    assert expected == rows_of(fixture, rule)


@pytest.mark.parametrize("fixture", FIXTURES, ids=by_stem)
def test_message_shows_the_row(fixture: Path) -> None:
    """Each message carries every cell of its row and leaves no place open."""
    rule = ROOT / "queries" / "hygiene" / f"{fixture.stem}.rq"
    [result] = run_rules(Engine.from_files([fixture]), [rule], PREFIXES)
    for message, row in zip(result.messages, expected_in(fixture), strict=True):
        missing = [
            cell for cell in row.split(" | ") if cell != "-" and cell not in message
        ]
        assert missing == [], message
        assert "{" not in message


def test_message_names_the_fault_and_the_mend() -> None:
    """A curator reads which claim is wrong, how, and what to do about it."""
    rule = ROOT / "queries" / "hygiene" / "moderator-against-numbers.rq"
    fixture = ROOT / "tests" / "hygiene" / "moderator-against-numbers.ttl"
    [result] = run_rules(Engine.from_files([fixture]), [rule], PREFIXES)
    assert (
        "id:mf-swapped has vom:ReducesEffect, but its ratios go from 0.87 to 0.54: "
        "mend the direction, the levels or the numbers"
    ) in result.messages


def test_shipped_graph_is_clean(shipped: Engine) -> None:
    """The shipped ontology and data break no rule, not even one that warns."""
    assert errors(shipped) == {}


@pytest.mark.slow
def test_inferred_triples_are_clean_too(tmp_path: Path) -> None:
    """What owlrl infers from the shipped graph breaks no rule either."""
    graph = rdflib.Graph()
    for path in SHIPPED:
        graph.parse(path)
    inferred = infer(graph, "owlrl")
    assert len(inferred) > 0
    extra = tmp_path / "inferred.nt"
    inferred.serialize(extra, format="ntriples", encoding="utf-8")
    assert errors(Engine.from_files([*SHIPPED, extra])) == {}


@pytest.mark.parametrize("name", PLANTED)
def test_planted_fault_is_named(tmp_path: Path, name: str) -> None:
    """One fault in the shipped data breaks the rules meant for it and no other."""
    good, bad, rules = PLANTED[name]
    source = ROOT / "data" / "vom.ttl"
    text = source.read_text(encoding="utf-8")
    assert good in text
    spoilt = tmp_path / "vom.ttl"
    spoilt.write_text(exchanged(text, good, bad), encoding="utf-8")
    others = [path for path in SHIPPED if path != source]
    assert rules == set(errors(Engine.from_files([*others, spoilt])))
