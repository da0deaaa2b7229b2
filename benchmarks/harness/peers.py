"""Servers that are Python packages, installed into an environment of their own."""

from __future__ import annotations

import http.client
import subprocess
from typing import Final

from harness.servers import ROOT, Server

PEERS: Final = ROOT / "build" / "bench-venv" / "bin"


class Oxigraph(Server):
    """``oxigraph serve`` in memory, as ours is."""

    name = "oxigraph serve, in memory"
    path = "/query"

    def command(self) -> list[str]:
        """Without a folder the store is in memory."""
        bind = f"127.0.0.1:{self.port}"
        return [str(PEERS / "oxigraph"), "serve", "--bind", bind]

    def after(self) -> None:
        """Load by the Graph Store Protocol."""
        assert self.data is not None
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=900)
        with self.data.open("rb") as body:
            line.request(
                "POST",
                "/store?default&no_transaction",
                body,
                {
                    "Content-Type": "application/n-triples",
                    "Content-Length": str(self.data.stat().st_size),
                },
            )
            response = line.getresponse()
            words = response.read()
        line.close()
        if response.status >= 300:
            raise RuntimeError(f"{self.name} takes no data: {words[:300]!r}")


class OxigraphOnDisk(Oxigraph):
    """``oxigraph serve`` over its folder, as its manual has it."""

    name = "oxigraph serve, on disk"

    def before(self) -> None:
        """Load the folder in bulk."""
        location = str(self.folder / "store")
        words = [str(PEERS / "oxigraph"), "load", "--location", location]
        subprocess.run(
            [*words, "--file", str(self.data)], check=True, capture_output=True
        )

    def command(self) -> list[str]:
        """As in memory, over the folder."""
        return [*super().command(), "--location", str(self.folder / "store")]

    def after(self) -> None:
        """It is loaded already."""


class RdflibEndpoint(Server):
    """rdflib-endpoint over a graph in memory."""

    name = "rdflib-endpoint"
    path = "/"

    def command(self) -> list[str]:
        """Its own command."""
        words = [str(PEERS / "rdflib-endpoint"), "serve", "--host", "127.0.0.1"]
        return [*words, "--port", str(self.port), str(self.data)]
