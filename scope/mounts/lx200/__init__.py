"""The LX200 language and its dialects: Meade, OnStep, ZWO, Losmandy Gemini, 10Micron, Astro-Physics.

`LX200` finds the dialect by what the mount says of itself; one file a dialect has its words.
"""

from scope.mounts.lx200.mount import ASTRO_PHYSICS, LX200

__all__ = ["ASTRO_PHYSICS", "LX200"]
