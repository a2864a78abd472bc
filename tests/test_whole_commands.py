"""The command line as a person at a shell has it: what it prints, how it ends, and what it does meanwhile."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scope.clock import Clock
from scope.log.accounts import Accounts
from scope.log.database import open_database
from scope.orders import Role
from scope.settings import read_settings
from tests.simulated_mount import REPOSITORY, wait_until
from tests.whole_program import Door, Program, clubscope, prepare, rests, settings_text, whole_program

SLOW = ("--slew-rate", "2")
FAR = {"ra_hours": 14.0, "dec_degrees": 70.0}
"""Up at every hour, on the other side of the pole from where the mount starts: half a minute of slewing."""
HALT = b":Q#:Qn#:Qs#:Qe#:Qw#"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with whole_program(tmp_path_factory.mktemp("shell"), mount_options=SLOW) as program:
        yield program


@contextmanager
def frozen(pids: list[int]) -> Iterator[None]:
    """Alive for the supervisor, which starts no others, and dead for everybody else."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def ends(run: "subprocess.CompletedProcess[str]", code: int = 0) -> str:
    """What it printed, once it is seen to have ended as it should, and without a traceback."""
    assert run.returncode == code, (run.stdout, run.stderr)
    assert "Traceback" not in run.stderr
    return run.stdout if code == 0 else run.stderr


def one_sentence(run: "subprocess.CompletedProcess[str]") -> str:
    said = ends(run, 2)
    assert len(said.splitlines()) == 1, said
    assert run.stdout == ""
    return said


def module(*words: str) -> "subprocess.CompletedProcess[str]":
    """A process of the program, started by hand."""
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


# --- with a running program -------------------------------------------------------------------------------------------


def test_status_says_what_the_status_of_the_doors_says(program: Program) -> None:
    program.settled()
    said = dict(line.split(maxsplit=1) for line in ends(program.clubscope("status")).splitlines())
    seen = program.operators.status()
    assert said["line"] == "up"
    assert said["motion"] == seen["motion"] == "tracking"
    assert said["simulated"] == "True"
    assert float(said["dec_degrees_j2000"]) == pytest.approx(seen["position"]["dec_degrees_j2000"], abs=0.01)
    assert float(said["age_seconds"]) < 5


def test_stop_halts_the_mount_though_neither_door_answers(program: Program) -> None:
    program.settled()
    program.do("goto", **FAR)
    program.mount.wait_until(lambda truth: not rests(truth))
    pids = program.pids()
    heard = len(program.mount.heard())
    with frozen([pids["operators"], pids["visitors"]]):
        assert "halt" in ends(program.clubscope("stop"))
        program.mount.wait_until(rests)
        assert HALT in program.mount.heard()[heard:]
    status = program.settled()
    assert not status["arrived"]
    (event,) = [event for event in program.events() if event["action"] == "stop"]
    assert (event["actor"], event["via"], event["result"]) == ("shell", "shell", "accepted")


def test_trace_shows_the_bytes_of_the_line(program: Program) -> None:
    program.settled()
    lines = ends(program.clubscope("trace")).splitlines()
    assert len(lines) > 10
    assert all(re.match(r"-\s*\d+\.\d{3} s  ", line) for line in lines)
    read = [line for line in lines if ":GR#" in line]
    assert read
    assert re.search(r"\d\d:\d\d:\d\d#", read[-1])


def test_a_token_opens_the_operators_door_and_is_nowhere_in_the_database(program: Program) -> None:
    printed = ends(program.clubscope("token", "add", "dome", "--role", "volunteer"))
    token = printed.split()[0]
    assert Door(program.settings.web.operators, token).ask("/api/objects?q=M13").status == 200
    assert Door(program.settings.web.operators, token + "x").ask("/api/objects?q=M13").status == 401
    for file in program.file.parent.glob("clubscope.db*"):
        assert token.encode() not in file.read_bytes()
    assert "already" in one_sentence(program.clubscope("token", "add", "dome"))


def test_a_user_gets_a_code_that_works_once(program: Program) -> None:
    printed = ends(program.clubscope("user", "add", "aigerim", "--role", "admin"))
    found = re.search(r"code (\S+),", printed)
    assert found
    database = open_database(program.settings.log.database)
    try:
        accounts = Accounts(database, Clock())
        person = accounts.person(accounts.sign_in_with_code(found[1]))
        assert person is not None
        assert (person.name, person.role) == ("aigerim", Role.ADMIN)
        with pytest.raises(Exception, match="used"):
            accounts.sign_in_with_code(found[1])
    finally:
        database.close()
    assert "already" in one_sentence(program.clubscope("user", "add", "aigerim"))


def test_a_second_service_names_the_first_and_leaves_it_alone(program: Program) -> None:
    program.settled()
    before = program.pids()
    second = module("scope", "--config", str(program.file), "--shift", "0")
    assert f"process {before['service']};" in one_sentence(second)
    assert program.pids() == before
    assert program.settled()["line"] == "up"


# --- without one ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["status", "stop", "trace"])
def test_without_a_service_a_question_is_answered_with_one_sentence(tmp_path: Path, word: str) -> None:
    file = tmp_path / "clubscope.toml"
    file.write_text(settings_text(tmp_path))
    assert "does not answer" in one_sentence(clubscope(word, "--config", str(file)))


