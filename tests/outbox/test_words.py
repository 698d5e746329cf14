"""Every mail to the character: subject, text, HTML. `make golden` writes the files anew."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from feedback.desk.claims import ask_source
from feedback.desk.decide import DECLINE_REASONS
from feedback.desk.route_on import route_on
from feedback.desk.send_on import send_on, set_byline
from feedback.domain.column import VerificationPolicy
from feedback.domain.house_rules import HouseRules
from feedback.domain.letter import Channel
from feedback.domain.other_desk import OtherDesk
from feedback.domain.owed_mail import MailKind
from feedback.domain.state import Decision
from feedback.outbox import messages
from feedback.store import articles, columns, letters
from feedback.store.work import Store
from tests.factories import a_column, a_letter, an_article, an_edition, an_editor, approved
from tests.golden_files import Golden
from tests.outbox.desk import Pile, a_postman, decided

# The words are the same whatever database they come from.
pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def _column(store: Store) -> None:
    a_column(
        store,
        publication="The Daily Example",
        address="letters@example.com",
        signed_by="Ann Editor",
        grace_minutes=0,
    )


def sent(store: Store, kind: MailKind) -> EmailMessage:
    """The mail of that kind that leaves now."""
    pile = Pile()
    a_postman(store, pile).turn()
    (raw,) = [ready.raw for ready in pile.taken if ready.kind is kind]
    return message_from_bytes(raw, policy=policy.default)


def compare(golden: Golden, name: str, mail: EmailMessage) -> None:
    """With the three files of that name; what chance made is put aside."""
    golden(f"mails/{name}.subject.txt", steady(mail["Subject"]) + "\n")
    for kind, ending in (("plain", "txt"), ("html", "html")):
        body = mail.get_body((kind,))
        assert body is not None
        golden(f"mails/{name}.{ending}", steady(body.get_content()))


def steady(text: str) -> str:
    text = re.sub(r"WHY-[0-9A-Z]{5,}", "WHY-7Q2KD", text)
    text = re.sub(r"/(letters|verify)/[\w-]{20,}", r"/\1/TOKEN", text)
    return text.replace("\r\n", "\n")


def test_the_reporters_copy(store: Store, golden: Golden) -> None:
    article = an_article(store, "Working Group With Beijing")
    letter = a_letter(
        store, "Meetings are cheap.\n\nJudge by the seizures & deeds.", article=article
    )
    with store.work() as work:
        about = articles.by_id(work, article.id)
        set_byline(work, about, "jo@example.com", an_editor(), 0, sends_approved=False)
    with store.work() as work:
        send_on(work, letters.by_ref(work, letter.ref), an_editor(), None)
    compare(golden, "reporter", sent(store, MailKind.REPORTER))


def test_receipt(store: Store, golden: Golden) -> None:
    a_letter(store)
    compare(golden, "receipt", sent(store, MailKind.RECEIPT))


def test_receipt_where_editors_verify(store: Store, golden: Golden) -> None:
    a_column(store, verification_policy=VerificationPolicy.EDITOR, publication="", signed_by="")
    a_letter(store)
    compare(golden, "receipt_without_confirming", sent(store, MailKind.RECEIPT))


def test_receipt_that_names_what_is_missing(store: Store, golden: Golden) -> None:
    a_letter(store, name=None, town=None, state=None, channel=Channel.MAIL)
    compare(golden, "receipt_missing", sent(store, MailKind.RECEIPT))


def test_reminder(store: Store, golden: Golden) -> None:
    letter = a_letter(store, mails=False, name=None, channel=Channel.MAIL)
    with store.work() as work:
        messages.owe_writer(work, letters.by_ref(work, letter.ref), MailKind.REMINDER)
    compare(golden, "reminder", sent(store, MailKind.REMINDER))


def test_ask(store: Store, golden: Golden) -> None:
    letter = a_letter(store, article=an_article(store), mails=False)
    decided(store, letter, Decision.APPROVE, when_ready=True)
    compare(golden, "ask", sent(store, MailKind.ASK))


def test_ask_for_what_is_missing_as_well(store: Store, golden: Golden) -> None:
    letter = a_letter(store, mails=False, name=None, town=None, state=None)
    decided(store, letter, Decision.APPROVE, when_ready=True)
    compare(golden, "ask_missing", sent(store, MailKind.ASK))


def test_ask_for_what_is_missing_alone(store: Store, golden: Golden) -> None:
    letter = a_letter(store, mails=False, verified=True, name=None)
    decided(store, letter, Decision.APPROVE, when_ready=True)
    compare(golden, "ask_missing_alone", sent(store, MailKind.ASK))


def test_source(store: Store, golden: Golden) -> None:
    """The words that want a source stand on the writer's page, and in no mail."""
    letter = a_letter(store, "It cost $3 million.", verified=True, mails=False)
    with store.work() as work:
        found = letters.by_ref(work, letter.ref)
        ask_source(work, found, "It cost $3 million.", "Who says so?", an_editor(), None)
    compare(golden, "source", sent(store, MailKind.SOURCE))


