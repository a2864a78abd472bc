"""What is proven of each kind of mount, gathered from the tables that the tests run, for the README's table of mounts.

`python -m tests.evidence` prints it, `--write` puts it into README.md; nobody writes it by hand, and
tests/test_evidence.py holds the README to it. What is not in a table of the tests is not claimed.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType

from hardware_sim.families import FAMILIES as SIMULATED
from tests.manuals import (
    astro_physics,
    gemini,
    ioptron_v2,
    ioptron_v3,
    lx200,
    nexstar,
    onstep,
    rainbow,
    skywatcher,
    synscan,
    ten_micron,
    zwo_am,
)
from tests.peers.indi import Deed, Peer
from tests.peers.test_indi import PEERS
from tests.simulated_mount import REPOSITORY

README = REPOSITORY / "README.md"
HEAD = "| Mount | `family` | Rows of bytes | INDI's drivers | On hardware |"
SAME_HAND = "same hand"
"""These words in a table's header say that one person wrote driver and simulator, so that an error may be in both."""


@dataclass(frozen=True)
class Kind:
    """One line: mounts that one table of bytes is about. Without `only`, all simulated models of the family."""

    name: str
    family: str
    table: ModuleType
    only: tuple[str, ...] = ()

    @property
    def models(self) -> tuple[str, ...]:
        return self.only or tuple(SIMULATED[self.family].geometry_of)

    @property
    def peers(self) -> list[Peer]:
        return [peer for peer in PEERS if (peer.family, peer.model) in {(self.family, model) for model in self.models}]


MEADE = ("lx200gps", "autostar", "autostar494", "classic")
KINDS = (
    Kind("Meade LX200 Classic, LX200GPS/ACF, Autostar (ETX, LX90)", "lx200", lx200, MEADE),
    Kind("OnStep, OnStepX", "lx200", onstep, ("onstep",)),
    Kind("ZWO AM3, AM5", "lx200", zwo_am, ("am5",)),
    Kind("Losmandy Gemini", "lx200", gemini, ("gemini",)),
    Kind("10Micron GM", "lx200", ten_micron, ("ten-micron",)),
    Kind("Astro-Physics GTO", "astro-physics", astro_physics),
    Kind("Celestron hand controls: NexStar, StarSense", "nexstar", nexstar),
    Kind("Sky-Watcher SynScan hand control", "synscan", synscan),
    Kind("Sky-Watcher motor controller (EQMOD cable, USB)", "skywatcher", skywatcher),
    Kind("iOptron CEM, GEM, HEM, AZ Mount Pro", "ioptron", ioptron_v3, tuple(ioptron_v3.MODELS)),
    Kind("iOptron iEQ, SmartEQ, older CEM", "ioptron", ioptron_v2, tuple(ioptron_v2.MODELS)),
    Kind("RainbowAstro RST", "rainbow", rainbow),
)
IN_SHORT = {Deed.SYNC: "sync", Deed.ABORT: "stop", Deed.PARK: "park", Deed.UNPARK: "wake"}


def table() -> str:
    """Markdown, a line a kind, without an end of line behind the last."""
    return "\n".join([HEAD, "|---|---|---|---|---|", *map(_line, KINDS)])


def _line(kind: Kind) -> str:
    return f"| {kind.name} | `{kind.family}` | {_rows(kind.table)} | {_strangers(kind.peers)} | {_seen(kind.table)} |"


def _rows(manual: ModuleType) -> str:
    one_hand = ", by one hand" if SAME_HAND in (manual.__doc__ or "") else ""
    return f"{len(manual.ROWS)}{one_hand}"


def _seen(manual: ModuleType) -> str:
    seen = sum(row.seen_on_hardware for row in manual.ROWS)
    return f"{seen} rows seen" if seen else "not confirmed"


def _strangers(peers: Sequence[Peer]) -> str:
    """Each driver once; one that drives several models is told of by what it can with all of them."""
    lacks: dict[str, set[Deed]] = {}
    for peer in peers:
        lacks.setdefault(_short(peer.driver), set()).update(peer.cannot)
    return ", ".join(f"{name}{_without(lacking)}" for name, lacking in lacks.items()) or "none"


def _short(driver: str) -> str:
    return driver.removeprefix("indi_").removesuffix("_telescope")


def _without(lacking: set[Deed]) -> str:
    words = [word for deed, word in IN_SHORT.items() if deed in lacking]
    return f" (no {', '.join(words)})" if words else ""


def written(readme: str) -> str:
    """The README with the table as it is now, in place of the one that begins with HEAD."""
    before, head, behind = readme.partition(HEAD)
    if not head:
        raise SystemExit(f"README.md has no table that begins with {HEAD!r}")
    rest = behind.split("\n")
    first = next(at for at, line in enumerate(rest) if at and not line.startswith("|"))
    return before + table() + "\n" + "\n".join(rest[first:])


def main() -> None:
    given = argparse.ArgumentParser(prog="python -m tests.evidence", description=__doc__)
    given.add_argument("--write", action="store_true", help="put it into README.md")
    if given.parse_args().write:
        README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        print(table())


if __name__ == "__main__":
    main()
