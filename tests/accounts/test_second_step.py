"""The second step: an app's codes, each taken once; recovery codes; who is made to have one."""

import re
from datetime import timedelta

import pytest
from passlib.totp import TOTP

from feedback.accounts import staff
from feedback.accounts.models import SecondFactor
from feedback.cli.acting import COMMAND_LINE
from feedback.domain.house_event import HouseEventKind
from feedback.store import house_events
from tests.accounts.person import Person
from tests.accounts.test_reset import account_mails
from tests.desk.desk import ONE_ENGINE
from tests.factories.account import PASSWORD

KEY = re.compile(r'account-key">([A-Z2-7 -]+)<')
ONWARD = re.compile(r'action="(/desk/account/app/[^"]+)"')
CODE = re.compile(r"<code>([0-9a-f-]{14})</code>")
NEXT_CODE = timedelta(seconds=30)


class App:
    """An authenticator app that goes by the newsroom's clock."""

    def __init__(self, key: str, clock) -> None:
        self.totp = TOTP(key=key.replace("-", "").replace(" ", ""))
        self.clock = clock

    @property
    def code(self) -> str:
        return self.totp.generate(time=self.clock.now.timestamp()).token


def sets_up(somebody: Person, clock) -> App:
    """Turn the second step on, as its page says."""
    page = somebody.sends("/desk/account/app", setup="authenticator")
    found, onward = KEY.search(page.text), ONWARD.search(page.text)
    assert found
    assert onward
    app = App(found[1], clock)
    done = somebody.sends(onward[1], page="/desk/account/app", code=app.code)
    assert (done.status_code, done.location) == (302, "/desk/account")
    return app


def codes_of(somebody: Person) -> list[str]:
    return CODE.findall(somebody.sends("/desk/account/codes", generate_new_codes="yes").text)


@pytest.fixture
def app_of_ann(person, ann, clock) -> App:
    somebody = person()
    somebody.logs_in("ann@example.com")
    return sets_up(somebody, clock)


def test_the_password_alone_opens_nothing_then_and_a_code_opens_once(
    person, ann, app_of_ann, account, clock, store
) -> None:
    kept = account("ann@example.com").totp_secret
    assert kept
    assert app_of_ann.totp.base32_key not in kept, "encrypted"
    clock.advance(NEXT_CODE)
    code = app_of_ann.code
    first, second = person(), person()
    for somebody in (first, second):
        answer = somebody.logs_in("ann@example.com", next="/desk/outbox")
        assert answer.location == "/desk/login/code"
        assert not somebody.is_in
    answer = first.sends("/desk/login/code", code=code)
    assert (answer.status_code, answer.location) == (302, "/desk/outbox")
    assert first.is_in
    replay = second.sends("/desk/login/code", code=code)
    assert replay.status_code == 422
    assert "used already" in replay.text
    assert not second.is_in
    clock.advance(NEXT_CODE)
    second.sends("/desk/login/code", code=app_of_ann.code)
    assert second.is_in
    with store.read() as work:
        kinds = [line.kind for line in house_events.page(work).rows]
        assert HouseEventKind.SECOND_ON in kinds
        assert house_events.verify(work).problem is None


@ONE_ENGINE
def test_what_is_no_code_opens_nothing_and_several_lock(
    person, ann, app_of_ann, account, clock
) -> None:
    clock.advance(NEXT_CODE)
    somebody = person()
    somebody.logs_in("ann@example.com")
    for wrong in ("", "000000", "x" * 3000, "１２３４５６", "12345", "\x00"):
        assert somebody.sends("/desk/login/code", code=wrong).status_code == 422
    assert account("ann@example.com").locked_until is not None
    assert somebody.sends("/desk/login/code", code=app_of_ann.code).status_code == 422, "locked"
    assert not somebody.is_in


