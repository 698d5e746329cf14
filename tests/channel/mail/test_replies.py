"""Answers by mail belong to the letter they answer, and to nobody else's."""

from email import message_from_bytes, policy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.channel.mail.keep import keep
from feedback.channel.mail.read import read
from feedback.domain.actor import ActorKind
from feedback.domain.event import EventKind
from feedback.domain.gates import gates
from feedback.domain.letter import Channel
from feedback.domain.owed_mail import MailKind
from feedback.domain.raw_mail import Door, Fate, Refusal
from feedback.domain.reply import Did, FoundBy
from feedback.domain.state import Decision, State
from feedback.domain.verification import Method, Outcome
from feedback.store import columns, letters, raw_mails, replies
from feedback.store.letters import LetterFilter
from tests.factories import a_letter, an_article
from tests.outbox.desk import Pile, a_postman, decided

LONG_ID = f"<{'x' * 90}@mail.example.com>"


@pytest.fixture
def desk(newsroom, store):
    """A desk whose mail server takes plus addresses."""
    with store.work() as work:
        column = columns.first(work)
        column.rules = column.rules.but(reply_addresses=True)
    newsroom.forget_column()
    return Desk(newsroom, store)


class Desk:
    """A letter by mail, its receipt, and mails that come back."""

    def __init__(self, newsroom, store):
        self.newsroom, self.store, self.number = newsroom, store, 0

    def asks(self, **fields):
        """A letter that came by mail, with the receipt that left for it."""
        given = {"channel": Channel.MAIL, "message_id": LONG_ID, "article": ""} | fields
        letter = a_letter(self.store, **given)
        pile = Pile()
        a_postman(self.store, pile).turn()
        (ready,) = [one for one in pile.taken if one.kind is MailKind.RECEIPT]
        return letter, message_from_bytes(ready.raw, policy=policy.default)

    def comes(self, text, *headers, sender="Jane <jane@example.com>", subject="Re: hello"):
        """A mail; returns what became of it."""
        self.number += 1
        head = [f"From: {sender}", f"Subject: {subject}", f"Message-ID: <{self.number}@a.example>"]
        if not any(one.startswith("To:") for one in headers):
            head.append("To: letters@example.com")
        raw = "\n".join([*head, *headers, "", text, ""]).encode()
        self.mail_id = keep(self.newsroom, raw, Door.PIPE)
        return read(self.newsroom, self.mail_id)

    def now(self, letter):
        with self.store.read() as work:
            return letters.by_ref(work, letter.ref)

    def said(self, letter):
        with self.store.read() as work:
            return list(replies.of_letter(work, letter.id))

    def others(self, letter):
        with self.store.read() as work:
            page = letters.page(work, LetterFilter(), limit=200, whole=True)
            return [one for one in page.rows if one.id != letter.id]

    def history(self, letter):
        with self.store.read() as work:
            return letters.history(work, letter.id)


def answering(mail):
    return f"In-Reply-To: {mail['Message-ID']}"


def to_us(mail):
    return f"To: {mail['Reply-To']}"


def test_our_mail_answers_the_writers_and_says_where_answers_go(desk):
    _letter, mail = desk.asks()
    assert mail["In-Reply-To"] == mail["References"] == LONG_ID
    address = mail["Reply-To"].addresses[0]
    assert (address.username.partition("+")[0], address.domain) == ("letters", "example.com")
    assert len(address.username.partition("+")[2]) == 26  # 128 bits
    assert "List-Id" not in mail


def test_a_house_without_such_addresses_gets_answers_at_its_own(desk, store):
    with store.work() as work:
        columns.first(work).further_rules = None  # as a new house has them
    desk.newsroom.forget_column()
    letter, mail = desk.asks()
    assert mail["Reply-To"].addresses[0].addr_spec == "letters@example.com"
    assert desk.comes("Yes", answering(mail)) is Fate.REPLY
    assert desk.now(letter).verifications


def by_address(mail, _letter):
    return {"headers": [to_us(mail).upper().replace("TO:", "To:")]}


def by_mail(mail, _letter):
    return {"headers": [f"References: <1@x.example>\n {mail['Message-ID']}\n <2@x.example>"]}


def by_number(_mail, letter):
    return {"subject": f"AW: [{letter.ref.lower()}] We have your letter"}


