"""A pseudo-terminal as the socket that a client plugs into, behind a link, or two, that come and go with it.

Needs Linux: that output can be held back, and that a terminal without a client says so. It must never look at what the
bytes mean.
"""

import contextlib
import os
import pty
import select
import termios
import tty
from io import UnsupportedOperation
from pathlib import Path

from hardware_sim.port import LARGEST_READ

BAUD_OF_CODE = {code: int(name[1:]) for name, code in vars(termios).items() if name[0] == "B" and name[1:].isdigit()}


class PseudoTerminal:
    """A pty whose client side is reached through a symbolic link, so that it can come back under the same name.

    With `by_id` there is a second link, which always leads to the first wherever that is now, as /dev/serial/by-id
    does.
    """

    def __init__(self, link: Path, by_id: Path | None = None) -> None:
        self._link, self._by_id = link, by_id
        self._ours: int | None = None
        self._theirs: int | None = None
        self._name = ""
        self._is_hung = self._is_watching = self._had_client = False

    @property
    def address(self) -> str:
        return str(self._link)

    def plug(self, name: str | None = None) -> None:
        """The client side is kept open here too: with no client, reading would otherwise fail instead of wait."""
        if name is not None:
            if Path(name).name != name or name == "..":
                raise UnsupportedOperation("a name is wanted, not a path")
            self.unplug()
            self._link = self._link.with_name(name)
        if self._ours is not None:
            return
        self._ours, self._theirs = pty.openpty()
        tty.setraw(self._theirs)
        os.set_blocking(self._ours, False)
        self._name = os.ttyname(self._theirs)
        self._had_client = False
        self._take_hold()
        _point(self._link, self._name)
        if self._by_id is not None:
            self._by_id.parent.mkdir(parents=True, exist_ok=True)
            _point(self._by_id, os.path.relpath(self._link, self._by_id.parent))

    def unplug(self) -> None:
        if self._ours is None:
            return
        _unpoint(self._link, self._name)
        if self._by_id is not None:
            _unpoint(self._by_id, os.path.relpath(self._link, self._by_id.parent))
        for end in (self._ours, self._theirs):
            if end is not None:
                os.close(end)
        self._ours = self._theirs = None

    def hang(self, is_hung: bool) -> None:
        """Output of the client's side is suspended, as by a clear-to-send that never comes: its buffer is full."""
        self._is_hung = is_hung
        self._take_hold()

    def turn_away(self, is_turning_away: bool) -> None:
        if is_turning_away:
            raise UnsupportedOperation("a terminal has no connections to turn away")

    def drop_client(self, rudely: bool) -> None:
        raise UnsupportedOperation("a terminal has no connection to end")

    def watch_openings(self, is_wanted: bool) -> None:
        if is_wanted != self._is_watching:
            self._is_watching = is_wanted
            self._take_hold()
            self._had_client = self._has_client()

    def was_opened(self) -> bool:
        before, self._had_client = self._had_client, self._has_client()
        return self._is_watching and self._had_client and not before

    def client_baud(self) -> int | None:
        return None if self._ours is None else BAUD_OF_CODE.get(termios.tcgetattr(self._ours)[5])

    def files(self) -> tuple[int, ...]:
        """None while there is nothing to wait for; without a client a terminal is always ready, to say so."""
        if self._ours is None or self._is_hung or not self._has_client():
            return ()
        return (self._ours,)

    def read(self) -> bytes:
        if self._ours is None or self._is_hung or not self._has_client():
            return b""
        try:
            return os.read(self._ours, LARGEST_READ)
        except OSError:  # nothing there, or the client has just gone
            return b""

    def write(self, data: bytes) -> bool:
        if self._ours is None or self._is_hung or not self._has_client():
            return False
        with contextlib.suppress(BlockingIOError):
            os.write(self._ours, data)
        return True

    def _take_hold(self) -> None:
        """Keep the client's side open here, except while we watch whether anybody else does."""
        if self._ours is None:
            return
        if self._theirs is None:
            self._theirs = os.open(self._name, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        termios.tcflow(self._theirs, termios.TCOOFF if self._is_hung else termios.TCOON)
        if self._is_watching:
            os.close(self._theirs)
            self._theirs = None

    def _has_client(self) -> bool:
        """Always so while we hold that side open ourselves."""
        if self._ours is None:
            return False
        if self._theirs is not None:
            return True
        asked = select.poll()
        asked.register(self._ours, select.POLLIN)
        return not any(event & select.POLLHUP for _, event in asked.poll(0))


def _point(link: Path, target: str) -> None:
    """Replaces a link left over from a run that was killed; never anything else."""
    if link.exists() and not link.is_symlink():
        raise FileExistsError(f"{link} exists and is not a link to a terminal")
    fresh = link.with_name(f".{link.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)


def _unpoint(link: Path, target: str) -> None:
    """Takes the link away if it still leads there."""
    with contextlib.suppress(FileNotFoundError):
        if os.readlink(link) == target:
            link.unlink()