@ONE_ENGINE
def test_codes_are_asked_for_in_order_or_not_at_all(person, ann) -> None:
    for path in ("/desk/login/code", "/desk/login/recovery", "/desk/login/second"):
        answer = person().opens(path)
        assert (answer.status_code, answer.location) == (302, "/desk/login")
    assert person().opens("/desk/login/rescue").status_code == 404


def test_a_recovery_code_lets_in_once(person, ann, app_of_ann, account, clock, store) -> None:
    clock.advance(NEXT_CODE)
    inside = person()
    inside.logs_in("ann@example.com")
    inside.sends("/desk/login/code", code=app_of_ann.code)
    codes = codes_of(inside)
    assert len(set(codes)) == 10
    assert "10 recovery codes are left" in inside.opens("/desk/account").text
    assert not any(code in inside.opens("/desk/account/codes?show_codes=1").text for code in codes)
    assert not set(codes) & set(account("ann@example.com").recovery_codes or [])

    def gets_in(code: str) -> bool:
        somebody = person()
        somebody.logs_in("ann@example.com")
        somebody.sends("/desk/login/recovery", code=code)
        return somebody.is_in

    assert gets_in(f" {codes[0].upper()} ")
    assert not gets_in(codes[0])
    assert not gets_in("")
    assert gets_in(codes[1])
    assert len(account("ann@example.com").recovery_codes or []) == 8
    fresh = codes_of(inside)
    assert not gets_in(codes[2]), "new ones void those of before"
    assert gets_in(fresh[0])


@ONE_ENGINE
def test_turned_off_its_owner_is_told(person, ann, app_of_ann, account, clock, store) -> None:
    clock.advance(NEXT_CODE)
    inside = person()
    inside.logs_in("ann@example.com")
    inside.sends("/desk/login/code", code=app_of_ann.code)
    inside.sends("/desk/account/app", setup="disable")
    assert account("ann@example.com").totp_secret is None
    assert "turned off" in (account_mails(store)[-1].subject or "")
    again = person()
    again.logs_in("ann@example.com")
    assert again.is_in


@ONE_ENGINE
def test_an_old_log_in_says_once_more_who_it_is(person, ann, time_machine) -> None:
    time_machine.move_to("2026-11-09T14:30:00Z", tick=False)
    somebody = person()
    somebody.logs_in("ann@example.com")
    assert somebody.opens("/desk/account/app").status_code == 200
    time_machine.move_to("2026-11-09T15:30:00Z", tick=False)
    answer = somebody.opens("/desk/account/app")
    assert answer.status_code == 302
    assert answer.location.startswith("/desk/confirm")
    wrong = somebody.sends("/desk/confirm", password="not the right one", next="/desk/account/app")
    assert wrong.status_code == 422
    right = somebody.sends("/desk/confirm", password=PASSWORD, next="/desk/account/app")
    assert right.location == "/desk/account/app"
    assert somebody.opens("/desk/account/app").status_code == 200


@ONE_ENGINE
def test_where_the_house_asks_for_one_the_desk_waits(person, ann, store, clock) -> None:
    somebody = person()
    somebody.logs_in("ann@example.com")
    for of, is_open in ((SecondFactor.CHIEFS, True), (SecondFactor.ALL, False)):
        with store.work() as work:
            staff.ask_second(work, COMMAND_LINE, of)
        assert somebody.is_in is is_open
    assert somebody.opens("/desk/").location == "/desk/account"
    assert "asks you for a second factor" in somebody.opens("/desk/account").text
    sent = {"csrf_token": somebody.token("/desk/account"), "name": "x"}
    assert somebody.browser.post("/desk/letters/new", data=sent).status_code == 403
    sets_up(somebody, clock)
    assert somebody.is_in


@ONE_ENGINE
def test_a_chief_takes_it_off_whoever_lost_it(person, ann, app_of_ann, store) -> None:
    with store.work() as work:
        staff.forget_second(work, COMMAND_LINE, "ann@example.com")
    somebody = person()
    somebody.logs_in("ann@example.com")
    assert somebody.is_in
