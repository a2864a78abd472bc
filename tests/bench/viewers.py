"""So many visitors on the live page: `python -m tests.bench.viewers HOST PORT COUNT SHIFT`.

Says "ready" when each has got its first snapshot, reads on until its standard input closes, then says how old each
snapshot was that came after the wave of their arrival: seconds, as a JSON list. The service lives SHIFT seconds later
than this machine. Sockets only, so that the load itself costs little.
"""

import json
import re
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from datetime import datetime

START_SECONDS = 30.0
WAVE_SECONDS = 2.0
MADE = re.compile(rb'"utc":"([^"]+)"')


def main(host: str, port: int, count: int, shift: float) -> None:
    watched = selectors.DefaultSelector()
    waiting = {connect(watched, host, port) for _ in range(count)}
    watched.register(sys.stdin, selectors.EVENT_READ)
    late: list[float] = []
    ready_at = float("inf")
    while True:
        for key, _ in watched.select(START_SECONDS):
            if key.fileobj is sys.stdin:
                print(json.dumps(late), flush=True)
                return
            heard = key.fileobj.recv(65536)  # type: ignore[union-attr]
            if time.monotonic() > ready_at + WAVE_SECONDS:
                late.extend(ages(heard, time.time() + shift))
            if waiting and MADE.search(heard):
                waiting.discard(key.fileobj)  # type: ignore[arg-type]
                if not waiting:
                    ready_at = time.monotonic()
                    print("ready", flush=True)


def connect(watched: selectors.BaseSelector, host: str, port: int) -> socket.socket:
    wire = socket.create_connection((host, port))
    wire.sendall(f"GET /api/live HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
    watched.register(wire, selectors.EVENT_READ)
    return wire


def ages(heard: bytes, now: float) -> Iterator[float]:
    for made in MADE.findall(heard):
        yield now - datetime.fromisoformat(made.decode()).timestamp()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
