"""Coming in and going out: codes, passwords, cookies, and what a stranger learns from trying."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scope.orders import Person, Role
from tests.web_doors import ORIGIN, Browser, Doors, open_doors
from web.memory import MOST_MESSAGES, MOST_PEOPLE, Memory

PASSWORD = "тоғыз қара қой мен бір ақ"


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    with open_doors(tmp_path) as doors:
        yield doors


def with_password(doors: Doors, name: str = "Aigerim Nurlanova") -> None:
    assert doors.signed_in(name=name).post("/set-password", {"password": PASSWORD}).status_code == 303


def sign_in(browser: Browser, **form: str) -> tuple[int, str]:
    answer = browser.post("/sign-in", form)
    return answer.status_code, answer.headers.get("Location", "")


def test_a_code_signs_in_once_and_leads_to_choosing_a_password(doors: Doors) -> None:
    code = doors.code()
    browser = Browser(doors.operators)
    assert sign_in(browser, code=f" {code.lower()} ") == (303, "/set-password")
    assert browser.get("/").status_code == 200
    assert sign_in(Browser(doors.operators), code=code)[0] == 401


def test_a_password_signs_in_and_leads_to_where_the_person_wanted_to_go(doors: Doors) -> None:
    with_password(doors)
    browser = Browser(doors.operators)
    form = {"name": "Aigerim Nurlanova", "password": PASSWORD, "next": "/find?q=M13"}
    assert sign_in(browser, **form) == (303, "/find?q=M13")
    assert browser.get("/find?q=M13").status_code == 200


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example/", "/\\evil.example", "/\t/evil.example"])
def test_a_sign_in_never_leads_to_another_host(doors: Doors, wanted: str) -> None:
    with_password(doors)
    form = {"name": "Aigerim Nurlanova", "password": PASSWORD, "next": wanted}
    assert sign_in(Browser(doors.operators), **form) == (303, "/")


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(doors: Doors) -> None:
    with_password(doors)
    pages = set()
    for name, password in (("Aigerim Nurlanova", "wrong"), ("Nobody", "wrong"), ("", ""), ("Nobody", PASSWORD)):
        browser = Browser(doors.operators)
        answer = browser.post("/sign-in", {"name": name, "password": password})
        assert answer.status_code == 401
        assert browser.client.get_cookie("clubscope") is None
        pages.add(answer.text.replace(browser.token(), ""))
    assert len(pages) == 1


def test_the_eleventh_try_has_to_wait_and_the_true_owner_elsewhere_does_not(doors: Doors) -> None:
    with_password(doors)
    form = {"name": "Aigerim Nurlanova", "password": "wrong"}

    def tried(address: str, form: dict[str, str]) -> int:
        browser = Browser(doors.operators)
        return browser.post("/sign-in", form, environ_base={"REMOTE_ADDR": address}).status_code

    assert [tried("192.0.2.1", form) for _ in range(11)] == [401] * 10 + [429]
    assert tried("192.0.2.2", {**form, "password": PASSWORD}) == 303


@pytest.mark.parametrize("password", ["short", "", "x" * 129, "telescope123", "aaaaaaaaaaaaaa"])
def test_a_password_that_is_easy_to_guess_is_not_taken(doors: Doors, password: str) -> None:
    answer = doors.signed_in().post("/set-password", {"password": password})
    assert answer.status_code == 409
    assert 'class="message error"' in answer.text


def test_the_cookie_is_for_this_host_and_for_no_script(doors: Doors) -> None:
    browser = Browser(doors.operators)
    answer = browser.post("/sign-in", {"code": doors.code()})
    [cookie] = [cookie for cookie in answer.headers.getlist("Set-Cookie") if cookie.startswith("clubscope=")]
    assert {"HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))


def test_behind_https_the_cookie_is_secure_and_bound_to_the_host(tmp_path: Path) -> None:
    with open_doors(tmp_path, "behind_https = true") as doors:
        browser = Browser(doors.operators)
        form = {"code": doors.code(), "csrf_token": browser.token()}
        plain = browser.client.post("/sign-in", data=form, headers={"Origin": ORIGIN})
        assert plain.status_code == 403
        answer = browser.client.post("/sign-in", data=form, headers={"Origin": "https://localhost"})
        [cookie] = [cookie for cookie in answer.headers.getlist("Set-Cookie") if "clubscope" in cookie]
        assert cookie.startswith("__Host-clubscope=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))
        assert "Domain" not in cookie


def test_signing_out_ends_the_sign_in_itself_not_only_the_cookie(doors: Doors) -> None:
    browser = doors.signed_in()
    token = browser.client.get_cookie("clubscope")
    assert token
    browser.get("/")
    assert browser.post("/sign-out").headers["Location"] == "/sign-in"
    assert browser.client.get_cookie("clubscope") is None
    again = Browser(doors.operators)
    again.client.set_cookie("clubscope", token.value)
    assert again.get("/").status_code == 303
    assert again.post_json("/api/orders/stop", {}).status_code == 401


def test_a_new_sign_in_in_the_same_browser_ends_the_old_one(doors: Doors) -> None:
    browser = doors.signed_in()
    old = browser.client.get_cookie("clubscope")
    assert old
    sign_in(browser, code=doors.code())
    new = browser.client.get_cookie("clubscope")
    assert new
    assert new.value != old.value
    assert doors.accounts.person(old.value) is None


def test_choosing_a_password_ends_all_other_sign_ins(doors: Doors) -> None:
    here = doors.signed_in()
    elsewhere = doors.signed_in()
    here.post("/set-password", {"password": PASSWORD})
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 303


def test_on_a_panel_whose_sign_in_has_ended_elsewhere_only_stop_still_works(doors: Doors) -> None:
    browser = doors.signed_in()
    assert browser.get("/").status_code == 200
    headers = {"Origin": ORIGIN, "X-CSRF-Token": browser.token()}
    doors.accounts.disable("Aigerim Nurlanova")
    assert browser.get("/").status_code == 303
    assert browser.client.post("/api/orders/park", headers=headers).status_code == 401
    assert browser.client.post("/api/orders/stop", headers=headers).status_code == 202


@pytest.mark.parametrize("act", ["disable", "change_role"])
def test_who_loses_an_account_is_out_with_the_next_request(doors: Doors, act: str) -> None:
    browser = doors.signed_in()
    assert browser.get("/").status_code == 200
    if act == "disable":
        doors.accounts.disable("Aigerim Nurlanova")
    else:
        doors.accounts.change_role("Aigerim Nurlanova", Role.VISITOR)
    assert browser.get("/").status_code == 303


def test_a_program_cannot_choose_a_password_or_sign_anybody_out(doors: Doors) -> None:
    client, headers = doors.operators.test_client(), doors.program()
    client.post("/set-password", data={"password": PASSWORD}, headers=headers)
    client.post("/sign-out", headers=headers)
    assert client.get("/api/objects?q=M13", headers=headers).status_code == 200


@pytest.mark.parametrize("token", ["x" * 3000, "ж", "", "cs_", "a b c", "'; DROP TABLE accounts; --"])
def test_a_token_that_is_none_is_nobodys(doors: Doors, token: str) -> None:
    browser = Browser(doors.operators)
    browser.client.set_cookie("clubscope", token)
    assert browser.get("/").status_code == 303
    header = {"Authorization": f"Bearer {token}".encode().decode("latin-1")}
    assert browser.client.get("/api/objects?q=M13", headers=header).status_code == 401


@pytest.mark.parametrize("header", ["Basic YTpi", "bearer", "Bearer", "", "Token cs_x"])
def test_other_ways_to_authorise_are_nobodys(doors: Doors, header: str) -> None:
    answer = doors.operators.test_client().post("/api/orders/stop", headers={"Authorization": header})
    assert answer.status_code == 401


def test_the_memory_is_bounded() -> None:
    memory, person = Memory(), Person("a", Role.VOLUNTEER, "browser")
    for number in range(MOST_PEOPLE + 1):
        memory.remember(f"token {number}", person)
    assert memory.recall("token 0") is None
    assert memory.recall(f"token {MOST_PEOPLE}") == person
    for number in range(100):
        memory.tell("token 5", "done", str(number))
    assert len(memory.messages("token 5")) == MOST_MESSAGES
