"""The Atom feed, against RFC 4287."""

from datetime import UTC, datetime, timedelta

from lxml import etree

from feedback.export.feed import MOST_ENTRIES, FeedEntry, atom
from feedback.export.simple_html import simple_body
from tests.export.read_back import html_blocks
from tests.export.sheets import NASTY, a_printed, a_sheet

BASE = "https://letters.example.com"
MORNING = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def read(entries: list[FeedEntry], **more: str) -> etree._Element:
    names = {"name": "We Hear You", "publication": "Daily Signal", **more}
    data = atom(entries, BASE, names["name"], names["publication"], MORNING)
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def an_entry(slug: str = "2026-03-08", at: datetime = MORNING, **more: object) -> FeedEntry:
    sheet = a_sheet((None, [a_printed("Meetings <b>are</b> cheap & “dear”.")]), slug=slug)
    return FeedEntry(sheet, at, **more)


def test_a_feed_has_what_the_standard_asks_for() -> None:
    feed = read([an_entry()])
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    assert feed.xpath("string(a:id)", namespaces=ATOM) == f"{BASE}/editions/"
    assert feed.xpath("string(a:title)", namespaces=ATOM) == "We Hear You – Daily Signal"
    assert feed.xpath("string(a:author/a:name)", namespaces=ATOM) == "Daily Signal"
    assert feed.xpath("string(a:updated)", namespaces=ATOM) == "2026-03-08T09:00:00+00:00"
    assert feed.xpath("string(a:link[@rel='self']/@href)", namespaces=ATOM) == (
        f"{BASE}/editions/feed.atom"
    )
    (entry,) = feed.xpath("a:entry", namespaces=ATOM)
    assert entry.xpath("string(a:id)", namespaces=ATOM) == f"{BASE}/editions/2026-03-08"
    assert entry.xpath("string(a:link/@href)", namespaces=ATOM) == f"{BASE}/editions/2026-03-08"
    assert entry.xpath("string(a:published)", namespaces=ATOM) == "2026-03-08T09:00:00+00:00"
    assert (
        entry.xpath("string(a:summary)", namespaces=ATOM) == "Meetings <b>are</b> cheap & “dear”."
    )


def test_the_content_is_the_column_escaped_once() -> None:
    entry = an_entry()
    (content,) = read([entry]).xpath("//a:content", namespaces=ATOM)
    assert content.get("type") == "html"
    assert len(content) == 0, "markup in the feed itself"
    assert content.text == str(simple_body(entry.sheet))
    assert html_blocks(content.text) == [
        "Meetings <b>are</b> cheap & “dear”.—Jane Q. Reader, Spokane, Wash."
    ]


def test_an_entry_is_updated_when_a_letter_is_taken_down() -> None:
    later = MORNING + timedelta(days=2)
    feed = read([an_entry("two"), an_entry("one", MORNING - timedelta(days=7), changed_at=later)])
    assert feed.xpath("a:entry/a:updated/text()", namespaces=ATOM) == [
        "2026-03-08T09:00:00+00:00",
        "2026-03-10T09:00:00+00:00",
    ]
    assert feed.xpath("string(a:updated)", namespaces=ATOM) == "2026-03-10T09:00:00+00:00"
    assert feed.xpath("a:entry/a:id/text()", namespaces=ATOM) == [
        f"{BASE}/editions/two",
        f"{BASE}/editions/one",
    ]


def test_a_feed_without_editions_is_valid_and_a_long_one_is_cut() -> None:
    assert read([]).xpath("string(a:updated)", namespaces=ATOM) == "2026-03-08T09:00:00+00:00"
    many = [an_entry(str(number)) for number in range(MOST_ENTRIES + 5)]
    assert len(read(many).xpath("a:entry", namespaces=ATOM)) == MOST_ENTRIES


def test_hostile_words_stay_words() -> None:
    for words in NASTY:
        line = words.replace("\n", " ")
        sheet = a_sheet((None, [a_printed(words, signature="")]), title=line)
        feed = read([FeedEntry(sheet, MORNING)], name=line, publication=line)
        assert feed.xpath("string(a:entry/a:title)", namespaces=ATOM) == line
        assert feed.xpath("string(a:title)", namespaces=ATOM) == line
        assert html_blocks(feed.xpath("string(//a:content)", namespaces=ATOM)) == [words]
    assert (
        read([an_entry()], publication="A\x00B\x0bC").xpath(
            "string(a:author/a:name)", namespaces=ATOM
        )
        == "ABC"
    )