def test_declined(store: Store, golden: Golden) -> None:
    letter = a_letter(store, mails=False)
    decided(store, letter, Decision.DECLINE, tell="mail")
    compare(golden, "declined", sent(store, MailKind.DECLINED))


def test_declined_for_each_reason(store: Store, golden: Golden) -> None:
    """The mail gives a reason that helps the writer, and otherwise the usual one."""
    said = []
    for reason in DECLINE_REASONS:
        letter = a_letter(store, mails=False)
        decided(store, letter, Decision.DECLINE, reason=reason, tell="mail")
        body = sent(store, MailKind.DECLINED).get_body(("plain",))
        assert body is not None
        said.append(f"{reason}: {steady(body.get_content()).split(chr(10) * 2)[1]}")
    golden("mails/declined_reasons.txt", "\n\n".join(said) + "\n")


@pytest.mark.parametrize("desk", OtherDesk)
def test_to_another_desk(store: Store, golden: Golden, desk: OtherDesk) -> None:
    with store.work() as work:
        columns.first(work).rules = HouseRules(desks={desk.value: "help@example.com"})
    letter = a_letter(store, "My paper is late.\n\nAgain & again.", mails=False)
    with store.work() as work:
        route_on(work, letters.by_ref(work, letter.ref), desk, an_editor(), None)
    pile = Pile()
    a_postman(store, pile).turn()
    for ready in pile.taken:
        name = ready.kind.value if desk is OtherDesk.SUBSCRIPTION else f"{ready.kind}_{desk}"
        compare(golden, name, message_from_bytes(ready.raw, policy=policy.default))
    assert len(pile.taken) == 2


def test_printed(store: Store, golden: Golden) -> None:
    letter = approved(store, mails=False)
    an_edition(store, groups=[(None, [letter])], published=True)
    compare(golden, "printed", sent(store, MailKind.PRINTED))


def test_account(store: Store) -> None:
    with store.work() as work:
        messages.owe_editor(work, "ann@example.com", "Set a new password", "Open this:\n", None)
    mail = sent(store, MailKind.ACCOUNT)
    assert (mail["To"], mail["Subject"]) == ("ann@example.com", "Set a new password")
    assert steady(mail.get_content()) == "Open this:\n"


def test_a_receipt_says_nothing_that_the_reader_chose(store: Store) -> None:
    """Forms are filled in with strangers' addresses to send them other people's words."""
    mark = "BuyZorblax"
    a_letter(
        store,
        f"{mark} remarks",
        article=an_article(store, headline=f"{mark} headline"),
        name=f"{mark} Name",
        town=f"{mark} Town",
        state=None,
        affiliation=f"{mark} affiliation",
    )
    pile = Pile()
    a_postman(store, pile).turn()
    (ready,) = pile.taken
    mail = message_from_bytes(ready.raw, policy=policy.default)
    said = str(mail["Subject"]) + "".join(
        part.get_content() for part in mail.walk() if not part.is_multipart()
    )
    assert mark not in said
    assert mark.encode() not in ready.raw


def test_the_houses_own_answer_stands_in_place_of_the_usual_sentence(store: Store) -> None:
    with store.work() as work:
        rules = HouseRules(answers={"too_long": "Please send <us> the gist."})
        columns.first(work).rules = rules
    letter = a_letter(store, mails=False)
    decided(store, letter, Decision.DECLINE, reason="too_long", tell="mail")
    mail = sent(store, MailKind.DECLINED)
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert "Please send <us> the gist." in plain.get_content()
    assert "room for" not in plain.get_content()
    assert "Please send &lt;us&gt; the gist." in html.get_content()
