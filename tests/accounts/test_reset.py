"""A new password by mail: told alike to everybody, by a link that opens once and not for long."""

import re

import pytest

from feedback.accounts import people
from feedback.domain.owed_mail import MailKind, OwedMail
from feedback.store import mails
from feedback.store.work import Store
from tests.accounts.person import Person, refused
from tests.desk.desk import ONE_ENGINE
from tests.factories import an_account
from tests.factories.account import PASSWORD

FRESH = "nine green bottles hanging"
LINK = re.compile(r"http://localhost(/desk/reset/\S+)")


def account_mails(store: Store) -> list[OwedMail]:
    """Mails to people at the desk, oldest first."""
    with store.read() as work:
        found = [mail for mail in mails.newest(work) if mail.kind is MailKind.ACCOUNT]
    return list(reversed(found))


def asked_for(person: Person, store: Store, email: str = "ann@example.com") -> str:
    """Ask for a link; where it leads, as it was mailed."""
    assert person.sends("/desk/reset", email=email).status_code == 200
    found = LINK.search(account_mails(store)[-1].text or "")
    assert found
    return found[1]


def sets(person: Person, link: str, password: str = FRESH, again: str | None = None):
    """Set a new password by a link, whose page shows a form."""
    return person.sends(link, password=password, password_confirm=again or password)


def gets_in(person, password: str) -> bool:
    somebody = person()
    somebody.logs_in("ann@example.com", password)
    return somebody.is_in


def test_the_answer_tells_nobody_who_has_an_account(person, ann, store) -> None:
    an_account(store, email="gone@example.com", active=False)
    answers = {}
    for email in ("ann@example.com", "nobody@example.com", "gone@example.com"):
        status, text = refused(person().sends("/desk/reset", email=email))
        answers[email] = (status, text.replace(email, "…"))
    assert len(set(answers.values())) == 1, answers
    assert [mail.to_address for mail in account_mails(store)] == ["ann@example.com"]


def test_the_link_sets_a_new_password_once(person, ann, store) -> None:
    link = asked_for(person(), store)
    answer = sets(person(), link)
    assert answer.status_code == 302
    assert not gets_in(person, PASSWORD)
    assert gets_in(person, FRESH)
    again = person().opens(link)
    assert again.status_code == 302
    somebody = person()
    assert "was used already" in somebody.browser.get(link, follow_redirects=True).text
    told = account_mails(store)[-1]
    assert "a new password was set" in (told.text or ""), "its owner is told"
    assert FRESH not in (told.text or "")


def test_a_look_changes_nothing(person, ann, store) -> None:
    link = asked_for(person(), store)
    for _ in range(3):
        assert person().opens(link).status_code == 200
        assert person().browser.head(link).status_code == 200
    assert gets_in(person, PASSWORD)


def test_every_open_log_in_ends_and_the_lock_is_lifted(person, ann, account, store) -> None:
    inside = person()
    inside.logs_in("ann@example.com")
    for _ in range(6):
        person().logs_in("ann@example.com", "wrong wrong wrong")
    assert account("ann@example.com").locked_until is not None
    sets(person(), asked_for(person(), store))
    assert not inside.is_in
    assert account("ann@example.com").locked_until is None
    assert gets_in(person, FRESH)


@ONE_ENGINE
def test_the_link_ends_after_an_hour(person, ann, store, time_machine) -> None:
    time_machine.move_to("2026-11-09T14:30:00Z", tick=False)
    link = asked_for(person(), store)
    time_machine.move_to("2026-11-09T15:29:00Z", tick=False)
    assert person().opens(link).status_code == 200
    time_machine.move_to("2026-11-09T15:31:00Z", tick=False)
    assert person().opens(link).status_code == 302
    assert "too old" in person().browser.get(link, follow_redirects=True).text
    assert gets_in(person, PASSWORD)


