"""Aborts an INDI device at every line of standard input and prints when: `python -m tests.bench.abort PORT DEVICE`.

A process of its own, because the server stands in a network of its own; the connection is kept, so that only INDI's own
time is measured.
"""

import socket
import sys
import time


def main(port: int, device: str) -> None:
    words = f'<newSwitchVector device="{device}" name="TELESCOPE_ABORT_MOTION"><oneSwitch name="ABORT">On</oneSwitch>'
    with socket.create_connection(("127.0.0.1", port)) as wire:
        for _ in sys.stdin:
            begun = time.monotonic()
            wire.sendall(f"{words}</newSwitchVector>".encode())
            print(begun, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
