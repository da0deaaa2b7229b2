"""One real server and one Chromium for all tests of pages, and pages that are watched.

``site`` is the address with a slash at the end. ``page`` is a page of Playwright whose
addresses may be given without it (``page.goto("/about")``); ``new_page(...)`` opens
more, with the options of a browser context. Each fails its test at the end where the
page broke the policy, wrote an error to the console, threw one, or asked another host.
"""

from __future__ import annotations

import os
import shutil
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, sync_playwright

from tests.browser.watch import Watch
from tests.serving.servers import serving_shipped
from vomkg.config import graph_root

MODULES = graph_root() / "build" / "browser" / "node_modules"
# On a shared machine a page may take its time; how much says nothing.
_PATIENCE = 60_000  # milliseconds
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def missing(what):
    """Fail in CI, where all tools must be there; skip elsewhere, saying so."""
    if os.environ.get("CI"):
        pytest.fail(f"CI must have it: {what}")
    pytest.skip(f"NOT TESTED, {what}")


def chromium():
    """The program of a Chromium; without one the test is skipped, and in CI it fails."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        missing("no Chromium is installed: apt-get install chromium")
    return program


@pytest.fixture(scope="session")
def site(settings):
    """The address of a server over the shipped graph, with a slash at the end."""
    with serving_shipped(settings.cache) as server:
        yield server.address


# Of the package and not of the session: while Playwright runs, its event loop is that
# of the whole thread, and other tests could not run theirs.
@pytest.fixture(scope="package")
def browser():
    """One Chromium, without a network but this machine's own."""
    program = chromium()
    with sync_playwright() as driver:
        try:
            found = driver.chromium.launch(
                executable_path=program,
                # Root may not use the sandbox; what is shown is our own.
                args=["--no-sandbox", "--disable-dev-shm-usage"],
            )
        except Error as fault:
            pytest.fail(f"{program} does not start: {fault}")
        yield found
        found.close()


@pytest.fixture
def new_page(browser, site):
    """Opens a watched page; options are those of a context, as ``viewport``."""
    opened = []

    def new(**options):
        context = browser.new_context(base_url=site, **options)
        context.set_default_timeout(_PATIENCE)
        watch = Watch(urlsplit(site).netloc, context)
        opened.append((context, watch))
        return context.new_page()

    yield new
    for context, _ in opened:
        context.close()
    faults = [fault for _, watch in opened for fault in watch.faults]
    assert faults == []


@pytest.fixture
def page(new_page):
    """A watched page of 1280 by 900."""
    return new_page(viewport={"width": 1280, "height": 900})


@pytest.fixture(scope="session")
def modules():
    """The folder of what npm installed for these tests."""
    if not MODULES.is_dir():
        missing("axe-core and others of npm are not installed: make browser")
    return MODULES
