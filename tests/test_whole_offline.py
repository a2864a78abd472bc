"""Without a network, all works: every process refuses to connect, or to look a name up, beyond this machine.

The refusal is an audit hook, which sees what any Python code asks of the system, gevent's too, and writes down each
attempt; one swallowed by a broad `except` is found all the same.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from tests.whole_program import Answer, Door, Program, whole_program

REFUSAL = """
import os, sys

def note(*words):
    with open(os.environ["OFFLINE_RECORD"], "a") as record:
        record.write(" ".join(words) + "\\n")

def at_home(host):
    host = host.decode() if isinstance(host, bytes) else host
    return host in (None, "", "localhost", "::1", "0.0.0.0", "::") or host.startswith("127.")

def refuse(event, given):
    if event in ("socket.connect", "socket.sendto") and isinstance(given[1], tuple):
        host = given[1][0]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = given[0]
    else:
        return
    if not at_home(host):
        note("attempt", event, repr(host), *sys.orig_argv)
        raise OSError(101, "Network is unreachable")

note("watched", *sys.orig_argv)
sys.addaudithook(refuse)
"""
FAST = ("--slew-rate", "90")
NAMESPACE = re.compile(r"http://www\.w3\.org/(?:2000/svg|1999/xlink|1999/xhtml)")
"""Never fetched: only the name of a language."""
ELSEWHERE = re.compile(r"(?:\b[a-z]+:)?//[\w-]+(?:\.[\w-]+)+(?::\d+)?[^\s\"'<>)]*", re.IGNORECASE)
LINK = re.compile(r"""(?:href|src|srcset|poster)="([^"]*)"|url\(\s*['"]?([^'")]+)""", re.IGNORECASE)


@dataclass
class Offline:
    """A program that is watched, and what it tried."""

    program: Program
    record: Path

    def lines(self, first_word: str) -> list[str]:
        return [line for line in self.record.read_text().splitlines() if line.startswith(first_word + " ")]


def environment(folder: Path) -> dict[str, str]:
    """In which every Python refuses."""
    site = folder / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(REFUSAL)
    (folder / "record").touch()
    path = os.pathsep.join(filter(None, [str(site), os.environ.get("PYTHONPATH")]))
    return {"PYTHONPATH": path, "OFFLINE_RECORD": str(folder / "record")}


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offline]:
    folder = tmp_path_factory.mktemp("offline")
    with whole_program(folder, mount_options=FAST, environment=environment(folder)) as program:
        yield Offline(program, folder / "record")


PATCHED = "from gevent import monkey; monkey.patch_all(); "
TRIES = [
    "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
    "import socket; socket.getaddrinfo('example.org', 80)",
    "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
    "import urllib.request; urllib.request.urlopen('http://192.0.2.1/', timeout=1)",
]


@pytest.mark.parametrize("words", [*TRIES, *(PATCHED + words for words in TRIES)])
def test_the_refusal_itself_sees_every_way_out(tmp_path: Path, words: str) -> None:
    watched = {**os.environ, **environment(tmp_path), "no_proxy": "*"}
    tried = subprocess.run([sys.executable, "-c", words], env=watched, capture_output=True, text=True, timeout=30)
    assert tried.returncode != 0
    assert "Network is unreachable" in tried.stderr
    assert re.search(r"^attempt ", (tmp_path / "record").read_text(), re.MULTILINE)


def test_a_whole_evening_needs_no_network(offline: Offline) -> None:
    """Every table is used: the Earth's rotation, planets, catalogue, time zones; names found and not found."""
    program = offline.program
    program.goto("Saturn")
    program.goto("Вега")
    program.goto("23h 10m 00s +20° 00′ 00″")
    assert program.order("goto", target="Xyzzy").status == 400
    assert program.order("goto", target="Sirius").json["details"]["possible_at"]
    for door in (program.operators, program.visitors):
        assert door.ask("/api/objects?q=ngc").json["objects"]
        assert door.status()["line"] == "up"
    program.do("park")
    program.wait_for("parking", motion="parked")
    program.do("end-session")
    assert offline.lines("attempt") == []
    for process in ("hardware_sim", "scope", "web.door operators", "web.door visitors"):
        assert any(f" -m {process} " in line for line in offline.lines("watched")), process


@pytest.mark.parametrize("audience", ["operators", "visitors"])
def test_no_page_knows_another_host(offline: Offline, audience: str) -> None:
    door = offline.program.operators if audience == "operators" else offline.program.visitors
    ours = {urlsplit(other.address).netloc for other in (offline.program.operators, offline.program.visitors)}
    pages = crawled(door)
    for wanted in ("/", "/sessions", "/about"):
        assert pages[wanted].status == 200
    assert any(path.endswith(".css") for path in pages)
    assert any(path.endswith(".js") for path in pages)
    for path, page in pages.items():
        assert page.status == 200, path
        strangers = {
            found
            for found in ELSEWHERE.findall(NAMESPACE.sub("", page.text))
            if urlsplit(found).netloc not in ours  # the other door may be named
        }
        assert strangers == set(), path
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert offline.lines("attempt") == []


@pytest.mark.parametrize(
    "text", ['src="//cdn.example.org/a.js"', "url(https://fonts.example/x)", "fetch('http://192.0.2.1')"]
)
def test_the_search_itself_finds_another_host(text: str) -> None:
    assert ELSEWHERE.search(NAMESPACE.sub("", text))


def crawled(door: Door) -> dict[str, Answer]:
    """Every page, style and script that can be reached from the first page of a door, by its path."""
    found: dict[str, Answer] = {}
    waiting = ["/", "/sessions", "/about"]
    while waiting:
        path = waiting.pop()
        if path in found or path == "/api/live":
            continue  # a stream without end
        answer = door.ask(path)
        if 300 <= answer.status < 400 or answer.headers.get_content_maintype() == "image":
            continue
        found[path] = answer
        waiting += [link for link in links(door, path, answer.text) if link not in found]
    return found


def links(door: Door, path: str, text: str) -> Iterator[str]:
    for match in LINK.finditer(text):
        link = urlsplit(urljoin(door.address + path, (match[1] or match[2]).split()[0] if match[0] else ""))
        if link.netloc == urlsplit(door.address).netloc and re.fullmatch(r"/[\w./-]*", link.path):
            yield link.path
