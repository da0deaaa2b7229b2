"""``vomkg validate`` on a small project: what is told, and with which exit code."""

import json
from codecs import BOM_UTF8
from xml.etree import ElementTree

import pytest
import rdflib
from click.testing import CliRunner
from rdflib import SH, URIRef

from tests.cli.additions import ADDITION
from vomkg.cli import main
from vomkg.config import graph_root
from vomkg.curate.report import FORMATS

ID = "https://w3id.org/vomkg/id/"
VOM = "https://w3id.org/vomkg/ontology#"


def run(*words):
    """The result of one command line."""
    return CliRunner().invoke(main, [str(word) for word in words])


def edit(path, old, new):
    """Replace a piece of a file that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def without_speaker(data):
    edit(data, "    vom:reportedBy id:source ;\n", "")


class TestValidate:
    def test_conforming_data_is_summed_up(self, project):
        """A clean project gives one line and exit code 0."""
        result = run("validate")
        assert (result.exit_code, result.stdout) == (
            0,
            "0 violations, 0 warnings, 0 infos in 3 files\n",
        )

    def test_fault_is_told_with_its_place(self, data):
        """A missing speaker is told at the line of the claim."""
        without_speaker(data)
        result = run("validate")
        assert result.exit_code == 1
        assert "violation on the estimate (id:estimate) at data/small.ttl:8:1" in (
            result.stdout
        )
        assert "a claim has exactly one speaker: mend vom:reportedBy" in result.stdout
        assert result.stdout.endswith("1 violation, 0 warnings, 0 infos in 3 files\n")

    @pytest.mark.parametrize(
        ("threshold", "code"), [("violation", 0), ("warning", 1), ("info", 1)]
    )
    def test_threshold_decides_the_exit_code(self, threshold, code, data):
        """A warning fails only where warnings are asked to fail."""
        edit(data, '    skos:prefLabel "the estimate"@en ;\n', "")
        result = run("validate", "--fail-on", threshold)
        assert code == result.exit_code
        assert "1 warning" in result.stdout

    def test_json_is_all_of_stdout(self, data):
        """Programs read the report from stdout and nothing else stands there."""
        without_speaker(data)
        result = run("validate", "--format", "json")
        (fault,) = json.loads(result.stdout)["results"]
        assert ("data/small.ttl", 8, f"{ID}estimate") == (
            fault["file"],
            fault["line"],
            fault["focus"],
        )
        assert "1 violation" in result.stderr

    def test_turtle_is_a_shacl_report(self, data):
        """The report can be loaded as RDF."""
        without_speaker(data)
        result = run("validate", "--format", "turtle")
        graph = rdflib.Graph().parse(data=result.stdout, format="turtle")
        assert [URIRef(f"{ID}estimate")] == list(graph.objects(predicate=SH.focusNode))

    def test_file_is_judged_alone_against_the_ontology(self, project, data):
        """A file in place of the data answers for itself only."""
        without_speaker(data)
        addition = project / "addition.ttl"
        addition.write_text(ADDITION, encoding="utf-8")
        result = run("validate", "addition.ttl")
        assert result.exit_code == 1
        assert "id:estimate" not in result.stdout
        assert "the second (id:second) at addition.ttl:8:20" in result.stdout
        assert "found     id:source" in result.stdout
        assert "1 violation, 0 warnings, 0 infos in 1 file" in result.stdout

    def test_addition_is_judged_with_the_data(self, project):
        """What an addition refers to may stand in the shipped data."""
        addition = project / "addition.ttl"
        addition.write_text(ADDITION, encoding="utf-8")
        result = run("validate", "--with-data", "addition.ttl")
        assert result.stdout == "0 violations, 0 warnings, 0 infos in 4 files\n"

    def test_addition_can_break_what_is_shipped(self, project):
        """A second speaker for a shipped claim is found in the addition."""
        addition = project / "addition.ttl"
        addition.write_text(
            f"<{ID}estimate> <{VOM}reportedBy> <{ID}other> .\n"
            f"<{ID}other> a <{VOM}Speaker> .",
            encoding="utf-8",
        )
        result = run("validate", "addition.ttl", "--with-data")
        assert result.exit_code == 1
        assert "exactly one speaker" in result.stdout

    def test_inferred_triples_are_judged_on_request(self, data):
        """A fault that only inference brings to light is marked as such."""
        edit(data, "34.0", "134.0")
        assert run("validate").exit_code == 0
        result = run("validate", "--inferred")
        assert result.exit_code == 1
        assert "found only together with the inferred triples" in result.stdout
        assert "shape     shape:own-claim-value" in result.stdout

    def test_contradiction_stops_judging_what_follows(self, data):
        """From a contradiction nothing is inferred; its cause is named."""
        edit(data, "vom:EffectEstimate", "vom:EffectEstimate , vom:Speaker")
        result = run("validate", "--inferred")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "the estimate (id:estimate) is both a" in result.stderr

    def test_term_without_definition_is_the_ontologys_fault(self, project):
        """The ontology is judged with the shipped data, at its own lines."""
        edit(
            project / "ontology" / "small.ttl",
            '    skos:definition "A small claim."@en ;\n',
            "",
        )
        result = run("validate")
        assert "claim (vom:Claim) at ontology/small.ttl:" in result.stdout
        assert "1 violation" in result.stdout

    def test_shapes_and_ontology_can_be_given(self, project, tmp_path):
        """Other shapes and another ontology take the place of the shipped ones."""
        ontology = tmp_path / "other.ttl"
        ontology.write_text(
            f"<{VOM}Thing> a <http://www.w3.org/2002/07/owl#Class> .", encoding="utf-8"
        )
        shapes = tmp_path / "shapes.ttl"
        shapes.write_text(
            f"""@prefix sh: <http://www.w3.org/ns/shacl#> .
            <https://example.org/s> a sh:NodeShape ; sh:targetClass <{VOM}Thing> ;
              sh:property [ sh:path <{VOM}Thing> ; sh:minCount 1 ; sh:message "x" ] .
            """,
            encoding="utf-8",
        )
        data = tmp_path / "thing.ttl"
        data.write_text(f"<{ID}t> a <{VOM}Thing> .", encoding="utf-8")
        result = run("validate", data, "--shapes", shapes, "--ontology", ontology)
        assert result.exit_code == 1
        assert "https://example.org/s" in result.stdout

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("<a> <b> .", "bad.ttl:1:"),
            ("@prefix x: <http://x/> . x:a x:b x:c", "bad.ttl:1:"),
            ("a\n\xff".encode("latin-1"), "bad.ttl:2:1"),
        ],
    )
    def test_unreadable_file_is_a_report_of_its_own(self, text, place, project):
        """What is not well-formed is told at its place, and nothing else is judged."""
        data = text if isinstance(text, bytes) else text.encode()
        (project / "bad.ttl").write_bytes(data)
        result = run("validate", "bad.ttl")
        assert (result.exit_code, result.stderr) == (3, "")
        assert f" at {place}" in result.stdout
        assert "check     syntax" in result.stdout
        sarif = run("validate", "bad.ttl", "--format", "sarif")
        assert sarif.exit_code == 3
        assert json.loads(sarif.stdout)["runs"][0]["results"]

    @pytest.mark.parametrize("folder", ["ontology", "shapes"])
    def test_what_data_is_judged_by_must_be_readable_too(self, folder, project):
        with (project / folder / "small.ttl").open("a", encoding="utf-8") as file:
            file.write("\nid:x a\n")
        result = run("validate")
        assert result.exit_code == 3
        assert f" at {folder}/small.ttl:" in result.stdout
        assert "check     syntax" in result.stdout

    def test_ill_formed_literal_is_a_fault_among_others(self, data):
        """It is readable RDF, so the rest is judged as well."""
        edit(data, "34.0", '"34,0"^^<http://www.w3.org/2001/XMLSchema#decimal>')
        without_speaker(data)
        result = run("validate")
        assert result.exit_code == 1
        assert "violation on the estimate (id:estimate) at data/small.ttl:11:23" in (
            result.stdout
        )
        assert "'34,0' is not an xsd:decimal" in result.stdout
        assert "a claim has exactly one speaker" in result.stdout

    def test_missing_file_and_broken_shapes_are_one_line(self, project):
        """What cannot be read or run is named, with the exit code for input."""
        shapes = project / "shapes" / "small.ttl"
        edit(shapes, "sh:minCount", "sh:minCout")
        for words, told in (
            (["no-such.ttl"], "no-such.ttl: no such file"),
            ([], "sh:minCout, which SHACL does not define"),
        ):
            result = run("validate", *words)
            assert (result.exit_code, result.stdout) == (3, "")
            assert told in result.stderr
            assert result.stderr.count("\n") == 1

    def test_nothing_is_inferred_from_ill_formed_literals(self, data):
        """They have no value to reason with; the rest is judged as it is written."""
        edit(data, "34.0", '"34,0"^^<http://www.w3.org/2001/XMLSchema#decimal> , 34.0')
        result = run("validate", "--inferred")
        assert result.exit_code == 1
        assert "'34,0' is not an xsd:decimal" in result.stdout
        assert "so nothing was inferred" in result.stdout

    def test_literals_of_shapes_are_looked_at_too(self, project):
        edit(
            project / "shapes" / "small.ttl",
            "sh:maxInclusive 100",
            'sh:maxInclusive "hundred"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        )
        result = run("validate")
        assert result.exit_code == 1
        assert "at shapes/small.ttl:36:21" in result.stdout

    @pytest.mark.parametrize("text", ["", "# nothing yet\n"])
    @pytest.mark.parametrize("format_name", FORMATS)
    def test_a_file_that_says_nothing_is_a_warning(self, project, text, format_name):
        (project / "none.ttl").write_text(text, encoding="utf-8")
        asked = ("validate", "--format", format_name, "none.ttl")
        result = run(*asked)
        assert result.exit_code == 0
        assert "the file holds no statement" in result.stdout
        assert "none.ttl" in result.stdout
        assert run(*asked, "--fail-on", "warning").exit_code == 1

    def test_a_file_counts_once_however_it_is_named(self, project):
        without_speaker(project / "data" / "small.ttl")
        (project / "link.ttl").symlink_to(project / "data" / "small.ttl")
        one, other = "data/small.ttl", "./data/../data/small.ttl"
        result = run("validate", "--format", "json", one, other, "link.ttl")
        found = json.loads(result.stdout)
        assert found["files"] == ["data/small.ttl"]
        assert len(found["results"]) == 1
        also = run("validate", "--with-data", "--format", "json", other, "link.ttl")
        assert json.loads(also.stdout)["counts"] == found["counts"]

    def test_a_triple_as_a_term_is_refused_at_its_file(self, project):
        (project / "star.ttl").write_text(
            "<urn:a> <urn:b> <<( <urn:a> <urn:b> <urn:c> )>> .", encoding="utf-8"
        )
        result = run("validate", "star.ttl")
        assert result.exit_code == 3
        assert "syntax at star.ttl:1:1" in result.stdout
        assert "is a triple used as a term" in result.stdout


class TestFormats:
    def test_junit_has_a_case_for_each_shape(self, data):
        without_speaker(data)
        result = run("validate", "--format", "junit")
        root = ElementTree.fromstring(result.stdout)  # noqa: S314  our own
        assert (result.exit_code, root.get("failures")) == (1, "1")
        assert len(list(root.iter("testcase"))) == 9

    def test_output_goes_to_a_file_and_the_sum_to_stderr(self, data):
        without_speaker(data)
        result = run("validate", "--format", "html", "--output", "report.html")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "wrote report.html\n1 violation" in result.stderr
        assert (
            (data.parents[1] / "report.html").read_text("utf-8").endswith("</html>\n")
        )

    def test_output_that_cannot_be_written_is_refused(self, project):
        result = run("validate", "--output", "no/such/report.txt")
        assert result.exit_code == 3
        assert "cannot be written" in result.stderr

    @pytest.mark.parametrize("group_by", ["shape", "focus"])
    def test_groups_are_as_asked(self, group_by, data):
        without_speaker(data)
        title = {"shape": "shape:claim-speaker", "focus": "the estimate (id:estimate)"}
        result = run("validate", "--group-by", group_by)
        assert result.stdout.startswith(f"{title[group_by]}: 1 violation\n")

    def test_as_many_as_asked_are_told(self, data):
        without_speaker(data)
        edit(data, '    skos:prefLabel "the estimate"@en ;\n', "")
        result = run("validate", "--show", "1")
        assert "not shown: 1 warning" in result.stdout
        assert run("validate", "--show", "-1").exit_code == 2

    def test_excerpt_shows_the_line(self, data):
        without_speaker(data)
        assert "    8 | id:estimate a vom:EffectEstimate ;\n" in run("validate").stdout


class TestBaseline:
    def test_known_faults_pass_and_new_ones_fail(self, data):
        without_speaker(data)
        written = run("validate", "--write-baseline", "known.json")
        assert (written.exit_code, written.stderr) == (0, "wrote known.json\n")
        known = run("validate", "--baseline", "known.json")
        assert known.exit_code == 0
        assert known.stdout == (
            "0 violations, 0 warnings, 0 infos in 3 files; "
            "1 known and 0 gone since the baseline\n"
        )
        edit(data, "id:estimate a vom:EffectEstimate", "id:estimate a vom:Estimate")
        again = run("validate", "--baseline", "known.json")
        assert again.exit_code == 1
        assert "the class is not one of ours" in again.stdout
        assert "exactly one speaker" not in again.stdout.partition("gone since")[0]

    def test_vanished_faults_are_told(self, data):
        whole = data.read_text("utf-8")
        without_speaker(data)
        run("validate", "--write-baseline", "known.json")
        data.write_text(whole, encoding="utf-8")
        result = run("validate", "--baseline", "known.json")
        assert result.exit_code == 0
        assert "gone since the baseline:\n  violation on the estimate" in result.stdout

    def test_nothing_is_known_of_files_that_cannot_be_read(self, project, data):
        data.write_text("id:a a", encoding="utf-8")
        result = run("validate", "--write-baseline", "known.json")
        assert result.exit_code == 3
        assert not (project / "known.json").exists()

    def test_a_report_serves_as_baseline(self, data):
        without_speaker(data)
        run("validate", "--format", "json", "--output", "known.json")
        assert run("validate", "--baseline", "known.json").exit_code == 0


class TestCompare:
    @pytest.fixture
    def reports(self, data):
        """Two reports: in the first a speaker is missing, in the second a label."""
        whole = data.read_text("utf-8")
        without_speaker(data)
        run("validate", "--format", "json", "--output", "old.json")
        data.write_text(whole, encoding="utf-8")
        edit(data, '    skos:prefLabel "the estimate"@en ;\n', "")
        run("validate", "--format", "json", "--output", "new.json")

    @pytest.mark.parametrize("to", [(), ("--to", "new.json")])
    def test_new_and_gone_faults_are_told_in_words(self, to, reports):
        result = run("validate", "--compare", "old.json", *to)
        assert result.exit_code == 0
        new, gone, numbers = result.stdout.splitlines()
        assert new.startswith("+ warning on id:estimate: a claim should have a label")
        assert gone.startswith("- violation on id:estimate: a claim has exactly one")
        assert numbers == "1 new, 1 gone, 0 remaining"

    def test_new_faults_fail_by_their_severity(self, reports):
        words = ("validate", "--compare", "old.json", "--fail-on", "warning")
        assert run(*words).exit_code == 1

    def test_programs_get_json(self, reports):
        result = run("validate", "--compare", "old.json", "--format", "json")
        parsed = json.loads(result.stdout)
        assert [len(parsed[part]) for part in ("new", "gone", "remaining")] == [1, 1, 0]
        assert result.stderr == "1 new, 1 gone, 0 remaining\n"

    @pytest.mark.parametrize(
        "words",
        [
            ("--to", "new.json"),
            ("--compare", "old.json", "--format", "sarif"),
            ("--compare", "old.json", "--baseline", "new.json"),
            ("--watch", "--format", "json"),
            ("--watch", "--output", "x"),
        ],
    )
    def test_options_that_do_not_go_together_are_refused(self, words, reports):
        result = run("validate", *words)
        assert (result.exit_code, result.stdout) == (2, "")


class TestRules:
    def test_hygiene_rules_are_asked_on_request(self, data):
        edit(data, '    skos:prefLabel "the source"@en ;\n', "")
        assert run("validate").exit_code == 0
        result = run("validate", "--rules")
        assert result.exit_code == 1
        assert "id:source has no label" in result.stdout
        assert "rule      speaker-labelled" in result.stdout


class TestColour:
    @pytest.mark.parametrize(("off", "coloured"), [(None, True), ("1", False)])
    def test_terminals_get_colour_unless_told_otherwise(
        self, off, coloured, data, monkeypatch
    ):
        monkeypatch.delenv("NO_COLOR", raising=False)
        if off:
            monkeypatch.setenv("NO_COLOR", off)
        without_speaker(data)
        result = CliRunner().invoke(main, ["validate"], color=True)
        assert ("\x1b[" in result.stdout) is coloured

    def test_files_and_pipes_get_none(self, data):
        without_speaker(data)
        assert "\x1b" not in run("validate").stdout


@pytest.mark.parametrize("node", ["_:a", "[]"])
def test_a_blank_node_of_a_file_is_judged_too(project, node):
    """Also where only the file is judged, as in a hook before a commit."""
    (project / "a.ttl").write_text(
        f"{node} a <{VOM}Claim> .\n_:b a <{VOM}Claim> .\n", encoding="utf-8"
    )
    result = run("validate", "--format", "json", "a.ttl")
    assert result.exit_code == 1
    places = {item["line"] for item in json.loads(result.stdout)["results"]}
    assert places == {1, 2}


def test_a_blank_node_is_told_by_its_place(project):
    """Our label for it means nothing to people."""
    (project / "a.ttl").write_text(
        f"<urn:x> <urn:p> 1 .\n[] a <{VOM}Claim> .\n", encoding="utf-8"
    )
    for format_name in ("text", "html", "github", "junit", "sarif"):
        told = run("validate", "--format", format_name, "a.ttl").stdout
        assert "a blank node" in told
        assert "x1n1" not in told
    grouped = run("validate", "--group-by", "focus", "a.ttl").stdout
    assert grouped.startswith("a blank node at a.ttl:2:1: ")


def test_a_rule_on_a_blank_node_points_to_it(project):
    """And not to the thing that leads to it."""
    folder = project / "queries" / "hygiene"
    folder.mkdir(parents=True, exist_ok=True)
    rule = graph_root() / "queries" / "hygiene" / "blank-node-in-data.rq"
    (folder / rule.name).write_text(rule.read_text("utf-8"), encoding="utf-8")
    (project / "a.ttl").write_text(
        "<urn:x> <urn:p>\n    [ <urn:q> 1 ] .\n", encoding="utf-8"
    )
    told = run("validate", "--rules", "--with-data", "--format", "json", "a.ttl")
    places = {
        (item["file"], item["line"], item["column"])
        for item in json.loads(told.stdout)["results"]
        if item["shape"] == rule.stem
    }
    assert places == {("a.ttl", 2, 5)}


def test_a_byte_order_mark_stays_when_a_file_is_mended(project, data):
    text = data.read_text("utf-8")
    assert "34.0" in text
    data.write_bytes(BOM_UTF8 + text.replace('"34.0"', '" 34.0"').encode())
    (project / "blank.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        f"<urn:s> sh:targetSubjectsOf <{VOM}reportedValue> ; sh:property <urn:p> .\n"
        f"<urn:p> sh:path <{VOM}reportedValue> ; sh:pattern '^[0-9.]+$' .\n",
        encoding="utf-8",
    )
    run("validate", "--fix", "--shapes", "blank.ttl", data)
    assert data.read_bytes() == BOM_UTF8 + text.encode()


def test_a_file_in_utf_16_is_shown_as_it_reads(project):
    (project / "wide.ttl").write_bytes("<urn:é> <urn:b> 1 .\n".encode("utf-16"))
    told = run("validate", "wide.ttl")
    assert told.exit_code == 3
    assert "is UTF-16, not UTF-8" in told.stdout
    assert "iconv -f UTF-16 -t UTF-8" in told.stdout
    assert "1 | <urn:é> <urn:b> 1 ." in told.stdout
