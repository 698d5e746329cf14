"""The queue: what waits, narrowed by tabs, article, channel, words; in pages."""

from datetime import date, timedelta

import pytest

from feedback.domain.actor import MACHINE, WRITER
from feedback.domain.editor import Role
from feedback.domain.event import EventKind
from feedback.domain.house_rules import HouseRules
from feedback.domain.letter import Channel
from feedback.domain.owed_mail import MailKind
from feedback.domain.state import State
from feedback.intake.recheck import recheck_new
from feedback.screens.selection import Selection
from feedback.store import columns, letters, mails
from tests.factories import a_letter, an_article, approved
from tests.factories.letter import ANN
from tests.screens.desk_page import open_page

DAY = timedelta(days=1)


@pytest.fixture
def desk(log_in):
    return log_in(Role.EDITOR)


def test_somebody_who_is_not_logged_in_is_led_to_the_login(client):
    answer = client.get("/desk/?state=held")
    assert answer.status_code == 303
    assert answer.location == "/desk/login?next=/desk/?state%3Dheld"


def test_an_empty_desk_says_what_will_stand_there(desk):
    page = open_page(desk, "/desk/")
    assert "No letters wait" in page.main
    assert "New letter" in page.buttons


def test_waiting_letters_stand_as_one_reads_without_what_is_decided(desk, store, clock):
    a_letter(store, name="Old Writer", at=clock.now - DAY)
    a_letter(store, name="New Writer")
    a_letter(store, name="Gone Writer", to=State.DECLINED)
    page = open_page(desk, "/desk/")
    assert page.rows == ["Old Writer, Spokane, Wash.", "New Writer, Spokane, Wash."]
    newest = page.press("Show letters", order="received")
    assert newest.rows == ["New Writer, Spokane, Wash.", "Old Writer, Spokane, Wash."]
    assert "2 letters wait" in page.main


def test_each_tab_counts_and_shows_its_own(desk, store):
    a_letter(store, name="Waits")
    a_letter(store, name="Liked", to=State.SHORTLISTED)
    approved(store, name="Chosen")
    page = open_page(desk, "/desk/")
    assert "Waiting 1 Shortlisted 1 Approved 1 Held 0 All 3" in page.part("tabs")
    assert page.browse(page.link("Shortlisted 1")).rows == ["Liked, Spokane, Wash."]
    everything = page.browse("/desk/?state=all")
    assert len(everything.rows) == 3
    assert "Approved" in everything.part("letter-row-why")


def test_a_state_that_has_no_tab_is_found_by_the_filter(desk, store):
    a_letter(store, name="Rude", to=State.SPIKED)
    a_letter(store, name="Waits")
    page = open_page(desk, "/desk/").press("Show letters", state="spiked")
    assert page.rows == ["Rude, Spokane, Wash."]


def test_letters_stand_under_their_articles_where_they_follow_one_another(desk, store, clock):
    bridge = an_article(store, "The New Bridge", published_on=date(2026, 3, 1))
    levee = an_article(store, "Who Pays?", published_on=date(2026, 3, 2))
    for days, article in enumerate((levee, levee, bridge)):
        a_letter(store, article=article, at=clock.now - days * DAY)
    page = open_page(desk, "/desk/")
    assert page.part("letter-group") == (
        "Who Pays? 2 letters Article: Who Pays? The New Bridge Article: The New Bridge"
    )
    assert len(page.browse(page.link("The New Bridge")).rows) == 1


def test_a_letter_about_no_known_article_says_so(desk, store, clock):
    a_letter(store, at=clock.now - DAY)
    a_letter(store, is_general=True)
    page = open_page(desk, "/desk/")
    assert page.part("letter-group") == "About no article in particular Article not known"


def test_the_way_a_letter_came_narrows_the_list(desk, store):
    a_letter(store, name="By Form")
    a_letter(store, name="On Paper", channel=Channel.PAPER)
    page = open_page(desk, "/desk/").press("Show letters", channel="paper")
    assert page.rows == ["On Paper, Spokane, Wash."]
    assert "On paper" in page.part("why")


