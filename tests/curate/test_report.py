"""A report says the same in words and for programs, whatever strangers write in data."""

import json
import unicodedata
from dataclasses import replace
from xml.etree import ElementTree

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib import SH, Graph

from tests.curate.reports import (
    ATTACK_CONTEXT,
    ATTACKED,
    CONTEXT,
    HOSTILE,
    ID,
    MISSING,
    NAMES,
    REPORT,
    SHAPE,
    TOO_HIGH,
    VOM,
)
from vomkg.curate.merge import merged
from vomkg.curate.names import Names
from vomkg.curate.place import Place
from vomkg.curate.report import FORMATS, clean, written
from vomkg.curate.report.excerpt import excerpt, source_of
from vomkg.curate.report.fingerprint import fingerprint
from vomkg.curate.result import Report, Result
from vomkg.curate.validate import validate


def xml(text):
    """The root of an XML document."""
    return ElementTree.fromstring(text)  # noqa: S314  our own


class TestText:
    def test_each_fault_is_a_block_with_excerpt_and_mend(self):
        expected = """\
data/one.ttl: 1 violation
  violation on the claim (id:a) at data/one.ttl:3:1
    3 | id:a a vom:Claim ;
      | ^^^^ add here
    class     claim (vom:Claim)
    property  reported by (vom:reportedBy)
    message   name the speaker
    shape     shape:speaker at shapes/one.ttl:7:1
    mend      give the claim its speaker (--fix makes this change)
                vom:reportedBy id:… ;

in no file: 1 warning
  warning on id:b
    property  part's speaker: vom:part/reported by (vom:reportedBy)
    message   too high
              inner fault
    found     "34.0"^^xsd:decimal
    also at   data/one.ttl:4:5
    shape     shape:value

1 violation, 1 warning, 0 infos in 1 file
"""
        assert expected == written(REPORT, "text", CONTEXT)
        assert SHAPE not in expected

    def test_a_clean_report_is_its_sum(self):
        expected = "0 violations, 0 warnings, 0 infos in 2 files\n"
        assert expected == written(Report((), ("a.ttl", "b.ttl")), "text", CONTEXT)

    @pytest.mark.parametrize(
        ("group_by", "titles"),
        [
            ("file", ["data/one.ttl: 1 violation", "in no file: 1 warning"]),
            ("shape", ["shape:speaker: 1 violation", "shape:value: 1 warning"]),
            ("focus", ["the claim (id:a): 1 violation", "id:b: 1 warning"]),
        ],
    )
    def test_groups_are_named_with_their_counts(self, group_by, titles):
        text = written(REPORT, "text", replace(CONTEXT, group_by=group_by))
        assert titles == [
            line for line in text.splitlines()[:-1] if line and line[0] != " "
        ]

    @pytest.mark.parametrize(
        ("value", "kind", "words"),
        [
            (f"{ID}a", "iri", "the claim (id:a)"),
            ("mot", "@fr", '"mot"@fr'),
            ("word", "http://www.w3.org/2001/XMLSchema#string", '"word"'),
        ],
    )
    def test_values_are_shown_by_their_kind(self, value, kind, words):
        result = Result("info", "s", "_:f", None, value, kind, "Component", "message")
        text = written(Report((result,)), "text", CONTEXT)
        assert f"found     {words}\n" in text

    def test_long_reports_are_cut_and_say_what_is_left_out(self):
        many = tuple(replace(MISSING, focus=f"{ID}{n:03}") for n in range(7))
        report = Report((*many, TOO_HIGH), ("data/one.ttl",))
        text = written(report, "text", replace(CONTEXT, shown=3))
        assert text.count("name the speaker") == 3
        assert "  not shown: 4 violations\n" in text
        assert "  not shown: 1 warning\n" in text
        assert "5 faults not shown: --show 0 shows all\n" in text
        assert text.endswith("7 violations, 1 warning, 0 infos in 1 file\n")

    def test_long_values_are_cut_and_say_so(self):
        result = replace(TOO_HIGH, value="x" * 5000, value_type="@en")
        text = written(Report((result,)), "text", CONTEXT)
        assert "(4700 characters more)" in text
        assert len(text) < 2000

    def test_long_messages_keep_their_end(self):
        result = replace(TOO_HIGH, message="x" * 5000 + " is too long")
        text = written(Report((result,)), "text", CONTEXT)
        assert "characters left out" in text
        assert "xxx is too long\n" in text
        assert len(text) < 2500

    def test_colour_is_laid_on_from_outside(self):
        context = replace(CONTEXT, paint=lambda text, kind: f"<{kind}>{text}</>")
        text = written(REPORT, "text", context)
        for painted in (
            "<head>data/one.ttl</>: 1 violation",
            "<violation>violation on the claim (id:a)</> at <place>data/one.ttl:3:1</>",
            "<mark>^^^^</> add here",
        ):
            assert painted in text


