"""Each check: what it says, with which words as evidence. None of them decides."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.finding import Finding, Result
from feedback.intake.checks import CHECKS, Check, Checked
from feedback.intake.recheck import run, warm_up

PASS, NOTE, HOLD = Result.PASS, Result.NOTE, Result.HOLD
PLAIN = Checked(
    text="Meetings are cheap.",
    headline=None,
    name="Harriet Vale",
    standing=None,
    is_withheld=False,
    word_count=3,
    words_limit=200,
    article_headline="Working Group With Beijing",
    article_published_on=date(2026, 11, 6),
    article_given="working group with beijing",
    is_general=False,
    matched_by="url",
    match_score=100.0,
    town="Spokane",
    state="WA",
    country="US",
    received_on=date(2026, 11, 9),
)


@pytest.fixture(autouse=True, scope="module")
def _warm() -> None:
    """The gazetteer is loaded once, which no check is timed for."""
    warm_up()


def found(check_name: str, /, **facts: object) -> Finding:
    """What the check of that name makes of a letter that differs from a plain one."""
    (check,) = [one for one in CHECKS if one.name == check_name]
    return run(check, replace(PLAIN, **facts))


def test_a_plain_letter_passes_every_check() -> None:
    findings = [run(check, PLAIN) for check in CHECKS if check.is_asked(PLAIN)]
    assert {f.outcome for f in findings} == {PASS}
    assert all(f.says.endswith(".") and not f.evidence for f in findings)


def test_a_rule_that_the_house_does_not_ask_leaves_no_finding() -> None:
    asked = [check.name for check in CHECKS if check.is_asked(PLAIN)]
    assert asked == [
        "withheld", "threats", "article", "signature", "place", "length", "quota", "group",
        "machine", "language", "claims", "contact", "links", "shouting", "hidden",
    ]  # fmt: skip


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_a_finding_carries_the_name_and_version_of_its_check(check: Check) -> None:
    finding = run(check, PLAIN)
    assert (finding.check, finding.version) == (check.name, check.version)


@given(
    text=st.text(max_size=200),
    name=st.none() | st.text(max_size=40),
    standing=st.none() | st.text(max_size=40),
    town=st.none() | st.text(max_size=20),
    state=st.sampled_from([None, "WA", "ZZ", ""]),
    country=st.sampled_from([None, "US", "Canada"]),
    score=st.none() | st.floats(0, 100),
)
def test_no_text_breaks_a_check(text, name, standing, town, state, country, score) -> None:
    odd = replace(
        PLAIN,
        text=text, headline=text[:50], name=name, standing=standing, is_withheld=True, town=town,
        state=state, country=country, matched_by="headline", match_score=score,
    )  # fmt: skip
    for check in CHECKS:
        finding = check.run(odd)
        assert finding.says
        assert all(isinstance(one, str) for one in finding.evidence)


# --- withheld


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"text": "I am Harriet Vale."}, ("Harriet Vale",)),
        ({"text": "So says Vale of Spokane."}, ("Vale",)),
        ({"text": "written by harriet vale"}, ("harriet vale",)),
        ({"text": "VALE wrote. Harriet signed."}, ("VALE", "Harriet")),
        ({"text": "Write to harriet.vale@example.com."}, ("harriet.vale",)),
        ({"text": "The Vales’ house", "name": "Harriet Vales"}, ("Vales",)),
        ({"text": "Renée said no.", "name": "Renee Okafor"}, ("Renée",)),
        ({"headline": "Vale Speaks"}, ("Vale",)),
        ({"standing": "Harriet’s husband"}, ("Harriet",)),
        ({"text": "I am Bo.", "name": "Bo"}, ("Bo",)),
        ({"text": "Signed, Dr. H. Vale", "name": "Dr. H. Vale"}, ("H. Vale",)),
    ],
)
def test_a_withheld_name_that_stands_in_it_holds(facts: dict, words: tuple) -> None:
    finding = found("withheld", is_withheld=True, **facts)
    assert (finding.outcome, finding.evidence) == (HOLD, words)


@pytest.mark.parametrize(
    "facts",
    [
        {"text": "A veil, a vale of tears."},
        {"text": "Valence and Harrietta."},
        {"text": "Will we pay? We will.", "name": "Will Okafor"},
        {"text": "Mr. Smith and Dr. Jones", "name": "Dr. Harriet Vale"},
        {"text": "Q is a letter. So is J.", "name": "J. Q. Public"},
        {"name": None},
        {"name": "—"},
    ],
)
def test_other_words_do_not(facts: dict) -> None:
    finding = found("withheld", is_withheld=True, **facts)
    assert (finding.outcome, finding.says) in {
        (PASS, "The name stands nowhere in it."), (PASS, "No name is to be withheld."),
    }  # fmt: skip


def test_where_it_stands_is_said_and_a_name_that_may_print_is_passed_by() -> None:
    everywhere = {"text": "Harriet Vale", "headline": "Vale Speaks", "standing": "Vale Ltd."}
    says = found("withheld", is_withheld=True, **everywhere).says
    assert says == (
        "The name is to be withheld, and stands in the text and the headline and the office."
    )
    assert found("withheld", **everywhere).outcome is PASS


# --- article


@pytest.mark.parametrize(
    ("facts", "outcome", "says", "evidence"),
    [
        ({"is_general": True, "article_headline": None}, PASS, "Marked general.", ()),
        ({"article_headline": None}, HOLD, "The article is not known.",
         ("working group with beijing",)),
        ({"article_headline": None, "article_given": ""}, HOLD, "The article is not known.", ()),
        ({"matched_by": "headline", "match_score": 99.7}, NOTE,
         "Matched by headline, 99% alike.", ("working group with beijing",)),
        ({"matched_by": "headline", "match_score": 100.0}, PASS, "Known.", ()),
        ({"matched_by": "reader", "match_score": 100.0}, PASS, "Known.", ()),
        ({"article_published_on": date(2026, 10, 10)}, PASS, "Known.", ()),
        ({"article_published_on": date(2026, 10, 9)}, NOTE,
         "The article was 31 days old when this came.", ()),
        ({"article_published_on": date(2020, 1, 1), "matched_by": "headline", "match_score": 90.0},
         NOTE, "Matched by headline, 90% alike. The article was 2,504 days old when this came.",
         ("working group with beijing",)),
        ({"article_published_on": None}, PASS, "Known.", ()),
        ({"article_published_on": date(2027, 1, 1)}, PASS, "Known.", ()),
    ],
)  # fmt: skip
def test_article(facts: dict, outcome: Result, says: str, evidence: tuple) -> None:
    finding = found("article", **facts)
    assert (finding.outcome, finding.says, finding.evidence) == (outcome, says, evidence)


# --- place, length, links, hidden


@pytest.mark.parametrize(
    ("facts", "outcome", "evidence"),
    [
        ({"town": None, "state": None}, NOTE, ()),
        ({"town": "", "state": "", "country": None}, NOTE, ()),
        ({"town": None, "state": None, "country": "Canada"}, PASS, ()),
        ({"town": "Xyzzyville"}, NOTE, ("Xyzzyville, WA",)),
        ({"town": "Xyzzyville", "country": "Canada"}, PASS, ()),
        ({"state": None, "town": "Xyzzyville"}, PASS, ()),
        ({"town": None}, PASS, ()),
    ],
)
def test_place(facts: dict, outcome: Result, evidence: tuple) -> None:
    finding = found("place", **facts)
    assert (finding.outcome, finding.evidence) == (outcome, evidence)


@pytest.mark.parametrize(
    ("words", "outcome", "says"),
    [
        (200, PASS, "200 words."),
        (1, PASS, "1 word."),
        (201, NOTE, "201 words, 1 over the limit of 200."),
        (4000, NOTE, "4,000 words, 3,800 over the limit of 200."),
    ],
)
def test_length(words: int, outcome: Result, says: str) -> None:
    finding = found("length", word_count=words)
    assert (finding.outcome, finding.says) == (outcome, says)


def test_links() -> None:
    text = "See https://a.example/x, https://a.example/x and HTTP://B.example."
    finding = found("links", text=text)
    assert finding.outcome is NOTE
    assert finding.evidence == ("https://a.example/x", "HTTP://B.example")
    many = " ".join(f"https://a.example/{n}" for n in range(9))
    assert len(found("links", text=many).evidence) == 5
    (long,) = found("links", text="https://a.example/" + "x" * 9000).evidence
    assert len(long) == 201
    assert found("links", text="No. 3.14 of e.g. this").outcome is PASS


def test_hidden_characters_are_made_visible() -> None:
    finding = found("hidden", text="left \u202e right", name="\u0430dmin", headline="a\u200eb")
    assert finding.outcome is NOTE
    assert finding.says == (
        "There are hidden or disguised characters in the text and the headline and the signature."
    )
    shown = " ".join(finding.evidence)
    assert "RIGHT-TO-LEFT OVERRIDE (U+202E)" in shown
    assert "CYRILLIC SMALL LETTER A (U+0430)" in shown
    assert not set("\u202e\u200e") & set(shown), "they do their work nowhere on the page"
    assert found("hidden", text="Zoë’s “café” 👨‍👩‍👧").outcome is PASS


# --- what goes wrong


def test_a_check_that_fails_is_noted_and_blocks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    def fails(letter: Checked) -> Finding:
        raise ValueError(letter.text)

    finding = run(Check("broken", 3, fails), PLAIN)
    assert finding == Finding("broken", 3, Result.NOT_RUN, "This check could not be run.")
    assert [record.getMessage() for record in caplog.records] == ["the check broken failed"]
