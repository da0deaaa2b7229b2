"""The walk of the documentation, over HTTP: each command is run as it is written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.web.live import listening
from vomkg.web.alone import OneRelease

WALK = Path(__file__).parents[2] / "docs" / "walk.md"
DOCUMENTED = "http://127.0.0.1:8077/"


def commands():
    blocks = re.findall(r"^```sh\n(.*?)^```", WALK.read_text("utf-8"), re.S | re.M)
    return [line for block in blocks for line in block.splitlines()]


@pytest.fixture(scope="module")
def site(kg):
    with listening(OneRelease(kg, 5.0)) as address:
        yield address


def test_the_walk_over_http_ends_at_the_same_characters(site, kg):
    """Every command of the page answers, and what it gives leads to the next."""
    if shutil.which("curl") is None:
        missing = "curl is not installed: apt-get install curl"
        if os.environ.get("CI"):
            pytest.fail(f"CI must have it: {missing}")
        pytest.skip(f"NOT TESTED, {missing}")
    said = []
    for command in commands():
        assert DOCUMENTED in command
        done = subprocess.run(
            ["sh", "-c", command.replace(DOCUMENTED, site)],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        said.append(done.stdout)
    asked, rows, page, turtle = said
    assert '"effect-by-follow-up"' in asked
    assert "id/est-r2-30-months" in rows
    assert "4804–4931" in page
    assert 'vom:reportedForm "0.87:1"' in turtle


def test_every_page_that_the_walk_names_is_there(site, kg):
    """The addresses in the text are those of the pages."""
    text = WALK.read_text("utf-8")
    paths = set(re.findall(r"`(/(?:questions|numbers)[^`]*)`", text))
    assert len(paths) >= 4
    for path in paths:
        with urlopen(site.rstrip("/") + path) as response:  # noqa: S310  our own
            assert response.status == 200
