"""The evening, once, in a real browser: `clubscope demo` is started as a person would start it, a volunteer signs in,
goes to M13, presses STOP in mid-slew, and finds the evening on the visitors' door; on a phone and on a wide screen.

Nothing may be written to the console as an error, no request may fail, and none may leave for another host.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.simulated_mount import REPOSITORY, wait_until

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(240),
    pytest.mark.skipif(
        CHROMIUM is None and os.environ.get("CI") != "true", reason="needs a browser: apt-get install chromium"
    ),
]
SUMMER_NIGHT = "2026-06-20T23:45"
"""M13 stands 74° high over Karaganda then; on a November evening it is too low, and the program would say so."""
QUIET_CHROMIUM = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@dataclass
class Demo:
    """A running `clubscope demo`, with what it printed."""

    process: "subprocess.Popen[str]"
    folder: Path
    printed: list[str] = field(default_factory=list)

    def find(self, pattern: str) -> str:
        def found() -> str | None:
            assert self.process.poll() is None, "".join(self.printed)
            match = re.search(pattern, "".join(self.printed))
            return match[1] if match else None

        answer = wait_until(found, 60, pattern)
        assert answer is not None
        return answer

    def heard(self) -> bytes:
        """What the mount was sent, from the record of its line."""
        lines = (self.folder / "trace.jsonl").read_text().splitlines()
        return b"".join(bytes.fromhex(re.findall(r'"hex": "(\w*)"', line)[0]) for line in lines if '"in"' in line)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    command = [
        *(sys.executable, "-m", "web.launch", "demo", "--at", SUMMER_NIGHT),
        *("--ports", str(free_port()), str(free_port())),
        *("--mount", f"--slew-rate 8 --trace {tmp_path / 'trace.jsonl'}"),
    ]
    with subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        demo = Demo(process, tmp_path)
        assert process.stdout is not None
        reader = threading.Thread(target=lambda: demo.printed.extend(iter(process.stdout.readline, "")))  # type: ignore[union-attr]
        reader.start()
        try:
            yield demo
        finally:
            process.terminate()
            process.wait(30)
            reader.join()


class Reader:
    """A browser window that remembers everything that went wrong in it."""

    def __init__(self, browser, width: int, locale: str) -> None:  # type: ignore[no-untyped-def]
        self.page = browser.new_context(viewport={"width": width, "height": 740}, locale=locale).new_page()
        self.wrong: list[str] = []
        self.hosts: set[str | None] = set()
        self.page.on("console", lambda said: said.type == "error" and self.wrong.append(said.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).hostname))
        self.page.on("requestfailed", self._failed)

    def _failed(self, request) -> None:  # type: ignore[no-untyped-def]
        path, is_aborted = urlsplit(request.url).path, "ERR_ABORTED" in str(request.failure)
        if not (is_aborted and path in ("/api/live", "/api/status")):  # leaving a page ends what it is just asking
            self.wrong.append(f"{request.url}: {request.failure}")


@pytest.mark.parametrize("width", [360, 1280])
def test_an_evening_from_signing_in_to_the_visitors_page(demo: Demo, width: int) -> None:
    from playwright.sync_api import expect, sync_playwright

    visitors = demo.find(r"Visitors: +(\S+)")
    operators = demo.find(r"Volunteers: (\S+)sign-in")
    code = demo.find(r"one-time code: (\S+)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET_CHROMIUM)
        volunteer, visitor = Reader(browser, width, "en-GB"), Reader(browser, width, "ru-RU")
        page = volunteer.page

        page.goto(operators)
        page.fill("input[name=code]", code)
        page.press("input[name=code]", "Enter")
        page.fill("input[type=password]", "Телескоп смотрит на Сатурн")
        page.press("input[type=password]", "Enter")
        page.wait_for_url(operators)
        expect(page.locator("[data-show=motion-word]")).to_have_text("tracking", timeout=20_000)

        visitor.page.goto(visitors)
        page.fill("#goto-target", "M13")
        page.press("#goto-target", "Enter")
        expect(page.locator("[data-show=motion-word]")).to_have_text("slewing", timeout=10_000)
        expect(visitor.page.locator("[data-show=name]")).to_contain_text("Геркулеса", timeout=10_000)

        page.locator("#stop button").click()
        expect(page.locator("#order-message")).to_contain_text("at rest", timeout=10_000)
        assert demo.heard().rfind(b":Q#") > demo.heard().rfind(b":MS#") > 0

        page.fill("#goto-target", "M13")
        page.press("#goto-target", "Enter")
        expect(page.locator("[data-show=motion]")).to_contain_text("following", timeout=40_000)
        expect(page.locator("[data-show=altitude]")).to_contain_text("7", timeout=10_000)

        visitor.page.goto(visitors + "sessions")
        visitor.page.locator("main a").first.click()
        expect(visitor.page.locator("main")).to_contain_text("M13")
        expect(visitor.page.locator("main")).to_contain_text("имитация")
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert visitor.page.evaluate(overflow) == 0
        assert page.evaluate(overflow) == 0

        time.sleep(0.5)  # anything still on its way may go wrong too
        for reader in (volunteer, visitor):
            assert reader.wrong == []
            assert reader.hosts == {"127.0.0.1"}
        browser.close()
