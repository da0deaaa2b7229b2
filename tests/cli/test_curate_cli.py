"""The curator's commands on a small project, and on the shipped graph."""

import json
import shutil
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner
from rdflib import RDF, SH, URIRef
from rdflib.compare import isomorphic

from vomkg.cli import main
from vomkg.cli.curate import check_command, fmt_command, infer_command, validate_command
from vomkg.errors import MissingToolError
from vomkg.reason import hermit

ID = "https://w3id.org/vomkg/id/"
VOM = "https://w3id.org/vomkg/ontology#"
ADDITION = """@prefix id: <https://w3id.org/vomkg/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vom: <https://w3id.org/vomkg/ontology#> .

id:second a vom:EffectEstimate ;
    skos:prefLabel "the second"@en ;
    vom:locatedIn id:place ;
    vom:reportedBy id:source .
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A copy of the small project, which is green, as working directory."""
    folder = tmp_path / "project"
    shutil.copytree(Path(__file__).with_name("project"), folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("VOMKG_ROOT", str(folder))
    return folder


def run(*words):
    """The result of one command line."""
    return CliRunner().invoke(main, [str(word) for word in words])


def edit(path, old, new):
    """Replace a piece of a file that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def data(project):
    """The project's data file."""
    return project / "data" / "small.ttl"


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
        assert "the second (id:second) at addition.ttl:8:5" in result.stdout
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
        assert "shape:own-claim-value: 1 violation" in result.stdout

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
        ("text", "code", "words"),
        [
            ("<a> <b> .", 3, "bad.ttl:1"),
            ("@prefix x: <http://x/> . x:a x:b x:c", 3, "bad.ttl"),
            (f'<{ID}a> <{VOM}v> "1e3"^^<{rdflib.XSD.decimal}> .', 3, "bad.ttl:1"),
        ],
    )
    def test_unreadable_file_is_one_line(self, text, code, words, project):
        """A file that is no Turtle, or has an ill-typed literal, is refused."""
        (project / "bad.ttl").write_text(text, encoding="utf-8")
        result = run("validate", "bad.ttl")
        assert code == result.exit_code
        assert result.stdout == ""
        assert words in result.stderr
        assert result.stderr.count("\n") == 1

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

    def test_empty_file_conforms(self, project):
        """Nothing said is nothing wrong."""
        (project / "empty.ttl").write_text("", encoding="utf-8")
        result = run("validate", "empty.ttl")
        assert result.stdout == "0 violations, 0 warnings, 0 infos in 1 file\n"


class TestFmt:
    def test_files_in_normal_form_stay(self, project):
        """Nothing is rewritten that needs no rewriting."""
        before = {path: path.stat().st_mtime_ns for path in project.rglob("*.ttl")}
        result = run("fmt")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "0 of 4 files rewritten" in result.stderr
        assert before == {p: p.stat().st_mtime_ns for p in project.rglob("*.ttl")}

    def test_check_names_files_and_writes_nothing(self, data):
        """A check fails and leaves the file as it is."""
        edit(data, "    vom:reportedBy", "  vom:reportedBy")
        before = data.read_bytes()
        result = run("fmt", "--check")
        assert (result.exit_code, result.stdout) == (
            1,
            "data/small.ttl: 1 line out, 1 line in\n",
        )
        assert before == data.read_bytes()

    def test_rewrites_without_changing_a_fact(self, data):
        """The new text says what the old one said, and is then left alone."""
        normal = data.read_bytes()
        graph = rdflib.Graph().parse(data)
        shuffled = graph.serialize(format="nt")
        data.write_text(shuffled, encoding="utf-8")
        assert run("fmt", data).exit_code == 0
        assert isomorphic(graph, rdflib.Graph().parse(data))
        head = normal.split(b"\n\n", 1)[0]
        assert normal == head + b"\n\n" + data.read_bytes()
        assert run("fmt", "--check").exit_code == 0

    def test_line_ends_count(self, data):
        """A file with other line ends is not in normal form."""
        data.write_bytes(data.read_bytes().replace(b"\n", b"\r\n"))
        result = run("fmt", "--check")
        assert result.stdout == "data/small.ttl: other line ends\n"

    def test_one_bad_file_keeps_all_as_they_are(self, project, data):
        """Nothing is written unless all of it can be."""
        edit(data, "    vom:reportedBy", "  vom:reportedBy")
        (project / "shapes" / "zz.ttl").write_text("<a> <b>", encoding="utf-8")
        before = data.read_bytes()
        result = run("fmt")
        assert result.exit_code == 3
        assert before == data.read_bytes()
        assert result.stderr.count("\n") == 1

    def test_comment_that_would_be_lost_is_refused(self, data):
        """A remark inside the file is named with its line, not dropped."""
        edit(data, "id:place oa:has", "# a remark\nid:place oa:has")
        result = run("fmt", data)
        assert result.exit_code == 3
        assert "data/small.ttl:14" in result.stderr


