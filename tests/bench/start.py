"""`clubscope demo`: from the command to a page that can be used."""

import subprocess
import sys
import time
import urllib.request

from tests.bench.figures import Row
from tests.peers.indi import free_port
from tests.simulated_mount import REPOSITORY, wait_until


def measure(samples: int) -> list[Row]:
    return [Row("start of the demo to both pages", "clubscope", [one() for _ in range(samples)])]


def one() -> float:
    ports = [free_port(), free_port()]
    command = [sys.executable, "-m", "web.launch", "demo", "--ports", *map(str, ports)]
    begun = time.monotonic()
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for page in (f"http://127.0.0.1:{ports[1]}/", f"http://127.0.0.1:{ports[0]}/sign-in"):
                wait_until(lambda page=page: answers(page), 60, page)  # type: ignore[misc]
            return time.monotonic() - begun
        finally:
            process.terminate()
            process.wait(30)


def answers(page: str) -> bool:
    try:
        with urllib.request.urlopen(page, timeout=5) as answer:
            return b"</html>" in answer.read()
    except OSError:
        return False
