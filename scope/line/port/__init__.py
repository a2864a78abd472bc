"""A port that may come and go: found by its name, opened for us alone, and never waited for without an end.

The only package that opens one. It must never read a meaning into the bytes, and every way in which a port fails ends
as a LineLost whose code says what a person has to do.
"""

from scope.line.port.finding import SYSTEM, Roots
from scope.line.port.port import Port

__all__ = ["SYSTEM", "Port", "Roots"]
