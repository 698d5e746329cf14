"""Which article does the reader mean: shown where it is sure, offered as cards where not."""

from feedback.domain.article import ArticleKind
from tests.channel.reader import Shown
from tests.factories.article import an_article

LEVEE = ("Who Pays for the Levee?", "Levee Board Puts Off Vote to May")


def two_levees(store):
    return [an_article(store, headline) for headline in LEVEE]


def test_a_headline_that_is_sure_is_shown_with_who_wrote_it(reader, store):
    an_article(store, "Town Library to Cut Sunday Hours", kind=ArticleKind.COMMENTARY)
    shown = reader.opens("/letters/new?article=library to cut sunday hours")
    assert shown.words_of("article-match") == (
        "We think you mean Town Library to Cut Sunday Hours Commentary by Jo Byline, Nov. 6, 2026"
    )
    assert shown.cards() == []


def test_an_address_is_known_in_all_its_spellings(reader, store):
    an_article(store, "Rent", url="https://news.example.com/2026/rent")
    shown = reader.opens(
        "/letters/new?article=http://www.news.example.com/2026/rent/%3Futm_source=x"
    )
    assert "We think you mean Rent" in shown.words_of("article-match")


def test_what_is_not_sure_is_offered_with_neither_last(reader, store):
    two_levees(store)
    shown = reader.opens("/letters/new?article=the levee")
    assert [card.split(" Report")[0] for card in shown.cards()] == [*LEVEE, "Neither of these"]
    assert "article_id" not in shown.form("/letters")  # nothing is chosen for the reader


def test_the_card_that_is_chosen_counts(reader, store, stored):
    _first, second = two_levees(store)
    answer = reader.writes(about="the levee", article_id=str(second.id))
    assert answer.status_code == 303
    assert (stored()[0].article_id, stored()[0].matched_by) == (second.id, "reader")


def test_a_choice_is_kept_when_the_form_comes_back(reader, store):
    _first, second = two_levees(store)
    for choice in (str(second.id), "none"):
        shown = Shown(reader.writes(about="the levee", article_id=choice, email="nowhere"))
        assert shown.form("/letters")["article_id"] == choice


def test_a_choice_made_for_other_words_does_not_count(reader, store, stored):
    _first, second = two_levees(store)
    rent = an_article(store, "Rents Rise in Spokane Again")
    words = {"article_id": str(second.id), "article": "rents rise in spokane again"}
    assert reader.writes(about="the levee", **words).status_code == 303
    assert stored()[0].article_id == rent.id


def test_a_number_that_is_no_article_or_no_number_is_passed_over(reader, store, stored):
    two_levees(store)
    for odd in ("0", "-1", "99999999999999999999999", "²", "none", "1 OR 1=1"):
        assert reader.writes(about="the levee", article_id=odd).status_code == 303
    assert {one.article_id for one in stored()} == {None}


def test_nothing_is_offered_for_words_that_nothing_is_known_of(reader):
    shown = reader.opens("/letters/new?article=the weather")
    assert shown.words_of("article-match") == ""
