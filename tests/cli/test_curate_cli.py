"""The curator's commands on a small project, and on the shipped graph."""

import shutil

import pytest
import rdflib
from click.testing import CliRunner
from rdflib import RDF, URIRef
from rdflib.compare import isomorphic

from tests.cli.additions import ADDITION
from vomkg.cli import main
from vomkg.cli.curate import check_command, fmt_command, infer_command
from vomkg.cli.validate import validate_command
from vomkg.errors import MissingToolError
from vomkg.reason import hermit

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
    "shapes check what they say",
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
        lines = [line for line in result.stdout.splitlines() if line[0] != " "]
        steps = len(STEPS)
        assert list(STEPS) == [line[2:].split(" (")[0] for line in lines[:steps]]
        assert {"✓"} == {line[0] for line in lines[:steps]}
        assert lines[steps].startswith("! nothing contradicts, by HermiT: NOT CHECKED")
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
                "queries/estimates.rq:12:1: prefix vom: stands for "
                "<https://w3id.org/vomkg/other#>",
            ),
            (
                "shapes/small.ttl",
                "sh:maxInclusive 100 ;",
                "sh:maxInclusive 100 ;\n    sh:minInclusive 200 ;",
                3,
                "shapes/small.ttl:37:21: shape shape:own-claim-value asks by "
                "sh:minInclusive and sh:maxInclusive for values between",
            ),
            (
                "data/small.ttl",
                "    vom:reportedBy id:source ;\n",
                "",
                4,
                "data/small.ttl:8:1: the estimate (id:estimate): a claim has exactly",
            ),
            (
                "data/small.ttl",
                "id:source a vom:Speaker ;",
                "id:source a vom:Claim, vom:Speaker ;",
                5,
                "the source (id:source) is both a",
            ),
            ("data/small.ttl", "34.0", "134.0", 6, "stays below 100"),
            ("data/small.ttl", "oa:end 20", "oa:end 45", 7, "id:place covers 5 to 45"),
            (
                "data/small.ttl",
                '    skos:prefLabel "the source"@en ;\n',
                "",
                8,
                "data/small.ttl:31:1: speaker-labelled: id:source has no label",
            ),
            (
                "queries/estimates.rq",
                "?estimate a vom:EffectEstimate",
                "?estimate a vom:NoSuchClass",
                9,
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
