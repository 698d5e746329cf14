"""The column as readers see it: what it is, its editions, one edition, its feed."""

from datetime import date

import lxml.etree
import pytest

from feedback.desk.decide import Wish, decide
from feedback.domain.editor import Role
from feedback.domain.state import Decision
from feedback.edition import publish
from feedback.edition.printed import printed_sheet
from feedback.export.formats.html import edition_body
from feedback.store import editions, letters
from tests.channel.reader import Reader
from tests.factories.account import an_editor
from tests.factories.article import an_article
from tests.factories.column import a_column
from tests.factories.edition import an_edition
from tests.factories.letter import approved

CHIEF = an_editor(Role.CHIEF)


@pytest.fixture
def reader(app_with_csrf, clock) -> Reader:
    """Somebody who reads the column."""
    return Reader(app_with_csrf.test_client(), clock)


def kill(store, letter):
    """Take a printed letter down."""
    with store.work() as work:
        wish = Wish(Decision.KILL, reason="The name was wrong.")
        decide(work, letters.by_ref(work, letter.ref), wish, CHIEF, None)


def test_an_empty_column_says_what_will_be_there_and_how_to_write(reader, store):
    a_column(store, publication="The Meridian Ledger", address="letters@ledger.example")
    shown = reader.opens("/")
    assert shown.title == "We Hear You – The Meridian Ledger"
    assert "The first edition will stand here." in shown.main
    assert shown.links()["Write to us"] == "/letters/new"
    assert shown.links()["letters@ledger.example"] == "mailto:letters@ledger.example"
    assert reader.opens("/editions/").status == 200
    assert reader.browser.get("/editions/feed.atom").status_code == 200


def test_the_first_page_has_the_newest_edition_and_names_the_earlier_ones(reader, store):
    old = an_edition(
        store,
        "We Hear You: Rent",
        groups=[(None, [approved(store)])],
        on=date(2026, 11, 1),
        published=True,
    )
    letter = approved(store, "Talk is cheap, seizures are dear.")
    new = an_edition(
        store,
        "We Hear You: Fentanyl",
        groups=[(None, [letter])],
        on=date(2026, 11, 8),
        published=True,
    )
    shown = reader.opens("/")
    assert "Newest edition, Nov. 8, 2026" in shown.main
    assert "Talk is cheap, seizures are dear." in shown.main
    assert shown.links()["We Hear You: Fentanyl"] == f"/editions/{new.slug}"
    assert shown.links()["We Hear You: Rent"] == f"/editions/{old.slug}"


def test_an_edition_stands_in_the_house_form_as_it_is_exported(reader, store):
    a_column(store, publication="Daily Signal", invitation="Write us at letters@example.com.")
    beijing = an_article(store, "Working Group With Beijing")
    letter = approved(store, "I doubt it, as “Working Group With Beijing,” says.", article=beijing)
    other = approved(store, "So do I.", article=beijing, name="Max Writer", town=None, state="OH")
    edition = an_edition(
        store,
        groups=[(None, [letter, other])],
        published=True,
        editors_note="Editor’s note: Here is what came.—Ann Editor",
    )
    shown = reader.opens(f"/editions/{edition.slug}")
    assert shown.heading == edition.title
    text = shown.tree.find(".//article").text_content()
    assert "Dear Daily Signal: I doubt it" in text
    assert "says.—Jane Q. Reader, Spokane, Wash." in text
    assert "So do I.—Max Writer, Ohio" in text
    with store.read() as work:
        sheet = printed_sheet(editions.by_slug(work, edition.slug))
    assert str(edition_body(sheet)) in shown.response.text
    assert shown.links()["Working Group With Beijing"] == beijing.url
    assert "So do I." in shown.words_of("letter-2")
    assert "jane@example.com" not in shown.response.text


def test_a_draft_and_what_never_was_are_not_there(reader, store):
    draft = an_edition(store, groups=[(None, [approved(store)])], slug="soon")
    pages = [
        reader.browser.get(f"/editions/{s}") for s in (draft.slug, "never", "%00", "%ff", "a" * 500)
    ]
    assert {page.status_code for page in pages} == {404}
    assert len({page.get_data() for page in pages}) == 1
    assert "soon" not in reader.opens("/editions/").response.text
    assert "soon" not in reader.browser.get("/editions/feed.atom").text


def test_an_edition_that_is_taken_back_is_gone(reader, store):
    edition = an_edition(store, groups=[(None, [approved(store)])], published=True)
    assert reader.opens(f"/editions/{edition.slug}").status == 200
    with store.work() as work:
        publish.unpublish(work, editions.by_slug(work, edition.slug), CHIEF, None)
    assert reader.opens(f"/editions/{edition.slug}").status == 404
    assert edition.title not in reader.opens("/").response.text


