"""An SVG as what stands where, read with the standard library."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from itertools import combinations

from vomkg.charts.scene import Area, Text

SVG = "{http://www.w3.org/2000/svg}"


@dataclass
class Words:
    """One line of words in a picture."""

    text: str
    x: float
    y: float
    size: float
    role: set[str]
    area: Area


class Drawing:
    """The parts of a picture."""

    def __init__(self, svg: str):
        # What is part of a page needs no namespace there.
        text = (
            svg
            if "xmlns=" in svg
            else svg.replace("<svg", f'<svg xmlns="{SVG[1:-1]}"', 1)
        )
        self.root = ET.fromstring(text)  # noqa: S314
        _, _, wide, high = map(float, self.root.attrib["viewBox"].split())
        self.size = (wide, high)

    def all(self, tag, role=None):
        return [
            element
            for element in self.root.iter(SVG + tag)
            if role is None or role in element.get("class", "").split()
        ]

    @property
    def words(self):
        return [_words(element) for element in self.all("text")]

    def texts(self, role):
        return [words.text for words in self.words if role in words.role]

    @property
    def dots(self):
        return [
            (float(d.get("cx")), float(d.get("cy")), "f-ground" in d.get("class"))
            for d in self.all("circle")
        ]

    def overlaps(self):
        """Pairs of words that cover each other, and words beyond the edge."""
        wide, high = self.size
        found = [
            (one.text, other.text)
            for one, other in combinations(self.words, 2)
            if one.area.meets(other.area)
        ]
        found += [
            (words.text, "the edge")
            for words in self.words
            if words.area.left < 0
            or words.area.right > wide
            or words.area.top < 0
            or words.area.bottom > high
        ]
        return found


def _words(element):
    size = float(element.get("font-size"))
    x, y = float(element.get("x")), float(element.get("y"))
    shown = Text(
        x,
        y,
        element.text or "",
        size=size,
        weight=int(element.get("font-weight", 400)),
        anchor=element.get("text-anchor", "start"),
    )
    return Words(
        element.text or "", x, y, size, set(element.get("class").split()), shown.area
    )
