"""`clubscope demo`: from the command to a page that can be used, and where the time goes."""

import subprocess
import sys
import time
import urllib.request

from tests.bench.figures import Row
from tests.peers.indi import free_port
from tests.simulated_mount import REPOSITORY, wait_until

IMPORTED = {"the command": "web.launch, web.demo", "the service": "scope.service", "a door": "web.serving"}


def measure(samples: int) -> list[Row]:
    """The three processes load side by side on a machine with more than one core, after the command."""
    rows = [Row("start of the demo to both pages", "clubscope", [one() for _ in range(samples)])]
    for part, modules in IMPORTED.items():
        rows.append(Row(f"of it, loading {part}", "clubscope", [loading(modules) for _ in range(samples)]))
    return rows


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


def loading(modules: str) -> float:
    """Seconds that a fresh interpreter takes to import them."""
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", f"import {modules}"], cwd=REPOSITORY, check=True)
    return time.monotonic() - begun


def answers(page: str) -> bool:
    try:
        with urllib.request.urlopen(page, timeout=5) as answer:
            return b"</html>" in answer.read()
    except OSError:
        return False