def test_mounts_lists_the_families() -> None:
    assert any(line.startswith("lx200 ") and "Meade" in line for line in ends(clubscope("mounts")).splitlines())


def test_a_database_is_made_and_brought_up_to_date_as_often_as_wanted(tmp_path: Path) -> None:
    file = tmp_path / "clubscope.toml"
    file.write_text(settings_text(tmp_path))
    for _ in range(2):
        assert "up to date" in ends(clubscope("db", "upgrade", "--config", str(file)))
    assert (tmp_path / "clubscope.db").stat().st_size > 0


@pytest.mark.parametrize(
    "words",
    [["status"], ["stop"], ["trace"], ["run"], ["db", "upgrade"], ["user", "add", "aigerim"], ["token", "add", "dome"]],
    ids=" ".join,
)
def test_a_mistake_in_the_settings_is_one_sentence_with_its_line(tmp_path: Path, words: list[str]) -> None:
    text = settings_text(tmp_path).replace("baud = 9600", "buad = 9600")
    line = text.splitlines().index("buad = 9600") + 1
    file = tmp_path / "clubscope.toml"
    file.write_text(text)
    said = one_sentence(clubscope(*words, "--config", str(file)))
    assert f"line {line}: mount.buad is not known" in said
    assert list(tmp_path.iterdir()) == [file], "nothing may be half set up"


@pytest.mark.parametrize("process", [["scope"], ["web.door", "operators"], ["web.door", "visitors"]], ids=" ".join)
def test_the_processes_say_it_in_one_sentence_too(tmp_path: Path, process: list[str]) -> None:
    file = tmp_path / "clubscope.toml"
    file.write_text(settings_text(tmp_path).replace("latitude_degrees = 49.8", "latitude_degrees = 498"))
    said = one_sentence(module(*process, "--config", str(file)))
    assert re.search(r"line \d+: site.latitude_degrees must lie between", said)


def test_settings_that_are_no_toml_and_settings_that_are_not_there(tmp_path: Path) -> None:
    file = tmp_path / "clubscope.toml"
    assert "clubscope init" in one_sentence(clubscope("status", "--config", str(file)))
    file.write_text("[mount]\nport = \n")
    assert "line 2" in one_sentence(clubscope("status", "--config", str(file)))


def test_a_clock_that_shows_another_time_is_refused_with_a_real_mount(tmp_path: Path) -> None:
    file, _ = prepare(tmp_path, simulated=False)
    said = one_sentence(module("scope", "--config", str(file), "--shift", "3600"))
    assert "shifted clock" in said
    assert "simulated = true" in said
    assert not (tmp_path / "run").exists()


ANSWERS = ["lx200", "/dev/ttyUSB7", "9600", "Караганда", "49.8", "73.1", "550", "Asia/Almaty", "", ""]


def test_init_asks_and_writes_what_run_reads_and_never_over_it(tmp_path: Path) -> None:
    file = tmp_path / "clubscope.toml"
    asked = clubscope("init", "--config", str(file), given="\n".join(ANSWERS) + "\n")
    assert "Latitude" in ends(asked)
    settings = read_settings(file)
    assert settings.mount.port == "/dev/ttyUSB7"
    assert settings.site.name == "Караганда"
    assert not settings.mount.simulated
    written = file.read_bytes()
    assert "there already" in one_sentence(clubscope("init", "--config", str(file), given="\n".join(ANSWERS)))
    assert file.read_bytes() == written


def test_init_with_a_wrong_answer_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "clubscope.toml"
    wrong = ["498" if answer == "49.8" else answer for answer in ANSWERS]
    said = ends(clubscope("init", "--config", str(file), given="\n".join(wrong) + "\n"), 2)
    assert "between -90 and 90" in said
    assert not file.exists()


def test_init_that_is_given_up_halfway_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "clubscope.toml"
    ends(clubscope("init", "--config", str(file), given="\n".join(ANSWERS[:3]) + "\n"), 2)
    assert not file.exists()


def test_run_prints_both_addresses_and_ends_when_told_to(tmp_path: Path) -> None:
    file, _ = prepare(tmp_path)
    command = [sys.executable, "-m", "web.launch", "run", "--config", str(file)]
    with (tmp_path / "said").open("w") as said:
        running = subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
    try:
        settings = read_settings(file)
        visitors = Door(settings.web.visitors)
        wait_until(lambda: visitors.status()["line"] == "lost", 40, "the visitors' door")
        printed = (tmp_path / "said").read_text()
        assert f"http://{settings.web.operators}/" in printed
        assert f"http://{settings.web.visitors}/" in printed
    finally:
        running.terminate()
        code = running.wait(30)
    assert code == 0


@pytest.mark.parametrize("what", ["family", "second"])
def test_run_ends_with_the_reason_instead_of_trying_what_cannot_work_again(
    program: Program, tmp_path: Path, what: str
) -> None:
    """A mount family that nobody speaks, and a folder in which a service runs already."""
    file = program.file
    if what == "family":
        file, _ = prepare(tmp_path)
        file.write_text(file.read_text().replace('family = "lx200"', 'family = "abacus"'), encoding="utf-8")
    run = clubscope("run", "--config", str(file))
    assert "cannot run as it is set up" in ends(run, 2)
    assert ("abacus" if what == "family" else str(program.pids()["service"])) in run.stderr
