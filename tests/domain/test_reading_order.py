"""In which order editors read: replies, the newest article, first-time writers, the oldest."""

from datetime import date

import pytest

from feedback.domain.reading_order import ARTICLE_AT, ARTICLE_ENDS, KEY_LENGTH, reading_key

NEW, OLD = (9, date(2026, 3, 2)), (4, date(2026, 2, 1))


def key(number, article=(None, None), *, answered=False, first=False):
    return reading_key(number, *article, has_answered=answered, is_first=first)


def test_the_order_of_a_mailbag():
    in_order = [
        key(90, OLD, answered=True),
        key(80, NEW, first=True),
        key(10, NEW),
        key(70, NEW),
        key(60, OLD, first=True),
        key(20, OLD),
        key(2**63 - 1, OLD),
        key(5),
    ]
    assert sorted(in_order) == in_order


@pytest.mark.parametrize("article", [(2**63 - 1, date.max), (1, date.min), (1, None), (None, None)])
def test_a_key_has_one_length_and_digits_alone(article):
    made = key(2**63 - 1, article)
    assert len(made) == KEY_LENGTH
    assert made.isdigit()
    assert made[ARTICLE_AT:ARTICLE_ENDS] == key(3, article)[ARTICLE_AT:ARTICLE_ENDS]


def test_articles_of_one_day_stay_apart():
    one, other = (7, date(2026, 3, 2)), (8, date(2026, 3, 2))
    mixed = sorted([key(1, one), key(2, other), key(3, one), key(4, other)])
    assert mixed == [key(1, one), key(3, one), key(2, other), key(4, other)]
