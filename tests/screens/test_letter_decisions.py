"""Decisions from the letter's page: each a button, each with Undo, on to the next letter."""

from datetime import timedelta

import pytest

from feedback.domain.editor import Role
from feedback.domain.owed_mail import MailKind, MailState
from feedback.domain.state import State
from feedback.store import letters, mails
from tests.factories import a_column, a_letter, an_article, an_edition, approved
from tests.screens.desk_page import open_page


@pytest.fixture
def desk(log_in, app_with_csrf):
    return log_in(Role.EDITOR, app=app_with_csrf)


def now(store, letter):
    """The letter as it stands in the database."""
    with store.read() as work:
        return letters.by_ref(work, letter.ref)


def owed(store, letter):
    with store.read() as work:
        return {m.kind: m.state for m in mails.of_letter(work, letter.id)}


def at(browser, letter, query=""):
    return open_page(browser, f"/desk/letters/{letter.ref}{query}")


def ready(store, **more):
    """A letter that lacks nothing but a decision."""
    return a_letter(store, article=an_article(store), verified=True, **more)


@pytest.mark.parametrize(
    ("button", "state", "says"),
    [
        ("Shortlist", State.SHORTLISTED, "Shortlisted: Jane Q. Reader"),
        ("Approve", State.APPROVED, "Approved: Jane Q. Reader"),
        ("Hold", State.HELD, "Held until Nov. 23: Jane Q. Reader"),
        ("Not chosen", State.DECLINED, "Declined, not chosen: Jane Q. Reader"),
        ("Spike", State.SPIKED, "Spiked: Jane Q. Reader"),
    ],
)
def test_one_button_decides_and_one_undoes(desk, store, button, state, says):
    letter = ready(store)
    page = at(desk, letter).press(button)
    assert now(store, letter).state is state
    assert says in page.says
    undone = page.press("Undo")
    assert now(store, letter).state is State.RECEIVED
    assert "is received again" in undone.says
    assert "Undo" not in undone.part("toast")


def test_after_a_decision_the_next_letter_of_the_list_opens(desk, store, clock):
    for number in range(3):
        ready(store, name=f"Writer {number}", at=clock.now - timedelta(hours=number))
    page = open_page(desk, "/desk/")
    page = page.browse(page.link("Writer 1, Spokane, Wash."))
    page = page.press("Shortlist")
    assert page.part("heading").startswith("Writer 2")
    page = page.press("Not chosen")
    assert page.part("heading").startswith("Writer 0")
    page = page.press("Spike")
    assert "No letters wait" in page.main
    assert "Spiked: Writer 0" in page.says


def test_a_letter_opened_from_elsewhere_stays_open(desk, store):
    letter, _other = ready(store), ready(store)
    assert at(desk, letter).press("Shortlist").part("letter-head-line").count(letter.ref) == 1


def test_undo_stands_on_every_page_until_the_grace_time_is_over(desk, store, clock):
    at(desk, ready(store)).press("Not chosen")
    assert "Undo" in open_page(desk, "/desk/?state=all").part("toast")
    clock.advance(timedelta(minutes=9))
    assert "Undo" in open_page(desk, "/desk/").part("toast")
    clock.advance(timedelta(minutes=2))
    assert not open_page(desk, "/desk/").part("toast")


def test_a_decline_has_a_reason_and_a_mail_after_the_grace_time(desk, store):
    letter = ready(store)
    page = at(desk, letter).press("Decline").press("Decline", reason="too_long")
    assert "Declined, too long: Jane Q. Reader" in page.says
    assert "A mail leaves in 10 minutes." in page.says
    assert now(store, letter).state_reason == "too_long"
    assert owed(store, letter)[MailKind.DECLINED] is MailState.WAITING
    page.press("Undo")
    assert owed(store, letter)[MailKind.DECLINED] is MailState.CANCELLED


def test_a_decline_can_go_without_a_mail(desk, store):
    letter = ready(store)
    page = at(desk, letter).press("Decline").press("Decline", tell=None)
    assert "Declined, not chosen" in page.says
    assert "No mail." in page.says
    assert MailKind.DECLINED not in owed(store, letter)


def test_not_chosen_sends_no_mail(desk, store):
    letter = ready(store)
    at(desk, letter).press("Not chosen")
    assert MailKind.DECLINED not in owed(store, letter)


def test_a_mail_that_has_left_cannot_be_undone(desk, store):
    letter = ready(store)
    page = at(desk, letter).press("Decline").press("Decline")
    with store.work() as work:
        for mail in mails.of_letter(work, letter.id):
            mail.state = MailState.SENT
    page = page.press("Undo")
    assert page.status == 409
    assert "Its mail has gone" in page.says
    assert now(store, letter).state is State.DECLINED
    assert "Undo" not in page.part("actions")


def test_hold_takes_a_day_and_a_reason(desk, store):
    letter = ready(store)
    page = at(desk, letter).press("Hold")
    assert page.browse(page.link("Another day")).value("until") == "2026-11-23"
    page = page.press("Change day or reason")
    page = page.press("Hold", until="2026-12-01", reason="The council meets.")
    assert "Held until Dec. 1, 2026. The council meets." in page.part("letter-standing")


@pytest.mark.parametrize("until", ["2026-11-01", "2031-01-01", "soon", "2026-02-31"])
def test_a_day_that_cannot_be_keeps_what_was_typed(desk, store, until):
    letter = ready(store, to=State.HELD)
    page = at(desk, letter, "?do=hold").press("Hold", until=until, reason="My good reason")
    assert page.status == 422
    assert page.part("field-error")
    assert page.value("until") == until
    assert page.value("reason") == "My good reason"


