"""A column's own words: what may stand in them, what becomes of it, and that nothing else does."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.desk.mail_words import USUAL, change_words, use_version
from feedback.domain.editor import Role
from feedback.domain.errors import NotAllowed, NotFound, Refused, Stale
from feedback.domain.house_event import HouseEventKind
from feedback.domain.owed_mail import MailKind, MailState
from feedback.domain.state import Decision
from feedback.outbox.compose import Own, compose
from feedback.outbox.example import example, usual
from feedback.outbox.own_words import SLOTS, as_text, filled, paragraphs, wrong_words
from feedback.store import columns, house_events, letters, mail_words
from feedback.store.work import Store
from tests.factories import a_column, a_letter, an_article, an_editor
from tests.golden_files import Golden
from tests.outbox.desk import SITE, Pile, a_postman, decided, mail_of

CHIEF = an_editor(Role.CHIEF)
TEXT = """Dear reader,

we at {publication} have {ref} & read it.

Is it yours? Then say so:
{confirm_link}

Where it stands:
{page_link}"""
OWN = ("[{ref}] Got it, <thanks>", TEXT)
NAMES = SLOTS[MailKind.ASK].names


def changed(
    store: Store, words: tuple[str, str] | None = OWN, kind: MailKind = MailKind.RECEIPT
) -> None:
    with store.work() as work:
        change_words(work, columns.first(work), kind, words, CHIEF, None)


def sent(store: Store) -> EmailMessage:
    pile = Pile()
    a_postman(store, pile).turn()
    return message_from_bytes(pile.taken[-1].raw, policy=policy.default)


def texts(mail: EmailMessage) -> tuple[str, str]:
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content().replace("\r\n", "\n"), html.get_content()


def test_a_mail_has_the_columns_own_words(store: Store) -> None:
    a_column(store, publication="The Daily Example", signed_by="Ann Editor")
    changed(store)
    letter = a_letter(store)
    mail = sent(store)
    assert mail["Subject"] == f"[{letter.ref}] Got it, <thanks>"
    plain, html = texts(mail)
    assert f"we at The Daily Example have {letter.ref} & read it." in plain
    assert f"Then say so:\n{SITE}/verify/" in plain
    assert plain.rstrip().endswith("—Ann Editor\nThe Daily Example")
    assert f"have {letter.ref} &amp; read it." in html
    assert f'<a href="{SITE}/verify/' in html
    assert "Please confirm" not in plain + html


def test_what_was_sent_is_shown_with_the_words_that_it_was_sent_with(store: Store) -> None:
    old = a_letter(store, email="old@example.com")
    sent(store)
    changed(store)
    own = a_letter(store, email="own@example.com")
    sent(store)
    changed(store, ("[{ref}] Later", OWN[1]))
    said = []
    with store.read() as work:
        for letter in (old, own):
            whole = letters.by_ref(work, letter.ref)
            mail = mail_of(store, letter, MailKind.RECEIPT)
            said.append(compose(work, mail, whole, SITE, is_for_show=True).subject)
    assert said == [f"[{old.ref}] We have your letter", f"[{own.ref}] Got it, <thanks>"]


def test_nothing_that_a_reader_typed_is_among_the_words(store: Store) -> None:
    mark = "BuyZorblax"
    names = "{ref} {column} {publication} {why}"
    changed(store, ("[{ref}] no", f"{names}\n\nNo."), MailKind.DECLINED)
    a_column(store, publication="The Daily Example", grace_minutes=0)
    letter = a_letter(
        store, f"{mark} remarks", name=f"{mark} Name", town=mark, affiliation=mark, mails=False
    )
    decided(store, letter, Decision.DECLINE, tell="mail")
    mail = sent(store)
    assert mark not in str(mail)
    assert f"{letter.ref} We Hear You The Daily Example We get more" in " ".join(
        texts(mail)[0].split()
    )


@pytest.mark.parametrize("kind", SLOTS)
def test_the_usual_words_can_be_saved_and_say_what_the_templates_say(
    kind: MailKind, store: Store
) -> None:
    column = a_column(store, publication="The Daily Example")
    words = usual(column, kind)
    assert wrong_words(kind, words.subject, words.text) == []
    ours, theirs = example(column, kind, words, SITE), example(column, kind, None, SITE)
    assert ours.subject == theirs.subject
    missing = "If you would rather take your letter back, do so here:"  # nothing is missing there
    assert sorted(ours.text.replace(missing, "").replace(f"{SITE}/letters/…", "").split()) == (
        sorted(theirs.text.replace(f"{SITE}/letters/…", "").split())
    )


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_a_chief_begins_with(store: Store, golden: Golden) -> None:
    column = a_column(store, publication="The Daily Example")
    said = [(kind, usual(column, kind)) for kind in SLOTS]
    golden(
        "mails/usual_words.txt",
        "".join(f"== {kind}: {own.subject}\n\n{own.text}\n\n" for kind, own in said),
    )


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_own_words_as_they_leave(store: Store, golden: Golden) -> None:
    column = a_column(store, publication="The Daily <Example>", signed_by="Ann Editor")
    mail = example(column, MailKind.RECEIPT, Own(*OWN), SITE)
    golden("mails/own_words.subject.txt", f"{mail.subject}\n")
    golden("mails/own_words.txt", mail.text)
    golden("mails/own_words.html", f"{mail.html}\n")


def test_a_paragraph_whose_placeholder_has_nothing_to_say_is_left_out() -> None:
    text = "One {ref}.\n\nConfirm:\n{confirm_link}\n\n{missing}\n \nLast."
    values = {"ref": "X", "confirm_link": "", "missing": "- name\n- town"}
    assert as_text(paragraphs(text, values)) == "One X.\n\n- name\n- town\n\nLast."


@pytest.mark.parametrize(
    ("subject", "text", "wrong"),
    [
        ("", "{confirm_link} {page_link}", {"subject": "Write something."}),
        ("Thanks", "{confirm_link} {page_link}", {"subject": "must stand in it: {ref}"}),
        ("[{ref}] {page_link}", "{confirm_link} {page_link}", {"subject": "{page_link} is not"}),
        ("[{ref}]", "{page_link}", {"text": "must stand in it: {confirm_link}."}),
        ("[{ref}]", "{confirm_link} {page_link} {naem}", {"text": "{naem} is not known here. In"}),
        ("[{ref}]", "{confirm_link} {page_link} {{7*7}}", {"text": "A brace stands alone."}),
        ("[{ref}]", "{confirm_link} {page_link} {0.__class__}", {"text": "A brace stands"}),
        ("[{ref}]", "{confirm_link} {page_link} {% raw %}", {"text": "A brace stands alone."}),
        ("[{ref}]", "{confirm_link} {page_link} }", {"text": "A brace stands alone."}),
        ("[{ref}]", "x" * 5001, {"text": "Shorten this to 5,000"}),
        ("[{ref}]" + "x" * 150, "{confirm_link} {page_link}", {"subject": "Shorten this to 150"}),
    ],
)
def test_what_cannot_be_sent_is_told(subject: str, text: str, wrong: dict[str, str]) -> None:
    found = {one.field: one.message for one in wrong_words(MailKind.RECEIPT, subject, text)}
    assert found.keys() == wrong.keys()
    assert all(says in found[field] for field, says in wrong.items())


@given(st.text(max_size=300), st.dictionaries(st.sampled_from(NAMES), st.text()))
def test_any_words_are_filled_once_and_no_value_is_read_again(
    text: str, values: dict[str, str]
) -> None:
    paragraphs(text, values)
    assert filled("{ref}", {"ref": "{column}", "column": text}) == "{column}"
    (((piece,),),) = paragraphs("{ref}", {"ref": "{column}", "column": "x"})
    assert piece.text == "{column}"


def test_every_version_is_kept_and_each_can_stand_again(store: Store) -> None:
    second = ("[{ref}] Second", OWN[1])
    changed(store)
    changed(store, second)
    with store.work() as work:
        column = columns.first(work)
        assert use_version(work, column, MailKind.RECEIPT, 1, CHIEF) is not None
        assert use_version(work, column, MailKind.RECEIPT, 3, CHIEF) is None, "it stands"
        assert use_version(work, column, MailKind.RECEIPT, USUAL, CHIEF) is not None
    with store.read() as work:
        found = mail_words.versions(work, column.id, MailKind.RECEIPT)
        assert [(one.number, one.subject) for one in reversed(found)] == [
            (1, OWN[0]), (2, second[0]), (3, OWN[0]), (4, None),
        ]  # fmt: skip
        lines = house_events.page(work).rows
    assert [(line.kind, line.about, line.says) for line in lines[:2]] == [
        (HouseEventKind.MAIL_WORDS_CHANGED, "receipt", "version 4, the usual words"),
        (HouseEventKind.MAIL_WORDS_CHANGED, "receipt", "version 3"),
    ]
    letter = a_letter(store)
    assert "Please confirm" in texts(sent(store))[0]
    assert mail_of(store, letter, MailKind.RECEIPT).state is MailState.SENT


def test_who_may_and_what_is_refused(store: Store) -> None:
    with pytest.raises(NotAllowed), store.work() as work:
        change_words(work, columns.first(work), MailKind.RECEIPT, OWN, an_editor(), None)
    with pytest.raises(NotFound), store.work() as work:
        change_words(work, columns.first(work), MailKind.REPORTER, OWN, CHIEF, None)
    with pytest.raises(Refused), store.work() as work:
        change_words(work, columns.first(work), MailKind.RECEIPT, ("a", "b"), CHIEF, None)
    with pytest.raises(NotFound), store.work() as work:
        use_version(work, columns.first(work), MailKind.RECEIPT, 7, CHIEF)
    changed(store)
    with pytest.raises(Stale), store.work() as work:
        words = ("[{ref}] x", OWN[1])
        change_words(work, columns.first(work), MailKind.RECEIPT, words, CHIEF, USUAL)


def test_a_writer_who_has_confirmed_is_not_asked_to(store: Store) -> None:
    changed(store)
    a_letter(store, article=an_article(store), verified=True)
    plain, _html = texts(sent(store))
    assert "Is it yours?" not in plain
    assert "Where it stands:" in plain