WAYS = {FoundBy.ADDRESS: by_address, FoundBy.MAIL: by_mail, FoundBy.NUMBER: by_number}


@pytest.mark.parametrize(("found_by", "way"), WAYS.items())
def test_an_answer_is_kept_with_its_letter(desk, found_by, way):
    letter, mail = desk.asks()
    named = way(mail, letter)
    text = "Please spell it Beijing.\n\nOn Nov 9, 2026 at 9:14, letters@example.com wrote:\n> Hi"
    assert desk.comes(text, *named.pop("headers", []), **named) is Fate.REPLY
    (reply,) = desk.said(letter)
    assert (reply.text, reply.found_by, reply.did) == ("Please spell it Beijing.", found_by, [])
    assert desk.others(letter) == []
    now = desk.now(letter)
    assert now.answered_at is not None
    assert now.state is State.RECEIVED
    last = desk.history(letter)[-1]
    assert (last.kind, last.by_kind) == (EventKind.REPLIED, ActorKind.WRITER)
    with desk.store.read() as work:
        assert raw_mails.by_id(work, desk.mail_id).letter_id == letter.id


@pytest.mark.parametrize("way", WAYS.values())
def test_somebody_elses_mail_is_a_letter_of_its_own(desk, way):
    letter, mail = desk.asks()
    before = desk.now(letter)
    named = way(mail, letter)
    headers = named.pop("headers", [])
    fate = desk.comes("Yes, I wrote this. And more.", *headers, sender="ann@example.org", **named)
    assert fate is Fate.LETTER
    assert desk.said(letter) == []
    assert desk.now(letter).version == before.version
    (other,) = desk.others(letter)
    assert [(one.check, letter.ref in one.says) for one in other.findings] == [("mentions", True)]


@pytest.mark.parametrize("yes", ["Yes", "Yes, I wrote this.\n\nJane", "yes, that is mine"])
@pytest.mark.parametrize("way", [by_address, by_mail])
def test_a_plain_yes_confirms(desk, yes, way):
    letter, mail = desk.asks()
    assert desk.comes(yes, *way(mail, letter)["headers"]) is Fate.REPLY
    now = desk.now(letter)
    (found,) = now.verifications
    assert (found.method, found.outcome) == (Method.EMAIL, Outcome.CONFIRMED)
    assert found.by_kind is ActorKind.WRITER
    assert gates(now)["verified"]


def test_a_yes_that_names_the_number_alone_is_read_by_an_editor(desk):
    """The number stands in subjects, and From can be forged."""
    letter, _mail = desk.asks(name=None)
    for said in ("Yes", "Please withdraw my letter.", "Jane Reader"):
        assert desk.comes(said, subject=f"[{letter.ref}] hello") is Fate.REPLY
    now = desk.now(letter)
    assert (now.verifications, now.name, now.state) == ([], None, State.RECEIVED)
    assert len(desk.said(letter)) == 3


def test_a_writers_yes_is_no_editors_verification(desk, store):
    from feedback.domain.column import VerificationPolicy
    from tests.factories import a_column

    a_column(store, verification_policy=VerificationPolicy.EDITOR)
    letter, mail = desk.asks()
    desk.comes("Yes", answering(mail))
    assert not gates(desk.now(letter))["verified"]


def test_a_plain_no_holds_the_letter_and_a_later_yes_is_read(desk):
    letter, mail = desk.asks()
    desk.comes("No, I did not write this.", answering(mail))
    now = desk.now(letter)
    assert [v.outcome for v in now.verifications] == [Outcome.DENIED]
    assert now.state is State.HELD
    desk.comes("Yes", answering(mail))
    assert len(desk.now(letter).verifications) == 1
    assert [one.did for one in desk.said(letter)] == [[Did.DENIED], []]


def test_a_writer_takes_the_letter_back(desk):
    letter, mail = desk.asks()
    desk.comes("Please do not print it. Thank you!", answering(mail))
    assert desk.now(letter).state is State.WITHDRAWN


