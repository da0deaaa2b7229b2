"""The workflow of docs/pull-requests.md marks the faulty line: its commands are run."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from vomkg.config import graph_root

ROOT = graph_root()
PAGE = ROOT / "docs" / "pull-requests.md"
PROJECT = Path(__file__).parents[1] / "cli" / "project"


@pytest.fixture(scope="module")
def workflow():
    """The workflow that the page shows."""
    text = PAGE.read_text("utf-8").partition("```yaml\n")[2].partition("```")[0]
    return yaml.safe_load(text)


@pytest.fixture(scope="module")
def commands(workflow):
    """Its commands of ours, in order."""
    steps = workflow["jobs"]["validate"]["steps"]
    found = [step["run"] for step in steps if step.get("run", "").startswith("vomkg ")]
    assert len(found) == 2
    return found


@pytest.fixture
def faulty(tmp_path):
    """A checkout in which a claim lost its speaker."""
    folder = tmp_path / "checkout"
    shutil.copytree(PROJECT, folder)
    data = folder / "data" / "small.ttl"
    text = data.read_text("utf-8")
    line = "    vom:reportedBy id:source ;\n"
    assert line in text
    data.write_text(text.replace(line, ""), encoding="utf-8")
    return folder


def run(command, folder, workflow, settings):
    """The command as the workflow runs it, with its environment."""
    return subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        cwd=folder,
        env={
            **os.environ,
            **workflow["env"],
            "PYTHONPATH": os.pathsep.join(sys.path),
            "VOMKG_CACHE": str(settings.cache),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.slow
def test_the_faulty_line_is_annotated(commands, faulty, workflow, settings):
    done = run(commands[0], faulty, workflow, settings)
    assert done.returncode == 1, done.stderr
    (line,) = done.stdout.splitlines()
    assert line.startswith("::error file=data/small.ttl,line=8,endLine=8,col=1,")
    assert "a claim has exactly one speaker" in line


@pytest.mark.slow
def test_the_report_for_code_scanning_has_the_line(
    commands, faulty, workflow, settings
):
    done = run(commands[1], faulty, workflow, settings)
    assert done.returncode == 1, done.stderr
    upload = workflow["jobs"]["validate"]["steps"][-1]["with"]["sarif_file"]
    report = json.loads((faulty / upload).read_text("utf-8"))
    (result,) = report["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {
        "uri": "data/small.ttl",
        "uriBaseId": "%SRCROOT%",
    }
    assert place["region"]["startLine"] == 8
    assert result["level"] == "error"