class TestExcerpt:
    @pytest.mark.parametrize(
        ("text", "place", "shown", "caret"),
        [
            ("ab cd", Place("f", 1, 4, 1, 6), "ab cd", "   ^^"),
            ("ab", Place("f", 1, 3), "ab", "  ^"),
            ("ab\r\ncd", Place("f", 1, 1, 2, 2), "ab", "^^"),
            ("\tx", Place("f", 1, 2, 1, 3), "    x", "    ^"),
            ("漢字x", Place("f", 1, 3, 1, 4), "漢字x", "    ^"),
            ("e\u0301x", Place("f", 1, 3, 1, 4), "e\u0301x", " ^"),
            ("\x1bx", Place("f", 1, 2, 1, 3), "\\u001Bx", "      ^"),
        ],
    )
    def test_caret_stands_under_the_place(self, text, place, shown, caret):
        found = excerpt(place, {"f": text})
        assert found is not None
        assert (shown, caret) == (found.text, found.caret)

    def test_window_of_a_long_line_holds_the_place(self):
        found = excerpt(Place("f", 1, 5000, 1, 5004), {"f": "x" * 4999 + "HERE" * 99})
        assert found is not None
        assert found.marked == "HERE"
        assert found.text[0] == "…" == found.text[-1]
        assert len(found.text) < 130

    @pytest.mark.parametrize("place", [Place("g", 1, 1), Place("f", 9, 1)])
    def test_a_place_that_is_not_there_has_no_excerpt(self, place):
        assert excerpt(place, {"f": "x"}) is None
        assert source_of(place, {"f": "x"}) == ""


class TestJson:
    def test_every_field_of_every_result_is_there(self):
        parsed = json.loads(written(REPORT, "json", CONTEXT))
        assert list(parsed) == ["format", "conforms", "counts", "files", "results"]
        assert parsed["format"] == "vomkg-report/1"
        assert parsed["counts"] == {"violation": 1, "warning": 1, "info": 0}
        assert parsed["files"] == ["data/one.ttl"]
        assert parsed["conforms"] is False
        assert parsed["results"][0] == {
            "fingerprint": fingerprint(MISSING),
            "severity": "violation",
            "check": "shape",
            "file": "data/one.ttl",
            "line": 3,
            "column": 1,
            "end_line": 3,
            "end_column": 5,
            "add_here": True,
            "also": [],
            "focus": f"{ID}a",
            "path": f"{VOM}reportedBy",
            "name": None,
            "message": "name the speaker",
            "details": [],
            "value": None,
            "value_type": None,
            "component": "MinCountConstraintComponent",
            "shape": f"{SHAPE}speaker",
            "shape_at": {
                "file": "shapes/one.ttl",
                "line": 7,
                "column": 1,
                "end_line": 7,
                "end_column": 14,
            },
            "mends": [
                {
                    "words": "give the claim its speaker",
                    "snippet": "vom:reportedBy id:… ;",
                    "patch": {
                        "at": {
                            "file": "data/one.ttl",
                            "line": 3,
                            "column": 19,
                            "end_line": 3,
                            "end_column": 19,
                        },
                        "text": " vom:reportedBy id:s ;",
                    },
                }
            ],
            "known": False,
        }
        assert parsed["results"][1]["line"] is None

    def test_values_come_back_as_they_were(self):
        (result,) = json.loads(written(ATTACKED, "json", ATTACK_CONTEXT))["results"]
        assert HOSTILE == result["value"] == result["mends"][0]["patch"]["text"]


