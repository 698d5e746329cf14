"""Checks of the words: lists, contact data, shouting, claims, spam, language."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.domain.finding import Finding, Result
from feedback.domain.house_rules import HouseRules, Strictness
from feedback.intake.checks import CHECKS, Check, Checked
from feedback.intake.recheck import LONGEST, run, warm_up
from feedback.reading.claims import statements
from feedback.reading.disposable import is_disposable
from feedback.reading.language import language_of
from feedback.reading.listed_words import find_listed
from feedback.reading.spam_sense import judge, learn, words_of
from tests.intake.test_checks import HOLD, NOTE, PASS, PLAIN, found

LISTED = HouseRules(
    slurs=("zorblax", "blithering idiot"),
    states=("WA",),
    exclusivity=Strictness.NOTE,
    threats=("I will kill", "know where you live"),
)


@pytest.fixture(autouse=True, scope="module")
def _warm() -> None:
    warm_up()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You zorblax.", "zorblax"),
        ("You Z0RBLAX!", "Z0RBLAX"),
        ("You zörbl@x", "zörbl@x"),
        ("What a BLITHERING  idiot he is", "BLITHERING  idiot"),
    ],
)
def test_a_listed_word_is_shown_as_it_stands(text: str, words: str) -> None:
    finding = found("slurs", text=text, rules=LISTED)
    assert (finding.outcome, finding.evidence) == (HOLD, (words,))


@pytest.mark.parametrize("text", ["zorblaxian", "unzorblax", "blithering, idiotic", "z rblax"])
def test_a_part_of_a_word_is_not_the_word(text: str) -> None:
    assert found("slurs", text=text, rules=LISTED).outcome is PASS


def test_threats_show_the_words_and_the_entry() -> None:
    finding = found("threats", text="I know where you live, Mayor.", rules=LISTED)
    assert (finding.outcome, finding.evidence) == (HOLD, ("know where you live",))
    assert find_listed("I'll kill the lights", ("I’ll kill",)) == [("I'll kill", "I’ll kill")]


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Write me at jane.roe@example.com.", "jane.roe@example.com"),
        ("Call (509) 555-0134 now.", "(509) 555-0134"),
        ("Call 509-555-0134.", "509-555-0134"),
        ("I live at 1420 W. Elm Street.", "1420 W. Elm Street"),
        ("P.O. Box 1204", "P.O. Box 1204"),
    ],
)
def test_contact_data_in_the_text(text: str, evidence: str) -> None:
    assert found("contact", text=text).evidence == (evidence,)


@pytest.mark.parametrize(
    "text",
    ["In 2019-2020 we paid $1,200.", "The 5-2 vote of 2026", "Route 195 South", "3 Main points"],
)
def test_figures_are_no_contact_data(text: str) -> None:
    assert found("contact", text=text).outcome is PASS


def test_shouting() -> None:
    assert found(
        "shouting", text="THIS IS AN OUTRAGE and you all know that it is one."
    ).evidence == ("THIS IS AN OUTRAGE",)
    assert found("shouting", text="Enough is enough!!!!").evidence == ("!!!!",)
    assert found("shouting", text="NATO, the EPA and the FBI agree on this much.").outcome is PASS


def test_statements_worth_checking() -> None:
    text = (
        "I disagree. The bridge cost $3.4 million last year. “We had no choice at all,” he said. "
        "Mayor Jane Roe lied to us. I was born in 1962."
    )
    assert [(s.words, s.kinds) for s in statements(text)] == [
        ("The bridge cost $3.4 million last year.", ("figure",)),
        ("“We had no choice at all,” he said.", ("quotation",)),
        ("Mayor Jane Roe lied to us.", ("accusation",)),
    ]
    assert found("claims", text=text).outcome is NOTE
    assert statements("They all lied to us. We are tired.") == []


def test_links_that_are_repeated_read_like_an_advertisement() -> None:
    text = " ".join(f"https://shop.example.com/{n}" for n in range(4))
    assert "as advertisements do" in found("links", text=text).says


def test_a_mailbox_to_throw_away_is_noted_without_its_address() -> None:
    assert found("disposable", email_host="mail.mailinator.com").outcome is NOTE
    assert found("disposable", email_host="mail.mailinator.com").evidence == ()
    assert found("disposable", email_host="example.com").outcome is PASS
    assert is_disposable("x.junk.example", ("junk.example",))
    assert not is_disposable("notmailinator.com")


def test_the_language_is_told_or_left_open() -> None:
    english = "I have lived here for thirty years and I do not think that we need it."
    spanish = "No creo que la ciudad necesite un puente más para los que viven en el norte."
    assert (language_of(english), language_of(spanish)) == ("en", "es")
    french = "Le conseil municipal a voté lundi pour construire un pont sur la rivière."
    assert language_of(french) == "fr"
    assert language_of("Nie!") is None
    assert found("language", language="es").says == "It is in Spanish."


# --- the trained filter

SPAM = [words_of(f"Cheap watches discount offer click pills number{n}") for n in range(30)]
KEPT = [words_of(f"The council bridge budget meeting river vote number{n}") for n in range(200)]


def test_the_filter_notes_what_reads_like_spam_and_shows_its_words() -> None:
    learned = learn(SPAM, KEPT)
    finding = found("spam", text="A discount offer: cheap watches, pills!", learned=learned)
    assert finding.outcome is NOTE
    assert {"discount", "offer", "cheap", "watches", "pills"} >= set(finding.evidence) > set()
    assert found("spam", text="The council and its budget.", learned=learned).outcome is PASS
    # One telling word alone is no proof.
    assert found("spam", text="These pills helped me.", learned=learned).outcome is PASS


def test_the_filter_keeps_no_word_of_a_person() -> None:
    words = words_of("Jane Roe, jane@example.com, 509-555-0134, says pills", ("Jane Roe",))
    assert words == {"says", "pills"}
    assert "zanzibar" not in learn([{"zanzibar"}, {"zanzibar"}], KEPT).words
    assert not judge(["never", "seen"], learn(SPAM, KEPT)).words


# --- any text

TEXTS = st.one_of(
    st.text(max_size=400),
    st.text(alphabet='aA1.@-( )/:!"“”$\n', max_size=400),
    st.sampled_from(["I will kill ", "1-", "((", "A.", "a@", "555-", "www.", "“a", "AB CD "]).map(
        lambda part: part * 3000
    ),
)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, name=st.none() | st.text(max_size=60))
def test_no_text_makes_a_check_fail_or_take_long(text: str, name: str | None) -> None:
    letter = replace(
        PLAIN,
        text=text[:20_000],
        name=name,
        rules=LISTED,
        learned=learn(SPAM, KEPT),
        email_host="example.com",
    )
    began = time.thread_time()
    outcomes = {check.name: run(check, letter).outcome for check in CHECKS}
    assert Result.NOT_RUN not in outcomes.values(), outcomes
    assert time.thread_time() - began < 2


def test_a_slow_check_is_noted_as_not_run_and_named(caplog: pytest.LogCaptureFixture) -> None:
    def crawls(_letter: Checked) -> Finding:
        until = time.thread_time() + LONGEST * 1.2
        while time.thread_time() < until:
            pass
        return Finding("slow", 1, PASS)

    assert run(Check("slow", 1, crawls), PLAIN).outcome is Result.NOT_RUN
    assert [r.getMessage()[:19] for r in caplog.records] == ["the check slow took"]
