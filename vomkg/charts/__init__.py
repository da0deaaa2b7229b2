"""Pictures of answers: drawn from one answer of one question, and from nothing else."""

from __future__ import annotations

from vomkg.charts.figure import Figure
from vomkg.charts.making import drawn, figure

__all__ = ["Figure", "drawn", "figure"]
