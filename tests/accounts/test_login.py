"""Log-in: by a form with its token, told nothing about who has an account, locked when guessed."""

from datetime import timedelta

import pytest

from feedback.accounts.login import TOKEN as SESSION_TOKEN
from feedback.accounts.models import LONGEST_LOCK, TRIES_BEFORE_LOCK
from tests.accounts.person import Person, refused
from tests.desk.desk import ONE_ENGINE
from tests.factories import an_account
from tests.factories.account import PASSWORD

WRONG = "not the right password"


def test_email_and_password_open_the_desk(person, ann, account, clock) -> None:
    somebody = person()
    assert not somebody.is_in
    answer = somebody.logs_in("ann@example.com")
    assert (answer.status_code, answer.location) == (302, "/desk/")
    assert somebody.is_in
    assert "Ann Editor" in somebody.opens("/desk/").text
    assert account("ann@example.com").last_login_at == clock.now


@ONE_ENGINE
@pytest.mark.parametrize("typed", ["ANN@EXAMPLE.COM", " ann@example.com ", "Ann@Example.com"])
def test_an_address_is_known_in_any_case(person, ann, typed) -> None:
    somebody = person()
    somebody.logs_in(typed)
    assert somebody.is_in


@ONE_ENGINE
def test_without_the_pages_token_nobody_gets_in(person, ann) -> None:
    somebody, other = person(), person()
    for token in ("", "x" * 40, other.token()):
        answer = somebody.logs_in("ann@example.com", csrf_token=token)
        assert answer.status_code == 400
        assert not somebody.is_in


@ONE_ENGINE
def test_an_old_token_is_refused(person, ann, time_machine) -> None:
    time_machine.move_to("2026-11-09T14:30:00Z", tick=False)
    somebody = person()
    token = somebody.token()
    time_machine.move_to("2026-11-10T03:00:00Z", tick=False)
    assert somebody.logs_in("ann@example.com", csrf_token=token).status_code == 400
    assert somebody.logs_in("ann@example.com").status_code == 302


def test_who_has_an_account_is_told_to_nobody(person, ann, store) -> None:
    an_account(store, email="gone@example.com", active=False)
    an_account(store, email="locked@example.com")
    for _ in range(TRIES_BEFORE_LOCK):
        person().logs_in("locked@example.com", WRONG)
    tries = {
        "a wrong password": ("ann@example.com", WRONG),
        "an unknown address": ("nobody@example.com", PASSWORD),
        "a disabled account": ("gone@example.com", PASSWORD),
        "a locked account": ("locked@example.com", PASSWORD),
    }
    answers = {name: refused(person().logs_in(*typed)) for name, typed in tries.items()}
    assert len(set(answers.values())) == 1, answers
    status, text = answers["a wrong password"]
    assert status == 422
    assert "Email or password is wrong." in text


NONSENSE = [
    {"password": ""},
    {"email": ""},
    {"email": "ann"},
    {"password": "x" * 513},
    {"password": "x" * 100_000},
    {"password": "\x00"},
    {"email": "' OR 1=1--@example.com"},
    {"email": "a" * 5000 + "@example.com"},
    {"email": "ann@example.com\r\nX: y"},
]


@ONE_ENGINE
def test_nonsense_is_refused_in_words(person, ann, subtests) -> None:
    somebody = person()
    for typed in NONSENSE:
        with subtests.test(typed=repr(typed)[:60]):
            fields = {"email": "ann@example.com", "password": PASSWORD} | typed
            answer = somebody.logs_in(**fields)
            assert answer.status_code == 422
            assert "Traceback" not in answer.text
            assert not somebody.is_in


@ONE_ENGINE
def test_only_a_form_is_read(person, ann) -> None:
    somebody = person()
    body = {"email": "ann@example.com", "password": PASSWORD}
    headers = {"X-CSRFToken": somebody.token()}
    for path in ("/desk/login", "/desk/reset", "/desk/password"):
        assert somebody.browser.post(path, json=body, headers=headers).status_code == 415
        assert somebody.browser.post(path, json=body).status_code == 400
    assert not somebody.is_in


@ONE_ENGINE
def test_nobody_is_remembered_for_longer(person, ann) -> None:
    somebody = person()
    answer = somebody.logs_in("ann@example.com", remember="y", remember_me="true")
    cookies = answer.headers.getlist("Set-Cookie")
    assert [cookie.partition("=")[0] for cookie in cookies] == ["desk_device", "session"]
    assert "remember" not in " ".join(cookies)


# --- locks


def test_guessing_locks_for_longer_each_time_and_the_right_one_lifts(
    person, ann, account, clock
) -> None:
    def guess(times: int = 1) -> None:
        for _ in range(times):
            assert person().logs_in("ann@example.com", WRONG).status_code == 422

    def gets_in() -> bool:
        somebody = person()
        somebody.logs_in("ann@example.com")
        return somebody.is_in

    guess(TRIES_BEFORE_LOCK - 1)
    assert gets_in(), "four wrong ones lock nobody out"
    assert account("ann@example.com").failed_logins == 0
    guess(TRIES_BEFORE_LOCK)
    for seconds in (30, 60, 120):
        assert not gets_in()
        clock.advance(timedelta(seconds=seconds - 1))
        assert not gets_in()
        clock.advance(timedelta(seconds=1))
        guess()
    clock.advance(timedelta(seconds=240))
    assert gets_in()
    assert account("ann@example.com").locked_until is None


