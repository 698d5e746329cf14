"""Letters, handed in through the one door that every channel uses."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from feedback.domain.actor import WRITER, Actor, ActorKind
from feedback.domain.article import Article
from feedback.domain.letter import Channel, Letter
from feedback.domain.reference import new_reference
from feedback.domain.state import State
from feedback.domain.submission import Submission
from feedback.domain.verification import Method, Outcome, Verification
from feedback.intake.article_match import ArticleMatch
from feedback.intake.receive import House, receive, rows_of
from feedback.store import columns, letters
from feedback.store.inserts import Inserts
from feedback.store.letterbox import TABLES, Letterbox
from feedback.store.work import Work
from tests.factories.article import an_article
from tests.factories.within import Place, store_of, work_in

REMARKS = "Meetings are cheap. I would judge this working group by the seizures it brings about."
ANN = Actor(ActorKind.EDITOR, "Ann Editor", 7)


def a_submission(**fields: object) -> Submission:
    """What a reader of Spokane hands in by the form; any field of Submission may be given."""
    plain = Submission(
        channel=Channel.WEB,
        remarks=REMARKS,
        article="Working Group With Beijing",
        name="Jane Q. Reader",
        town="Spokane",
        state="WA",
        country="US",
        email="jane@example.com",
        as_typed={"name": "Jane Q. Reader", "town": "Spokane", "state": "Wash."},
    )
    return replace(plain, **fields)


def a_letter(
    place: Place,
    remarks: str = REMARKS,
    *,
    article: Article | None = None,
    to: State = State.RECEIVED,
    why: str | None = None,
    verified: bool = False,
    at: datetime | None = None,
    by: Actor = WRITER,
    mails: bool = True,
    **fields: object,
) -> Letter:
    """A letter as it stands after it came in; `fields` are those of Submission.

    `to` moves it on to a state that an editor reaches in one step; `verified` records the
    writer's yes; `at` is the moment of receipt where that is not now. Comes back whole, for
    reading; within an open transaction, ready for changing.
    """
    submission = a_submission(remarks=remarks, **fields)
    match = ArticleMatch(article, "headline", 100.0) if article else ArticleMatch()
    if isinstance(place, Work):
        ref = _write(place, submission, match, at, by=by, mails=mails)
    else:
        store = store_of(place)
        with store.read() as work:
            house = House.of(columns.first(work))
        now = at or store.clock()
        ref = receive(
            Letterbox(store), store.keys, house, submission, match, now, by=by, mails=mails
        ).ref
    if verified or to is not State.RECEIVED:
        with work_in(place) as work:
            _take_on(work, ref, to, why, verified=verified)
    if isinstance(place, Work):
        return letters.by_ref(place, ref)
    with store_of(place).read() as work:
        letter = letters.by_ref(work, ref)
        _ = letter.contact
        return letter


def approved(place: Place, remarks: str = REMARKS, **more: object) -> Letter:
    """A letter that may be printed: article known, writer's yes recorded, approved."""
    article = more.pop("article", None) or an_article(place)
    return a_letter(place, remarks, article=article, to=State.APPROVED, verified=True, **more)


def some_letters(place: Place, number: int, **more: object) -> Sequence[Letter]:
    """Several letters, numbered in their text."""
    return [a_letter(place, f"Letter number {n}. {REMARKS}", **more) for n in range(1, number + 1)]


def _write(
    work: Work,
    submission: Submission,
    match: ArticleMatch,
    at: datetime | None,
    *,
    by: Actor,
    mails: bool,
) -> str:
    """Into an open transaction: the letterbox would wait for it to end."""
    house = House.of(columns.first(work))
    ref = new_reference(house.prefix, 10)
    rows = rows_of(work.keys, house, submission, match, at or work.now, ref, by=by, mails=mails)
    connection = work.session.connection()
    Inserts(connection.dialect, TABLES).put(connection, [rows])
    return ref


def _take_on(work: Work, ref: str, to: State, why: str | None, *, verified: bool) -> None:
    letter = letters.by_ref(work, ref)
    if verified:
        letter.verifications.append(
            Verification(
                letter_id=letter.id,
                method=Method.LINK,
                outcome=Outcome.CONFIRMED,
                by_kind=ActorKind.WRITER,
                by_name=WRITER.name,
                at=work.now,
            )
        )
    if to is not State.RECEIVED:
        letter.move(to, ANN, work.now, why)
    work.session.flush()


def a_key() -> str:
    """A submission key as a form draws one."""
    return secrets.token_urlsafe(16)
