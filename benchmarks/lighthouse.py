"""Lighthouse on every kind of page, on a phone and on a desk; writes docs/pages.md.

Needs ``make browser`` and a Chromium. Pages that are errors on purpose are left out,
because Lighthouse does not judge them, and so are those that a form is sent for. Where
a page asks not to be indexed (``X-Robots-Tag``), the audit that would blame it for that
is left out. What was found is kept in build/browser, so some kinds can be looked at
again by themselves. ``python benchmarks/lighthouse.py [--only NAME ...]``.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.kinds import KINDS  # noqa: E402
from tests.serving.servers import serving  # noqa: E402

MODULES = ROOT / "build" / "browser" / "node_modules"
PAGE = ROOT / "docs" / "pages.md"
KEPT = ROOT / "build" / "browser" / "lighthouse.json"
START, END = "<!-- lighthouse: start -->", "<!-- lighthouse: end -->"
DEVICES = ("mobile", "desktop")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 98


def jobs(site: str, kinds) -> list[dict[str, object]]:
    """What to look at: name, address, device, and the audits left out."""
    found = []
    for kind in kinds:
        address = site.rstrip("/") + kind.path
        request = Request(address, headers={"Accept": "text/html"})  # noqa: S310
        with urlopen(request) as response:  # noqa: S310  our own
            hidden = "noindex" in (response.headers.get("X-Robots-Tag") or "")
        found += [
            {
                "name": kind.name,
                "address": address,
                "device": device,
                "apart": ["is-crawlable"] if hidden else [],
            }
            for device in DEVICES
        ]
    return found


def looked(wanted: list[dict[str, object]], browser: str) -> list[dict]:
    """The scores of each, in order; they are shown as they come."""
    script = ROOT / "benchmarks" / "lighthouse.mjs"
    process = subprocess.Popen(
        ["node", str(script), str(MODULES), browser],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(wanted))
    process.stdin.close()
    found = []
    for line in process.stdout:
        found.append(json.loads(line) | {"load": os.getloadavg()[0]})
        print(line.strip(), file=sys.stderr, flush=True)
    if process.wait() or len(found) < len(wanted):
        sys.exit(f"Lighthouse looked at {len(found)} of {len(wanted)}")
    return found


def table(found: list[dict], browser: str) -> str:
    """The page's part in Markdown."""
    version = json.loads((MODULES / "lighthouse" / "package.json").read_text("utf-8"))
    told = subprocess.run(
        [browser, "--version"], capture_output=True, text=True, check=True
    )
    program = " ".join(told.stdout.split()[:2])
    scores = {(one["name"], one["device"]): one["scores"] for one in found}
    loads = [one["load"] for one in found]
    lines = [
        START,
        f"Lighthouse {version['version']}, {program}, one run of each, on "
        f"{os.cpu_count()} shared cores under a load of "
        f"{min(loads):.0f} to {max(loads):.0f}. The four numbers are performance, "
        "accessibility, best practices and SEO.",
        "",
        "| kind of page | phone | desk |",
        "|---|---|---|",
    ]
    for name in dict.fromkeys(one["name"] for one in found):
        both = [
            " ".join(str(scores[name, device].get(c, "–")) for c in CATEGORIES)
            for device in DEVICES
        ]
        mark = (
            " *" if any(one["name"] == name and one["apart"] for one in found) else ""
        )
        lines.append(f"| {name}{mark} | {both[0]} | {both[1]} |")
    low = [one for one in found if min(one["scores"].values()) < LEAST]
    verdict = (
        f"None is below {LEAST}." if not low else f"Runs below {LEAST}: {len(low)}."
    )
    lines += ["", f"{verdict} * asks not to be indexed; SEO is judged but for that."]
    return "\n".join([*lines, END])


def kept(found: list[dict], order: list[str]) -> list[dict]:
    """What was found now, and before of other kinds, in the order of the list."""
    before = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else []
    names = {one["name"] for one in found}
    both = found + [one for one in before if one["name"] not in names]
    both = [one for one in both if one["name"] in order]
    both.sort(key=lambda one: (order.index(one["name"]), DEVICES.index(one["device"])))
    KEPT.write_text(json.dumps(both), encoding="utf-8")
    return both


def main() -> None:
    """Look at all, or those named, and write the table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--only", nargs="*", help="kinds of page by their names")
    given = words.parse_args()
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None or not MODULES.is_dir():
        sys.exit("install a Chromium, and run: make browser")
    kinds = [kind for kind in KINDS if kind.status == 200 and not kind.fields]
    order = [kind.name for kind in kinds]
    kinds = [kind for kind in kinds if given.only is None or kind.name in given.only]
    with serving("--workers", "1") as server:
        wanted = jobs(server.address, kinds)
        found = looked(wanted, browser)
    for one, job in zip(found, wanted, strict=True):
        one["apart"] = job["apart"]
    text = table(kept(found, order), browser)
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(START)
    PAGE.write_text(before + text + rest.split(END)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
