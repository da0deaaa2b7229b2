"""The whole way: built, served, switched by a signal, asked at a permanent address."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.engine.processes import until
from tests.release.conftest import COUNT

if TYPE_CHECKING:
    from vomkg.release.manifest import Published
    from vomkg.release.shelf import Shelf


def count(address: str) -> int:
    request = Request(address, headers={"Accept": "application/json"})  # noqa: S310  our own server
    with urlopen(request) as response:  # noqa: S310
        [row] = json.load(response)["results"]["bindings"]
    return int(row["n"]["value"])


@pytest.mark.slow
def test_server_takes_up_what_is_switched_to(three: list[Published], shelf: Shelf):
    """By SIGHUP at once; the permanent addresses go on; it ends quietly."""
    process = subprocess.Popen(
        [sys.executable, "-m", "vomkg", "serve", "--port", "0", "--workers", "1",
         "--release", str(shelf.path)],
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert process.stderr is not None
    try:
        address = process.stderr.readline().split()[2].rstrip("/")
        assert count(f"{address}{COUNT}") == 1
        shelf.switch(three[1])
        process.send_signal(signal.SIGHUP)
        until(lambda: count(f"{address}{COUNT}") == 2)
        for found in three:
            pinned = f"{address}/release/{found.id[:12]}{COUNT}"
            assert count(pinned) == found.quads
        with pytest.raises(HTTPError, match="404") as caught:
            count(f"{address}/release/{'0' * 16}{COUNT}")
        caught.value.close()
    finally:
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=20)
    assert process.returncode == 0
    assert f"release {three[1].path.name} is served" in told
