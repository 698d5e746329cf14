"""The lock that guessing brings: it keeps strangers out, and never the owner."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from feedback.accounts.models import TRIES_BEFORE_LOCK, Account
from feedback.accounts.people import random_name
from tests.accounts.test_reset import FRESH, account_mails, asked_for, sets
from tests.desk.desk import ONE_ENGINE
from tests.factories.account import PASSWORD

WRONG = "not the right password"


def guesses(somebody, times: int = TRIES_BEFORE_LOCK) -> None:
    for _ in range(times):
        assert somebody.logs_in("ann@example.com", WRONG).status_code == 422


def logs_out(somebody) -> None:
    somebody.sends("/desk/logout", page="/desk/account")


def test_a_stranger_locks_strangers_out_and_not_the_owner(person, ann, account, clock) -> None:
    owner = person()
    owner.logs_in("ann@example.com")
    logs_out(owner)
    assert not owner.is_in
    guesses(person())
    assert account("ann@example.com").is_locked(clock.now)
    stranger = person()
    stranger.logs_in("ann@example.com", PASSWORD)
    assert not stranger.is_in, "the lock holds against whoever is not known"
    owner.logs_in("ann@example.com")
    assert owner.is_in, "and not against the owner's own browser"


@ONE_ENGINE
def test_a_known_browser_has_a_lock_of_its_own(person, ann, account, clock) -> None:
    owner = person()
    owner.logs_in("ann@example.com")
    logs_out(owner)
    guesses(owner)
    owner.logs_in("ann@example.com")
    assert not owner.is_in
    assert account("ann@example.com").failed_logins == 0
    other = person()
    other.logs_in("ann@example.com")
    assert other.is_in, "whoever stole a browser locks that browser alone"
    clock.advance(timedelta(seconds=30))
    owner.logs_in("ann@example.com")
    assert owner.is_in


@ONE_ENGINE
def test_a_mailed_link_lifts_the_lock_and_makes_the_browser_known(person, ann, store) -> None:
    guesses(person())
    owner = person()
    sets(owner, asked_for(owner, store))
    guesses(person())
    owner.logs_in("ann@example.com", FRESH)
    assert owner.is_in


@ONE_ENGINE
def test_a_cookie_of_another_account_or_none_of_ours_is_worth_nothing(person, ann) -> None:
    guesses(person())
    stranger = person()
    stranger.opens("/desk/login")
    for token in ("x", "A" * 43, "é" * 20, "x" * 3900):
        stranger.browser.set_cookie("desk_device", token, path="/desk")
        stranger.logs_in("ann@example.com")
        assert not stranger.is_in


@ONE_ENGINE
def test_a_new_browser_is_told_by_mail_without_an_address(person, ann, store) -> None:
    owner = person()
    owner.logs_in("ann@example.com")
    logs_out(owner)
    owner.logs_in("ann@example.com")
    assert account_mails(store) == [], "the first log-in, and a known browser, tell nothing"
    person().logs_in("ann@example.com")
    (mail,) = account_mails(store)
    assert "new browser" in (mail.subject or "")
    assert "127.0.0.1" not in (mail.text or "")


@ONE_ENGINE
def test_the_last_log_in_is_shown(person, ann, clock) -> None:
    somebody = person()
    somebody.logs_in("ann@example.com")
    assert "Last log-in" not in somebody.opens("/desk/").text
    logs_out(somebody)
    clock.advance(timedelta(hours=1))
    somebody.logs_in("ann@example.com")
    page = somebody.opens("/desk/").text
    assert "Last log-in: Nov. 9, 9:30 a.m." in page


@ONE_ENGINE
def test_random_walks_never_let_a_disabled_account_in(person, ann, store, clock) -> None:
    class Walk(RuleBasedStateMachine):
        """Two browsers, one of them the owner's, at an account that comes and goes."""

        def __init__(self) -> None:
            super().__init__()
            self.browsers = [person(), person()]
            self.change(active=True, locked_until=None, failed_logins=0)

        def change(self, **values: object) -> None:
            with store.work() as work:
                account = work.session.get_one(Account, ann.id)
                for name, value in values.items():
                    setattr(account, name, value)

        @property
        def kept(self) -> Account:
            with store.read() as work:
                return work.session.get_one(Account, ann.id)

        @rule(which=st.integers(0, 1), is_right=st.booleans())
        def log_in(self, which: int, is_right: bool) -> None:
            if self.browsers[which].is_in:
                return
            was_active = self.kept.active
            self.browsers[which].logs_in("ann@example.com", PASSWORD if is_right else WRONG)
            if not is_right or not was_active:
                assert not self.browsers[which].is_in

        @rule(which=st.integers(0, 1))
        def log_out(self, which: int) -> None:
            if self.browsers[which].is_in:
                logs_out(self.browsers[which])
                assert not self.browsers[which].is_in

        @rule(is_active=st.booleans())
        def let_go_or_in_again(self, is_active: bool) -> None:
            # What `people.disable` does, without its rule about the last chief.
            self.change(active=is_active, fs_uniquifier=random_name())

        @rule(minutes=st.sampled_from([1, 10, 24 * 60]))
        def wait(self, minutes: int) -> None:
            clock.advance(timedelta(minutes=minutes))

        @invariant()
        def nobody_disabled_is_in(self) -> None:
            if not self.kept.active:
                assert not any(one.is_in for one in self.browsers)

    case = Walk.TestCase
    case.settings = settings(max_examples=6, stateful_step_count=12, deadline=None)
    case().runTest()
