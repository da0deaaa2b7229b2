"""A picture as SVG and as PNG."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from vomkg.charts.letters import FAMILY, clean, font_files
from vomkg.charts.scene import COLOURS

if TYPE_CHECKING:
    from jinja2 import Template

    from vomkg.charts.scene import Scene

# Pixels of a PNG for each of the picture: sharp on dense screens and in print.
ZOOM: Final = 2
_FAMILIES: Final = f"{FAMILY}, system-ui, Segoe UI, DejaVu Sans, sans-serif"


def svg(
    scene: Scene,
    *,
    id: str,  # noqa: A002
    title: str,
    description: str,
    variant: str = "",
    ground: bool = True,
) -> str:
    """The picture as SVG 1.1 with its own colours, without style or script.

    Args:
        scene: what to draw.
        id: begins the ids within; one page may not have two of a kind.
        title: what it shows, in one sentence.
        description: the same in words, with all values.
        variant: one more class for the style sheet of a page; with one it is part
            of a page, which names the letters and whose markup needs no namespace.
        ground: whether it has a ground of its own.
    """
    return _template().render(
        scene=scene,
        id=id,
        title=clean(title),
        description=clean(description),
        variant=variant,
        ground=ground,
        colours=COLOURS,
        families=_FAMILIES,
    )


def png(text: str) -> bytes:
    """The SVG as PNG, twice as large, with the letters of one shipped font."""
    import resvg_py

    return resvg_py.svg_to_bytes(
        svg_string=text,
        background=COLOURS["ground"],
        zoom=ZOOM,
        skip_system_fonts=True,
        font_family=FAMILY,
        sans_serif_family=FAMILY,
        font_files=font_files(),
    )


@lru_cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    found = Environment(
        loader=PackageLoader("vomkg.charts"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["px"] = _px
    return found.get_template("picture.svg")


def _px(value: float) -> str:
    """A length with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
