"""The report says the same in words, in JSON and in RDF."""

import json

from rdflib import SH, Graph

from vomkg.curate import report as written
from vomkg.curate.names import Names
from vomkg.curate.place import Place
from vomkg.curate.places import locate
from vomkg.curate.result import Report, Result
from vomkg.curate.validate import validate

ID = "https://w3id.org/vomkg/id/"
VOM = "https://w3id.org/vomkg/ontology#"
SHAPE = "https://w3id.org/vomkg/shapes#"
NAMES = Names(
    {f"{ID}a": "the claim", f"{VOM}reportedBy": "reported by"},
    {"id": ID, "vom": VOM, "shape": SHAPE, "xsd": "http://www.w3.org/2001/XMLSchema#"},
)
MISSING = Result(
    "violation",
    f"{SHAPE}speaker",
    f"{ID}a",
    f"{VOM}reportedBy",
    None,
    None,
    "MinCountConstraintComponent",
    "name the speaker",
    at=Place("data/one.ttl", 3, 5),
)
TOO_HIGH = Result(
    "warning",
    f"{SHAPE}value",
    f"{ID}b",
    f"<{VOM}part>/<{VOM}reportedBy>",
    "34.0",
    "http://www.w3.org/2001/XMLSchema#decimal",
    "MaxInclusiveConstraintComponent",
    "too high",
    name="part's speaker",
    details=("inner fault",),
)


def test_text_tells_each_fault_in_a_block_and_sums_up():
    """Label, property, message, value and shape stand in plain words."""
    report = Report((MISSING, TOO_HIGH), ("data/one.ttl",))
    assert written.text(report, NAMES) == (
        "data/one.ttl: 1 violation\n"
        "  shape:speaker: 1 violation\n"
        "    violation on the claim (id:a) at data/one.ttl:3:5\n"
        "      property  reported by (vom:reportedBy)\n"
        "      message   name the speaker\n"
        f"      shape     {SHAPE}speaker\n"
        "\n"
        "in no file: 1 warning\n"
        "  shape:value: 1 warning\n"
        "    warning on id:b\n"
        "      property  part's speaker: vom:part/reported by (vom:reportedBy)\n"
        "      message   too high\n"
        "                inner fault\n"
        '      found     "34.0"^^xsd:decimal\n'
        f"      shape     {SHAPE}value\n"
        "\n"
        "1 violation, 1 warning, 0 infos in 1 file\n"
    )


def test_text_of_a_clean_report_is_its_sum():
    """Nothing wrong is said in one line."""
    expected = "0 violations, 0 warnings, 0 infos in 2 files\n"
    assert expected == written.text(Report((), ("a.ttl", "b.ttl")), NAMES)


def test_text_shows_values_by_their_kind():
    """Links are told by label, texts in quotes with their language."""
    shown = [
        written.text(
            Report(
                (Result("info", "s", "_:f", None, value, kind, "Component", "message"),)
            ),
            NAMES,
        )
        for value, kind in (
            (f"{ID}a", "iri"),
            ("mot", "@fr"),
            ("word", "http://www.w3.org/2001/XMLSchema#string"),
        )
    ]
    assert [
        f"found     {words}\n" in text
        for words, text in zip(
            ("the claim (id:a)", '"mot"@fr', '"word"'), shown, strict=True
        )
    ] == [True, True, True]


def test_json_holds_every_field_of_every_result():
    """Programs get full IRIs, places and counts, and null for what is not there."""
    parsed = json.loads(written.json(Report((MISSING, TOO_HIGH), ("data/one.ttl",))))
    assert parsed["counts"] == {"violation": 1, "warning": 1, "info": 0}
    assert parsed["files"] == ["data/one.ttl"]
    assert parsed["conforms"] is False
    assert parsed["results"][0] == {
        "severity": "violation",
        "file": "data/one.ttl",
        "line": 3,
        "column": 5,
        "focus": f"{ID}a",
        "path": f"{VOM}reportedBy",
        "name": None,
        "message": "name the speaker",
        "value": None,
        "value_type": None,
        "component": "MinCountConstraintComponent",
        "shape": f"{SHAPE}speaker",
        "details": [],
    }


def test_turtle_is_a_shacl_report(turtle, ontology):
    """The RDF form carries as many results as the words."""
    shapes = turtle(
        """shape:claim a sh:NodeShape ; sh:targetClass vom:Claim ;
        sh:property shape:p .
        shape:p sh:path vom:reportedBy ; sh:minCount 1 ; sh:message "speaker" ."""
    )
    report = validate(turtle("id:a a vom:Claim . id:b a vom:Claim ."), shapes, ontology)
    located = locate(report, {})
    graph = Graph().parse(data=written.turtle(located), format="turtle")
    assert len(list(graph.objects(predicate=SH.result))) == 2


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
    expected = "see the claim (id:a) and vom:x, if 1 < 2"
    assert expected == NAMES.in_words(f"see <{ID}a> and <{VOM}x>, if 1 < 2")