def test_words_are_found_in_every_state(desk, store):
    a_letter(store, "The heron stood in the flooded field.", name="Found", to=State.HELD)
    a_letter(store, "Nothing of the sort.", name="Other")
    with store.work() as work:
        recheck_new(work)
    page = open_page(desk, "/desk/?q=heron")
    assert page.rows == ["Found, Spokane, Wash."]
    assert "Letters with “heron”" in page.main


def test_a_reference_that_is_searched_for_opens_its_letter(desk, store):
    letter = a_letter(store)
    answer = desk.get("/desk/", query_string={"q": letter.ref.lower()})
    assert answer.status_code == 303
    assert answer.location == f"/desk/letters/{letter.ref}"


def test_a_withheld_name_stands_in_no_list(desk, store):
    a_letter(store, name="Shy Person", is_withheld=True)
    page = open_page(desk, "/desk/")
    assert page.rows == ["Name withheld, Spokane, Wash."]
    assert "Asks to be unnamed" in page.part("why")
    assert "Shy Person" not in page.response.text


def test_a_row_says_at_most_two_things_that_are_unusual(desk, store):
    a_letter(store, is_withheld=True, affiliation="Sits on the board", channel=Channel.PAPER)
    page = open_page(desk, "/desk/")
    assert page.part("why") == "Asks to be unnamed Has an interest"


def test_pages_follow_one_another_without_loss_or_repeat(desk, store, clock):
    for number in range(53):
        a_letter(store, name=f"Writer {number:02}", at=clock.now + timedelta(minutes=number))
    first = open_page(desk, "/desk/")
    assert "1–50 of 53" in first.main
    second = first.browse(first.link("Further letters"))
    assert "51–53 of 53" in second.main
    assert first.rows + second.rows == [f"Writer {n:02}, Spokane, Wash." for n in range(53)]
    assert second.browse(second.link("First letters")).rows == first.rows


def test_a_letter_keeps_its_list_beside_it(desk, store, clock):
    for number in range(52):
        a_letter(store, name=f"Writer {number:02}", at=clock.now - timedelta(minutes=number))
    second = open_page(desk, "/desk/?state=all")
    second = second.browse(second.link("Further letters"))
    letter = second.browse(second.link("Writer 51, Spokane, Wash."))
    assert letter.rows == second.rows
    assert letter.link("Queue").startswith("/desk/?state=all&cursor=")


@pytest.mark.parametrize(
    "query",
    [
        "state=nonsense",
        "cursor=%00",
        "cursor=AAAA",
        "article=99999999999999999999",
        "article=-1",
        "channel=pigeon",
        "past=x&state=all",
        "q=%00%22%27)(*&state=all",
        "q=" + "a" * 5000,
        "q=NEAR(&article=7",
    ],
)
def test_a_query_string_that_makes_no_sense_shows_a_list_all_the_same(desk, store, query):
    a_letter(store)
    assert desk.get(f"/desk/?{query}").status_code == 200


def test_a_page_asks_the_database_as_often_for_many_letters_as_for_one(desk, store, statements_of):
    a_letter(store, article=an_article(store))
    desk.get("/desk/")  # the column is read now and then, not for every page
    few = statements_of(lambda: desk.get("/desk/?state=all"))
    for _ in range(30):
        a_letter(store, article=an_article(store))
    fresh = statements_of(lambda: desk.get("/desk/?state=all"))
    assert len(fresh) <= len(few) + 6  # a batch each: what the list says is worked out once
    many = statements_of(lambda: desk.get("/desk/?state=all"))
    assert len(many) == len(few)


def test_a_selection_survives_its_own_links(app):
    asked = {
        "state": "held", "article": "7", "channel": "paper", "q": "two  words fits:120 older:3",
        "check": "length:note", "editor": "none", "first": "yes", "order": "received",
    }  # fmt: skip
    with app.test_request_context():
        read = Selection.read(asked)
        again = Selection.read(dict(read.pairs()))
    assert again == read
    assert (read.q, read.narrow.fits, read.narrow.older) == ("two words", 120, 3)


