"""One running server over the shipped graph, for clients made by others."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.serving.servers import serving


@pytest.fixture(scope="session")
def site(settings):
    """The address of a server, with a slash at the end."""
    before = os.environ.get("VOMKG_CACHE")
    os.environ["VOMKG_CACHE"] = str(settings.cache)
    try:
        with serving("--workers", "1") as server:
            yield server.address
    finally:
        if before is None:
            del os.environ["VOMKG_CACHE"]
        else:
            os.environ["VOMKG_CACHE"] = before


@pytest.fixture(scope="session")
def program():
    """Runs a program of the system; without it the test is skipped, and in CI it fails."""

    def run(name, *words, package):
        if shutil.which(name) is None:
            missing = f"{name} is not installed: apt-get install {package}"
            if os.environ.get("CI"):
                pytest.fail(f"CI must have it: {missing}")
            pytest.skip(f"NOT TESTED, {missing}")
        done = subprocess.run(
            [name, *words], capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done

    return run