class TestTurtle:
    def test_the_report_is_that_of_shacl_with_places(self, turtle, ontology):
        shapes = turtle(
            """shape:claim a sh:NodeShape ; sh:targetClass vom:Claim ;
            sh:property shape:p .
            shape:p sh:path vom:reportedBy ; sh:minCount 1 ; sh:message "speaker" ."""
        )
        data = turtle("id:a a vom:Claim . id:b a vom:Claim .")
        report = validate(data, shapes, ontology)
        results = tuple(replace(r, at=Place("x.ttl", 4, 2)) for r in report.results)
        again = written(Report(results, (), report.graph), "turtle", CONTEXT)
        graph = Graph().parse(data=again, format="turtle")
        assert len(list(graph.objects(predicate=SH.result))) == 2
        assert {str(o) for o in graph.objects(predicate=SH.sourceShape)} == {
            f"{SHAPE}p"
        }
        line = rdflib.URIRef("https://w3id.org/vomkg/report#line")
        assert [str(o) for o in graph.objects(predicate=line)] == ["4", "4"]

    def test_other_checks_have_a_component_of_ours(self):
        result = replace(TOO_HIGH, check="literal", shape="literal")
        graph = Graph().parse(
            data=written(Report((result,)), "turtle", CONTEXT), format="turtle"
        )
        (node,) = graph.objects(predicate=SH.result)
        for p in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):
            assert len(list(graph.objects(node, p))) == 1
        component = graph.value(node, SH.sourceConstraintComponent)
        assert str(component) == "https://w3id.org/vomkg/report#literal-check"
        assert (component, None, SH.ConstraintComponent) in graph

    def test_values_come_back_as_they_were(self):
        text = written(ATTACKED, "turtle", ATTACK_CONTEXT)
        graph = Graph().parse(data=text, format="turtle")
        assert {str(o) for o in graph.objects(predicate=SH.value)} == {HOSTILE}


class TestJunit:
    def test_each_shape_is_a_case(self):
        root = xml(written(REPORT, "junit", CONTEXT))
        names = [case.get("name") for case in root.iter("testcase")]
        assert names == [
            "shape:speaker: speaker",
            "shape:unbroken",
            "shape:value: part's speaker",
        ]
        assert (root.get("tests"), root.get("failures")) == ("3", "1")

    @pytest.mark.parametrize(("fail_on", "failures"), [("violation", 1), ("info", 2)])
    def test_what_does_not_fail_stands_in_the_output(self, fail_on, failures):
        context = replace(CONTEXT, fail_on=fail_on)
        root = xml(written(REPORT, "junit", context))
        assert failures == len(list(root.iter("failure")))
        assert 2 - failures == len(list(root.iter("system-out")))

    @pytest.mark.parametrize("report", [REPORT, ATTACKED, Report(())])
    def test_form_is_that_of_the_common_schemas(self, report):
        """Elements and attributes as the schemas of Ant and Jenkins have them."""
        root = xml(written(report, "junit", ATTACK_CONTEXT))
        numbers = {"tests", "failures", "errors", "skipped", "time"}
        assert root.tag == "testsuites"
        for suite in root:
            assert suite.tag == "testsuite"
            assert set(suite.keys()) == {"name"} | numbers
            assert int(suite.get("tests")) == len(suite)
            for case in suite:
                assert (case.tag, set(case.keys())) == (
                    "testcase",
                    {"classname", "name", "time"},
                )
                kinds = [part.tag for part in case]
                assert kinds in (
                    [],
                    ["failure"],
                    ["system-out"],
                    ["failure", "system-out"],
                )
                for failure in case.iter("failure"):
                    assert set(failure.keys()) == {"message", "type"}


class TestGitHub:
    def test_a_fault_is_a_command_with_its_place(self):
        first, second = written(REPORT, "github", CONTEXT).splitlines()
        assert first.startswith(
            "::error file=data/one.ttl,line=3,endLine=3,col=1,endColumn=4,"
            "title=violation on the claim (id%3Aa)::name the speaker%0A"
        )
        assert first.endswith(
            "mend: give the claim its speaker%0Avom:reportedBy id:… ;"
        )
        assert second.startswith("::warning title=warning on id%3Ab::too high%0A")

    def test_no_fault_is_no_command(self):
        assert written(Report(()), "github", CONTEXT) == ""

    def test_nothing_in_data_ends_a_command_or_begins_another(self):
        text = written(ATTACKED, "github", ATTACK_CONTEXT)
        assert text.count("\n") == 1
        properties, _, message = text.removeprefix("::error ").partition("::")
        assert len(properties.split(",")) == 6
        assert "%250A::error" in message