class TestInfer:
    def test_tells_the_verdict_and_the_new_facts(self, project):
        """People see whether it holds together, and what is new."""
        result = run("infer")
        assert result.exit_code == 0
        assert "consistent according to owlrl" in result.stdout
        assert "classes that can have no member: none" in result.stdout
        assert "the estimate (id:estimate) | is a | own claim (vom:OwnClaim)" in (
            result.stdout
        )
        assert "new property values: none" in result.stdout

    def test_explains_each_new_fact(self, project):
        """Each new triple is followed by the axiom it rests on."""
        lines = run("infer", "--explain").stdout.splitlines()
        (at,) = (n for n, line in enumerate(lines) if "is a | own claim" in line)
        assert lines[at + 1].strip() == (
            "defined class: it meets the definition of own claim (vom:OwnClaim), "
            "which reads: A claim of the source itself."
        )

    # rdflib's own reader of JSON-LD uses what rdflib has deprecated.
    @pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
    @pytest.mark.parametrize(
        ("name", "syntax"),
        [
            ("turtle", "turtle"),
            ("ntriples", "nt"),
            ("jsonld", "json-ld"),
            ("rdfxml", "xml"),
        ],
    )
    def test_formats_carry_the_new_triples_only(self, name, syntax, project):
        """Stdout is the graph of new triples; the verdict goes to stderr."""
        result = run("infer", "--format", name)
        graph = rdflib.Graph().parse(data=result.stdout, format=syntax)
        assert (URIRef(f"{ID}estimate"), RDF.type, URIRef(f"{VOM}OwnClaim")) in graph
        assert len(graph) == 3
        assert "consistent according to owlrl" in result.stderr

    @pytest.mark.parametrize(
        "reasoner",
        ["owlrl", pytest.param("hermit", marks=pytest.mark.slow)],
    )
    def test_contradiction_is_named_and_fails(self, reasoner, data, request):
        """An inconsistent project gives its cause and no triple."""
        if reasoner == "hermit":
            request.getfixturevalue("java")
        edit(data, "vom:EffectEstimate", "vom:EffectEstimate , vom:Speaker")
        result = run("infer", "--reasoner", reasoner)
        assert result.exit_code == 1
        assert "INCONSISTENT" in result.stdout
        assert "the estimate (id:estimate) is both a" in result.stdout
        assert "new class memberships: none" in result.stdout

    @pytest.mark.slow
    def test_hermit_gives_its_verdict(self, project, java):
        """With Java the reasoner of record speaks, and stdout stays clean."""
        result = run("infer", "--reasoner", "hermit", "--format", "ntriples")
        assert result.exit_code == 0
        assert result.stderr.startswith("consistent according to HermiT")
        assert len(rdflib.Graph().parse(data=result.stdout, format="nt")) >= 3

    def test_missing_java_is_one_line_with_the_package(
        self, project, monkeypatch, tmp_path
    ):
        """Whoever has no Java is told what to install; nothing else is said."""
        monkeypatch.setenv("PATH", str(tmp_path))
        result = run("infer", "--reasoner", "hermit")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "default-jre-headless" in result.stderr
        assert result.stderr.count("\n") == 1

    def test_file_takes_the_place_of_the_data(self, project):
        """What follows from a file is told without the shipped data."""
        (project / "addition.ttl").write_text(ADDITION, encoding="utf-8")
        result = run("infer", "addition.ttl")
        assert "(id:second)" in result.stdout
        assert "(id:estimate)" not in result.stdout

    def test_explanations_are_for_people(self, project):
        """RDF has no room for them, so the combination is refused."""
        result = run("infer", "--explain", "--format", "turtle")
        assert (result.exit_code, result.stdout) == (2, "")


STEPS = (
    "Turtle is in normal form",
    "literals are of their types",
    "prefixes are those of the list",
    "shapes hold for what is asserted",
    "nothing contradicts, by owlrl",
    "shapes hold with what follows",
    "each claim has its place in the source",
    "hygiene rules hold",
    "questions have answers",
)


