"""Each kind of constraint: what its mend says, shows and changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from rdflib import Graph

from tests.curate.conftest import PREFIXES
from vomkg.curate.mend import Mend, Patch
from vomkg.curate.mends import mended
from vomkg.curate.names import Names
from vomkg.curate.place import Place
from vomkg.curate.result import Report, Result
from vomkg.curate.validate import validate

if TYPE_CHECKING:
    from vomkg.curate.result import Check

BASE = "https://w3id.org/vomkg/"
SHORT = {
    "id": f"{BASE}id/",
    "vom": f"{BASE}ontology#",
    "shape": f"{BASE}shapes#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class Case(NamedTuple):
    """A shape of one node, what is said of the node, and what the mend is."""

    shape: str
    data: str
    words: str
    snippet: str = ""
    patch: str | None = None
    details: tuple[str, ...] = ()


def on(path: str, rest: str) -> str:
    return f"sh:property [ sh:path {path} ; {rest} ]"


def value(rest: str) -> str:
    return on("vom:p", rest)


CASES = {
    # Counts.
    "missing": Case(
        value("sh:minCount 1 ; sh:class vom:Kind"),
        "",
        "add the property (vom:p): a thing of the class kind (vom:Kind): "
        "first kind (id:kind-one)",
        "id:missing vom:p … .",
    ),
    "missing-only-value": Case(
        value("sh:minCount 1 ; sh:in ( vom:Only )"),
        "",
        "add the property (vom:p): vom:Only",
        "id:missing-only-value vom:p vom:Only .",
    ),
    "missing-text": Case(
        value('sh:minCount 1 ; sh:languageIn ( "en" "de" )'),
        "",
        "add the property (vom:p): text in en or de",
        'id:missing-text vom:p "…"@en .',
    ),
    "missing-number": Case(
        value("sh:minCount 2 ; sh:datatype xsd:date"),
        "",
        "add 2 values of the property (vom:p): a literal of the type xsd:date",
        'id:missing-number vom:p "…"^^xsd:date .',
    ),
    "missing-misspelt": Case(
        on("vom:reportedBy", "sh:minCount 1"),
        "vom:reportdBy id:kind-one",
        "write vom:reportedBy where vom:reportdBy stands, which nobody declares",
        "id:missing-misspelt vom:reportedBy id:kind-one .",
    ),
    "missing-inverse": Case(
        on("[ sh:inversePath vom:q ]", "sh:minCount 1"),
        "",
        "add what is found through vom:q",
        "… vom:q id:missing-inverse .",
    ),
    "missing-either": Case(
        on("[ sh:alternativePath ( vom:q vom:r ) ]", "sh:minCount 1"),
        "",
        "add what is found through vom:q, vom:r",
        "id:missing-either vom:q … .\nid:missing-either vom:r … .",
    ),
    "missing-further": Case(
        on("( vom:q [ sh:oneOrMorePath vom:r ] )", "sh:minCount 1"),
        "",
        "add what is found through vom:q, vom:r",
        "id:missing-further vom:q … .\n… vom:r … .",
    ),
    "too-many": Case(
        value("sh:maxCount 1"),
        "vom:p vom:A, vom:B",
        "of the values vom:A, vom:B keep only vom:A",
        "id:too-many vom:p vom:A .",
    ),
    "any-is-too-many": Case(
        value("sh:maxCount 0"), "vom:p 1", "remove the property (vom:p): 1"
    ),
    "more-than-two": Case(
        value("sh:maxCount 2"),
        "vom:p 1, 2, 3",
        "keep at most 2 of the 3 values: 1, 2, 3",
    ),
    "two-of-a-language": Case(
        value("sh:uniqueLang true"),
        'vom:p "a"@en, "b"@en, "c"@de',
        """keep one of the 2 texts in 'en': "a"@en, "b"@en""",
        'id:two-of-a-language vom:p "a"@en .\nid:two-of-a-language vom:p "b"@en .',
    ),
    # Kinds of values.
    "not-of-class": Case(
        value("sh:class vom:Kind"),
        "vom:p id:other",
        "another thing (id:other) is vom:Other; give a thing of the class kind",
        "id:not-of-class vom:p … .",
    ),
    "class-misspelt-value": Case(
        value("sh:class vom:Kind"),
        "vom:p id:kynd-two",
        "write id:kind-two where id:kynd-two stands",
        "id:class-misspelt-value vom:p id:kind-two .",
        "id:kind-two",
    ),
    "class-misspelt-class": Case(
        value("sh:class vom:Category"),
        "vom:p id:of-category",
        "write category (vom:Category) where vom:Catgory stands as the class of",
        "id:of-category a vom:Category .",
        "vom:Category",
    ),
    "class-name-in-quotes": Case(
        value("sh:class vom:Kind"),
        'vom:p "id:kind-one"',
        "write first kind (id:kind-one) itself, not its name in quotes",
        "id:class-name-in-quotes vom:p id:kind-one .",
        "id:kind-one",
    ),
    "number-as-text": Case(
        value("sh:datatype xsd:decimal"),
        'vom:p "34"',
        'write "34"^^xsd:decimal, the same as xsd:decimal',
        'id:number-as-text vom:p "34"^^xsd:decimal .',
        '"34"^^xsd:decimal',
    ),
    "double-as-decimal": Case(
        value("sh:datatype xsd:decimal"),
        "vom:p 5.4e-1",
        "write 0.54, the same as xsd:decimal",
        "id:double-as-decimal vom:p 0.54 .",
        "0.54",
    ),
    "tag-is-not-dropped-unasked": Case(
        value("sh:datatype xsd:string"),
        'vom:p "34%"@en',
        'write "34%", the same as xsd:string',
        'id:tag-is-not-dropped-unasked vom:p "34%" .',
    ),
    "comma-is-a-guess": Case(
        value("sh:datatype xsd:decimal"),
        'vom:p "3,5 percent"',
        "if 3.5 is meant, write 3.5",
        "id:comma-is-a-guess vom:p 3.5 .",
    ),
    "nothing-to-guess": Case(
        value("sh:datatype xsd:date"),
        "vom:p vom:A",
        "write a literal of the type xsd:date, not vom:A",
        'id:nothing-to-guess vom:p "…"^^xsd:date .',
    ),
    "address-in-quotes": Case(
        value("sh:nodeKind sh:IRI"),
        'vom:p "https://example.org/a"',
        "write <https://example.org/a> without quotes: it is an IRI",
        "id:address-in-quotes vom:p <https://example.org/a> .",
        "<https://example.org/a>",
    ),
    "text-is-no-address": Case(
        value("sh:nodeKind sh:IRI"),
        'vom:p "somewhere"',
        'write an IRI where "somewhere" stands',
        "id:text-is-no-address vom:p <…> .",
    ),
    "node-for-text": Case(
        value("sh:nodeKind sh:Literal"),
        "vom:p id:other",
        "write text or a number, not another thing (id:other)",
        'id:node-for-text vom:p "…" .',
    ),
    "brackets-for-name": Case(
        value("sh:nodeKind sh:IRI"),
        "vom:p [ ]",
        "give it an identifier",
        "id:brackets-for-name vom:p id:… .",
    ),
    # Numbers and pairs.
    "out-of-range": Case(
        value("sh:minInclusive 0 ; sh:maxExclusive 10"),
        "vom:p 11",
        "write a value from 0 and below 10 where 11 stands",
        "id:out-of-range vom:p … .",
    ),
    "percent-for-share": Case(
        value("sh:minInclusive 0 ; sh:maxInclusive 1"),
        "vom:p 40.0",
        "if 40.0 was given in percent, write 0.4",
        "id:percent-for-share vom:p 0.4 .",
    ),
    "swapped": Case(
        value("sh:lessThan vom:q"),
        "vom:p 9 ; vom:q 3",
        "swap the two, 9 and 3",
        "id:swapped vom:p 3 .\nid:swapped vom:q 9 .",
    ),
    "not-comparable": Case(
        value("sh:lessThanOrEquals vom:q"),
        "vom:p 9 ; vom:q 3, 4",
        "the one must be at most the other",
    ),
    "value-on-one-side": Case(
        value("sh:equals vom:q"),
        "vom:p 1",
        "add 1 to vom:q, or take it from the property (vom:p)",
        "id:value-on-one-side vom:q 1 .",
    ),
    "value-on-other-side": Case(
        value("sh:equals vom:q"),
        "vom:q 1",
        "add 1 to the property (vom:p), or take it from vom:q",
        "id:value-on-other-side vom:p 1 .",
    ),
    "in-both": Case(
        value("sh:disjoint vom:q"),
        "vom:p 1 ; vom:q 1",
        "remove 1 from vom:q or from the property (vom:p): it cannot stand in both",
    ),
    # Texts.
    "too-short": Case(
        value("sh:minLength 5"),
        'vom:p "abc"',
        "lengthen the property (vom:p) by 2 characters: it has 3 and may have at least",
        'id:too-short vom:p "…" .',
    ),
    "too-long": Case(
        value("sh:maxLength 2"),
        'vom:p "abc"@en',
        "shorten the property (vom:p) by 1 character:",
        'id:too-long vom:p "…"@en .',
    ),
    "blanks-at-ends": Case(
        value('sh:pattern "^\\\\S(.*\\\\S)?$"'),
        'vom:p " a b "@en',
        "write it without the blanks at its ends",
        'id:blanks-at-ends vom:p "a b"@en .',
        '"a b"@en',
    ),
    "capitals-are-a-guess": Case(
        value('sh:pattern "^[a-z]+$"'),
        'vom:p "Abc"',
        "write it in small letters",
        'id:capitals-are-a-guess vom:p "abc" .',
    ),
    "pattern-in-words": Case(
        value('sh:pattern "^[0-9]{4}-[a-z]+$"'),
        'vom:p "?"',
        "4 digits, then '-', then one or more small letters, such as '0000-a', not \"?\"",
        'id:pattern-in-words vom:p "…" .',
    ),
    "untagged": Case(
        value('sh:languageIn ( "en" )'),
        'vom:p "word"',
        "say in which language it is: @en",
        'id:untagged vom:p "word"@en .',
        '"word"@en',
    ),
    "untagged-of-two": Case(
        value('sh:languageIn ( "en" "de" )'),
        'vom:p "word"',
        "say in which language it is: @en or @de",
        'id:untagged-of-two vom:p "word"@en .',
    ),
    "wrong-tag": Case(
        value('sh:languageIn ( "en" )'),
        'vom:p "Wort"@de',
        "write it in @en, or correct the tag @de",
        'id:wrong-tag vom:p "Wort"@en .',
    ),
    # Choices.
    "misspelt-of-list": Case(
        value("sh:in ( vom:LowerRisk vom:HigherRisk )"),
        "vom:p vom:LowerRsik",
        "write vom:LowerRisk where vom:LowerRsik stands",
        "id:misspelt-of-list vom:p vom:LowerRisk .",
        "vom:LowerRisk",
    ),
    "two-could-be-meant": Case(
        value("sh:in ( vom:Risk1 vom:Risk2 )"),
        "vom:p vom:Risk3",
        "if vom:Risk1 is meant, write that",
        "id:two-could-be-meant vom:p vom:Risk1 .",
    ),
    "known-thing-is-no-slip": Case(
        value("sh:in ( id:othar )"),
        "vom:p id:other",
        "write id:othar where id:other stands",
        "id:known-thing-is-no-slip vom:p id:othar .",
    ),
    "text-of-list": Case(
        value('sh:in ( "lower" "higher" )'),
        'vom:p "lowre"',
        'write "lower" where "lowre" stands',
        'id:text-of-list vom:p "lower" .',
        '"lower"',
    ),
    "list-along-a-path": Case(
        on("( vom:q vom:about )", "sh:in ( vom:Only )"),
        "vom:q id:note",
        "let what is found through vom:q, vom:about lead to one of vom:Only",
        "id:list-along-a-path vom:q … .\n… vom:about … .",
    ),
    "fixed-value": Case(
        value("sh:hasValue vom:Only"),
        "vom:p vom:Another",
        "give the property (vom:p) the value vom:Only, in place of vom:Another",
        "id:fixed-value vom:p vom:Only .",
    ),
    "fixed-value-misspelt": Case(
        value("sh:hasValue vom:Economic"),
        "vom:p vom:Econmic",
        "write vom:Economic where vom:Econmic stands",
        "id:fixed-value-misspelt vom:p vom:Economic .",
        "vom:Economic",
    ),
    "fixed-value-along-a-path": Case(
        on("( vom:q vom:about )", "sh:hasValue vom:Topic"),
        "",
        "link id:note, about vom:Topic",
        "id:fixed-value-along-a-path vom:q id:note .",
    ),
    "closed-misspelt": Case(
        f"sh:closed true ; {on('vom:reportedBy', 'sh:maxCount 9')}",
        "vom:reportdBy vom:A",
        "write vom:reportedBy where vom:reportdBy stands",
        "id:closed-misspelt vom:reportedBy vom:A .",
        "vom:reportedBy",
    ),
    "closed-to-known": Case(
        f"sh:closed true ; {on('vom:reportedBy', 'sh:maxCount 9')}",
        "vom:p vom:A",
        "remove the property (vom:p), or move it to the thing that it is about",
    ),
    "closed-to-unknown": Case(
        f"sh:closed true ; {on('vom:reportedBy', 'sh:maxCount 9')}",
        "vom:reportingBody vom:A",
        "remove vom:reportingBody, which nobody declares, or declare it",
    ),
    # Joined shapes: what fails least goes first.
    "either": Case(
        "sh:or ( [ sh:name 'whole' ; sh:property [ sh:path vom:p ; sh:minCount 1 ] , "
        "[ sh:path vom:q ; sh:minCount 1 ] ] [ sh:name 'part' ; "
        "sh:property [ sh:path vom:r ; sh:hasValue 1 ] ] )",
        "vom:r 2",
        "for 'part': give vom:r the value 1, in place of 2",
        "id:either vom:r 1 .",
        None,
        (
            "part: its vom:r should be 1, and is 2",
            "whole: it has no the property (vom:p), and it has no vom:q",
        ),
    ),
    "either-on-a-value": Case(
        value("sh:or ( [ sh:datatype xsd:date ] [ sh:class vom:Kind ] )"),
        'vom:p "x"',
        "for 'datatype xsd:date': write xsd:date where",
        "",
        None,
        (
            'datatype xsd:date: "x" is not of the type xsd:date',
            'class kind (vom:Kind): "x" is not of the class kind (vom:Kind)',
        ),
    ),
    "both-of-one": Case(
        "sh:xone ( [ sh:name 'left' ; sh:class vom:Kind ] "
        "[ sh:name 'right' ; sh:class vom:Kind ] )",
        "a vom:Kind",
        "let fewer of these hold: left, right",
        "",
        None,
        ("more than one holds: left, right",),
    ),
    "all-of": Case(
        "sh:and ( [ sh:name 'left' ; sh:class vom:Kind ] "
        "[ sh:name 'right' ; sh:property [ sh:path vom:p ; sh:maxCount 0 ] ] )",
        "vom:p 1 ; a vom:Kind",
        "remove the property (vom:p): 1",
        "",
        None,
        ("right: it has the property (vom:p): 1",),
    ),
    "must-be-such": Case(
        value(
            "sh:node [ sh:name 'a found thing' ; sh:property "
            "[ sh:path vom:q ; sh:minCount 1 ] ]"
        ),
        "vom:p id:other",
        "add vom:q",
        "id:other vom:q … .",
        None,
        ("a found thing: it has no vom:q",),
    ),
    "must-not-be": Case(
        "sh:not [ sh:name 'empty' ; sh:property [ sh:path vom:q ; sh:maxCount 0 ; "
        "sh:name 'no q' ] ]",
        "",
        "change what makes this hold: empty (no q)",
        "",
        None,
        ("empty (no q)",),
    ),
    "some-must-be": Case(
        value(
            "sh:qualifiedMinCount 1 ; sh:qualifiedValueShape "
            "[ sh:name 'of the kind' ; sh:class vom:Kind ]"
        ),
        "vom:p id:other",
        "for 'another thing (id:other) as of the kind'",
        "",
        None,
        (
            "another thing (id:other): another thing (id:other) is not of the class "
            "kind (vom:Kind)",
        ),
    ),
    "fewer-may-be": Case(
        value(
            "sh:qualifiedMaxCount 0 ; sh:qualifiedValueShape "
            "[ sh:name 'of the kind' ; sh:class vom:Kind ]"
        ),
        "vom:p id:kind-one, id:other",
        "let fewer of these hold: first kind (id:kind-one)",
        "",
        None,
        ("too many are: first kind (id:kind-one)",),
    ),
    # Queries.
    "query-says-swap": Case(
        "sh:sparql [ sh:message 'they stand wrong; swap vom:p and vom:q' ; sh:select "
        "'SELECT $this WHERE { $this <https://w3id.org/vomkg/ontology#p> 1 }' ]",
        "vom:p 1 ; vom:q 2",
        "swap vom:p and vom:q",
        "id:query-says-swap vom:p 2 .\nid:query-says-swap vom:q 1 .",
    ),
    "query-says-what": Case(
        "sh:sparql [ sh:message 'a bad sum; correct vom:p' ; sh:select "
        "'SELECT $this WHERE { $this <https://w3id.org/vomkg/ontology#p> 1 }' ]",
        "vom:p 1",
        "correct vom:p",
        "# now: id:query-says-what vom:p 1 .",
    ),
}
GIVEN = """
vom:p a owl:DatatypeProperty ; skos:prefLabel "the property"@en .
vom:Kind a owl:Class ; skos:prefLabel "kind"@en .
vom:Category a owl:Class ; skos:prefLabel "category"@en .
id:kind-one a vom:Kind ; skos:prefLabel "first kind"@en .
id:kind-two a vom:Kind .
id:other a vom:Other ; skos:prefLabel "another thing"@en .
id:of-category a vom:Catgory .
id:note vom:about vom:Topic .
"""
TEXT = (
    PREFIXES
    + GIVEN
    + "\n".join(f"id:{name} {c.data} ." for name, c in CASES.items() if c.data)
)
SHAPES = PREFIXES + "\n".join(
    f"shape:{name} a sh:NodeShape ; sh:targetNode id:{name} ; {case.shape} ."
    for name, case in CASES.items()
)


@pytest.fixture(scope="module")
def report() -> Report:
    """What is found in all cases at once, with mends."""
    return judged()


def judged(limit: int = 100) -> Report:
    data = Graph().parse(data=TEXT, format="turtle")
    shapes = Graph().parse(data=SHAPES, format="turtle")
    found = validate(data, shapes, Graph())
    names = Names.of(data, SHORT)
    return mended(found, data, shapes, names, SHORT, {"a.ttl": TEXT}, limit=limit)


def told(name: str, report: Report) -> list[Result]:
    return [result for result in report.results if result.focus == f"{BASE}id/{name}"]


@pytest.mark.parametrize("name", CASES)
def test_mend_says_shows_and_changes(name: str, report: Report):
    case = CASES[name]
    results = told(name, report)
    assert results, "the fault is not found"
    mends = [mend for result in results for mend in result.mends]
    fitting = [mend for mend in mends if case.words in mend.words]
    assert fitting, [mend.words for mend in mends]
    if case.snippet:
        assert fitting[0].snippet == case.snippet
    patch = fitting[0].patch
    assert (patch.text if patch else None) == case.patch
    if case.details:
        assert case.details in {result.details for result in results}


@pytest.mark.parametrize("name", [name for name, c in CASES.items() if c.patch])
def test_patch_replaces_the_very_words(name: str, report: Report):
    """What goes is one term, in the line that speaks of the case."""
    for result in told(name, report):
        for mend in result.mends:
            if mend.patch is not None:
                at = mend.patch.at
                assert at.line == at.end_line
                line = TEXT.splitlines()[at.line - 1]
                gone = line[at.column - 1 : at.end_column - 1]
                assert gone
                assert gone in CASES[name].data or gone == "vom:Catgory"


def test_beyond_the_limit_nothing_is_looked_into_and_that_is_said():
    results = told("either", judged(limit=0))
    lines = [line for result in results for line in result.details]
    assert re.match(r"not looked into, as \d+ of the \d+ faults", lines[0])


def of_check(check: Check, message: str, **more: str) -> tuple[Mend, ...]:
    """The mends of a fault of another check, which had one of its own."""
    result = Result(
        *("violation", "a-check", f"{BASE}id/a", more.get("path"), more.get("value")),
        *(more.get("value_type"), "", message),
        check=check,
        at=Place("a.ttl", 2, 1),
        mends=(Mend("look at it"),),
    )
    text = "# Head.\nid:a vom:p 1 .\n"
    given = (Graph(), Graph(), Names({}, SHORT), SHORT, {"a.ttl": text})
    return mended(Report((result,)), *given).results[0].mends


def test_rules_and_lint_keep_their_own_mends():
    assert of_check("rule", "wrong: mend it") == (Mend("look at it"),)
    assert of_check("lint", "wrong; mend it") == (Mend("look at it"),)


def test_an_ill_formed_literal_is_corrected_where_nothing_is_lost():
    first, last = of_check(
        "literal",
        "not an xsd:decimal",
        path=f"{BASE}ontology#p",
        value=" 1e3 ",
        value_type="http://www.w3.org/2001/XMLSchema#decimal",
    )
    assert first.snippet == 'id:a vom:p "1000"^^xsd:decimal .'
    assert last == Mend("look at it")


def test_an_ill_formed_literal_inside_brackets_is_patched_where_the_check_says():
    at = Place("a.ttl", 2, 13, 2, 32)
    result = Result(
        *("violation", "a-check", "", None, "TRUE"),
        *("http://www.w3.org/2001/XMLSchema#boolean", "", "not so; correct it"),
        check="literal",
        at=at,
    )
    text = '# Head.\nid:a vom:p [ vom:q "TRUE"^^xsd:boolean ] .\n'
    given = (Graph(), Graph(), Names({}, SHORT), SHORT, {"a.ttl": text})
    (mend,) = mended(Report((result,)), *given).results[0].mends
    assert mend.patch == Patch(at, "true")
    assert mend.snippet == ""


def test_a_rule_advises_behind_its_colon_or_its_semicolon():
    assert by_rule("two things are called x: rename one") == "rename one"
    assert by_rule("prefix x: stands for <a>; write <b>") == "write <b>"


def by_rule(message: str) -> str:
    result = Result(
        *("violation", "a-rule", f"{BASE}id/a", None, None, None, "", message),
        check="rule",
    )
    given: tuple[Any, ...] = (Graph(), Graph(), Names({}, SHORT), SHORT, {})
    return mended(Report((result,)), *given).results[0].mends[0].words


def test_a_prefix_of_the_list_is_declared_at_the_head():
    first, _ = of_check("syntax", "the prefix vom: has not been declared; add it")
    assert first.patch == Patch(
        Place("a.ttl", 2, 1), f"@prefix vom: <{SHORT['vom']}> .\n"
    )


def test_a_prefix_that_nobody_knows_is_not_declared():
    first, _ = of_check("syntax", "the prefix vomm: has not been declared; add it")
    assert first.patch is None
    assert first.snippet == "@prefix vomm: <…> ."
