"""What an edit does is told in words, with the answers that change."""

import json
import shutil
import subprocess

import pytest
from click.testing import CliRunner

from vomkg.cli import main
from vomkg.errors import InputError
from vomkg.workbench.versions import opened

STATEMENT = "The rate of reoffending was 34 percent lower among offenders who took part"


@pytest.fixture
def run(monkeypatch):
    """Run the command line; give its exit code and what it wrote."""

    def call(*words):
        done = CliRunner().invoke(main, [str(word) for word in words])
        return done.exit_code, done.output

    return call


@pytest.fixture
def edited(settings, tmp_path):
    """A copy of the data with pieces of its text replaced."""

    def make(*pairs):
        [file] = [f for f in settings.data_files() if f.name == "vom.ttl"]
        text = file.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        copy = tmp_path / "vom.ttl"
        copy.write_text(text, encoding="utf-8")
        return copy

    return make


def block(text, start):
    """The statement of Turtle that begins so, to its final dot."""
    begin = text.index(start)
    return text[begin : text.index(" .\n", begin) + 3]


def test_the_same_version_differs_in_nothing(run, settings):
    code, told = run("diff", settings.root, "--exit-code", "--no-answers")
    assert code == 0
    assert told.endswith("nothing differs\n")


def test_a_changed_value_is_told_with_the_property_in_words(run, edited):
    file = edited(('vom:reportedForm "34%"', 'vom:reportedForm "36%"'))
    code, told = run("diff", file, "--exit-code", "--no-answers")
    assert code == 1
    assert "1 claim changed\n" in told
    assert "changed: 34% lower rate of reoffending (id:est-r1-overall)" in told
    assert '    reported form: "36%" → "34%"\n' in told


@pytest.mark.slow
def test_the_questions_whose_answers_change_are_named_with_their_rows(run, edited):
    file = edited(('vom:reportedForm "34%"', 'vom:reportedForm "36%"'))
    code, told = run("diff", file, "--format", "json")
    found = json.loads(told)
    assert code == 0
    assert found["counts"]["questions with another answer"] == 5
    names = {item["question"] for item in found["answers"]}
    assert names == {
        "effect-by-study-quality",
        "effect-estimates",
        "number-in-full",
        "overall-effect",
        "trail-of-a-number",
    }
    [overall] = [i for i in found["answers"] if i["question"] == "overall-effect"]
    assert "reported: 36%" in overall["gone"][0]
    assert "reported: 34%" in overall["new"][0]


def test_what_came_and_what_went_is_told_by_its_statement(run, edited, settings):
    text = next(f for f in settings.data_files() if f.name == "vom.ttl").read_text()
    gone = block(text, "id:est-r1-overall a ")
    file = edited((gone, ""))
    _, there = run("diff", file, "--no-answers")
    _, back = run("diff", settings.root, file, "--no-answers")
    assert "added: 34% lower rate of reoffending" in there
    assert "removed: 34% lower rate of reoffending" in back
    assert STATEMENT in there
    assert STATEMENT in back


def test_a_renamed_blank_node_is_no_difference(run, edited):
    one = edited(
        (
            "id:est-r1-overall a ",
            "_:x skos:note [ skos:note 1 ] .\n\nid:est-r1-overall a ",
        )
    )
    two = one.with_name("two.ttl")
    two.write_text(one.read_text("utf-8").replace("_:x ", "_:other "), "utf-8")
    assert run("diff", one, two, "--no-answers", "--exit-code")[0] == 0


def test_markdown_shows_every_character_of_foreign_text(run, edited):
    file = edited(('vom:reportedForm "34%"', 'vom:reportedForm "<b>*x*</b>\\n# y"'))
    _, told = run("diff", file, "--format", "markdown", "--no-answers")
    assert r"\<b\>\*x\*\</b\>" in told
    assert "\n# y" not in told


def test_a_terminal_is_not_steered_by_foreign_text(run, edited):
    file = edited(('vom:reportedForm "34%"', 'vom:reportedForm "\\u001B[31m\\u202E"'))
    _, told = run("diff", file, "--no-answers")
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert r"\x1b[31m\u202e" in told


def test_a_changed_term_of_the_ontology_is_named(run, settings, tmp_path):
    for name in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(settings.root / name, tmp_path / name)
    file = tmp_path / "ontology" / "vomkg.ttl"
    text = file.read_text("utf-8")
    file.write_text(text.replace('"speaker"@en', '"talker"@en'), "utf-8")
    assert text != file.read_text("utf-8")
    _, told = run("diff", tmp_path, "--no-answers")
    assert "vom:Speaker" in told
    assert "1 term of the ontology changed" in told


@pytest.mark.slow
def test_a_release_is_a_version(run, tmp_path, edited):
    folder = tmp_path / "releases"
    assert run("build", "--to", folder)[0] == 0
    release = next(path for path in folder.iterdir() if path.is_symlink()).resolve()
    assert run("diff", release, "--exit-code")[0] == 0
    file = edited(('vom:reportedForm "34%"', 'vom:reportedForm "36%"'))
    assert "1 claim changed" in run("diff", release, file, "--no-answers")[1]


@pytest.fixture
def repository(settings, tmp_path):
    """A Git repository with the sources in its one commit."""
    here = tmp_path / "repository"
    here.mkdir()
    for name in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(settings.root / name, here / name)
    call = ["git", "-C", str(here), "-c", "user.name=a", "-c", "user.email=a@b.c"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run([*call, *words], check=True)
    return here


def test_a_revision_of_git_is_a_version(run, repository, monkeypatch):
    monkeypatch.setenv("VOMKG_ROOT", str(repository))
    assert run("diff", "git:HEAD", "--exit-code", "--no-answers")[0] == 0
    file = repository / "data" / "vom.ttl"
    text = file.read_text("utf-8")
    file.write_text(text.replace('"34%"', '"36%"'), "utf-8")
    assert '"34%" → "36%"' in run("diff", "git:HEAD", "--no-answers")[1]


@pytest.mark.parametrize("revision", ["nowhere", "", "--output=x", "HEAD:data"])
def test_a_revision_that_is_none_is_refused(repository, settings, revision):
    from dataclasses import replace

    here = replace(settings, root=repository)
    with (
        pytest.raises(InputError, match="revision"),
        opened(f"git:{revision}", here),
    ):
        pass


def test_a_version_that_is_not_there_is_unreadable(run, tmp_path):
    assert run("diff", tmp_path / "none.ttl")[0] == 3
    code, told = run("diff", tmp_path)
    assert code == 3
    assert "holds neither a release nor data/*.ttl" in told
