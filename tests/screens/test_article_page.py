"""An article's page: who answers it, what was printed, whom letters are sent on to."""

from feedback.domain.state import State
from feedback.store import letters
from tests.factories import a_letter, an_article, an_edition, approved
from tests.screens.desk_page import open_page


def test_the_page_has_every_letter_its_outcome_and_its_edition(log_in, store):
    article = an_article(store, "Who Pays for the Levee?", author="Sam Pressman")
    printed = approved(store, "We pay for it.", article=article)
    an_edition(store, groups=[(None, [printed])], published=True)
    a_letter(store, "Nobody pays.", article=article, to=State.DECLINED, why="not_chosen")
    a_letter(store, "Who pays?", article=article)
    a_letter(store, "Of another matter.")
    page = open_page(log_in("reader_editor"), f"/desk/articles/{article.id}")
    for words in (
        "We pay for it.",
        "Nobody pays.",
        "Received 1",
        "Declined 1",
        "Published 1",
        "We Hear You: Fentanyl and Student Debt",
        "No address of Sam Pressman is known.",
    ):
        assert words in page.main, words
    assert "Of another matter." not in page.main


def test_older_letters_are_on_the_next_page(log_in, store):
    article = an_article(store)
    with store.work() as work:
        for number in range(27):
            a_letter(work, f"Letter {number:02d}.", article=article)
    page = open_page(log_in(), f"/desk/articles/{article.id}")
    older = page.browse(page.link("Older letters"))
    seen = [words for page in (page, older) for words in page.part("letter-link").split(". ")]
    assert len({one.strip(". ") for one in seen}) == 27
    assert log_in().get(f"/desk/articles/{article.id}?after=x").status_code in (400, 422)


def test_an_editor_gives_the_address_and_sends_a_letter_on_by_one_button(log_in, store):
    article = an_article(store, author="Sam Pressman")
    letter = a_letter(store, article=article)
    desk = log_in("editor")
    page = open_page(desk, f"/desk/letters/{letter.ref}")
    assert "Send to the reporter" not in page.buttons
    page = page.browse(f"/desk/articles/{article.id}").press("Save address", address="sam@")
    assert page.status == 422
    assert "Give an email address" in page.main
    page = page.press("Save address", address="sam@news.example.com", sends_approved="yes")
    assert "Saved." in page.says
    assert page.value("address") == "sam@news.example.com"
    page = page.browse(f"/desk/letters/{letter.ref}").press("Send to the reporter")
    assert "A copy leaves for Sam Pressman." in page.says
    assert "Send again" in page.buttons
    assert "sam@news.example.com" not in page.response.text


def test_a_reader_editor_neither_gives_addresses_nor_sends_letters(log_in, store):
    article = an_article(store)
    letter = a_letter(store, article=article)
    desk = log_in("reader_editor")
    for path in (f"/desk/articles/{article.id}/byline", f"/desk/letters/{letter.ref}/reporter"):
        answer = desk.post(path, data={"version": "0", "address": "a@example.com"})
        assert answer.status_code == 403
    with store.read() as work:
        assert letters.by_ref(work, letter.ref).version == 1