def test_first_letters_and_answers_of_writers_come_before_the_others(desk, store, clock):
    levee = an_article(store, "Who Pays?")
    known = a_letter(store, name="Often Writes", email="often@example.com", article=levee)
    a_letter(store, name="Often Writes", email="often@example.com", article=levee)
    a_letter(store, name="New Voice", email="new@example.com", article=levee)
    with store.work() as work:
        recheck_new(work)
        one = letters.by_ref(work, known.ref, to_change=True)
        one.move(State.SHORTLISTED, ANN, work.now)
    with store.work() as work:
        one = letters.by_ref(work, known.ref, to_change=True)
        one.record(EventKind.COMPLETED, WRITER, work.now)
        one.move(State.RECEIVED, MACHINE, work.now)
    page = open_page(desk, "/desk/")
    in_order = ["Often Writes", "New Voice", "Often Writes"]
    assert [row.partition(",")[0] for row in page.rows] == in_order
    assert "Writer has answered" in page.part("why")
    assert len(page.browse("/desk/?first=yes").rows) == 2


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("fits=5", {"Short"}),
        ("q=fits:5", {"Short"}),
        ("older=3", {"Old"}),
        ("check=length:note", {"Long"}),
        ("topic=Water", {"Old"}),
        ("topic=Fire", {"Old", "Short", "Long"}),
        ("editor=none", {"Old", "Short", "Long"}),
        ("editor=me", set()),
        ("campaign=99", set()),
        ("state=all&order=reading", {"Old", "Short", "Long"}),
    ],
)
def test_the_list_is_narrowed_by_what_is_asked(desk, store, clock, query, names):
    levee = an_article(store, "The Levee Holds")
    a_letter(store, "A letter of some ten words or so, no more.", name="Old", article=levee,
             at=clock.now - 5 * DAY)  # fmt: skip
    a_letter(store, "No. Never again.", name="Short")
    a_letter(store, "Many words. " * 150, name="Long")
    with store.work() as work:
        recheck_new(work)
        columns.first(work).rules = HouseRules(topics={"Water": ("levee", "river")})
    page = open_page(desk, f"/desk/?{query}")
    assert {row.partition(",")[0] for row in page.rows} == names


def test_a_search_shows_the_passage_it_found(desk, store):
    a_letter(store, "Nothing of note. " * 20 + "Then the heron rose. " + "And so on. " * 20)
    with store.work() as work:
        recheck_new(work)
    page = open_page(desk, "/desk/?q=herons")
    assert page.part("evidence") == "heron"


def test_several_letters_are_decided_at_once_and_undone_at_once(desk, store):
    some = [a_letter(store, article=an_article(store)) for _ in range(3)]
    gone = a_letter(store, to=State.WITHDRAWN, why="by telephone")
    refs = [one.ref for one in (*some, gone)]
    desk.post("/desk/batches/?state=waiting", data={"decision": "not_chosen", "ref": refs})
    with store.read() as work:
        states = [letters.by_ref(work, ref).state for ref in refs]
    assert states == [State.DECLINED] * 3 + [State.WITHDRAWN]
    page = open_page(desk, "/desk/")
    assert "3 letters declined. 1 stayed as it was" in page.response.text
    page.press("Undo")
    with store.read() as work:
        assert {letters.by_ref(work, one.ref).state for one in some} == {State.RECEIVED}
    assert "Undone by" in open_page(desk, "/desk/batches/").main


def test_a_view_is_kept_under_its_name(desk, store):
    page = open_page(desk, "/desk/?state=held&fits=120").press("Keep", name="Short ones")
    assert "Kept as “Short ones”." in page.response.text
    again = page.browse(page.link("Short ones"))
    assert again.value("filter-fits") == "120"
    assert "Short ones" not in again.press("Forget").main


def test_several_letters_are_declined_for_a_reason_and_their_writers_told(desk, store):
    some = [a_letter(store, email=f"{n}@example.com") for n in range(2)]
    sent = {"decision": "decline", "reason": "too_long", "tell": "mail"}
    desk.post("/desk/batches/", data={**sent, "ref": [one.ref for one in some]})
    with store.read() as work:
        for one in some:
            assert letters.by_ref(work, one.ref).state_reason == "too_long"
            kinds = [mail.kind for mail in mails.of_letter(work, one.id)]
            assert MailKind.DECLINED in kinds
    desk.post("/desk/batches/", data={**sent, "reason": "rude", "ref": some[0].ref})
    assert "Choose what to do, and why." in open_page(desk, "/desk/").says
