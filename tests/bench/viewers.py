"""So many visitors on the live page: `python -m tests.bench.viewers HOST PORT COUNT`.

Says "ready" when each has got its first snapshot, reads on until its standard input closes, then says how many events
came. Sockets only, so that the load itself costs little.
"""

import selectors
import socket
import sys

START_SECONDS = 30.0


def main(host: str, port: int, count: int) -> None:
    watched = selectors.DefaultSelector()
    waiting = {connect(watched, host, port) for _ in range(count)}
    watched.register(sys.stdin, selectors.EVENT_READ)
    events = 0
    while True:
        for key, _ in watched.select(START_SECONDS):
            if key.fileobj is sys.stdin:
                print(events, flush=True)
                return
            heard = key.fileobj.recv(65536)  # type: ignore[union-attr]
            events += heard.count(b"event: status")
            if waiting and b"event: status" in heard:
                waiting.discard(key.fileobj)  # type: ignore[arg-type]
                if not waiting:
                    print("ready", flush=True)


def connect(watched: selectors.BaseSelector, host: str, port: int) -> socket.socket:
    wire = socket.create_connection((host, port))
    wire.sendall(f"GET /api/live HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
    watched.register(wire, selectors.EVENT_READ)
    return wire


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
