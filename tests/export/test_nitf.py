"""NITF: as the standard wants it, words that stay words."""

import io

from hypothesis import given, settings
from lxml import etree

from feedback.domain.proofsheet import Link, Proofsheet
from feedback.export.formats import FORMATS
from tests.export.read_back import nitf_letters, nitf_paragraphs, xml_of
from tests.export.sheets import NASTY, a_printed, a_sheet, printed_lines, sheets
from tests.export.test_formats_agree import everything
from tests.export.test_golden import the_edition

# What NITF 3.6 says of the elements that we use: which may stand where, and with what.
ENRICHED = "#PCDATA | a | br | em"
MARKED = "id ID #IMPLIED class CDATA #IMPLIED style CDATA #IMPLIED"
RULES = f"""
<!ELEMENT nitf (head?, body)>
<!ATTLIST nitf version CDATA #REQUIRED>
<!ELEMENT head (title?, meta*, tobject?, iim?, docdata?, pubdata*, revision-history*)>
<!ELEMENT title (#PCDATA)>
<!ELEMENT tobject EMPTY>
<!ATTLIST tobject tobject.type CDATA "news">
<!ELEMENT docdata (doc-id | date.issue | ed-msg | key-list)*>
<!ATTLIST docdata management-status (usable | embargoed | withheld | canceled) #REQUIRED>
<!ELEMENT doc-id EMPTY>
<!ATTLIST doc-id regsrc CDATA #IMPLIED id-string CDATA #IMPLIED>
<!ELEMENT date.issue EMPTY>
<!ATTLIST date.issue norm CDATA #IMPLIED>
<!ELEMENT ed-msg EMPTY>
<!ATTLIST ed-msg msg-type CDATA #IMPLIED info CDATA #IMPLIED>
<!ELEMENT key-list (keyword*)>
<!ELEMENT keyword EMPTY>
<!ATTLIST keyword key CDATA #IMPLIED>
<!ELEMENT pubdata EMPTY>
<!ATTLIST pubdata name CDATA #IMPLIED edition.name CDATA #IMPLIED date.publication CDATA #IMPLIED>
<!ELEMENT body (body.head?, body.content*, body.end?)>
<!ELEMENT body.head (hedline?, note*, rights?, byline*, distributor?, dateline*, abstract?)>
<!ELEMENT hedline (hl1, hl2*)>
<!ELEMENT hl1 ({ENRICHED})*>
<!ATTLIST hl1 {MARKED}>
<!ELEMENT hl2 ({ENRICHED})*>
<!ATTLIST hl2 {MARKED}>
<!ELEMENT note (body.content)+>
<!ATTLIST note noteclass (cpyrt | end | hd | editorsnote | trademk | undef) "undef"
               type (std | pa | npa) "std">
<!ELEMENT body.content (block | p | hl2 | hr)*>
<!ELEMENT block (p | hl2 | hr)*>
<!ATTLIST block {MARKED}>
<!ELEMENT p ({ENRICHED})*>
<!ATTLIST p {MARKED}>
<!ELEMENT hr EMPTY>
<!ELEMENT a ({ENRICHED})*>
<!ATTLIST a href CDATA #IMPLIED {MARKED}>
<!ELEMENT br EMPTY>
<!ELEMENT em ({ENRICHED})*>
<!ATTLIST em {MARKED}>
"""
DTD = etree.DTD(io.StringIO(RULES))


def render(sheet: Proofsheet) -> bytes:
    return FORMATS["nitf"].render(sheet)


@given(sheet=sheets())
@settings(max_examples=40, deadline=None)
def test_any_text_survives_in_a_valid_document(sheet: Proofsheet) -> None:
    data = render(sheet)
    assert nitf_paragraphs(data) == everything(sheet)
    assert nitf_letters(data) == [printed_lines(letter) for letter in sheet.letters()]
    document = xml_of(data)
    assert DTD.validate(document), DTD.error_log
    assert document.getroottree().docinfo.doctype == "", "nothing to fetch"


def test_what_news_systems_sort_by() -> None:
    head = xml_of(render(the_edition())).find("head")
    assert head.find("docdata/date.issue").get("norm") == "20260308"
    assert head.find("docdata").get("management-status") == "usable"
    assert head.xpath("docdata/key-list/keyword/@key") == ["Fentanyl", "Student Debt"]
    assert head.find("pubdata").get("name") == "Daily Signal"
    name = head.find("docdata/doc-id").get("id-string")
    assert name.startswith("urn:uuid:")
    draft = xml_of(render(a_sheet((None, [a_printed()]), provisional=True, date=None)))
    assert draft.find("head/docdata").get("management-status") == "withheld"
    assert draft.find("head/docdata/ed-msg").get("info") == "Draft: not published"
    assert draft.find("head/docdata/date.issue") is None


def test_signature_and_links_are_marked() -> None:
    link = Link("The Headline", "https://news.example.com/a?x=[1]&y=2")
    letter = a_printed("See “The Headline.”", links=(link,), salutation="Dear Daily Signal: ")
    document = xml_of(render(a_sheet((None, [letter]))))
    assert document.xpath("//em/@class") == ["salutation", "signature"]
    assert document.xpath("//a/@href") == ["https://news.example.com/a?x=%5B1%5D&y=2"]


def test_hostile_words_are_no_markup() -> None:
    for words in NASTY:
        line = " ".join(words.split())
        document = xml_of(render(a_sheet((line, [a_printed(words, signature="")]), title=line)))
        assert document.xpath("string(//hl1)") == line
        assert document.xpath("//docdata//@key") == [line]
        assert document.xpath("//block//*[not(self::p or self::br)]") == []
