"""The families of mounts we speak to, by the name that clubscope.toml gives them."""

from collections.abc import Mapping

from scope.mounts.lx200 import LX200
from scope.mounts.mount import Family

FAMILIES: Mapping[str, Family] = {"lx200": LX200}
