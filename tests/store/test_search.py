"""Search: anything can be typed, and both engines find the same."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text

from feedback.domain.letter import Letter
from feedback.domain.state import State
from feedback.intake.recheck import recheck_new
from feedback.reading.search_words import fold, words_in
from feedback.store import articles, letter_filter, letters, search
from feedback.store.letter_filter import LetterFilter
from feedback.store.paging import CAP
from feedback.store.work import Store
from tests.factories import a_letter, an_article

CORPUS = [
    "The working group with Beijing will meet again.",
    "Meetings are cheap; I would judge it by seizures.",
    "My brother died of fentanyl. That is all I have to say.",
    "Who pays? We do, and we do not like it.",
    "A café in Besançon, run by José Muñoz-Núñez, closed.",
    "Student debt: $1,700 a year, 3.5% interest, class of 2019.",
    "He wrote “Not in my name!” and I agree — wholly.",
    "Не в моё имя, сказал он.",
    "Strasse or Straße, the naïve rôle of coöperation.",
    "Look at https://www.example.com/2026/11/06/story-7?x=1 and mail me@example.com.",
    "To be, or not to be: that is the question.",
    "O’Brien’s well-known theory: well known to whom?",
    "会議は安い。 판사님 ครับ हिन्दी",
    "snake_case words, C++ and AT&T; rock'n'roll 24/7",
    "1e5 0x1F v2.0.1 -5 +7 12abc abc12 ½ ² № ﬁne Ⅷ",
]
RELAXED = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


def index(store, letter, body):
    with store.work() as work:
        search.put(work, search.LETTER_SEARCH, letter.id, body)


def found(store, typed):
    """Openings of the letters that a search gives."""
    asked = search.read_query(typed)
    if asked.is_empty:
        return set()
    with store.read() as work:
        hits = search.matching(work, search.LETTER_SEARCH, asked)
        return set(work.session.scalars(select(Letter.opening).where(Letter.id.in_(hits))))


def fill(store):
    with store.work() as work:
        for body in CORPUS:
            search.put(work, search.LETTER_SEARCH, a_letter(work, body).id, body)


@pytest.fixture
def desk(store):
    """Letters with the texts of CORPUS, findable."""
    fill(store)
    return store


@pytest.fixture
def both(_sqlite_engine, _postgresql_engine, keys, clock):
    """The same desk on both engines."""
    stores = [Store(engine, keys, clock) for engine in (_sqlite_engine, _postgresql_engine)]
    for store in stores:
        fill(store)
    return stores


# --- What is found


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("beijing", [0]),
        ("BEIJING working", [0]),
        ("meeting", [0, 1]),  # meet, meetings: one stem
        ("seizure", [1]),
        ("not", [3, 6, 10]),  # no word is too common to be looked for
        ("“to be or not to be”", [10]),
        ('"not to be"', [10]),
        ('"be not"', []),
        ("cafe besancon", [4]),
        ("Café Besançon", [4]),
        ("jose munoz", [4]),
        ("muñoz-núñez", [4]),
        ("strasse", [8]),
        ("Straße", [8]),
        ("cooperation", [8]),
        ("имя", [7]),
        ("2019", [5]),
        ("1,700", [5]),
        ("well-known", [11]),
        ("obrien", []),
        ("o’brien", [11]),
        ("o'brien", [11]),
        ("is -fentanyl", [10]),
        ("i", [1, 2, 6]),
        ("as us", []),
        ('-"to be" is', [2]),
        ("fine", [14]),
        ("nothing-of-the-kind", []),
    ],
)
def test_words_phrases_and_exclusions(desk, typed, texts):
    assert found(desk, typed) == {CORPUS[n] for n in texts}


@pytest.mark.parametrize("typed", ["", "   ", '""', "-", "!!!", "\x00", "-beijing", "“”", "___"])
def test_a_query_without_words(desk, typed):
    with desk.read() as work:
        page = letters.page(work, LetterFilter(q=typed))
        count = letters.count(work, LetterFilter(q=typed))
    everything = len(CORPUS) if not typed.strip() else 0
    assert len(page.rows) == count.number == everything


def test_a_word_that_looks_like_a_reference_is_a_word(store):
    letter = a_letter(store, "The anti-theft law is cheap.")
    with store.work() as work:
        recheck_new(work)
    with store.read() as work:
        which = LetterFilter(q="anti-theft")
        assert [one.ref for one in letters.page(work, which).rows] == [letter.ref]
        assert letters.count(work, which).number == 1
        assert letters.page(work, LetterFilter(q="WHY-ZZZZZ")).rows == []


def test_a_reference_leads_to_its_letter(desk):
    ref = a_letter(desk, "Short.").ref
    for typed in (ref, f"  {ref.lower()} "):
        with desk.read() as work:
            assert [one.ref for one in letters.page(work, LetterFilter(q=typed)).rows] == [ref]
            assert letters.count(work, LetterFilter(q=typed)).number == 1


def test_a_search_keeps_to_its_filters(desk):
    from feedback.domain.state import State

    with desk.read() as work:
        which = LetterFilter(states=(State.HELD,), q="beijing")
        assert letters.page(work, which).rows == []


# --- Anything can be typed


HOSTILE = [
    "' OR 1=1--",
    '"',
    "a AND",
    "OR NOT AND NEAR",
    "NEAR(a, b)",
    "col:x",
    "body : {x}",
    "rowid:1",
    "^a*",
    "a*",
    "(((((",
    ")",
    "a & | ! <-> b",
    "'a':*",
    "\\",
    "a\x00b",
    "\ud800",
    "\U0010ffff\ufffe",
    "x" * 5000,
    "ж" * 5000,
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 " * 400,
    '"' * 3000,
    "- " * 3000,
    "a " * 3000,
    "́" * 2000,
    "％s ％n {0}",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_queries_are_words(desk, typed):
    found(desk, typed)
    with desk.read() as work:
        letters.count(work, LetterFilter(q=typed))
        articles.page(work, q=typed)
        articles.candidates(work, [typed, *typed.split()])


@RELAXED
@given(typed=st.text(max_size=60))
def test_no_text_is_too_strange(desk, typed):
    found(desk, typed)


# --- Both engines find the same


WORDS = sorted({word for body in CORPUS for word in body.split()})
PIECE = st.one_of(st.sampled_from(WORDS), st.sampled_from(["-", '"', "“", "of", "is"]))


@RELAXED
@given(pieces=st.lists(PIECE, min_size=1, max_size=4), minus=st.booleans())
def test_both_find_the_same(both, pieces, minus):
    typed = " ".join(pieces) + (f' -"{pieces[0]}"' if minus else "")
    on_sqlite, on_postgresql = (found(store, typed) for store in both)
    assert on_sqlite == on_postgresql


@RELAXED
@given(body=st.text(min_size=1, max_size=80), data=st.data())
def test_whatever_is_written_is_found_by_its_words(both, body, data):
    words = words_in(body)
    for store in both:
        with store.read() as work:
            letter = letters.page(work, LetterFilter(), limit=1).rows[0]
        index(store, letter, body)
        for word in words[:3]:
            assert letter.opening in found(store, word), (word, store.engine.dialect.name)
        phrase = " ".join(words[:4])
        assert not phrase or letter.opening in found(store, f'"{phrase}"')


@given(st.text())
def test_folding_twice_changes_nothing(body):
    assert fold(fold(body)) == fold(body)


# --- The index follows


def test_the_index_follows_the_text(desk):
    letter = a_letter(desk, "First words.")
    index(desk, letter, "first words")
    index(desk, letter, "other lines")
    assert found(desk, "first words") == set()
    assert found(desk, "other lines") == {"First words."}


def test_a_letter_that_is_gone_is_not_found(desk):
    with desk.work() as work:
        work.session.execute(delete(Letter))
    assert found(desk, "beijing") == set()
    if desk.is_sqlite:
        with desk.work() as work:  # raises where index and texts disagree
            work.session.execute(
                text(
                    "INSERT INTO letter_search_index (letter_search_index, rank)"
                    " VALUES ('integrity-check', 1)"
                )
            )


def test_counts_end_at_the_cap(desk, monkeypatch):
    monkeypatch.setattr(letters, "CAP", 3)
    with desk.read() as work:
        assert letters.count(work, LetterFilter()).number == 4
    assert CAP == 1000


# --- Articles


def test_articles_are_found_best_first(store):
    best = an_article(store, "Working Group With Beijing Meets")
    an_article(store, "Beijing Is Far Away and Very Large, Says Working Mayor")
    an_article(store, "Something Else")
    with store.read() as work:
        assert articles.page(work, q="working group beijing").rows == [
            a for a in articles.page(work, q="beijing").rows if a.id == best.id
        ]
        hits = articles.candidates(work, ["working", "group", "Beijing"])
        assert hits[0].id == best.id
        assert len(hits) == 2
        assert articles.candidates(work, []) == []
        assert articles.candidates(work, ["...", ""]) == []


def test_article_words_are_not_stemmed(store):
    an_article(store, "Meetings Are Cheap")
    with store.read() as work:
        assert articles.page(work, q="meeting").rows == []
        assert len(articles.page(work, q="meetings").rows) == 1


# --- Fields


@pytest.fixture
def mailbag(store):
    """Letters with writers, an article, states and days, findable."""
    early, late = datetime(2026, 2, 28, 12, tzinfo=UTC), datetime(2026, 3, 1, 12, tzinfo=UTC)
    with store.work() as work:
        levee = an_article(work, headline="Who Pays for the Levee?")
        a_letter(work, "The river is high.", article=levee, name="Jane Muñoz", at=early)
        a_letter(
            work, "Jane is right about rivers.", to=State.HELD, at=late,
            name="Tom Hale", town="Boise", state="ID",
        )  # fmt: skip
        work.session.flush()
        recheck_new(work, 10)
    return store


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("river", {"Jane Muñoz", "Tom Hale"}),
        ("jane", {"Jane Muñoz", "Tom Hale"}),
        ("from:jane", {"Jane Muñoz"}),
        ('from:"Jane Munoz"', {"Jane Muñoz"}),
        ("FROM:munoz river", {"Jane Muñoz"}),
        ("-from:jane river", {"Tom Hale"}),
        ("from:spokane", {"Jane Muñoz"}),
        ("article:levee", {"Jane Muñoz"}),
        ('article:"pays for" river', {"Jane Muñoz"}),
        ("article:river", set()),
        ("state:held", {"Tom Hale"}),
        ("-state:held river", {"Jane Muñoz"}),
        ("state:WA", {"Jane Muñoz"}),
        ("state:Idaho", {"Tom Hale"}),
        ("before:2026-03", {"Jane Muñoz"}),
        ("before:2026-02-28", set()),
        ("after:2026-02-28 river", {"Tom Hale"}),
        ("after:2026", set()),
        ("before:2027 after:2025", {"Jane Muñoz", "Tom Hale"}),
        ("before:tomorrow", set()),
        ("river before: the", set()),
    ],
)
def test_fields_narrow_what_is_found(mailbag, typed, names):
    with mailbag.read() as work:
        found_letters = letters.page(work, LetterFilter(q=typed)).rows
        assert {letter.name for letter in found_letters} == names
        assert letters.count(work, LetterFilter(q=typed)).number == len(names)


def test_words_of_many_letters_are_followed_downwards(mailbag, monkeypatch):
    monkeypatch.setattr(search, "RARE", 0)
    monkeypatch.setattr(letter_filter, "FEW", 0)
    asked = {"river": 2, "river state:held": 1, "river before:2026-03": 1, '"is high"': 1}
    with mailbag.read() as work:
        for typed, number in asked.items():
            page = letters.page(work, LetterFilter(q=typed))
            assert len(page.rows) == number, typed
            assert letters.count(work, LetterFilter(q=typed)).number == number
        first = letters.page(work, LetterFilter(q="river"), limit=1)
        second = letters.page(work, LetterFilter(q="river"), first.next, limit=1)
    assert [row.name for row in (*first.rows, *second.rows)] == ["Tom Hale", "Jane Muñoz"]
    assert second.next is None
