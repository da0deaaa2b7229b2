"""How wide words are, read from the font that the pictures are drawn with.

The widths are the advances of the font's own tables (OpenType 1.9, `cmap` format 4
and `hmtx`), so a line is broken at the same word on every machine.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

FAMILY: Final = "Source Sans Pro"
# A page shows the words in the reader's own font, which may be this much wider.
SLACK: Final = 1.22
_FILES: Final = {400: "SourceSansPro", 600: "SourceSansProSemibold"}
_REPLACEMENT: Final = "\ufffd"


def font_files() -> list[str]:
    """The paths of the fonts: regular, then semibold."""
    import font_source_sans_pro

    return [font_source_sans_pro.font_files_ttf[name] for name in _FILES.values()]


def clean(text: str) -> str:
    """The text with what XML 1.0 §2.2 forbids replaced, and blanks made single."""
    return " ".join(
        "".join(
            letter
            if letter in "\t\n\r" or 0x20 <= ord(letter) < 0xD800 or _late(letter)
            else _REPLACEMENT
            for letter in text
        ).split()
    )


def width(text: str, size: float, weight: int = 400) -> float:
    """How wide the text is in pixels, with room for a wider font of a reader.

    Args:
        text: one line.
        size: of the letters, in pixels.
        weight: 400 or 600.
    """
    return SLACK * size * sum(_font(weight).advance(ord(letter)) for letter in text)


def wrapped(text: str, size: float, room: float, weight: int = 400) -> list[str]:
    """The text in lines that each fit the room; a longer word is broken.

    Args:
        text: any words; control characters are replaced.
        size: of the letters, in pixels.
        room: pixels that a line may take.
        weight: 400 or 600.
    """
    lines = [""]
    for word in clean(text).split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size, weight) <= room:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if lines[-1] and width(lines[-1] + letter, size, weight) > room:
                lines.append("")
            lines[-1] += letter
    return lines


@dataclass(frozen=True, slots=True)
class _Font:
    """Advances of a font, as parts of its size."""

    glyphs: dict[int, int]
    advances: tuple[int, ...]
    unit: int

    def advance(self, code: int) -> float:
        glyph = self.glyphs.get(code, 0)
        return self.advances[min(glyph, len(self.advances) - 1)] / self.unit


def has_letters(text: str, weight: int = 400) -> bool:
    """Whether the font has a form for each letter of the text."""
    return all(ord(letter) in _font(weight).glyphs for letter in text)


def _late(letter: str) -> bool:
    return 0xE000 <= ord(letter) <= 0xFFFD or ord(letter) >= 0x10000


@lru_cache
def _font(weight: int) -> _Font:
    data = Path(font_files()[list(_FILES).index(weight)]).read_bytes()
    tables = {}
    for index in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        tables[tag] = offset
    unit = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
    count = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]
    pairs = struct.unpack_from(f">{2 * count}H", data, tables[b"hmtx"])
    return _Font(_glyphs(data, tables[b"cmap"]), pairs[::2], unit)


def _glyphs(data: bytes, start: int) -> dict[int, int]:
    """Character to glyph, by the first subtable of format 4."""
    count = struct.unpack_from(">H", data, start + 2)[0]
    places = [
        start + struct.unpack_from(">I", data, start + 8 + 8 * index)[0]
        for index in range(count)
    ]
    place = next(p for p in places if struct.unpack_from(">H", data, p)[0] == 4)
    twice = struct.unpack_from(">H", data, place + 6)[0]
    half = twice // 2
    ends = struct.unpack_from(f">{half}H", data, place + 14)
    starts = struct.unpack_from(f">{half}H", data, place + 16 + twice)
    deltas = struct.unpack_from(f">{half}h", data, place + 16 + 2 * twice)
    base = place + 16 + 3 * twice
    ranges = struct.unpack_from(f">{half}H", data, base)
    found = {}
    for index in range(half):
        for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
            glyph = code
            if ranges[index]:
                spot = base + 2 * index + ranges[index] + 2 * (code - starts[index])
                glyph = struct.unpack_from(">H", data, spot)[0]
            if glyph or not ranges[index]:
                glyph = (glyph + deltas[index]) & 0xFFFF
            if glyph:
                found[code] = glyph
    return found