def test_approve_asks_a_writer_who_has_not_answered_and_their_yes_approves(desk, store):
    letter = a_letter(store, article=an_article(store))
    page = at(desk, letter).press("Approve")
    stands = now(store, letter)
    assert (stands.state, stands.wanted) == (State.SHORTLISTED, State.APPROVED)
    assert owed(store, letter)[MailKind.ASK] is MailState.WAITING
    assert "Approved for when the writer answers" in page.part("letter-standing")
    page = page.press("Record verification").press("Record verification", note="Rang back.")
    assert now(store, letter).state is State.APPROVED
    assert f"It is approved, as {desk.account.name} wanted." in page.says


def test_ask_the_writer_is_drawn_only_where_the_writer_can_settle_it(desk, store):
    letter = a_letter(store, article=an_article(store))
    page = at(desk, letter)
    assert "Ask the writer" in page.buttons
    asked = page.press("Ask the writer")
    assert "the writer is asked; the answer approves it" in asked.says
    assert "Ask the writer" not in asked.buttons
    assert "Ask the writer" not in at(desk, ready(store)).buttons


def test_asking_twice_says_so_and_mails_once(desk, store):
    letter = a_letter(store, article=an_article(store))
    page = at(desk, letter).press("Approve").press("Approve")
    assert "the writer is asked already" in page.says
    with store.read() as work:
        kinds = [mail.kind for mail in mails.of_letter(work, letter.id)]
    assert kinds.count(MailKind.ASK) == 1


def test_without_an_address_approve_says_what_to_do_instead(desk, store):
    letter = a_letter(store, article=an_article(store), email=None)
    page = at(desk, letter)
    assert "There is no email address to ask at" in page.main
    page = page.press("Approve")
    assert page.status == 409
    assert "record a verification instead" in page.says
    assert now(store, letter).state is State.RECEIVED


def test_what_the_column_calls_missing_is_settled_by_an_article(desk, store):
    article = an_article(store, "The New Bridge")
    letter = a_letter(store, verified=True)
    page = at(desk, letter).press("Approve").press("Set article")
    page = page.press("Set article", article="the new bridge")
    assert now(store, letter).article_id == article.id
    assert now(store, letter).state is State.APPROVED
    assert "It is approved" in page.says


def test_restore_brings_a_spiked_letter_back(desk, store):
    letter = ready(store, to=State.SPIKED)
    page = at(desk, letter)
    assert page.buttons.count("Restore") == 1
    page.press("Restore")
    assert now(store, letter).state is State.RECEIVED


def test_place_in_edition_offers_the_drafts(desk, store):
    letter = approved(store)
    page = at(desk, letter).press("Place in edition")
    assert "No edition is in the making" in page.main
    an_edition(store, "We Hear You: Bridges", slug="bridges")
    page = at(desk, letter).press("Place in edition").press("Place in edition")
    assert "Placed in “We Hear You: Bridges”." in page.says
    assert now(store, letter).state is State.PLACED


def test_withdraw_for_the_writer_asks_for_a_reason_first(desk, store):
    letter = ready(store)
    page = at(desk, letter)
    panel = page.browse(page.link("Withdraw for the writer…"))
    assert panel.press("Withdraw", reason=" ").status == 422
    panel.press("Withdraw", reason="Rang on Nov. 9.")
    assert now(store, letter).state is State.WITHDRAWN
    assert "Withdrawn. Rang on Nov. 9." in at(desk, letter).part("letter-standing")


def test_kill_is_for_publishers_and_chiefs_after_print(log_in, app_with_csrf, store):
    letter = approved(store)
    an_edition(store, groups=[(None, [letter])], published=True)
    assert "Kill: take it down…" not in at(log_in(Role.EDITOR), letter).main
    publisher = log_in(Role.PUBLISHER, app=app_with_csrf)
    page = at(publisher, letter)
    page = page.browse(page.link("Kill: take it down…"))
    page.press("Kill", reason="The writer is somebody else.")
    assert now(store, letter).state is State.KILLED


def test_override_is_a_chiefs_typed_reason_shown_beside_the_gate(log_in, app_with_csrf, store):
    letter = a_letter(store, article=an_article(store), email=None)
    assert "Override" not in at(log_in(Role.EDITOR), letter).buttons
    chief = log_in(Role.CHIEF, app=app_with_csrf)
    panel = at(chief, letter).press("Override")
    assert panel.press("Override", override="  ").status == 422
    page = panel.press("Override", override="I know him.")
    assert "Passed over: verified." in page.says
    assert "Passed over: “I know him.”" in page.part("letter-rail")
    page.press("Approve")
    assert now(store, letter).state is State.APPROVED


def test_a_page_that_is_out_of_date_changes_nothing(log_in, app_with_csrf, desk, store):
    letter = ready(store)
    old = at(desk, letter)
    other = log_in(Role.CHIEF, app=app_with_csrf)
    at(other, letter).press("Shortlist")
    page = old.press("Spike")
    assert page.status == 409
    assert "Somebody else has changed this letter" in page.says
    assert f"{other.account.name} did" in page.says
    assert now(store, letter).state is State.SHORTLISTED


def test_the_columns_grace_time_is_told(desk, store):
    a_column(store, grace_minutes=3)
    page = at(desk, ready(store)).press("Decline").press("Decline")
    assert "A mail leaves in 3 minutes." in page.says
