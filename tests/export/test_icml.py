"""InCopy stories: whole by themselves, words that stay words."""

from collections import Counter

from hypothesis import given, settings

from feedback.domain.proofsheet import Link, Proofsheet
from feedback.export.formats import FORMATS
from feedback.export.print_styles import WORD_STYLES, ParagraphStyle
from tests.export.read_back import icml_paragraphs, xml_of
from tests.export.sheets import NASTY, a_printed, a_sheet, sheets
from tests.export.test_formats_agree import everything
from tests.export.test_golden import the_edition

BETWEEN = {ParagraphStyle.DIVIDER.value, ParagraphStyle.RULE.value}


def render(sheet: Proofsheet) -> bytes:
    return FORMATS["icml"].render(sheet)


@given(sheet=sheets())
@settings(max_examples=40, deadline=None)
def test_any_text_survives_and_whatever_is_named_is_there(sheet: Proofsheet) -> None:
    data = render(sheet)
    paragraphs = icml_paragraphs(data)
    assert [text for style, text in paragraphs if style not in BETWEEN] == everything(sheet)

    story = xml_of(data)
    names = Counter(story.xpath("//@Self"))
    assert max(names.values()) == 1, "told apart"
    used = {*story.xpath("//@AppliedParagraphStyle"), *story.xpath("//@AppliedCharacterStyle")}
    assert used - {"n"} <= set(names), "defined"
    assert set(story.xpath("//BasedOn/text()")) <= set(names)
    sources = story.xpath("//HyperlinkTextSource/@Self")
    assert story.xpath("//Hyperlink/@Source") == sources
    places = story.xpath("//HyperlinkURLDestination/@Self")
    assert story.xpath("//Hyperlink/Properties/Destination/text()") == places
    assert len(sources) == len(places)


def test_it_says_what_it_is_before_it_begins() -> None:
    lines = render(the_edition()).decode().split("\n")
    assert lines[0] == '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    assert lines[1].startswith("<?aid ")
    assert lines[2] == '<?aid SnippetType="InCopyInterchange"?>'
    assert xml_of(render(the_edition())).get("DOMVersion") == "8.0"


def test_styles_are_named_and_nothing_is_formatted_beside_them() -> None:
    story = xml_of(render(the_edition()))
    for tag in ("ParagraphStyleRange", "CharacterStyleRange"):
        assert {len(one.attrib) for one in story.iter(tag)} == {1}
    defined = set(story.xpath("//ParagraphStyle/@Name | //CharacterStyle/@Name"))
    assert {n for n in defined if not n.startswith("$ID/")} == {
        *ParagraphStyle,
        *WORD_STYLES.values(),
    }


def test_links_lead_to_the_article() -> None:
    link = Link("The Headline", "https://news.example.com/a?x=[1]&y=“2”")
    letter = a_printed("See “The Headline” here.", links=(link,))
    story = xml_of(render(a_sheet((None, [letter, letter]))))
    assert story.xpath("//HyperlinkTextSource/Content/text()") == ["The Headline"] * 2
    wanted = "https://news.example.com/a?x=%5B1%5D&y=%E2%80%9C2%E2%80%9D"
    assert story.xpath("//HyperlinkURLDestination/@DestinationURL") == [wanted] * 2


def test_hostile_words_stay_words() -> None:
    tags = {element.tag for element in xml_of(render(the_edition())).iter()}
    for words in NASTY:
        line = " ".join(words.split())
        data = render(a_sheet((line, [a_printed(words)]), title=line, first_subhead_printed=True))
        story = xml_of(data)
        assert {element.tag for element in story.iter()} <= tags
        assert story.find("Story").get("StoryTitle") == line
        assert story.getroottree().docinfo.doctype == ""
