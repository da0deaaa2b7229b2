"""The hooks offered to other repositories run commands that exist."""

import shlex

import pytest
import yaml
from click.testing import CliRunner

from vomkg.cli import main


@pytest.fixture(scope="module")
def hooks(request):
    """The hooks by id."""
    text = (request.config.rootpath / ".pre-commit-hooks.yaml").read_text("utf-8")
    return {hook["id"]: hook for hook in yaml.safe_load(text)}


def test_each_hook_names_what_pre_commit_needs(hooks):
    assert set(hooks) == {"vomkg-fmt", "vomkg-validate", "vomkg-check"}
    for hook in hooks.values():
        assert {"name", "description", "entry", "language", "files"} <= set(hook)
        program, *words = shlex.split(hook["entry"])
        assert program == "vomkg"
        assert CliRunner().invoke(main, [*words, "--help"]).exit_code == 0


def test_the_validating_hook_fails_on_a_faulty_file(hooks, tmp_path):
    file = tmp_path / "new.ttl"
    file.write_text(
        "@prefix id: <https://w3id.org/vomkg/id/> .\n"
        "@prefix vom: <https://w3id.org/vomkg/ontology#> .\n\n"
        "id:review-three a vom:Review .\n",
        encoding="utf-8",
    )
    words = shlex.split(hooks["vomkg-validate"]["entry"])[1:]
    done = CliRunner().invoke(main, [*words, str(file)])
    assert done.exit_code == 1
    assert "id:review-three" in done.output
