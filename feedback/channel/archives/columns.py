"""Old columns out of WordPress: the letters in them count as printed, on the day of their post."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from feedback.channel.archives.outcome import Outcome
from feedback.channel.mail.understand import NO_CONSENT, NO_MATCH, submission_of
from feedback.domain.actor import MACHINE
from feedback.domain.column import Column
from feedback.domain.errors import Refused
from feedback.domain.letter import Channel
from feedback.domain.place import country_name, state_code
from feedback.domain.submission import Submission
from feedback.intake.article_match import ArticleMatch, match_article
from feedback.intake.fields import LIMITS
from feedback.intake.prefill import Found, Prefill, Where
from feedback.intake.receive import Printed
from feedback.intake.receive_many import Arrival, receive_many
from feedback.newsroom import Newsroom
from feedback.reading.person import fold
from feedback.reading.printed_column import PrintedBefore, letters_in
from feedback.reading.signoff import find_signoff
from feedback.reading.wordpress_export import NotAnExport, Post, posts_in
from feedback.store import archives
from feedback.store.letterbox import Taken
from feedback.store.work import Work

FIRST_YEAR = 1990
MOST_POSTS = 200_000
AROUND = timedelta(days=3)  # between print here and at the site
OPENING = 80  # characters by which two texts without names are one
SOMEBODY = "Jane Doe"  # in the place of a name that was withheld
NO_COLUMNS, NO_LETTERS = "posts that are no column", "columns in which no letter is signed"


def import_columns(
    newsroom: Newsroom,
    path: Path,
    outcome: Outcome,
    *,
    told: Callable[[int], object] = lambda _bytes: None,
) -> None:
    """Store the letters of an export's columns as published; counts go into `outcome`.

    A post is a column by the column's name in its title or among its categories, or by a category
    of letters. What is here already adds nothing, nor does what this desk printed itself. Nobody
    is mailed. Raises Refused for XML that WordPress did not export.
    """
    column = newsroom.column()
    with path.open("rb") as file:
        try:
            for number, post in enumerate(posts_in(file)):
                if number >= MOST_POSTS:
                    outcome.break_off(f"There are more than {MOST_POSTS:,} posts: split the file.")
                    return
                _take(newsroom, column, post, outcome)
                told(file.tell())
        except NotAnExport as error:
            if outcome == Outcome():
                raise Refused(str(error), "fields") from error
            outcome.break_off(f"{error} What stood before is in.")


def _take(newsroom: Newsroom, column: Column, post: Post, outcome: Outcome) -> None:
    """The letters of one post."""
    if not is_column(post, column.name):
        outcome.others[NO_COLUMNS] += 1
        return
    letters = letters_in(post.html)
    if not letters:
        outcome.others[NO_LETTERS] += 1
        return
    now = newsroom.store.clock()
    if post.printed_at is None or post.printed_on is None or not _may_be(post.printed_at, now):
        outcome.skip(f"“{post.title[:80]}”", "it has no date on which it was printed")
        return
    printed = Printed(post.printed_on, f"Printed before, in “{post.title[:200]}”.")
    with newsroom.store.read() as work:
        here = archives.printed_between(work, post.printed_on - AROUND, post.printed_on + AROUND)
        found = list(_submissions(work, newsroom.hosts, post, letters, outcome))
        arrivals = [Arrival(submission, match, printed) for submission, match in found]
    fresh = [one for one in arrivals if not _is_here(one.submission, here)]
    outcome.known += len(arrivals) - len(fresh)
    results = receive_many(
        newsroom.letterbox, newsroom.store.keys, newsroom.house(), fresh, now, by=MACHINE
    )
    for result in results:
        if isinstance(result, Refused) and result.kind == "key_reused":
            outcome.known += 1  # the post was changed since
        elif isinstance(result, Refused):
            outcome.skip(f"“{post.title[:80]}”", "the database cannot hold a letter of it")
        elif not isinstance(result, Taken):
            raise result
        elif result.was_known:
            outcome.known += 1
        else:
            outcome.added += 1


def is_column(post: Post, name: str) -> bool:
    """Whether the post is one of the column's, or of letters by its categories."""
    wanted = fold(name)
    if wanted and wanted in (fold(post.title) or ""):
        return True
    categories = [fold(one) or "" for one in post.categories]
    return any(one == wanted or "letters" in one.split() for one in categories)


def _may_be(at: datetime, now: datetime) -> bool:
    return at.year >= FIRST_YEAR and at <= now


def _submissions(
    work: Work,
    hosts: frozenset[str],
    post: Post,
    letters: list[PrintedBefore],
    outcome: Outcome,
) -> Iterator[tuple[Submission, ArticleMatch]]:
    signed: Counter[str] = Counter()
    for letter in letters:
        signature = fold(letter.signature) or ""
        signed[signature] += 1
        try:
            match, given = _article(work, hosts, letter)
            submission = _submission(letter, _key(post, signature, signed[signature]), given)
        except Refused:
            outcome.skip(f"“{post.title[:80]}”", f"letter signed “{letter.signature[:60]}”")
            continue
        yield replace(submission, received_at=post.printed_at), match


def _key(post: Post, signature: str, number: int) -> str:
    """By post and signature: a column that is read better some day has the same letters."""
    which = post.guid or f"{post.title}\n{post.printed_on}"
    words = f"{which}\n{signature}\n{number}"
    return "wxr:" + hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _submission(letter: PrintedBefore, key: str, article: str) -> Submission:
    name, _, place = letter.signature.partition(",")
    is_withheld = (fold(name) or "").startswith("name withheld")
    signature = f"{SOMEBODY},{place}" if is_withheld else letter.signature
    signoff = find_signoff(f"Printed.\n\n—{signature}", state_code, country_name)
    told = {
        "name": None if is_withheld else signoff.name or name,
        "town": signoff.town,
        "state": signoff.state,
        "country": signoff.country,
        "article": article,
    }
    found = {n: Found(value[: LIMITS[n]], Where.SIGN_OFF) for n, value in told.items() if value}
    submission = submission_of(Prefill(is_mail=False, remarks=letter.text, found=found), key)
    return replace(submission, channel=Channel.IMPORT, consent=NO_CONSENT, is_withheld=is_withheld)


def _article(work: Work, hosts: frozenset[str], letter: PrintedBefore) -> tuple[ArticleMatch, str]:
    """The first of its links that leads to an article; else the first link as it stands."""
    for link in letter.links:
        match = match_article(work, link, hosts)
        if match.article is not None:
            return match, link
    return NO_MATCH, letter.links[0] if letter.links else ""


def _is_here(submission: Submission, here: list[archives.InPrint]) -> bool:
    """This desk printed it: the same name in the same days, else the same opening."""
    name, opening = fold(submission.name), fold(submission.remarks[:OPENING])
    return any(
        fold(one.name) == name if name and one.name else fold(one.remarks[:OPENING]) == opening
        for one in here
    )
