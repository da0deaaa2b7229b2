"""The promises as a picture: one bar each, beside the line that it had to reach."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.targets import Verdict

_WIDTH: Final = 960
_ROW: Final = 26
_TOP: Final = 56
_LINE: Final = 740  # where the promise stands
_DECADE: Final = 130  # width of a factor of ten
_REACH: Final = 0.9  # decades shown to each side
_STYLE: Final = """
text { font: 13px system-ui, sans-serif; fill: #1b1b1b; }
.small { font-size: 12px; }
.kept { fill: #0b6e4f; } .broken { fill: #b3261e; }
.line { stroke: #1b1b1b; stroke-width: 1.5; }
.back { fill: #ffffff; }
@media (prefers-color-scheme: dark) {
  text { fill: #ececec; } .line { stroke: #ececec; } .back { fill: #16181c; }
  .kept { fill: #4cc38a; } .broken { fill: #ff8a80; }
}
"""


def picture(found: Sequence[Verdict]) -> str:
    """An SVG document; its description says in words what the bars show.

    To the right of the line is better than promised, to the left worse, on a
    logarithmic scale. A sign says what was kept, not the colour alone.
    """
    height = _TOP + _ROW * len(found) + 16
    kept = sum(verdict.kept for verdict in found)
    told = "; ".join(_told(verdict) for verdict in found)
    rows = "\n".join(_row(number, verdict) for number, verdict in enumerate(found))
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" \
role="img" aria-labelledby="title words">
<title id="title">{kept} of {len(found)} promises kept</title>
<desc id="words">{escape(told)}.</desc>
<style>{_STYLE}</style>
<rect class="back" width="{_WIDTH}" height="{height}"/>
<text x="8" y="22">{kept} of {len(found)} promises kept</text>
<text class="small" x="{_LINE - 8}" y="42" text-anchor="end">worse than promised</text>
<text class="small" x="{_LINE + 8}" y="42">better</text>
{rows}
<line class="line" x1="{_LINE}" x2="{_LINE}" y1="{_TOP - 4}" y2="{height - 12}"/>
</svg>
"""


def _told(verdict: Verdict) -> str:
    state = "kept" if verdict.kept else "not kept"
    return f"{verdict.what}: {verdict.measured}, promised {verdict.wanted}, {state}"


def _row(number: int, verdict: Verdict) -> str:
    top = _TOP + number * _ROW
    decades = max(-_REACH, min(_REACH, math.log10(verdict.margin)))
    length = decades * _DECADE
    left = _LINE + min(length, 0)
    kind, sign = ("kept", "✓") if verdict.kept else ("broken", "✗")
    return (
        f'<text class="small" x="8" y="{top + 15}">{sign} {escape(verdict.what)}</text>'
        f'<rect class="{kind}" x="{left:.1f}" y="{top + 3}" '
        f'width="{max(abs(length), 1):.1f}" height="{_ROW - 8}"/>'
        f'<text class="small" x="{_WIDTH - 8}" y="{top + 15}" '
        f'text-anchor="end">{escape(verdict.measured)}</text>'
    )
