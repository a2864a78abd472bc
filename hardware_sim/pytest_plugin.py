"""A pytest plugin for any project that speaks to telescope mounts: the fixture `mount_simulator`.

    def test_it_slews(mount_simulator):
        mount = mount_simulator("nexstar", "cpc")
        my_driver(mount.port).goto(5.5, 45.0)
        mount.wait_until(lambda truth: not truth["slewing"])
        assert abs(mount.truth()["dec_degrees"] - 45.0) < 0.01

Each call starts one more mount; all are ended with the test. The only file here that needs pytest, and nothing else
that is not Python's own; nothing of clubscope is loaded.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from hardware_sim.running import RunningMount, running_mount


class MountSimulator(Protocol):
    """Starts a mount. `family` and `model` as `hardware-sim --help` names them, the usual one where none is said;
    `geometry` is altaz, fork or german; `options` are further ones of hardware-sim, such as `["--slew-rate", "10"]`.
    """

    def __call__(
        self,
        family: str = "lx200",
        model: str | None = None,
        geometry: str | None = None,
        *,
        tcp: bool = False,
        options: Sequence[str] = (),
    ) -> RunningMount: ...


@pytest.fixture
def mount_simulator() -> Iterator[MountSimulator]:
    """Simulated telescope mounts, each a program on a serial port (or, with `tcp`, a TCP port) of its own."""
    with ExitStack() as closing:

        def start(
            family: str = "lx200",
            model: str | None = None,
            geometry: str | None = None,
            *,
            tcp: bool = False,
            options: Sequence[str] = (),
        ) -> RunningMount:
            # a short path: a socket's may have a hundred letters
            folder = closing.enter_context(tempfile.TemporaryDirectory(prefix="mount-"))
            running = running_mount(Path(folder), family, model, geometry, tcp=tcp, options=options)
            return closing.enter_context(running)

        yield start
