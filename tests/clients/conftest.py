"""One running server over the shipped graph, for clients made by others."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from importlib import import_module

import pytest

from tests.serving.servers import serving_shipped
from vomkg.config import graph_root

ROOT = graph_root()
MODULES = ROOT / "build" / "clients" / "node_modules"
DEPENDENCIES = ROOT / "requirements-dev.txt"


@pytest.fixture(scope="session")
def site(settings):
    """The address of a server, with a slash at the end."""
    with serving_shipped(settings.cache) as server:
        yield server.address


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


@pytest.fixture(scope="session")
def library():
    """Imports a library; one that is locked must be there in CI, others may be missing."""

    def found(name, package):
        try:
            return import_module(name)
        except ImportError:
            missing = f"{package} is not installed: pip install {package}"
            if os.environ.get("CI") and is_locked(package):
                pytest.fail(f"CI must have it: {missing}")
            pytest.skip(f"NOT TESTED, {missing}")

    return found


@pytest.fixture(scope="session")
def npm(program):
    """Asks by a client of npm; without them the test is skipped, and in CI it fails."""

    def ask(client, *words):
        if not MODULES.is_dir():
            missing = "the clients of npm are not installed: make clients"
            if os.environ.get("CI"):
                pytest.fail(f"CI must have them: {missing}")
            pytest.skip(f"NOT TESTED, {missing}")
        script = str(ROOT / "tests" / "clients" / "ask.cjs")
        set_path = f"NODE_PATH={MODULES}"
        done = program(
            "env", set_path, "node", script, client, *words, package="nodejs"
        )
        return json.loads(done.stdout)

    return ask


def is_locked(package):
    """Whether the tests' environment is bound to have that package."""
    text = DEPENDENCIES.read_text(encoding="utf-8")
    return re.search(rf"^{re.escape(package)}==", text, re.MULTILINE) is not None
