"""An evening that a program plays over HTTP on the real thing: what it is answered, and what visitors read afterwards.

The evening is played once; every answer is kept, and held to the description that the doors themselves give.
"""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate

from tests.simulated_mount import wait_until
from tests.whole_program import Answer, Door, Program, whole_program

LANGUAGES = {
    "kk": "Геркулестің шар тәрізді шоғыры",
    "ru": "Шаровое скопление Геркулеса",
    "en": "Hercules Globular Cluster",
}
"""M13, as the visitors of each language read it."""
LOWEST = 15.0


@dataclass(frozen=True)
class Kept:
    """One answer, and the path of the description that it belongs to."""

    door: str
    path: str
    method: str
    answer: Answer


@dataclass
class Evening:
    """The program after its evening, and all that was answered on the way."""

    program: Program
    kept: list[Kept] = field(default_factory=list)
    slug: str = ""

    def order(self, name: str, by: Door | None = None, **fields: Any) -> Answer:
        answer = (by or self.program.operators).ask(f"/api/orders/{name}", fields)
        self.kept.append(Kept("operators", f"/api/orders/{name}", "post", answer))
        return answer

    def ask(self, door: str, path: str, described: str | None = None) -> Answer:
        answer = self.doors()[door].ask(path)
        self.kept.append(Kept(door, described or path.partition("?")[0], "get", answer))
        return answer

    def look(self) -> None:
        """The status at both doors, as it is at this point of the evening."""
        for door in self.doors():
            self.ask(door, "/api/status")

    def doors(self) -> dict[str, Door]:
        return {"operators": self.program.operators, "visitors": self.program.visitors}

    def codes(self, name: str) -> list[tuple[int, str | None]]:
        """Of all answers to an order of this name: the status, and the code of a refusal."""
        answers = [kept.answer for kept in self.kept if kept.path == f"/api/orders/{name}"]
        return [(answer.status, answer.json.get("code")) for answer in answers]

    def refusal(self, name: str, code: str) -> dict[str, Any]:
        answers = [kept.answer for kept in self.kept if kept.path == f"/api/orders/{name}"]
        found: dict[str, Any] = next(answer.json for answer in answers if answer.json.get("code") == code)
        return found

    def session(self) -> dict[str, Any]:
        found: dict[str, Any] = self.program.visitors.ask(f"/api/sessions/{self.slug}").json
        return found


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    with whole_program(tmp_path_factory.mktemp("evening")) as program:
        evening = Evening(program)
        play(evening)
        yield evening


def play(evening: Evening) -> None:
    """Every order once or more often, accepted and refused, and a look at the status after each."""
    program = evening.program
    stranger = Door(program.settings.web.operators)
    colleague = Door(program.settings.web.operators, token_of(program, "colleague"))
    for name, fields in (("goto", {"target": "Vega"}), ("stop", {}), ("park", {})):
        evening.order(name, by=stranger, **fields)
    evening.order("goto", target="Vega")
    evening.look()
    arrive(evening, "Vega")
    evening.slug = evening.program.operators.status()["session"]["slug"]
    for target in ("Sirius", "Canopus", "Xyzzy", "Sun"):
        evening.order("goto", target=target)
    evening.order("goto", by=colleague, target="Deneb")
    evening.order("helm", by=colleague, act="ask")
    evening.look()
    evening.order("sync", target="Deneb")
    evening.order("track", rate="lunar")
    evening.order("track", rate="sidereal")
    evening.order("nudge", direction="north", rate="guide", press="one")
    evening.order("nudge", direction=None, rate="guide", press="one", beat=1)
    evening.order("goto", target="M13")
    program.mount.wait_until(lambda truth: truth["slewing"])
    evening.order("stop", by=colleague)
    program.settled()
    evening.order("goto", target="M13")
    arrive(evening, "M13")
    for act in ({"act": "add", "target": "M13"}, {"act": "drop", "star": "Vega"}, {"act": "clear"}):
        evening.order("pointing", **act)
    evening.order("set-mount-clock")
    declare(evening)
    park(evening)
    evening.order("end-session")
    wait_until(lambda: program.visitors.ask(f"/api/sessions/{evening.slug}").json["ended"], 10, "the session's end")
    questions(evening)


def declare(evening: Evening) -> None:
    """What people set and declare for safety: who may, and what there is nothing to say about."""
    admin = Door(evening.program.settings.web.operators, token_of(evening.program, "keeper", "admin"))
    for covered in (True, False):
        evening.order("cover", covered=covered)
    evening.order("free-cables")
    evening.order("confirm-alignment")
    evening.order("acknowledge", alarm="nothing")
    for by in (None, admin):
        evening.order("set-horizon", **({"by": by} if by else {}), points=[[0, 12], [180, 8.5]])
    evening.order("set-service-time", utc=evening.program.utc().isoformat())
    evening.order("declare-solar", by=admin, filter="foil", front=True, finder=True)
    evening.order("end-solar", because="filter-removed")


