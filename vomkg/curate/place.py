"""Where something stands in a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of a file; lines and columns count from 1, columns in characters.

    Attributes:
        file: the file, as the person named it.
        line: the line where it starts.
        column: the column in that line.
        end_line: the line of its last character; the first line unless given.
        end_column: the column just past its last character; ``column`` unless
            given, which stands for a point.
    """

    file: str
    line: int
    column: int
    end_line: int = 0
    end_column: int = 0

    def __post_init__(self) -> None:
        if not self.end_line:
            object.__setattr__(self, "end_line", self.line)
        if not self.end_column:
            object.__setattr__(self, "end_column", self.column)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"