@ONE_ENGINE
@pytest.mark.parametrize("meanwhile", ["a new password", "a second link", "let go", "by the chief"])
def test_the_link_is_void_after(person, ann, store, meanwhile) -> None:
    link = asked_for(person(), store)
    match meanwhile:
        case "a new password":
            inside = person()
            inside.logs_in("ann@example.com")
            change = {"password": PASSWORD, "new_password": FRESH, "new_password_confirm": FRESH}
            assert inside.sends("/desk/password", **change).status_code == 302
        case "a second link":
            sets(person(), asked_for(person(), store))
        case "let go":
            an_account(store, role="chief")
            with store.work() as work:
                people.disable(work.session, "ann@example.com")
        case "by the chief":
            with store.work() as work:
                people.reset(work.session, "ann@example.com", FRESH)
    assert person().opens(link).status_code == 302
    other = "five gold rings and more"
    somebody = person()
    token = somebody.token()
    sent = {"csrf_token": token, "password": other, "password_confirm": other}
    assert somebody.browser.post(link, data=sent).status_code == 302
    assert not gets_in(person, other)


@ONE_ENGINE
def test_wrong_links_open_nothing(person, ann, store) -> None:
    link = asked_for(person(), store)
    room, _slash, token = link.rpartition("/")
    for bad in (token[:-1], token + "A", token.swapcase(), "x", "A" * 3000, "%00", "%ff", "né"):
        assert person().opens(f"{room}/{bad}").status_code == 302
    assert gets_in(person, PASSWORD)


WEAK = {
    "short": "at least 12 characters",
    "x" * 129: "at most 128",
    "password1234": "among the first",
    "password password": "among the first",
    "aaaaaaaaaaaa": "among the first",
    "Ann Editor 2026!": "your name or your email",
    "ann@example.com": "your name or your email",
    "": "Enter a password",
}


@ONE_ENGINE
def test_a_weak_password_is_refused_in_words(person, ann, store, subtests) -> None:
    somebody = person()
    link = asked_for(somebody, store)
    for password, says in WEAK.items():
        with subtests.test(password=password[:30]):
            answer = sets(somebody, link, password)
            assert answer.status_code == 422
            assert says in answer.text
    assert gets_in(person, PASSWORD)


@ONE_ENGINE
def test_two_that_differ_are_refused(person, ann, store) -> None:
    answer = sets(person(), asked_for(person(), store), FRESH, again=FRESH + "!")
    assert answer.status_code == 422
    assert "differ" in answer.text


@ONE_ENGINE
@pytest.mark.parametrize(
    "password",
    ["pass phrase with ß and 漢字", "𝓹𝓪𝓼𝓼 phrase of twelve", "'; DROP TABLE x;--", "one two " * 16],
)
def test_any_character_may_stand_in_one(person, ann, store, password) -> None:
    assert sets(person(), asked_for(person(), store), password).status_code == 302
    assert gets_in(person, password)


@ONE_ENGINE
@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "X-Host", "Forwarded"])
def test_the_link_leads_to_the_configured_site_whoever_is_asked_for(
    person, ann, store, header
) -> None:
    somebody = person()
    sent = {"csrf_token": somebody.token("/desk/reset"), "email": "ann@example.com"}
    value = "host=evil.test" if header == "Forwarded" else "evil.test"
    answer = somebody.browser.post("/desk/reset", data=sent, headers={header: value})
    assert answer.status_code == (400 if header == "Host" else 200)
    for mail in account_mails(store):
        assert LINK.search(mail.text or "")
        assert "evil.test" not in (mail.text or "")
    assert len(account_mails(store)) == (0 if header == "Host" else 1)


@ONE_ENGINE
def test_one_mailbox_is_not_flooded(app_with, ann, store) -> None:
    app = app_with(limits="normal")
    sent = [Person(app).sends("/desk/reset", email="ann@example.com") for _ in range(6)]
    codes = [answer.status_code for answer in sent]
    assert codes == [200] * 5 + [429]
    assert len(account_mails(store)) == 5


@ONE_ENGINE
def test_who_asks_needs_the_pages_token(person, ann, store) -> None:
    assert person().sends("/desk/reset", email="ann@example.com", csrf_token="x").status_code == 400
    link = asked_for(person(), store)
    assert sets_without_token(person(), link) == 400
    assert gets_in(person, PASSWORD)


def sets_without_token(somebody: Person, link: str) -> int:
    sent = {"password": FRESH, "password_confirm": FRESH}
    return somebody.browser.post(link, data=sent).status_code