def token_of(program: Program, name: str, role: str = "volunteer") -> str:
    printed = program.clubscope("token", "add", name, "--role", role)
    return printed.stdout.split()[0]


def arrive(evening: Evening, target: str) -> None:
    evening.program.wait_for(f"arrival at {target}", arrived=True, motion="tracking")
    evening.look()


def park(evening: Evening) -> None:
    evening.order("park")
    evening.program.wait_for("parking", motion="parked")
    evening.look()
    evening.order("goto", target="Vega")
    evening.order("unpark")
    evening.order("home")
    evening.program.settled()


def questions(evening: Evening) -> None:
    for door in evening.doors():
        evening.ask(door, "/api/sessions")
        evening.ask(door, f"/api/sessions/{evening.slug}", "/api/sessions/{slug}")
        evening.ask(door, "/api/sessions/never", "/api/sessions/{slug}")
        evening.ask(door, "/api/objects?q=m")


# --- the description --------------------------------------------------------------------------------------------------


def described(door: Door) -> dict[str, Any]:
    found: dict[str, Any] = door.ask("/api/openapi.json").json
    return found


def test_the_description_is_valid_at_both_doors_and_the_visitors_have_no_orders(evening: Evening) -> None:
    operators, visitors = described(evening.program.operators), described(evening.program.visitors)
    validate(operators)
    validate(visitors)
    assert "/api/orders/stop" in operators["paths"]
    assert not [path for path in visitors["paths"] if "orders" in path]
    for path in operators["paths"]:
        if "orders" in path:
            assert evening.program.visitors.ask(path, {}).status == 404


def test_every_answer_of_the_evening_is_as_described(evening: Evening) -> None:
    documents = {name: described(door) for name, door in evening.doors().items()}
    for kept in evening.kept:
        document = documents[kept.door]
        responses = document["paths"][kept.path][kept.method]["responses"]
        assert str(kept.answer.status) in responses, (kept.path, kept.answer.status, kept.answer.text)
        schema = responses[str(kept.answer.status)]["content"]["application/json"]["schema"]
        jsonschema.validate(kept.answer.json, {**schema, "components": document["components"]})
    orders = {path for path in documents["operators"]["paths"] if "orders" in path}
    assert orders <= {kept.path for kept in evening.kept}, "an order that nobody gave"


# --- orders -----------------------------------------------------------------------------------------------------------


def test_nobody_gives_orders_without_a_token(evening: Evening) -> None:
    for name in ("goto", "stop", "park"):
        assert evening.codes(name)[0] == (401, "not_signed_in")
    answer = Door(evening.program.settings.web.operators, "club_wrong").ask("/api/orders/stop", {})
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_what_the_telescope_can_do_is_accepted_and_all_else_refused_with_its_code(evening: Evening) -> None:
    assert evening.codes("goto") == [
        (401, "not_signed_in"),
        (202, None),  # Vega
        (409, "below_altitude_limit"),
        (409, "below_altitude_limit"),
        (400, "target_unknown"),
        (409, "sun_not_allowed"),
        (409, "helm_taken"),
        (202, None),  # M13, stopped
        (202, None),  # M13
        (409, "parked"),
    ]
    for name in ("track", "nudge", "set-mount-clock", "unpark", "end-session", "helm"):
        assert {status for status, _ in evening.codes(name)} == {202}, (name, evening.codes(name))
    assert evening.codes("stop") == [(401, "not_signed_in"), (202, None)]
    for name in ("cover", "free-cables", "confirm-alignment"):
        assert {status for status, _ in evening.codes(name)} == {202}, name
    assert evening.codes("home") == [(422, "not_capable")]
    assert evening.codes("pointing") == [(202, None), (400, "pointing_star_unknown"), (202, None)]
    assert evening.codes("acknowledge") == [(409, "alarm_unknown")]
    assert evening.codes("set-horizon") == [(403, "role_needed"), (202, None)]
    assert evening.codes("set-service-time") == [(409, "clock_shifted")]
    assert evening.codes("declare-solar") == [(403, "password_needed")]
    assert evening.codes("end-solar") == [(409, "solar_not_on")]
    assert evening.codes("sync")[0][0] == 409


def test_an_accepted_order_is_in_the_log_under_its_number_and_refusals_are_logged_too(evening: Evening) -> None:
    accepted = {kept.answer.json["request"]: kept for kept in evening.kept if kept.answer.status == 202}
    events = {event["request_id"]: event["action"] for event in evening.program.events()}
    named = {request: kept.path.rpartition("/")[2] for request, kept in accepted.items()}
    missing = named.keys() - events.keys()
    assert [named[request] for request in missing] == ["nudge"]  # letting go is part of the press, which is there
    assert all(events[request] == name for request, name in named.items() if request not in missing)
    results = [event["result"] for event in evening.program.events()]
    for code in ("below_altitude_limit", "target_unknown", "sun_not_allowed", "helm_taken", "parked"):
        assert code in results


