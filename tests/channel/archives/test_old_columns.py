"""Old columns out of WordPress: their letters are in print, once, on the day of the post."""

from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from feedback.channel.archives.take import import_archive
from feedback.domain.errors import Refused
from feedback.domain.state import State
from feedback.intake.recheck import recheck_new
from feedback.reading.printed_column import letters_in
from feedback.store import audit, letters, mails
from tests.channel.archives.columns import CLASSIC, OURS, an_export, an_item
from tests.factories import an_article


@pytest.fixture
def taken(newsroom, tmp_path):
    """`taken(item, …)`: what the import of an export with these posts did."""

    def take(*items: str):
        (tmp_path / "export.xml").write_text(an_export(*items))
        return import_archive(newsroom, tmp_path / "export.xml")

    return take


def test_letters_of_a_column_are_published_on_its_day(newsroom, stored, taken) -> None:
    article = an_article(
        newsroom.store, headline="Trains", url="https://news.example.com/trains?a=1&b=2"
    )
    outcome = taken(an_item())
    assert (outcome.added, outcome.known, outcome.skipped) == (2, 0, 0)
    by_name = {one.name: one for one in stored()}
    jane = by_name["Jane Q. Reader"]
    assert jane.state is State.PUBLISHED
    assert jane.published_on == date(2019, 3, 2), "the day at the site"
    assert jane.received_at == datetime(2019, 3, 3, 4, 30, tzinfo=UTC)
    assert jane.signature.printed() == "Jane Q. Reader, Spokane, Wash."
    assert jane.original.consent == "none-yet"
    assert jane.article_id == article.id
    assert jane.original.remarks == (
        "Dear Daily Signal: Regarding the\ntrains, I like them.\n\n"
        "They run on time. As it was said: “All aboard.”—Abraham Lincoln\n\nSo be it."
    )
    assert by_name["Max Writer"].signature.printed() == "Max Writer, Paris, Ohio"
    assert by_name["Max Writer"].original.remarks == "Buses are better."
    assert jane.state_reason == "Printed before, in “We Hear You: Trains”."
    with newsroom.store.read() as work:
        assert mails.newest(work) == []


def test_twice_adds_nothing_also_where_the_post_was_changed(stored, taken) -> None:
    taken(an_item())
    assert (taken(an_item()).added, len(stored())) == (0, 2)
    changed = taken(an_item(html=CLASSIC.replace("I like them", "I love them")))
    assert (changed.added, changed.known, len(stored())) == (0, 2, 2)


def test_what_this_desk_prints_can_be_read_back() -> None:
    found = letters_in(OURS)
    assert [one.signature for one in found] == [
        "Jane Q. Reader, Spokane, Wash.",
        "Max Writer, Ohio",
        "Ann Lee, Kyiv, Ukraine",
        "Name withheld, Cheney, Wash.",
        "Al (“Cap”) Lee, Limon, Colo.",
    ]
    assert found[0].links == ("https://news.example.com/2026/03/02/working-group/",)
    assert found[0].text.endswith("Meetings are cheap.")
    assert (found[2].headline, found[3].headline) == ("Student Debt", "What I Owe")
    assert found[3].text.endswith("—It ends at 81.")


def test_a_withheld_name_stays_withheld(stored, taken) -> None:
    taken(an_item(html=OURS))
    (letter,) = [one for one in stored() if one.is_withheld]
    assert letter.name is None
    assert letter.signature.printed() == "Name withheld, Cheney, Wash."


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "page"},
        {"status": "draft"},
        {"title": "Trains Are Late"},
        {"html": "<p>Nobody wrote.</p>"},
    ],
)
def test_what_is_no_printed_column_stays_out(stored, taken, other) -> None:
    taken(an_item(**other))
    assert stored() == []


def test_a_category_of_letters_makes_a_column(stored, taken) -> None:
    taken(an_item("Trains Are Late", categories=("Opinion", "Letters to the Editor")))
    assert len(stored()) == 2


@pytest.mark.parametrize(
    "at", ["0000-00-00 00:00:00", "2999-01-01 00:00:00", "1980-01-01 00:00:00"]
)
def test_a_column_without_its_day_is_told(stored, taken, at) -> None:
    outcome = taken(an_item(at=at, gmt=at))
    assert (outcome.added, outcome.skipped) == (0, 1)
    assert stored() == []


def test_writers_are_known_by_what_was_printed(newsroom, stored, taken) -> None:
    taken(an_item(), an_item("We Hear You: Buses", number=2, at="2019-04-02 10:00:00", gmt=""))
    with newsroom.store.work() as work:
        recheck_new(work)
    janes = [one for one in stored() if one.name == "Jane Q. Reader"]
    assert sorted(one.is_first for one in janes) == [False, True]
    with newsroom.store.read() as work:
        writer = letters.by_ref(work, janes[0].ref).writer
        assert (writer.published_count, writer.last_published_on) == (2, date(2019, 4, 2))


def test_the_desk_s_own_print_is_not_counted_twice(newsroom, stored, taken) -> None:
    from tests.factories import a_letter

    mine = a_letter(newsroom.store, name="Jane Q. Reader")
    with newsroom.store.work() as work:
        letter = letters.by_ref(work, mine.ref, to_change=True)
        letter.published_on = date(2019, 3, 4)
    outcome = taken(an_item())
    assert (outcome.added, outcome.known) == (1, 1)


def test_the_history_is_whole(newsroom, taken) -> None:
    taken(an_item())
    with newsroom.store.read() as work:
        assert not audit.verify(work).broken


def test_the_desk_shows_it_and_can_kill_it(stored, taken, log_in, token) -> None:
    taken(an_item())
    letter = stored()[0]
    chief = log_in("chief")
    page = chief.get(f"/desk/letters/{letter.ref}")
    assert page.status_code == 200
    assert "Printed before, in" in page.text
    killed = chief.post(
        f"/api/v1/desk/letters/{letter.ref}/decisions",
        json={"decision": "kill", "version": letter.version, "reason": "Its writer asked."},
        headers={"Authorization": f"Bearer {token('chief')}"},
    )
    assert (killed.status_code, killed.json.get("state")) == (200, "killed")


@pytest.mark.parametrize(
    "xml",
    [
        "<rss><channel><item><title>News</title></item></channel></rss>",
        "<?xml version='1.0'?><html/>",
        "<?xml version='1.0'?><",
        "<?xml version='1.0'?>",
    ],
)
def test_other_xml_is_refused(newsroom, tmp_path: Path, xml: str) -> None:
    (tmp_path / "a.xml").write_text(xml)
    with pytest.raises(Refused, match=r"export of WordPress|cannot be read"):
        import_archive(newsroom, tmp_path / "a.xml")


@pytest.mark.parametrize("named", ["&file;", "&e8;"])
def test_entities_bring_nothing_in(newsroom, stored, tmp_path: Path, named: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the key—Jane Q. Reader, Spokane, Wash.")
    item = an_item(html="x").replace("<![CDATA[x]]>", f"Hear: {named}—Max Writer, Ohio")
    head, rest = an_export(item).split("\n", 1)
    many = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    dtd = f'<!DOCTYPE rss [<!ENTITY file SYSTEM "{secret.as_uri()}">{many}]>'
    (tmp_path / "a.xml").write_text(f"{head}\n{dtd}\n{rest}")
    with suppress(Refused):
        import_archive(newsroom, tmp_path / "a.xml")
    assert [one.original.remarks for one in stored()] in ([], ["Hear:"])