def test_a_letter_that_was_taken_down_is_nowhere_and_the_others_keep_their_place(reader, store):
    gone, stays = approved(store, "Words with a wrong name."), approved(store, "Other words.")
    edition = an_edition(store, groups=[(None, [gone, stays])], published=True)
    paths = ("/", f"/editions/{edition.slug}", "/editions/feed.atom")
    assert all("Words with a wrong name." in reader.browser.get(p).text for p in paths)
    kill(store, gone)
    assert not any("Words with a wrong name." in reader.browser.get(p).text for p in paths)
    page = reader.opens(f"/editions/{edition.slug}")
    assert "Other words." in page.words_of("letter-2")
    assert "taken down" in page.words_of("letter-1")


def test_a_withheld_name_is_nowhere_in_public(reader, store):
    letter = approved(store, name="Harriet Vale", is_withheld=True, withhold_reason="My job")
    edition = an_edition(store, groups=[(None, [letter])], published=True)
    for path in ("/", "/editions/", f"/editions/{edition.slug}", "/editions/feed.atom"):
        text = reader.browser.get(path).text
        assert "Harriet" not in text
        assert "Vale" not in text
        assert "My job" not in text
    assert "—Name withheld, Spokane, Wash." in reader.opens("/").main


def test_one_leads_from_edition_to_edition(reader, store):
    made = [
        an_edition(
            store,
            f"We Hear You: Number {n}",
            groups=[(None, [approved(store)])],
            on=date(2026, 11, n),
            published=True,
        )
        for n in (1, 8, 9)
    ]
    first, middle, last = (reader.opens(f"/editions/{one.slug}").links() for one in made)
    assert middle["Earlier: We Hear You: Number 1"] == f"/editions/{made[0].slug}"
    assert middle["Later: We Hear You: Number 9"] == f"/editions/{made[2].slug}"
    assert not any(name.startswith("Earlier") for name in first)
    assert not any(name.startswith("Later") for name in last)


def test_the_list_goes_on_page_by_page(reader, store, monkeypatch):
    for day in range(1, 6):
        an_edition(
            store,
            f"Number {day}",
            groups=[(None, [approved(store)])],
            on=date(2026, 10 + day % 2, day),
            published=True,
        )
    whole = editions.printed
    monkeypatch.setattr(editions, "printed", lambda work, after=None: whole(work, after, 2))
    seen, path = [], "/editions/"
    while path:
        links = reader.opens(path).links()
        seen += [name for name in links if name.startswith("Number")]
        path = links.get("Earlier editions")
    assert seen == ["Number 5", "Number 3", "Number 1", "Number 4", "Number 2"]


def test_a_made_up_page_is_refused(reader):
    for odd in ("x", "%00", "MjAyNi0xMS0wOHwx" * 50):
        assert reader.opens(f"/editions/?after={odd}").status == 422


def test_the_feed_is_good_xml_with_the_newest_first(reader, store):
    for day in (1, 8):
        an_edition(
            store,
            f"Number {day}",
            groups=[(None, [approved(store, "Tom & <b>Jerry</b>")])],
            on=date(2026, 11, day),
            published=True,
        )
    response = reader.browser.get("/editions/feed.atom")
    assert response.mimetype == "application/atom+xml"
    tree = lxml.etree.fromstring(response.get_data())
    atom = {"a": "http://www.w3.org/2005/Atom"}
    assert tree.xpath("//a:entry/a:title/text()", namespaces=atom) == ["Number 8", "Number 1"]
    links = tree.xpath("//a:entry/a:link/@href", namespaces=atom)
    assert links[0] == "http://localhost/editions/2026-11-08"


def test_public_pages_are_the_same_for_all_and_named_by_their_content(reader, store):
    edition = an_edition(
        store, groups=[(None, [approved(store), letter := approved(store)])], published=True
    )
    for path in ("/", "/editions/", f"/editions/{edition.slug}", "/editions/feed.atom"):
        first = reader.browser.get(path)
        assert first.headers["Cache-Control"] == "public, max-age=60"
        assert "Set-Cookie" not in first.headers
        asked = {"If-None-Match": first.headers["ETag"]}
        assert reader.browser.get(path, headers=asked).status_code == 304
    path = f"/editions/{edition.slug}"
    asked = {"If-None-Match": reader.browser.get(path).headers["ETag"]}
    kill(store, letter)
    assert reader.browser.get(path, headers=asked).status_code == 200


def test_robots_and_icon_are_there(reader):
    robots = reader.browser.get("/robots.txt")
    assert robots.mimetype == "text/plain"
    assert "Disallow: /desk/" in robots.text
    icon = reader.browser.get("/favicon.ico")
    assert (icon.status_code, icon.mimetype) == (200, "image/svg+xml")