def test_a_goto_below_the_limit_says_how_low_and_from_when_it_will_be_possible(evening: Evening) -> None:
    refusal = evening.refusal("goto", "below_altitude_limit")
    details = refusal["details"]
    assert details["altitude_degrees"] < details["limit_degrees"] == LOWEST
    assert details["target"] == "Sirius"
    possible = datetime.fromisoformat(details["possible_at"])
    assert timedelta(hours=1) < possible - evening.program.utc() < timedelta(hours=24)
    assert refusal["message"]


def test_what_never_rises_high_enough_is_said_to_be_never_possible(evening: Evening) -> None:
    answers = [kept.answer.json for kept in evening.kept if kept.answer.json.get("code") == "below_altitude_limit"]
    assert [answer["details"]["possible_at"] for answer in answers if answer["details"]["target"] == "Canopus"] == [
        None
    ]


def test_a_refusal_is_a_sentence_in_the_callers_language(evening: Evening) -> None:
    said = {
        language: evening.program.operators.ask(
            "/api/orders/goto", {"target": "Xyzzy"}, headers={"Accept-Language": language}
        ).json["message"]
        for language in LANGUAGES
    }
    assert len(set(said.values())) == 3
    assert all("Xyzzy" in sentence for sentence in said.values())


# --- live -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("door", ["operators", "visitors"])
def test_live_streams_the_status(evening: Evening, door: str) -> None:
    asked, same = evening.doors()[door], 0
    schema = {**described(asked)["components"]["schemas"]["Status"], "components": described(asked)["components"]}
    with events_of(asked) as streamed:
        while same < 3:
            wait_until(lambda: streamed, 10, "a status on the stream")
            event = streamed.pop(0)
            jsonschema.validate(event, schema)
            status = asked.status()
            if status["serial"] == event["serial"]:  # none has come in between
                assert {**event, "age_seconds": 0} == {**status, "age_seconds": 0}
                assert event["age_seconds"] <= status["age_seconds"]
                same += 1


@contextmanager
def events_of(door: Door) -> Iterator[list[dict[str, Any]]]:
    """What the stream says, as it says it; the list is the reader's, who takes from its front."""
    events: list[dict[str, Any]] = []
    over = threading.Event()
    with door.live() as lines:
        reader = threading.Thread(target=_read_events, args=(lines, events, over))
        reader.start()
        try:
            yield events
        finally:
            over.set()
            reader.join()  # the telescope is looked at every second, so a line comes


def _read_events(lines: Iterator[bytes], events: list[dict[str, Any]], over: threading.Event) -> None:
    for line in lines:
        if over.is_set():
            return
        if line.startswith(b"data: "):
            events.append(json.loads(line.removeprefix(b"data: ")))


# --- afterwards -------------------------------------------------------------------------------------------------------


def test_visitors_find_the_evening_with_its_targets_arrivals_and_errors(evening: Evening) -> None:
    listed = evening.program.visitors.ask("/api/sessions").json["sessions"]
    assert evening.slug in [session["slug"] for session in listed]
    session = evening.session()
    assert session["simulated"] is True
    assert session["ended"] > session["begun"]
    seen = [(one["designation"], one["arrived"], one["outcome"]) for one in session["observations"]]
    assert seen == [("Vega", True, None), ("M13", False, "aborted"), ("M13", True, None)]
    for one in session["observations"]:
        if one["arrived"]:
            assert 0 <= one["error_arcseconds"] < 30
            assert one["altitude_degrees"] > LOWEST
        else:
            assert one["error_arcseconds"] is None


def test_what_the_log_says_of_the_pointing_is_what_was_asked_for(evening: Evening) -> None:
    m13 = evening.session()["observations"][-1]
    assert m13["ra_hours_j2000"] * 15 == pytest.approx(16.694897 * 15, abs=0.01)
    assert m13["dec_degrees_j2000"] == pytest.approx(36.461306, abs=0.01)


@pytest.mark.parametrize("language", LANGUAGES)
def test_visitors_read_the_evening_in_their_language(evening: Evening, language: str) -> None:
    asks = {"Accept-Language": language, "Accept": "text/html"}
    listed = evening.program.visitors.ask("/sessions", headers=asks)
    assert f'href="/sessions/{evening.slug}"' in listed.text
    page = evening.program.visitors.ask(f"/sessions/{evening.slug}", headers=asks)
    assert page.status == 200
    assert re.search(rf'<html[^>]* lang="{language}"', page.text)
    for name in LANGUAGES.values():
        assert (name in page.text) == (name == LANGUAGES[language])
    for one in evening.session()["observations"]:
        assert f'datetime="{one["begun"]}"' in page.text
        if one["arrived"]:
            assert re.search(rf"{one['altitude_degrees']:.0f}(?:[.,]\d)?\s*°", page.text)


def test_nothing_on_the_visitors_door_can_be_ordered_or_names_who_did_it(evening: Evening) -> None:
    page = evening.program.visitors.ask(f"/sessions/{evening.slug}").text
    assert set(re.findall(r'<form[^>]* action="([^"]*)"', page)) == {"/language", "/red"}
    for secret in (evening.program.token, "127.0.0.1", "request_id"):
        assert secret not in page