class TestHostile:
    @pytest.mark.parametrize("name", FORMATS)
    def test_no_format_lets_a_control_character_through(self, name):
        text = written(ATTACKED, name, ATTACK_CONTEXT)
        bad = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl"}}
        assert bad <= {"\n"}
        assert "\ufffe" not in text

    @pytest.mark.parametrize("name", ["text", "html", "github", "junit"])
    def test_each_is_told_in_as_many_lines_as_a_tame_one(self, name):
        wild = written(ATTACKED, name, ATTACK_CONTEXT)
        (result,) = ATTACKED.results
        calm = replace(
            result,
            value="v",
            message="m",
            name="n",
            details=("d",),
            mends=(replace(result.mends[0], words="w", snippet="one\ntwo"),),
        )
        told = written(Report((calm,), ATTACKED.files), name, ATTACK_CONTEXT)
        assert told.count("\n") == wild.count("\n")

    @given(st.text())
    def test_any_text_becomes_one_line(self, text):
        assert clean.line(text).splitlines() == ([clean.line(text)] if text else [])

    @given(st.text(st.characters(exclude_categories=())))
    def test_any_text_can_be_written_in_xml_and_json(self, text):
        result = replace(TOO_HIGH, message=text, value=text)
        report = Report((result,))
        for name in ("text", "github", "html", "junit", "turtle", "sarif"):
            written(report, name, CONTEXT).encode()
        xml(written(report, "junit", replace(CONTEXT, fail_on="info")))
        parsed = json.loads(written(report, "json", CONTEXT))
        assert parsed["results"][0]["message"] == text


def test_fingerprint_does_not_change_with_places_and_words():
    """Moved lines, mended words and other labels of blank nodes leave it alone."""
    mark = fingerprint(MISSING)
    assert len(mark) == 16
    assert int(mark, 16) >= 0
    moved = replace(MISSING, at=Place("other.ttl", 99, 1), message="other", mends=())
    assert mark == fingerprint(moved)
    others = (
        replace(MISSING, shape="x"),
        replace(MISSING, focus="x"),
        replace(MISSING, path="x"),
        replace(MISSING, value="x"),
    )
    assert len({mark, *(fingerprint(other) for other in others)}) == 5
    blank = [fingerprint(replace(MISSING, focus=f"_:{n}")) for n in range(3)]
    assert len(set(blank)) == 1


def test_fingerprint_is_the_documented_hash():
    """Others can compute it: SHA-256 of a JSON list of the four."""
    result = Result("info", "s", "f", None, "é", "iri", "c", "m")
    assert fingerprint(result) == "b4744964e6ea8dcc"


def test_what_differs_by_its_component_alone_is_one_fault():
    """The word in place of a number is told once, with all that it breaks."""
    other = replace(TOO_HIGH, component="DatatypeConstraintComponent", details=("d",))
    apart = replace(TOO_HIGH, value="35.0")
    together, left = merged([TOO_HIGH, other, apart])
    assert together.component == (
        "MaxInclusiveConstraintComponent, DatatypeConstraintComponent"
    )
    assert together.details == ("inner fault", "d")
    assert left == apart


def test_names_prefer_the_english_preferred_label(turtle):
    """Of several labels people see the English preferred one."""
    graph = turtle(
        """id:a rdfs:label "one"@en ; skos:prefLabel "eins"@de , "first"@en .
        id:b rdfs:label "two" ."""
    )
    names = Names.of(graph, {"id": ID})
    assert tuple(names.label(ID + n) for n in "abc") == ("first", "two", "id:c")


def test_names_replace_each_iri_in_a_sentence():
    """A message shows label and short form in place of every full IRI."""
    expected = "see the claim (id:a) and vom:x, if 1 < 2, and <b>"
    assert expected == NAMES.in_words(f"see <{ID}a> and <{VOM}x>, if 1 < 2, and <b>")