class TestCheck:
    def test_green_project_ticks_every_step(self, project):
        """Each step has its tick and its time; what was left out is said."""
        result = run("check", "--fast")
        assert result.exit_code == 0
        lines = result.stdout.splitlines()
        assert list(STEPS) == [line[2:].split(" (")[0] for line in lines[:9]]
        assert {"✓"} == {line[0] for line in lines[:9]}
        assert lines[9].startswith("! nothing contradicts, by HermiT: NOT CHECKED")
        assert lines[-1].startswith("all green, but NOT CHECKED")

    @pytest.mark.slow
    def test_with_java_nothing_is_left_out(self, project, java):
        """The full check ends with the reasoner of record."""
        result = run("check")
        assert result.exit_code == 0
        assert result.stdout.endswith("all green\n")

    def test_without_java_says_so_loudly(self, project, monkeypatch):
        """A check without HermiT passes, but nobody can take it for a full one."""

        def missing():
            raise MissingToolError("no Java here", fix="install it")

        monkeypatch.setattr(hermit, "find_java", missing)
        result = run("check")
        assert result.exit_code == 0
        assert "NOT CHECKED, no Java here; install it" in result.stdout

    @pytest.mark.parametrize(
        ("file", "old", "new", "step", "words"),
        [
            (
                "data/small.ttl",
                "    vom:reportedBy",
                "  vom:reportedBy",
                0,
                "data/small.ttl: not in normal form",
            ),
            (
                "data/small.ttl",
                "34.0",
                '"34,0"^^<http://www.w3.org/2001/XMLSchema#decimal>',
                1,
                "data/small.ttl:12:23: '34,0' is not an xsd:decimal",
            ),
            (
                "queries/estimates.rq",
                "PREFIX vom: <https://w3id.org/vomkg/ontology#>",
                "PREFIX vom: <https://w3id.org/vomkg/other#>",
                2,
                "queries/estimates.rq: prefix vom: stands for "
                "<https://w3id.org/vomkg/other#>",
            ),
            (
                "data/small.ttl",
                "    vom:reportedBy id:source ;\n",
                "",
                3,
                "data/small.ttl:8:1: the estimate (id:estimate): a claim has exactly",
            ),
            (
                "data/small.ttl",
                "id:source a vom:Speaker ;",
                "id:source a vom:Claim, vom:Speaker ;",
                4,
                "the source (id:source) is both a",
            ),
            ("data/small.ttl", "34.0", "134.0", 5, "stays below 100"),
            ("data/small.ttl", "oa:end 20", "oa:end 45", 6, "id:place covers 5 to 45"),
            (
                "data/small.ttl",
                '    skos:prefLabel "the source"@en ;\n',
                "",
                7,
                "speaker-labelled: id:source has no label",
            ),
            (
                "queries/estimates.rq",
                "?estimate a vom:EffectEstimate",
                "?estimate a vom:NoSuchClass",
                8,
                "queries/estimates.rq: no answer",
            ),
        ],
        ids=STEPS,
    )
    def test_each_step_catches_its_fault(self, file, old, new, step, words, project):
        """A planted fault makes its own step fail, with words that find it."""
        edit(project / file, old, new)
        result = run("check", "--fast")
        assert result.exit_code == 1
        lines = result.stdout.splitlines()
        (at,) = (n for n, line in enumerate(lines) if STEPS[step] in line)
        assert lines[at].startswith("✗")
        assert words in lines[at + 1]
        assert "steps failed" in lines[-1]

    def test_unreadable_data_is_told_once(self, project, data):
        """One syntax error does not fill the screen, and all steps still report."""
        data.write_text("this is not Turtle", encoding="utf-8")
        result = run("check", "--fast")
        assert result.exit_code == 1
        assert result.stdout.count("data/small.ttl:1") == 1
        assert "not run, because of a fault named above" in result.stdout

    def test_prefix_without_use_is_named(self, project):
        """The list holds what is used and nothing else."""
        edit(
            project / "ontology" / "prefixes.ttl",
            'sh:prefix "oa"',
            'sh:prefix "zz"',
        )
        result = run("check", "--fast")
        assert "no file uses zz:; take it off the list" in result.stdout
        assert "prefix oa: stands for" in result.stdout

    @pytest.mark.parametrize(
        ("folder", "words"),
        [
            ("shapes", "there are no shapes"),
            ("queries/hygiene", "there are no hygiene rules"),
            ("queries", "there are no questions"),
        ],
    )
    def test_nothing_to_check_is_a_fault(self, folder, words, project):
        """An empty folder cannot make a step pass."""
        shutil.rmtree(project / folder)
        result = run("check", "--fast")
        assert result.exit_code == 1
        assert words in result.stdout

    def test_many_faults_are_counted(self, data):
        """A step shows its first faults and says how many more there are."""
        places = "".join(
            f"id:c{n} a vom:Claim ; vom:reportedBy id:source .\n" for n in range(25)
        )
        data.write_text(data.read_text(encoding="utf-8") + places, encoding="utf-8")
        result = run("check", "--fast")
        assert "    and 5 more" in result.stdout

    def test_leaves_no_trace(self, project):
        """A check changes no file and needs no cache."""
        before = {p: p.read_bytes() for p in project.rglob("*") if p.is_file()}
        run("check", "--fast")
        assert before == {p: p.read_bytes() for p in project.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    "command", [validate_command, fmt_command, infer_command, check_command]
)
def test_help_starts_with_a_verb_and_ends_with_an_example(command):
    """Every command shows what it does and one line to try."""
    text = CliRunner().invoke(command, ["--help"]).stdout
    assert "Example: vomkg " in text
    assert command.get_short_help_str().split()[0] in {"Check", "Bring", "Show", "Run"}


@pytest.mark.slow
class TestShipped:
    def test_shipped_data_conforms(self):
        """The graph that is shipped has no violation, asserted or inferred."""
        result = run("validate", "--inferred")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.splitlines()[-1].startswith("0 violations, ")

    def test_shipped_files_are_in_normal_form(self):
        """Every shipped Turtle file is as `vomkg fmt` writes it."""
        result = run("fmt", "--check")
        assert (result.exit_code, result.stdout) == (0, "")

    def test_shipped_graph_passes_every_check(self):
        """What a maintainer needs green is green."""
        result = run("check", "--fast")
        assert result.exit_code == 0, result.stdout
