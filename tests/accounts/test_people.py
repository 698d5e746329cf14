"""People of the desk: another role, a new password, leaving; each counts from the next click on."""

import pytest

from feedback.accounts import passwords, people
from feedback.domain.editor import Role
from feedback.domain.errors import NotFound, Refused
from tests.desk.desk import ONE_ENGINE
from tests.factories import a_letter, an_account
from tests.factories.account import PASSWORD

FRESH = "nine green bottles hanging"


@pytest.fixture
def inside(person, ann):
    """Ann, who is logged in."""
    somebody = person()
    somebody.logs_in("ann@example.com")
    assert somebody.is_in
    return somebody


def changes(store, change, *args) -> None:
    with store.work() as work:
        change(work.session, "ann@example.com", *args)


def test_another_role_counts_at_once(inside, store) -> None:
    letter = a_letter(store)
    path = f"/desk/letters/{letter.ref}/decisions"

    def spikes() -> int:
        sent = {"csrf_token": inside.token("/desk/"), "decision": "spike", "version": "1"}
        return inside.browser.post(path, data=sent).status_code

    changes(store, people.change_role, Role.READER_EDITOR)
    assert inside.is_in
    assert spikes() == 403
    changes(store, people.change_role, Role.EDITOR)
    assert spikes() == 303


def test_who_is_let_go_is_out_at_once(inside, person, store) -> None:
    kept = inside.cookie
    changes(store, people.disable)
    assert not inside.is_in
    changes(store, people.enable)
    assert not person().takes(kept).is_in, "the old cookie stays dead"
    back = person()
    back.logs_in("ann@example.com")
    assert back.is_in


def test_a_new_password_ends_all_other_log_ins(inside, person, store) -> None:
    other = person()
    other.logs_in("ann@example.com")
    before = inside.cookie
    change = {"password": PASSWORD, "new_password": FRESH, "new_password_confirm": FRESH}
    answer = inside.sends("/desk/password", **change)
    assert (answer.status_code, answer.location) == (302, "/desk/account")
    assert inside.is_in
    assert not other.is_in
    assert not person().takes(before).is_in, "the session's id changed as well"
    for password, opens in ((PASSWORD, False), (FRESH, True)):
        somebody = person()
        somebody.logs_in("ann@example.com", password)
        assert somebody.is_in is opens


GOOD = {"password": PASSWORD, "new_password": FRESH, "new_password_confirm": FRESH}
WRONG = [
    ({"password": "not the present one"}, "not your present password"),
    ({"password": ""}, "Enter a password"),
    ({"new_password_confirm": "another one altogether"}, "differ"),
    ({"new_password": "short", "new_password_confirm": "short"}, "at least 12"),
    ({"new_password": PASSWORD, "new_password_confirm": PASSWORD}, "is the present one"),
    ({"password": "x" * 5000}, ""),
]


@ONE_ENGINE
def test_what_will_not_do_changes_nothing(inside, person, subtests) -> None:
    for change, says in WRONG:
        with subtests.test(says=says):
            answer = inside.sends("/desk/password", **(GOOD | change))
            assert answer.status_code == 422
            assert says in answer.text
    somebody = person()
    somebody.logs_in("ann@example.com")
    assert somebody.is_in


@ONE_ENGINE
def test_a_password_is_changed_by_a_button_with_a_token_and_a_log_in(inside, person) -> None:
    assert inside.browser.post("/desk/password", data=GOOD).status_code == 400
    stranger = person()
    token = stranger.token()
    answer = stranger.browser.post("/desk/password", data=GOOD | {"csrf_token": token})
    assert answer.status_code in (302, 303, 401)
    somebody = person()
    somebody.logs_in("ann@example.com")
    assert somebody.is_in


# --- taking on and letting go


@ONE_ENGINE
def test_the_last_chief_stays(store) -> None:
    an_account(store, Role.CHIEF, email="chief@example.com")
    for change in (people.disable, lambda s, e: people.change_role(s, e, Role.EDITOR)):
        with store.work() as work, pytest.raises(Refused, match="last chief"):
            change(work.session, "chief@example.com")
    an_account(store, Role.CHIEF, email="deputy@example.com")
    with store.work() as work:
        people.disable(work.session, "chief@example.com")
        with pytest.raises(Refused, match="last chief"):
            people.disable(work.session, "deputy@example.com")
        people.change_role(work.session, "chief@example.com", Role.EDITOR)


@ONE_ENGINE
def test_an_account_is_one_by_its_address(store) -> None:
    with store.work() as work:
        account, fresh = people.add(work.session, " Ann@Example.COM ", "", Role.EDITOR, work.now)
        assert (account.email, account.name) == ("ann@example.com", "ann")
        assert fresh is not None
        assert len(fresh) >= 20
        with pytest.raises(Refused, match="already"):
            people.add(work.session, "ANN@example.com", "Ann", Role.CHIEF, work.now, FRESH)
        with pytest.raises(NotFound):
            people.get(work.session, "nobody@example.com")
        assert people.count_active(work.session) == 1


@ONE_ENGINE
@pytest.mark.parametrize("email", ["", "ann", "a b@example.com", "ann@", "x" * 65 + "@example.com"])
def test_what_is_no_address_is_refused(store, email) -> None:
    with store.work() as work, pytest.raises(Refused):
        people.add(work.session, email, "Ann", Role.EDITOR, work.now)


@pytest.mark.parametrize(
    ("password", "is_good"),
    [
        (FRESH, True),
        ("x" * 11, False),
        ("password password", False),
        ("qwertyuiop123456", False),
        ("!!!Letmein2026!!!", False),
        ("abcabcabcabc", False),
        ("anneditor", False),
        ("ann editor 1234", False),
        ("tr0ub4dor&3 horse", True),
        ("漢字仮名交じり文は長いので良い", True),
    ],
)
def test_a_password_is_long_and_not_the_first_that_anybody_tries(password, is_good) -> None:
    assert (passwords.problem(password, "ann@example.com", "Ann Editor") is None) is is_good


def test_each_keyboard_gives_the_same_password() -> None:
    assert passwords.normalize("ﬁne ｗｏｒｄｓ") == "fine words"
    assert passwords.hash_password(FRESH).startswith("$argon2id$")
