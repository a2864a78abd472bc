"""All models of the LX200 family by name, the usual one first: Meade's own, and the dialects that grew from it."""

from hardware_sim import lx200_meade
from hardware_sim.lx200_astro_physics import ASTRO_PHYSICS
from hardware_sim.lx200_gemini import GEMINI
from hardware_sim.lx200_model import Model
from hardware_sim.lx200_onstep import ONSTEP
from hardware_sim.lx200_ten_micron import TEN_MICRON
from hardware_sim.lx200_zwo import AM5

_OTHERS = (ONSTEP, AM5, GEMINI, TEN_MICRON, ASTRO_PHYSICS)
MODELS: dict[str, Model] = {model.name: model for model in (*lx200_meade.MODELS, *_OTHERS)}