def test_who_goes_on_guessing_keeps_nobody_out_for_good(ann, clock) -> None:
    for _ in range(100):
        ann.note_failure(clock.now)
    assert ann.failed_logins == TRIES_BEFORE_LOCK, "tries while it is locked do not count"
    for _ in range(30):
        clock.now = ann.locked_until
        ann.note_failure(clock.now)
    assert ann.locked_until - clock.now == LONGEST_LOCK
    assert ann.is_locked(clock.now)
    assert not ann.is_locked(ann.locked_until)


@ONE_ENGINE
def test_one_address_does_not_try_for_ever(app_with, ann) -> None:
    app = app_with(limits="normal")
    codes = [Person(app).logs_in(f"x{n}@example.com", WRONG).status_code for n in range(11)]
    assert codes == [422] * 10 + [429]
    spoofed = Person(app)
    sent = {"csrf_token": spoofed.token(), "email": "x@example.com", "password": WRONG}
    answer = spoofed.browser.post(
        "/desk/login", data=sent, headers={"X-Forwarded-For": "198.51.100.7"}
    )
    assert answer.status_code == 429, "the true peer counts"


@ONE_ENGINE
def test_who_gets_in_is_not_counted(app_with, ann) -> None:
    app = app_with(limits="normal")
    assert {Person(app).logs_in("ann@example.com").status_code for _ in range(12)} == {302}


# --- sessions


def test_a_session_that_was_fixed_before_is_another_one_after(person, ann) -> None:
    somebody = person()
    before = somebody.token()
    planted = somebody.cookie
    somebody.logs_in("ann@example.com")
    assert somebody.is_in
    assert somebody.cookie != planted
    assert not person().takes(planted).is_in
    answer = somebody.browser.post("/desk/logout", data={"csrf_token": before})
    assert answer.status_code == 400, "the token of before is void as well"
    assert somebody.is_in


def test_a_second_log_in_of_one_browser_ends_its_first(person, ann, store) -> None:
    an_account(store, email="bo@example.com", name="Bo Editor")
    somebody = person()
    page = somebody.token()
    somebody.logs_in("ann@example.com")
    first = somebody.cookie
    with somebody.browser.session_transaction() as session:
        opened = session[SESSION_TOKEN]
    somebody.browser.post("/desk/logout", data={"csrf_token": somebody.token("/desk/")})
    somebody.logs_in("bo@example.com")
    assert "Bo Editor" in somebody.opens("/desk/").text
    with somebody.browser.session_transaction() as session:
        assert session[SESSION_TOKEN] != opened
    assert not person().takes(first).is_in
    assert page


def test_log_out_is_for_good_and_by_a_button(person, ann) -> None:
    somebody = person()
    somebody.logs_in("ann@example.com")
    kept = somebody.cookie
    for method in ("get", "head"):
        getattr(somebody.browser, method)("/desk/logout")
        assert somebody.is_in, "a look logs nobody out"
    assert somebody.browser.post("/desk/logout").status_code == 400
    assert somebody.is_in
    answer = somebody.browser.post("/desk/logout", data={"csrf_token": somebody.token("/desk/")})
    assert (answer.status_code, answer.location) == (302, "/desk/login")
    assert not somebody.is_in
    assert not person().takes(kept).is_in, "a copy of the cookie opens nothing"


def test_a_log_in_ends_when_it_is_not_used(person, ann, clock) -> None:
    somebody = person()
    somebody.logs_in("ann@example.com")
    for _ in range(3):
        clock.advance(timedelta(hours=11, minutes=59))
        assert somebody.is_in
    clock.advance(timedelta(hours=12))
    assert not somebody.is_in


def test_a_log_in_ends_after_a_week(person, ann, clock) -> None:
    somebody = person()
    somebody.logs_in("ann@example.com")
    began = clock.now
    while clock.now - began < timedelta(days=6, hours=18):
        clock.advance(timedelta(hours=6))
        assert somebody.is_in
    clock.now = began + timedelta(days=7)
    assert not somebody.is_in


@ONE_ENGINE
def test_a_forged_or_broken_cookie_opens_nothing(person, ann) -> None:
    somebody = person()
    somebody.logs_in("ann@example.com")
    good = somebody.cookie
    for bad in (good[:-2], good + "A", good.swapcase(), "x", "", "é" * 10, "A" * 3000):
        assert not person().takes(bad).is_in


@ONE_ENGINE
@pytest.mark.parametrize(
    ("base_url", "name"), [("http://localhost", "session"), ("https://localhost", "__Host-session")]
)
def test_the_cookies_flags(app_with, ann, base_url, name) -> None:
    is_https = base_url.startswith("https")
    somebody = Person(app_with(_base_url=base_url), https=is_https)
    answer = somebody.logs_in("ann@example.com")
    assert answer.status_code == 302
    device, cookie = sorted(answer.headers.getlist("Set-Cookie"), key=lambda c: "device" not in c)
    assert device.startswith("__Secure-desk_device=" if is_https else "desk_device=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/desk"} <= set(device.split("; "))
    assert ("Secure" in device.split("; ")) is is_https
    assert cookie.startswith(f"{name}=")
    flags = {part.strip() for part in cookie.split(";")[1:]}
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= flags
    assert ("Secure" in flags) is is_https
    assert not any(flag.startswith("Domain") for flag in flags)
    assert ("Strict-Transport-Security" in answer.headers) is is_https
    assert somebody.is_in


@ONE_ENGINE
def test_a_desk_page_is_kept_in_no_cache(person, ann) -> None:
    somebody = person()
    login = somebody.opens("/desk/login")
    assert "no-store" in login.headers["Cache-Control"]
    somebody.logs_in("ann@example.com")
    assert "no-store" in somebody.opens("/desk/").headers["Cache-Control"]