def test_what_was_missing_is_filled_in_and_a_wish_comes_true(desk, store):
    article = an_article(store, headline="Who Pays for the Levee?")
    letter, mail = desk.asks(name=None, town=None, state=None, country=None)
    decided(store, letter, Decision.APPROVE, when_ready=True)
    desk.comes("Who pays for the levee?", answering(mail))
    assert desk.now(letter).article.id == article.id
    desk.comes("Hello,\n\nYes, I wrote this.\n\nJane Q. Reader\nSpokane, Wash.", to_us(mail))
    now = desk.now(letter)
    assert now.signature.printed() == "Jane Q. Reader, Spokane, Wash."
    assert now.state is State.APPROVED
    dids = [one.did for one in desk.said(letter)]
    assert dids == [[Did.COMPLETED], [Did.COMPLETED, Did.CONFIRMED]]


def test_words_with_more_in_them_change_nothing(desk):
    letter, mail = desk.asks(name=None, town=None, state=None)
    for said in ("Yes, but do not print my name", "No", "OK", "Okay", "I won't withdraw it"):
        desk.comes(said, answering(mail))
    now = desk.now(letter)
    assert (now.name, now.town, now.place_state, now.verifications) == (None, None, None, [])
    assert now.state is State.RECEIVED


def test_the_letters_page_shows_what_went_back_and_forth(desk, log_in):
    letter, mail = desk.asks(name=None)
    desk.comes("Please spell it <Beijing>.", answering(mail))
    desk.comes("Jane Q. Reader", answering(mail))
    browser = log_in("editor")
    page = browser.get(f"/desk/letters/{letter.ref}").text
    order = ["Receipt with the confirm link", "For you to read", "Please spell it &lt;Beijing&gt;.",
             "Gave what was missing"]  # fmt: skip
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert letter.ref in browser.get("/desk/you").text


def test_a_new_letter_in_an_answer_can_become_one(desk, log_in):
    letter, mail = desk.asks()
    desk.comes("The county counts its boats every May.\n\nJane Reader", answering(mail))
    answer = log_in("editor").post(f"/desk/refused/{desk.mail_id}/accept")
    assert answer.location == f"/desk/letters/{letter.ref}"
    assert read(desk.newsroom, desk.mail_id) is Fate.LETTER
    (other,) = desk.others(letter)
    assert other.original.remarks.startswith("The county")
    assert len(desk.said(letter)) == 1


def test_a_robots_answer_is_refused_as_ever(desk):
    letter, mail = desk.asks()
    assert desk.comes("Yes", answering(mail), "Auto-Submitted: auto-replied") is Fate.REFUSED
    with desk.store.read() as work:
        assert raw_mails.by_id(work, desk.mail_id).refusal is Refusal.AUTO_REPLY
    assert desk.now(letter).verifications == []


def test_a_mail_that_only_quotes_says_nothing(desk):
    """Our own words, quoted under an empty answer, are not the writer's."""
    letter, mail = desk.asks()
    quoted = "-----Original Message-----\nFrom: letters@example.com\nTo: jane@example.com\n"
    desk.comes(f"{quoted}Subject: x\n\nYes, I wrote this", answering(mail))
    assert desk.now(letter).verifications == []


SENDERS = st.one_of(
    st.sampled_from(
        ["jane@example.org", "jane@example.com.evil.example", '"jane@example.com" <a@evil.example>',
         "jane@example.com, ann@example.org", "jane+1@example.com", "letters@example.com", "",
         "Jane <ann@example.org> (jane@example.com)"]
    ),
    st.text(st.characters(codec="ascii", exclude_characters="\r\n"), max_size=40),
)  # fmt: skip
SAYINGS = st.sampled_from(["Yes", "Please withdraw my letter.", "No, I did not write this.",
                           "Jane Reader\nSpokane, Wash.", "> Yes", ""])  # fmt: skip


@settings(
    max_examples=40, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(SENDERS, SAYINGS, st.lists(st.sampled_from(["to", "mail", "number"]), min_size=1))
def test_no_mail_of_another_sender_changes_a_letter(desk, sender, said, ways):
    if not hasattr(desk, "asked"):
        desk.asked = desk.asks(name=None)
    letter, mail = desk.asked
    if sender.count("jane@example.com") and "evil" not in sender and "ann" not in sender:
        return
    before = len(desk.history(letter)), desk.now(letter).version
    headers = [answering(mail)] * ("mail" in ways) + [to_us(mail)] * ("to" in ways)
    subject = f"[{letter.ref}]" if "number" in ways else "Hi"
    assert desk.comes(said, *headers, sender=sender, subject=subject) is not Fate.REPLY
    assert (len(desk.history(letter)), desk.now(letter).version) == before
    assert desk.said(letter) == []
