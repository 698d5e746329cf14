"""The house's form of a text, by the examples of HOUSE_FORM.md and the traps of typography."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reading.house_style import add_bracket, paragraphs, tidy, title_case


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        # Quotation marks and apostrophes.
        ('"Hello," she said.', "“Hello,” she said."),
        ("It's the boys' own.", "It’s the boys’ own."),
        ("the '90s and ‘90s", "the ’90s and ’90s"),
        ("class of '76", "class of ’76"),
        ("rock 'n' roll, 'tis, get 'em", "rock ’n’ roll, ’tis, get ’em"),
        ("He said: \"She told me 'no' twice.\"", "He said: “She told me ‘no’ twice.”"),
        ("'Quoted,' he said of John's.", "‘Quoted,’ he said of John’s."),
        ('("Headline")', "(“Headline”)"),
        ('"—" and "a"', "“—” and “a”"),
        ("''quoted''", "“quoted”"),
        ("don`t and don´t", "don’t and don’t"),
        ("“foo“ and ”bar“", "“foo” and “bar”"),
        ('"I was--" he said.', "“I was—” he said."),
        ('she said "in 1990" so', "she said “in 1990” so"),
        # Feet and inches are no quotation marks.
        ("He is 6'2\" and I'm 5' 11\".", "He is 6'2\" and I’m 5' 11\"."),
        ('a 12" pipe and "a 12 inch"', 'a 12" pipe and “a 12 inch”'),
        # Dashes.
        ("one -- two---three", "one—two—three"),
        ("yes - no", "yes—no"),
        ("yes – no — maybe", "yes—no—maybe"),
        ("scores of 3 - 2 and 10 – 5", "scores of 3 - 2 and 10 – 5"),
        ("well-known, 5-year-old, 1990–95", "well-known, 5-year-old, 1990–95"),
        ('World -- "Go"', "World—“Go”"),
        ("he stopped --", "he stopped—"),
        # Dots and spaces.
        ("wait... what. . . . and ....", "wait… what…. and …."),
        ("One.  Two.   Three.", "One. Two. Three."),
        ("  One.  ", "One."),
        # Lists are paragraphs that begin with a dash.
        ("- one\n- two\n* three\n• four", "—one\n—two\n—three\n—four"),
        ("* * *", "* * *"),
        ("***", "***"),
        # Addresses stay as they are.
        ("see https://example.com/a--b?c='d' -- 'ok'", "see https://example.com/a--b?c='d'—‘ok’"),
        ("www.example.com/it's", "www.example.com/it's"),
        ("mail o'brien--x@example.com now", "mail o’brien--x@example.com now"),
        # What turns the reading direction has no place in print.
        ("Pay \u202eenaJ\u202c now", "Pay enaJ now"),
        ("", ""),
    ],
)
def test_tidy(typed: str, printed: str) -> None:
    assert tidy(typed) == printed
    assert tidy(printed) == printed


def test_tidy_keeps_paragraphs_and_lines() -> None:
    assert tidy("One.\n\n\n\nTwo.\nThree. ") == "One.\n\nTwo.\nThree."


def test_tidy_takes_nothing_for_nothing() -> None:
    assert tidy(None) == ""


LETTERS = st.text(st.sampled_from("ab5 \n.,!?-–—'\"“”‘’`()/*•…s"), max_size=60)


@given(st.one_of(LETTERS, st.text(max_size=120)))
def test_tidy_twice_is_tidy_once(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once


@given(LETTERS)
def test_tidy_changes_no_letter_and_no_figure(text: str) -> None:
    def kept(words: str) -> str:
        return "".join(char for char in words if char.isalnum())

    assert kept(tidy(text)) == kept(text)


@given(st.one_of(LETTERS, st.text(max_size=120)))
def test_paragraphs_hold_every_word_in_order(text: str) -> None:
    found = paragraphs(text)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(part and part == part.strip() for part in found)


def test_paragraphs_are_the_writers() -> None:
    assert paragraphs("One.\n\nTwo.\nThree.\n \nFour.") == ["One.", "Two.", "Three.", "Four."]


def test_lines_that_a_program_broke_are_joined() -> None:
    text = (
        "This is a letter that a mail program broke at a margin of some seventy\n"
        "characters, as programs do; it goes on over three lines before its\n"
        "end.\n"
        "\n"
        "A second paragraph."
    )
    first, second = paragraphs(text)
    assert first == (
        "This is a letter that a mail program broke at a margin of some seventy characters, as "
        "programs do; it goes on over three lines before its end."
    )
    assert second == "A second paragraph."


def test_verses_are_not_joined() -> None:
    verse = "Roses are red,\nviolets are blue,\nthe library’s shut\non Sundays too."
    assert paragraphs(verse) == verse.split("\n")


HEADLINE = "Working Group With Beijing"


@pytest.mark.parametrize(
    ("text", "headline", "printed"),
    [
        # The examples of the house form.
        (
            "I welcome talks with China. They are late.",
            HEADLINE,
            "I welcome talks with China (“Working Group With Beijing”). They are late.",
        ),
        ("Who pays? We do.", "The Bill Comes Due", "Who pays (“The Bill Comes Due”)? We do."),
        # The sentence that speaks of the article, wherever it stands.
        (
            "I am old. Your article moved me.\n\nSo be it.",
            HEADLINE,
            "I am old. Your article moved me (“Working Group With Beijing”).\n\nSo be it.",
        ),
        # Quotation marks inside a headline turn single; marks inside it stay.
        ("I agree.", 'Why "No" Works', "I agree (“Why ‘No’ Works”)."),
        ("I agree.", "Who Pays?", "I agree (“Who Pays?”)."),
        ("I agree.", "EXCLUSIVE: Emails Show", "I agree (“EXCLUSIVE: Emails Show”)."),
        # The stop stands behind the bracket, the quotation mark before it.
        ("He said “no.” I agree.", "On No", "He said “no” (“On No”). I agree."),
        ("He asked “why?” I ask too.", "On Why", "He asked “why?” (“On Why”). I ask too."),
        ("Dear Editor:\n\nI agree.", "On Us", "Dear Editor:\n\nI agree (“On Us”)."),
        ("Dear Editor, I agree.", "On Us", "Dear Editor, I agree (“On Us”)."),
        ("Dear Editor:", "On Us", "Dear Editor: (“On Us”)"),
        (
            (
                "This is a letter that a mail program broke at a margin of some seventy\n"
                "characters, as programs do; it goes on over three lines before its\nend."
            ),
            "On Us",
            (
                "This is a letter that a mail program broke at a margin of some seventy "
                "characters, as programs do; it goes on over three lines before its end (“On Us”)."
            ),
        ),
        ("No stop at the end", "On Stops", "No stop at the end (“On Stops”)"),
        ("I live in the U.S. and read you.", "On Us", "I live in the U.S. and read you (“On Us”)."),
    ],
)
def test_the_bracket_stands_behind_the_sentence_that_speaks_of_the_article(
    text: str, headline: str, printed: str
) -> None:
    assert add_bracket(text, headline) == printed


@pytest.mark.parametrize(
    "text",
    [
        "Regarding Jo Byline’s commentary, “Working Group With Beijing,” I doubt it.",
        "Regarding 'working group with beijing', I doubt it.",
        "I doubt it (“Working Group With Beijing”).",
        "",
        "   ",
    ],
)
def test_a_text_that_names_the_headline_stays_as_it_is(text: str) -> None:
    assert add_bracket(text, HEADLINE) == text


@given(
    LETTERS.filter(str.strip),
    st.from_regex(r"[A-Z][a-z]{2,8}( [A-Z][a-z]{2,8}){1,4}", fullmatch=True),
)
def test_the_bracket_comes_once_and_takes_nothing_away(text: str, headline: str) -> None:
    once = add_bracket(text, headline)
    assert add_bracket(once, headline) == once
    assert f"(“{headline}”)" in once
    assert sum(char.isalnum() for char in once) == sum(char.isalnum() for char in text + headline)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (
            "we hear you: fentanyl, student debt, and the price of eggs",
            "We Hear You: Fentanyl, Student Debt, and the Price of Eggs",
        ),
        ("Student Debt", "Student Debt"),
        ("a word with you from within", "A Word With You From Within"),
        ("what is it for", "What Is It For"),
        ("re: the cost of living", "Re: The Cost of Living"),
        ("well-known facts", "Well-Known Facts"),
        ("NATO, iPhone and the U.S.", "NATO, iPhone and the U.S."),
        ("FENTANYL AND THE PRICE OF EGGS", "Fentanyl and the Price of Eggs"),
        ("don't look up", "Don’t Look Up"),
        ('"we were never asked"', "“We Were Never Asked”"),
        ("", ""),
    ],
)
def test_titles(typed: str, printed: str) -> None:
    assert title_case(typed) == printed
    assert title_case(printed) == printed


@given(st.text(max_size=80))
def test_a_title_keeps_its_letters(typed: str) -> None:
    once = title_case(typed)
    assert title_case(once) == once
    assert len(once.split()) == len(tidy(" ".join(typed.split())).split())
