"""Load, malice and killed processes, in short; ``make stress`` takes two minutes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "stress.py"


@pytest.mark.slow
def test_under_load_and_killed_processes_no_answer_is_wrong_or_half():
    words = [sys.executable, str(SCRIPT), "--seconds", "5", "--clients", "8"]
    words += ["--triples", "2000", "--time-limit", "0.5", "--pause", "1"]
    done = subprocess.run(
        words, check=False, capture_output=True, text=True, cwd=SCRIPT.parents[1]
    )
    assert done.stdout, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["wrong"] == found["half"] == found["unclear"] == []
    assert found["orphans"] == []
    assert found["right"] > 0
    assert found["killed"]
    assert not found["server_ended"]
    assert done.returncode == 0
