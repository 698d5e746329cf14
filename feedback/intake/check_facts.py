"""The facts that checks look at, gathered for many letters at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from feedback.domain.column import Column
from feedback.domain.house_rules import HouseRules, QuotaPer, QuotaPeriod, Strictness
from feedback.domain.letter import Letter
from feedback.domain.state import PRINTED, State
from feedback.intake.checks.context import Checked, Printed, about
from feedback.intake.checks.quota import first_counted
from feedback.reading.language import language_of
from feedback.reading.listed_words import find_listed
from feedback.reading.person import fold
from feedback.reading.signers import signers_of
from feedback.reading.spam_sense import Learned, words_of
from feedback.store import check_facts
from feedback.store.check_facts import InPrint, Reach
from feedback.store.work import Work

MOST_CHECKED = 40_000  # characters of a text that checks read; a letter has 20,000 at most
BEFORE_ELECTION = timedelta(days=180)  # letters about a candidate count from here on
NOBODY = Reach(None, has_phone=False)


@dataclass
class Facts:
    """What was asked for a batch of letters: by letter, by edition, of the spam filter."""

    reaches: Mapping[int, Reach] = field(default_factory=dict)
    homes: Mapping[int, str | None] = field(default_factory=dict)
    in_print: Mapping[int, Sequence[InPrint]] = field(default_factory=dict)  # by column
    placed: Mapping[int, Sequence[InPrint]] = field(default_factory=dict)  # by edition
    learned: Learned | None = None


def gather(work: Work, letters: Sequence[Letter]) -> dict[int, Checked]:
    """All that checks may look at, by number of the letter; some questions for all of them."""
    columns = {letter.column_id: letter.column for letter in letters}
    rules = {number: column.rules for number, column in columns.items()}
    theirs = defaultdict(list)
    for letter in letters:
        theirs[letter.column_id].append(letter)
    facts = Facts(check_facts.reaches(work, [letter.id for letter in letters]))
    if any(_homes_count(one) for one in rules.values()):
        writer_ids = {one.writer_id for one in letters if one.writer_id is not None}
        facts.homes = check_facts.households(work, writer_ids)
    facts.in_print = {
        number: _in_print(work, some, columns[number], rules[number], facts.homes)
        for number, some in theirs.items()
    }
    facts.placed = check_facts.placed_in(
        work,
        {
            one.section.edition_id
            for one in letters
            if one.state is State.PLACED and one.section is not None
        },
    )
    facts.learned = _learned(work, letters)
    checked = {one.id: what_is_checked(work, one, rules[one.column_id], facts) for one in letters}
    return {number: _with_candidates(work, one) for number, one in checked.items()}


def what_is_checked(work: Work, letter: Letter, rules: HouseRules, facts: Facts) -> Checked:
    """The facts of one letter, as plain values."""
    article = letter.article
    text = letter.text[:MOST_CHECKED]
    reach = facts.reaches.get(letter.id, NOBODY)
    today = letter.column.today(work.now)
    return Checked(
        text=text,
        headline=letter.headline,
        name=letter.name,
        standing=letter.standing,
        is_withheld=letter.is_withheld,
        word_count=letter.word_count,
        words_limit=letter.column.words_limit,
        article_headline=article.headline if article else None,
        article_published_on=article.published_on if article else None,
        article_given=letter.article_given,
        is_general=letter.is_general,
        matched_by=letter.matched_by,
        match_score=letter.match_score,
        town=letter.town,
        state=letter.place_state,
        country=letter.country,
        received_on=letter.received_at.date(),
        rules=rules,
        today=today,
        prints_on=_prints_on(letter, today),
        publication=letter.column.publication,
        email_host=reach.email_host,
        has_phone=reach.has_phone,
        is_answer=letter.is_answer,
        is_printed=letter.state in PRINTED,
        printed=tuple(_counted(letter, rules, facts)),
        language=language_of(text),
        learned=facts.learned,
        auth=letter.came_from,
    )


def _prints_on(letter: Letter, today: date) -> date:
    """The day of its edition; one that is past, or none, means today."""
    if letter.state is State.PLACED and letter.section is not None:
        return max(today, letter.section.edition.date)
    return today


def _homes_count(rules: HouseRules) -> bool:
    return _has_quota(rules) and rules.quota_per is QuotaPer.HOUSEHOLD


def _has_quota(rules: HouseRules) -> bool:
    return rules.quota is not Strictness.OFF and rules.quota_letters > 0


def _in_print(
    work: Work,
    letters: Sequence[Letter],
    column: Column,
    rules: HouseRules,
    homes: Mapping[int, str | None],
) -> Sequence[InPrint]:
    """What may count against the quota of one of these letters of a column."""
    if not _has_quota(rules) or rules.quota_period is QuotaPeriod.EDITION:
        return []
    today = column.today(work.now)
    since = first_counted(today, rules.quota_period, rules.quota_days)
    if rules.quota_per is QuotaPer.SIGNER and any(len(signers_of(o.name)) > 1 for o in letters):
        return check_facts.printed_since(work, since)
    writer_ids = {one.writer_id for one in letters if one.writer_id is not None}
    keys = {key for key in homes.values() if key} if rules.quota_per is QuotaPer.HOUSEHOLD else ()
    return check_facts.printed_by(work, since, writer_ids, keys)


def _counted(letter: Letter, rules: HouseRules, facts: Facts) -> Iterable[Printed]:
    """What is in print, or stands before this one in its edition, by the same people."""
    if not _has_quota(rules):
        return
    home = facts.homes.get(letter.writer_id or 0)
    signers = {fold(name) for name in signers_of(letter.name)} - {None}

    def is_theirs(other: InPrint) -> bool:
        if other.letter_id == letter.id:
            return False
        if letter.writer_id is not None and other.writer_id == letter.writer_id:
            return True
        if rules.quota_per is QuotaPer.HOUSEHOLD:
            return home is not None and other.household_key == home
        if rules.quota_per is QuotaPer.SIGNER and len(signers) > 1:
            return any(fold(name) in signers for name in signers_of(other.name))
        return False

    yield from (
        Printed(one.ref, one.on)
        for one in facts.in_print.get(letter.column_id, ())
        if is_theirs(one)
    )
    if letter.state is State.PLACED and letter.section is not None:
        edition = letter.section.edition
        yield from (
            Printed(one.ref, edition.date)
            for one in facts.placed.get(edition.id, ())
            if one.letter_id < letter.id and is_theirs(one)
        )


def _learned(work: Work, letters: Sequence[Letter]) -> Learned | None:
    """What the spam filter knows of the words of these letters."""
    if check_facts.has_learned(work) is None:
        return None
    words: set[str] = set()
    for letter in letters:
        words |= words_of(letter.text, (letter.name, letter.standing))
    return check_facts.learned(work, words)


def _with_candidates(work: Work, checked: Checked) -> Checked:
    """With the number of printed letters about the candidates it names, where a rule asks."""
    rules = checked.rules
    if not rules.letters_per_candidate or rules.election_on is None or not rules.election_words:
        return checked
    if checked.prints_on > rules.election_on:
        return checked
    named = [entry for _words, entry in find_listed(about(checked), rules.election_words)]
    if not named:
        return checked
    since = rules.election_on - BEFORE_ELECTION
    return replace(checked, printed_about=check_facts.printed_about(work, since, named))
